"""Explaining delay, looking at progress and quality, and the family's part."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone
from deadlines.actions import clocks
from deadlines.models import Deadline
from lcspr import rights
from lcspr.models import DelayNotice, FamilyContact, Monitoring, Review
from notifications.register.actions import record_submission
from notifications.register.recipients import ReturnType

from .dates import DateOutOfOrder, day_of

TOLD = ("panel", "secretary_of_state")
NEXT_NOTICE = "THREE_MONTHLY"


def _not_over(review: Review) -> None:
    if Review.objects.get(pk=review.pk).is_over:
        raise AlreadyDone("The review is over.")


@transaction.atomic
def give_delay_notice(
    review: Review,
    *,
    by: Standing,
    sent_at: datetime,
    reasons: list[str],
    explanation: str,
    new_target: date | None = None,
    token: str | None = None,
) -> DelayNotice:
    """Record that the Panel and the Secretary of State were told why six months will not be met (T12).

    The due date of T09 never moves: once it has passed it is "explained", and the new date is shown beside it. The
    next notice is advised three months after this one. Raises AlreadyDone once the review is over, DateOutOfOrder.
    """
    rights.NOTIFY.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    _not_over(review)
    told_on = day_of(
        sent_at,
        by=by,
        what="When they were told",
        not_before=review.initiated_on,
        because="the day the partners decided",
    )
    for clock in review.delay_clocks().open():
        clocks.meet("T12", occasion=clock.occasion, on=told_on, by=by, recipient=clock.recipient)
    notice = DelayNotice.objects.create(
        review=review, told_on=told_on, reasons=reasons, explanation=explanation, new_target=new_target
    )
    record(review.trail, "delay notice given", by=by, subject=review, reason=explanation, token=token)
    for recipient in TOLD:
        record_submission(review.case, ReturnType.DELAY_NOTICE, recipient, occasion=notice, by=by, sent_at=sent_at)
        clocks.start(
            review.case,
            "T12",
            occasion=notice,
            counted_from=told_on,
            by=by,
            recipient=recipient,
            convention=NEXT_NOTICE,
        )
    for clock in Deadline.objects.for_occasion(review.occasion).filter(code="T09").open():
        clocks.explain_delay(clock, on=told_on, reason=explanation, by=by, agreed_target=new_target)
    return notice


@transaction.atomic
def monitor(review: Review, *, by: Standing, found: str, requested: str = "", token: str | None = None) -> Monitoring:
    """Record a look at the time being taken and the quality, and what was asked for in writing.

    Meets the monthly T15 and starts the next. Raises AlreadyDone once the review is over.
    """
    rights.MONITOR.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    _not_over(review)
    for clock in review.monitoring_clocks().open():
        clocks.meet("T15", occasion=clock.occasion, on=by.today, by=by)
    looked = Monitoring.objects.create(
        review=review, on=by.today, found=found, requested=requested, recorded_by=by.user
    )
    record(review.trail, "progress and quality recorded", by=by, subject=looked, token=token)
    clocks.start(review.case, "T15", occasion=looked, counted_from=by.today, by=by)
    return looked


@transaction.atomic
def record_family_contact(
    review: Review, *, by: Standing, who: str, on: date, answer: str, note: str = "", token: str | None = None
) -> FamilyContact:
    """Record who of the family was asked, and what they said, by pseudonym. `on` is a local date, not in the future."""
    rights.ENGAGE_FAMILY.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    if on > by.today:
        raise DateOutOfOrder("Date must be today or in the past")
    contact = FamilyContact.objects.create(
        review=review, who=who, on=on, answer=FamilyContact.Answer(answer), note=note
    )
    record(review.trail, "family contact recorded", by=by, subject=review, token=token)
    return contact
