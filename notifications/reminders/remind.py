"""Clocks into reminders: a constant number of queries, whatever the number of clocks."""

from __future__ import annotations

from datetime import date, datetime

from accounts.models import Partnership
from deadlines.models import BankHoliday, Deadline
from deadlines.working_days import BeyondKnownHolidays, Calendar

from . import schedule, troubles
from .models import Reminder
from .recipients import owners_of


def remind(*, at: datetime, day: date) -> int:
    """Make the reminders whose milestone has been reached and that do not exist yet. Returns how many.

    A milestone before the clock's own day zero is not reminded of. After an outage every milestone
    that went by is made up for; composing puts them into one message.
    """
    calendar = BankHoliday.objects.calendar()
    chosen = Partnership.this().reminder_days
    due = _reached(calendar, chosen, at=at, day=day)
    if not due:
        return 0
    known = set(
        Reminder.objects.filter(deadline_id__in={clock.pk for clock, _ in due}).values_list(
            "deadline_id", "due_on", "milestone", "recipient_id"
        )
    )
    owners = owners_of(Deadline.objects.filter(pk__in={clock.pk for clock, _ in due}), day)
    new = [
        Reminder(deadline_id=clock.pk, due_on=clock.due_on, milestone=milestone, recipient_id=person, made_at=at)
        for clock, milestone in due
        for person in sorted(owners[clock.pk])
        if (clock.pk, clock.due_on, milestone, person) not in known
    ]
    # The unique constraint decides between two sweeps that got here together.
    Reminder.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(new)


def _reached(calendar: Calendar, chosen: dict[str, list[int]], *, at: datetime, day: date):
    every = {code: schedule.milestones(code, chosen) for code in {*schedule.BY_LIMIT, *chosen}}
    furthest = max((*schedule.DEFAULT, *(m for ms in every.values() for m in ms)))
    try:
        horizon = calendar.add_working_days(day, furthest)
    except BeyondKnownHolidays:
        # Nothing beyond what is known can have a working day counted to it: look at all there is.
        horizon = calendar.known_until
    clocks = Deadline.objects.open().filter(due_on__lte=horizon).only("pk", "code", "due_on", "counted_from")
    found = []
    for clock in clocks.iterator(2000):
        for milestone in every.get(clock.code, schedule.milestones(clock.code, chosen)):
            try:
                reached = schedule.reached_on(clock.due_on, milestone, calendar)
            except BeyondKnownHolidays as error:
                troubles.report(f"deadlines.Deadline:{clock.pk}", error, at=at)
                break
            if clock.counted_from <= reached <= day:
                found.append((clock, milestone))
    return found
