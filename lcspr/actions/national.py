"""Telling the national bodies that there will be a review, and who the reviewer is (T07)."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from accounts.standing import LONDON, Standing
from audit.events import hold
from deadlines.actions import clocks
from lcspr import rights
from lcspr.models import Review, Reviewer
from notifications.register.actions import record_submission
from notifications.register.models import Submission


def record_decision_notice(review: Review, recipient: str, *, by: Standing, **said: object) -> Submission:
    """Record that one recipient was told that a local review will be carried out. Meets the first T07."""
    return _notice(review, "lcspr_decision", review.occasion, recipient, by=by, **said)  # type: ignore[arg-type]


def record_reviewer_notice(reviewer: Reviewer, recipient: str, *, by: Standing, **said: object) -> Submission:
    """Record that one recipient was told the name of the reviewer. Meets the T07 of the appointment."""
    return _notice(reviewer.review, "reviewer_name", reviewer, recipient, by=by, **said)  # type: ignore[arg-type]


@transaction.atomic
def _notice(
    review: Review,
    return_type: str,
    occasion: models.Model | str,
    recipient: str,
    *,
    by: Standing,
    sent_at: datetime,
    reference: str = "",
    channel: str = "",
    token: str | None = None,
) -> Submission:
    rights.NOTIFY.require(by, review)
    hold(review.trail)
    sent = record_submission(
        review.case,
        return_type,
        recipient,
        occasion=occasion,
        by=by,
        sent_at=sent_at,
        reference=reference,
        channel=channel,
        token=token,
    )
    clocks.meet("T07", occasion=occasion, on=sent_at.astimezone(LONDON).date(), by=by, recipient=recipient)
    return sent
