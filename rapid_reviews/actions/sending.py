"""Sending the report to the national body, what it answers, and showing the report to the agencies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.standing import LONDON, Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend, transition
from deadlines.actions import clock_of, meet, start
from documents.uploads import accept
from notifications.register.actions import record_submission
from notifications.register.recipients import Channel, Recipient, ReturnType
from rapid_reviews import rights
from rapid_reviews.lifecycle import ReviewStatus
from rapid_reviews.models import PanelAnswer, PanelResponse, RapidReview


@transaction.atomic
def record_sent_to_panel(
    review: RapidReview,
    *,
    by: Standing,
    sent_at: datetime,
    reference: str = "",
    late_reason: str = "",
    channel: str = Channel.SECURE_EMAIL,
    token: str | None = None,
) -> RapidReview:
    """Record that the signed report, with the decision, was sent to the national body at an instant (UTC).

    Stops T05 (and with it T06, which is owed inside it) and starts T08, the day on which to ask for an answer. Raises
    `deadlines.actions.LateReasonNeeded` when it was late and nobody says why, ValueError for an instant that has not
    come yet or lies before the decision, AlreadyDone.
    """
    rights.SEND.require(by, review)
    if sent_at > by.at:
        raise ValueError("When it was sent must be in the past")
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if not review.is_signed:
        raise AlreadyDone("The report is not signed yet, or was sent before.")
    sent_on = sent_at.astimezone(LONDON).date()
    if review.decided_on and sent_on < review.decided_on:
        raise ValueError("When it was sent must be on or after the day the partners decided")
    review.sent_at, review.sent_by = sent_at, by.user
    review.sent_reference, review.late_reason = reference, late_reason
    review._history_user = by.user  # type: ignore[attr-defined]
    review.save(update_fields=["sent_at", "sent_by", "sent_reference", "late_reason"])
    transition(review, ReviewStatus.SENT, by=by, verb="rapid review sent", token=token)
    record_submission(
        review.case,
        ReturnType.RAPID_REVIEW,
        Recipient.PANEL,
        occasion=review,
        by=by,
        sent_at=sent_at,
        reference=reference,
        paper=review.report,
        channel=channel,
        due_on=clock_of("T05", review.notification).due_on,
    )
    meet("T05", occasion=review.notification, on=sent_on, by=by, reason=late_reason)
    start(review.case, "T08", occasion=review, counted_from=sent_on, by=by)
    return review


@transaction.atomic
def record_panel_response(
    review: RapidReview,
    *,
    by: Standing,
    answers: Iterable[str],
    letter_on: date,
    received_on: date,
    summary: str = "",
    file: Any = None,
    token: str | None = None,
) -> PanelResponse:
    """Record one letter of the national body; several things it says may apply. Dates are local.

    The first stops T08. Raises `documents.uploads.Refused` for a file that may not be kept, ValueError for a date that
    has not come yet or a letter that arrived before it was written, AlreadyDone before the report was sent.
    """
    rights.RECORD_RESPONSE.require(by, review)
    said = [PanelAnswer(code).value for code in answers]
    if not letter_on <= received_on <= by.today:
        raise ValueError("A letter is received after it is written, and not in the future.")
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if not review.is_sent:
        raise AlreadyDone("The report has not been sent.")
    response = PanelResponse.objects.create(
        review=review,
        answers=said,
        letter_on=letter_on,
        received_on=received_on,
        summary=summary,
        letter=accept(file, by=by) if file else None,
        recorded_by=by.user,
        recorded_at=by.at,
    )
    review.panel_response = sorted({*review.panel_response, *said})
    review._history_user = by.user  # type: ignore[attr-defined]
    review.save(update_fields=["panel_response"])
    if review.is_answered:
        record(review.trail, "answer to the rapid review recorded", by=by, subject=review, token=token)
    else:
        transition(review, ReviewStatus.ANSWERED, by=by, verb="answer to the rapid review recorded", token=token)
        meet("T08", occasion=review, on=received_on, by=by)
    return response


@transaction.atomic
def release(review: RapidReview, *, by: Standing, token: str | None = None) -> None:
    """Let the safeguarding leads of the agencies that answered read the finished report, and nothing else."""
    rights.RELEASE.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if not review.is_sent or review.released_at is not None:
        raise AlreadyDone("The report has not been sent, or was released before.")
    amend(review, by=by, verb="rapid review released to the agencies", token=token, released_at=by.at)
