"""The limits and bank holidays to count by: those of the database, or the checked-in ones where it has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import DatabaseError

from deadlines.bank_holidays import seed_calendar
from deadlines.models import BankHoliday, KnownYear, Limit
from deadlines.statutory import SEED, TimeLimit, WorkedOut, limit_in_force, work_out
from deadlines.working_days import Calendar


@dataclass(frozen=True, slots=True)
class Register:
    limits: tuple[TimeLimit, ...]
    calendar: Calendar
    checked_in: bool = False

    @classmethod
    def read(cls) -> Register:
        """From the rows, where there are any; otherwise, and where there is no database, from the checked-in seed."""
        try:
            limits = tuple(row.as_time_limit() for row in Limit.objects.all())
            calendar = BankHoliday.objects.calendar() if KnownYear.last() else seed_calendar()
        except DatabaseError:
            return cls(SEED, seed_calendar(), checked_in=True)
        return cls(limits or SEED, calendar)

    def work_out(
        self, code: str, day: date, convention: str | None = None, *, after_cut_off: bool = False
    ) -> WorkedOut:
        """The due date by the edition in force on that day. Raises as `statutory.work_out`, and UnknownLimit."""
        limit = limit_in_force(code, day, self.limits)
        return work_out(limit, day, self.calendar, convention, after_cut_off=after_cut_off)
