"""A rapid review begins when the notification is sent, and ends when it is withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.standing import LONDON, Standing
from agency_returns.actions import withdraw_all
from audit.events import hold, key_of, record
from audit.lifecycle import transition
from deadlines.actions import void
from decisions.lifecycle import Status as DecisionStatus
from documents.drafts import new_draft
from notifications.incident.actions import record_sent
from notifications.incident.models import Notification
from rapid_reviews.composing import sections_for
from rapid_reviews.lifecycle import ReviewStatus
from rapid_reviews.models import RapidReview


@transaction.atomic
def record_notification_sent(
    notification: Notification,
    *,
    by: Standing,
    sent_at: datetime,
    reference: str = "",
    late_reason: str = "",
    token: str | None = None,
) -> RapidReview | None:
    """Record that the notification was sent, and start the rapid review that follows from it, in one transaction.

    None on the routes from which no rapid review follows. Raises what `notifications.incident.actions.record_sent`
    raises; nothing that is missing prevents it.
    """
    record_sent(notification, by=by, sent_at=sent_at, reference=reference, late_reason=late_reason, token=token)
    return None if notification.is_notify_only else start_rapid_review(notification, by=by)


@transaction.atomic
def start_rapid_review(notification: Notification, *, by: Standing) -> RapidReview:
    """Open the rapid review of a notification that was sent, its report filled with what is known already.

    Called by the verb that recorded the sending, which has checked its own right. Its clock (T05) counts from the
    day the notification was sent and was started with it.
    """
    case = notification.case
    hold(case.trail)
    if not notification.is_sent or notification.sent_at is None:
        raise ValueError("A rapid review follows from a notification that was sent.")
    review = RapidReview(
        case=case,
        notification=notification,
        started_on=notification.sent_at.astimezone(LONDON).date(),
        draft=new_draft(f"Rapid review report, {case.reference}", sections_for(case), by=by),
    )
    review._history_user = by.user  # type: ignore[attr-defined]
    review.save()
    record(case.trail, "rapid review started", by=by, subject=review)
    return review


def void_review(notification: Notification, by: Standing, reason: str) -> None:
    """The notification was withdrawn: its rapid review is void, with the reason, and stays to be read.

    Called inside the transaction that withdraws it. Decisions being taken are abandoned, requests that agencies have
    not answered are withdrawn, open clocks are void.
    """
    review = RapidReview.objects.filter(notification=notification).exclude(status=ReviewStatus.VOID).first()
    if review is None:
        return
    transition(review, ReviewStatus.VOID, by=by, verb="rapid review void", reason=reason)
    for decision in (review.sign_off, review.redecision):
        if decision is not None and decision.is_open:
            # Not `decisions.abandon`: whoever may withdraw the notification ends what followed from it.
            transition(decision, DecisionStatus.ABANDONED, by=by, verb="decision abandoned", reason=reason)
    withdraw_all(review.requests_occasion, by=by, reason=reason)
    void(key_of(review), by=by, reason=reason)
