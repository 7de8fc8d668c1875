"""The working plan of a rapid review (specification 4.2): the local steps between notification and sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.standing import LONDON
from agency_returns.lifecycle import ANSWERED, WAITING, ReturnStatus
from agency_returns.models import AgencyReturn
from audit.events import key_of
from audit.models import Event
from deadlines.models import BankHoliday, Deadline, Limit
from deadlines.statutory import due_on
from deadlines.working_days import BeyondKnownHolidays, Calendar

from .models import RapidReview


@dataclass(frozen=True)
class Step:
    """One step: its working day counted from the day the notification was sent, and when it was done.

    `due_on` is None past the last bank holidays entered. `statutory` marks the one date that is not the plan's own.
    """

    title: str
    working_day: int
    due_on: date | None
    done_on: date | None
    statutory: bool = False

    def is_behind(self, *, on: date) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < on


def steps(review: RapidReview) -> list[Step]:
    """The plan in order, ending with the day by which the review is to be sent (T05)."""
    done = _done(review)
    calendar = BankHoliday.objects.calendar()
    rows = _applied(review) or Limit.objects.working_plan()
    plan = [Step(row.title, row.amount, _due(row, review.started_on, calendar), done.get(row.code)) for row in rows]
    clock = Deadline.objects.filter(code="T05", occasion=review.requests_occasion).select_related("limit").first()
    if clock is not None:
        plan.append(Step(clock.limit.title, clock.limit.amount, clock.due_on, clock.met_on, statutory=True))
    return plan


def _applied(review: RapidReview) -> list[Limit]:
    """The steps of the plan that was applied to this review, which a later plan does not change."""
    steps = Deadline.objects.filter(occasion=review.requests_occasion, code__startswith="L", voided_on=None)
    return [step.limit for step in steps.select_related("limit").order_by("limit__amount", "code")]


def _due(limit: Limit, counted_from: date, calendar: Calendar) -> date | None:
    try:
        return due_on(limit.as_time_limit(), counted_from, calendar)
    except BeyondKnownHolidays:
        return None


def _done(review: RapidReview) -> dict[str, date | None]:
    """When each step was done, asked of what was recorded; a step without a fact of its own is left open."""
    returns = list(
        AgencyReturn.objects.filter(request__occasion=review.requests_occasion)
        .exclude(status=ReturnStatus.WITHDRAWN)
        .select_related("request")
    )
    asked = [row.request.sent_at.astimezone(LONDON).date() for row in returns]
    came = [row.submitted_at.astimezone(LONDON).date() for row in returns if row.submitted_at]
    all_in = bool(returns) and not any(row.status in WAITING for row in returns)
    all_taken = bool(returns) and all(row.status in ANSWERED for row in returns)
    meeting = review.meetings.order_by("held_on").first()
    signing = review.for_signing.issued_at.astimezone(LONDON).date() if review.for_signing else None
    return {
        "L01": min(asked, default=None),
        "L03": _all_heard_from(returns),
        "L07": max(came, default=None) if all_in else None,
        "L08": max(came, default=None) if all_taken else None,
        "L09": meeting.held_on if meeting else None,
        "L10": meeting.held_on if meeting else None,
        "L12": signing,
        "L13": review.decided_on,
        "L14": review.sent_at.astimezone(LONDON).date() if review.sent_at else None,
    }


def _all_heard_from(returns: list[AgencyReturn]) -> date | None:
    """The day on which the last agency had at least begun to answer; None while one has not."""
    first = Event.objects.filter(
        subject__in=[key_of(row) for row in returns], from_status=ReturnStatus.REQUESTED
    ).values_list("at", flat=True)
    days = [at.astimezone(LONDON).date() for at in first]
    return max(days) if days and len(days) == len(returns) else None
