"""How a stored due date was worked out, derived again so that it can be read and checked."""

from __future__ import annotations

from dataclasses import dataclass

from deadlines.models import BankHoliday, Deadline
from deadlines.statutory import WorkedOut, work_out
from deadlines.working_days import BeyondKnownHolidays, Calendar


@dataclass(frozen=True, slots=True)
class Explanation:
    """The account of a clock's dates by the bank holidays as they are now.

    `worked_out` is None where there is no account, and `refusal` then says why. `agrees` is false
    when the account ends on another day than the one stored.
    """

    worked_out: WorkedOut | None
    secondary: WorkedOut | None
    refusal: str
    agrees: bool


def explanation(deadline: Deadline, *, calendar: Calendar | None = None) -> Explanation:
    """The day-by-day account of a clock and of the date shown beside it."""
    calendar = calendar or BankHoliday.objects.calendar()
    limit, beside = deadline.time_limit, deadline.secondary
    if deadline.agreed_date:
        return Explanation(None, None, "This date was agreed. It was not counted.", True)
    try:
        worked_out = work_out(limit, deadline.counted_from, calendar, deadline.convention)
    except BeyondKnownHolidays as unknown:
        return Explanation(None, None, str(unknown), True)
    secondary = None
    if beside is not None:
        try:
            secondary = work_out(limit, beside.counted_from, calendar, beside.convention)
        except BeyondKnownHolidays:
            secondary = None
    return Explanation(worked_out, secondary, "", worked_out.due_on == deadline.due_on)
