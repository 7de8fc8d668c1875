"""Due dates by the checked-in register, asked for in few words."""

from datetime import UTC, datetime

from deadlines.bank_holidays import seed_calendar
from deadlines.statutory import (
    limit_in_force,
    work_out,
)

CALENDAR = seed_calendar()
CODES = ["T01", "T02", "T02a", *(f"T{n:02}" for n in range(3, 18))]


def day(text):
    return datetime.strptime(text, "%d %b %Y").replace(tzinfo=UTC).date()


def due(code, trigger, convention=None, **kwargs):
    trigger = day(trigger) if isinstance(trigger, str) else trigger
    return work_out(limit_in_force(code, trigger), trigger, CALENDAR, convention, **kwargs).due_on
