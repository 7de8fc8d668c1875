"""When somebody is reminded of a clock. Pure: working days in, milestones out."""

from __future__ import annotations

from datetime import date

from deadlines.working_days import ONE_DAY, Calendar

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


def last_due_date_reached(day: date, milestone: int, calendar: Calendar) -> date:
    """The latest due date whose milestone has been reached by a local date. Raises BeyondKnownHolidays.

    A milestone of 2 is reached for everything due up to two working days from now; one of -1 for everything that was
    due before the last working day up to now.
    """
    if milestone == 0:
        return day
    if milestone > 0:
        return calendar.add_working_days(day, milestone)
    return calendar.subtract_working_days(day + ONE_DAY, -milestone) - ONE_DAY
