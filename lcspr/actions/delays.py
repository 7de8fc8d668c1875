"""Explaining delay, looking at progress and quality, and the family's part."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.standing import LONDON, Standing
from audit.events import hold, record
from deadlines.actions import clocks
from deadlines.models import Deadline
from lcspr import rights
from lcspr.models import DelayNotice, FamilyContact, Monitoring, Review
from notifications.register.actions import record_submission

TOLD = ("panel", "secretary_of_state")


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

    The due date of T09 never moves: from then on it is "explained", and the new date is shown beside it.
    """
    rights.NOTIFY.require(by, review)
    hold(review.trail)
    told_on = sent_at.astimezone(LONDON).date()
    notice = DelayNotice.objects.create(
        review=review, told_on=told_on, reasons=reasons, explanation=explanation, new_target=new_target
    )
    record(review.trail, "delay notice given", by=by, subject=review, reason=explanation, token=token)
    for recipient in TOLD:
        record_submission(
            review.case,
            "delay_notice",
            recipient,
            occasion=f"{review._meta.label}:{review.pk}:delay {notice.pk}",
            by=by,
            sent_at=sent_at,
        )
    for clock in Deadline.objects.for_occasion(review.occasion).filter(code="T09").open():
        clocks.explain_delay(clock, on=told_on, reason=explanation, by=by, agreed_target=new_target)
    return notice


@transaction.atomic
def monitor(review: Review, *, by: Standing, found: str, requested: str = "") -> Monitoring:
    """Record a look at the time being taken and the quality, and what was asked for in writing.

    Meets the monthly T15 and starts the next.
    """
    rights.MONITOR.require(by, review)
    hold(review.trail)
    looked = Monitoring.objects.create(
        review=review, on=by.today, found=found, requested=requested, recorded_by=by.user
    )
    record(review.trail, "progress and quality recorded", by=by, subject=review)
    for clock in Deadline.objects.filter(code="T15", case=review.case).open():
        clocks.meet("T15", occasion=clock.occasion, on=by.today, by=by, require_reason=False)
    if not review.is_over:
        clocks.start(
            review.case,
            "T15",
            occasion=f"{review._meta.label}:{review.pk}:monitoring {looked.pk}",
            counted_from=by.today,
            by=by,
        )
    return looked


@transaction.atomic
def record_family_contact(
    review: Review, *, by: Standing, who: str, on: date, answer: str, note: str = ""
) -> FamilyContact:
    """Record who of the family was asked, and what they said, by pseudonym."""
    rights.ENGAGE_FAMILY.require(by, review)
    hold(review.trail)
    contact = FamilyContact.objects.create(review=review, who=who, on=on, answer=answer, note=note)
    record(review.trail, "family contact recorded", by=by, subject=review)
    return contact
