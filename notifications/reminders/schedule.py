"""When somebody is reminded of a clock. Pure: working days in, milestones out."""

from __future__ import annotations

from datetime import date

from deadlines.working_days import Calendar

# Working days to the due date; negative ones come after it.
DEFAULT = (2, 1, 0, -1, -5, -10)
BY_LIMIT = {
    "T05": (5, 2, 1, 0, -1, -3, -5, -10),
    "T09": (60, 30, 20, 10, 5, 2, 0, -1, -10, -20, -40),
    "T12": (20, 5, 0, -5),
    "T13": (0,),
    "T15": (2, 0, -5),
    "T17": (60, 20, 5, 0, -1, -10),
}
# At or after this many working days to go, a message goes at once instead of waiting for the digest.
URGENT_FROM = 1


def milestones(code: str, chosen: dict[str, list[int]]) -> tuple[int, ...]:
    """The milestones of a limit: the partnership's choice, else the defaults."""
    return tuple(chosen.get(code) or BY_LIMIT.get(code, DEFAULT))


def reached_on(due_on: date, milestone: int, calendar: Calendar) -> date:
    """The local date on which a milestone is reached. Raises BeyondKnownHolidays."""
    if milestone == 0:
        return due_on
    if milestone > 0:
        return calendar.subtract_working_days(due_on, milestone)
    return calendar.add_working_days(due_on, -milestone)
