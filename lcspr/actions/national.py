"""Telling the national bodies that there will be a review, who the reviewer is (T07), and what was published (T14)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models, transaction

from accounts.standing import Standing
from audit.events import hold, refuse_repeat
from audit.lifecycle import AlreadyDone
from deadlines.actions import clocks
from lcspr import rights
from lcspr.models import Review, Reviewer
from notifications.register.actions import record_submission
from notifications.register.models import Submission
from notifications.register.recipients import Recipient, ReturnType
from publications.models import Publication

from .dates import day_of

SENT = "When it was sent"


def record_decision_notice(review: Review, recipient: str, *, by: Standing, **said: object) -> Submission:
    """Record that one recipient was told that a local review will be carried out. Meets the first T07.

    Raises AlreadyDone when that is recorded or no longer owed, DateOutOfOrder.
    """
    return _notice(
        review,
        "T07",
        ReturnType.LCSPR_DECISION,
        review.occasion,
        recipient,
        by=by,
        not_before=(review.initiated_on, "the day the partners decided"),
        **said,  # type: ignore[arg-type]
    )


def record_reviewer_notice(reviewer: Reviewer, recipient: str, *, by: Standing, **said: object) -> Submission:
    """Record that one recipient was told the name of the reviewer. Meets the T07 of the appointment.

    Raises AlreadyDone when that is recorded or no longer owed, DateOutOfOrder.
    """
    return _notice(
        reviewer.review,
        "T07",
        ReturnType.REVIEWER_NAME,
        reviewer,
        recipient,
        by=by,
        not_before=(reviewer.appointed_on, "the day the reviewer was appointed"),
        **said,  # type: ignore[arg-type]
    )


def record_repository_copy(review: Review, *, by: Standing, **said: object) -> Submission:
    """Record that the NSPCC's repository was sent what was published. Meets T14.

    Raises AlreadyDone when nothing is published or the copy is recorded, DateOutOfOrder.
    """
    rights.NOTIFY.require(by, review)
    if review.publication_id is None or review.published_on is None:
        raise AlreadyDone("Nothing has been published.")
    return _notice(
        review,
        "T14",
        ReturnType.PUBLISHED_REPORT,
        review,
        Recipient.NSPCC,
        by=by,
        clock_recipient="",
        not_before=(review.published_on, "the day of publication"),
        paper=Publication.objects.get(pk=review.publication_id).paper,
        **said,  # type: ignore[arg-type]
    )


@transaction.atomic
def _notice(
    review: Review,
    code: str,
    return_type: str,
    occasion: models.Model | str,
    recipient: str,
    *,
    by: Standing,
    sent_at: datetime,
    not_before: tuple[date, str],
    reference: str = "",
    channel: str = "",
    clock_recipient: str | None = None,
    paper: object = None,
    token: str | None = None,
) -> Submission:
    rights.NOTIFY.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    first, because = not_before
    sent_on = day_of(sent_at, by=by, what=SENT, not_before=first, because=because)
    to = recipient if clock_recipient is None else clock_recipient
    meet_once(code, occasion, to, on=sent_on, by=by)
    return record_submission(
        review.case,
        return_type,
        recipient,
        occasion=occasion,
        by=by,
        sent_at=sent_at,
        reference=reference,
        channel=channel,
        paper=paper,  # type: ignore[arg-type]
        token=token,
    )


def meet_once(code: str, occasion: models.Model | str, recipient: str, *, on: date, by: Standing) -> None:
    """Stop a clock that is running. Raises AlreadyDone when there is none, or it has been stopped."""
    try:
        clock = clocks.clock_of(code, occasion, recipient)
    except clocks.NoSuchClock:
        raise AlreadyDone("Nothing is owed to this recipient.") from None
    if not clock.is_open:
        raise AlreadyDone("This has been recorded, or is no longer owed.")
    clocks.meet(code, occasion=occasion, on=on, by=by, recipient=recipient, require_reason=False)
