"""Partners are reminded of a position they owe, then it goes to the deputy and the senior partner."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.standing import Standing
from audit.events import hold, record
from deadlines.models import BankHoliday
from deadlines.working_days import BeyondKnownHolidays, Calendar
from decisions.lifecycle import Status
from decisions.models import Position, Seat

REMIND_BEFORE = 1
SENIOR_AFTER = 1
VERBS = {
    Seat.Chased.REMINDED: "position due soon",
    Seat.Chased.DEPUTY: "position overdue",
    Seat.Chased.SENIOR_PARTNER: "position overdue, senior partner told",
}


def chase_positions(*, at: datetime) -> int:
    """Remind of each position that is owed at that instant (UTC), as far as its day asks for. Returns how many.

    One working day before: whoever is in the seat. Once the day has passed: they and their named deputies. One working
    day later: the senior partner of that body. Each is said once, by an event; what went by during an outage is said
    at its furthest. Running it twice, or in two places at once, equals running it once.
    """
    by = Standing.scheduler(at)
    calendar = BankHoliday.objects.calendar()
    try:
        soon = calendar.add_working_days(by.today, REMIND_BEFORE)
    except BeyondKnownHolidays:
        soon = by.today
    owed = (
        Seat.objects.filter(
            ~Exists(Position.objects.filter(seat=OuterRef("pk"))),
            Q(due_on__lte=soon),
            decision__status__in=[Status.OPEN, Status.REVEALED],
            chased__lt=Seat.Chased.SENIOR_PARTNER,
        )
        .select_related("decision__case__chain")
        .order_by("pk")
    )
    return sum(_chase(seat, calendar, by=by) for seat in owed)


def _chase(seat: Seat, calendar: Calendar, *, by: Standing) -> bool:
    to = _how_far(seat, calendar, by.today)
    if to <= seat.chased:
        return False
    with transaction.atomic():
        hold(seat.trail)
        # Compare-and-swap under the chain's lock: another pass, or the position itself, may have come first.
        if Position.objects.filter(seat=seat).exists():
            return False
        if not Seat.objects.filter(pk=seat.pk, chased=seat.chased).update(chased=to):
            return False
        record(seat.trail, VERBS[to], by=by, subject=seat, changed=["chased"])
    return True


def _how_far(seat: Seat, calendar: Calendar, day: date) -> Seat.Chased:
    if seat.due_on is None or not seat.is_overdue(on=day):
        return Seat.Chased.REMINDED
    try:
        last = calendar.add_working_days(seat.due_on, SENIOR_AFTER)
    except BeyondKnownHolidays:
        return Seat.Chased.DEPUTY
    return Seat.Chased.SENIOR_PARTNER if day > last else Seat.Chased.DEPUTY
