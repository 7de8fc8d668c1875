"""Clocks into reminders: a constant number of queries, whatever the number of clocks."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from accounts.models import Partnership
from deadlines.models import BankHoliday, Deadline
from deadlines.working_days import BeyondKnownHolidays, Calendar

from . import schedule, troubles
from .models import Reminder
from .recipients import owners_of


def remind(*, at: datetime, day: date) -> int:
    """Make the reminders whose milestone has been reached and that do not exist yet. Returns how many.

    After an outage every milestone that went by is made up for; composing puts them into one message. A clock that
    was recorded late is treated the same.
    """
    reached = _reached(BankHoliday.objects.calendar(), Partnership.this().reminder_days, at=at, day=day)
    if not reached:
        return 0
    owners = owners_of(Deadline.objects.filter(pk__in={clock for clock, _, _ in reached}), day)
    new = [
        Reminder(deadline_id=clock, due_on=due_on, milestone=milestone, recipient_id=person, made_at=at)
        for clock, due_on, milestone in reached
        for person in sorted(owners[clock])
    ]
    # The unique constraint decides between two sweeps that got here together.
    Reminder.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def _reached(
    calendar: Calendar, chosen: dict[str, list[int]], *, at: datetime, day: date
) -> list[tuple[int, date, int]]:
    """(clock, due date, milestone) of each milestone reached that nobody has been reminded of; one query for each."""
    special = {code: schedule.milestones(code, chosen) for code in {*schedule.BY_LIMIT, *chosen}}
    found: list[tuple[int, date, int]] = []
    for milestone in sorted({*schedule.DEFAULT, *(one for codes in special.values() for one in codes)}):
        codes = [code for code, milestones in special.items() if milestone in milestones]
        of_this_kind = Q(code__in=codes)
        if milestone in schedule.DEFAULT:
            of_this_kind |= ~Q(code__in=special)
        try:
            last = schedule.last_due_date_reached(day, milestone, calendar)
        except BeyondKnownHolidays as error:
            troubles.report(f"milestone:{milestone}", error, at=at)
            continue
        made = Reminder.objects.filter(deadline=OuterRef("pk"), due_on=OuterRef("due_on"), milestone=milestone)
        clocks = Deadline.objects.open().filter(of_this_kind, ~Exists(made), due_on__lte=last)
        found += [(pk, due_on, milestone) for pk, due_on in clocks.values_list("pk", "due_on") if due_on]
    return found
