"""A month of what is due, as the rows of a table."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.standing import Standing
from deadlines.models import BankHoliday
from deadlines.working_days import long_date

from .dates import Dated, due_between

FIRST_YEAR, LAST_YEAR = 2000, 2099
# What is seen of a weekday, and the rest of it, which is only heard.
WEEKDAYS = tuple((name[:3], name[3:]) for name in calendar.day_name)


@dataclass(frozen=True)
class Day:
    on: date
    words: str
    inside: bool
    is_today: bool
    holiday: str
    due: tuple[Dated, ...]

    @property
    def number(self) -> int:
        return self.on.day


@dataclass(frozen=True)
class Month:
    """Whole weeks from Monday to Sunday; days of the months beside it are there and empty."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    earlier: str
    later: str

    @property
    def name(self) -> str:
        return f"{self.first:%B %Y}"

    @property
    def days(self) -> list[Day]:
        """The days on which something is due."""
        return [day for week in self.weeks for day in week if day.due]

    @property
    def count(self) -> int:
        return sum(len(day.due) for day in self.days)


def month_named(text: str, *, otherwise: date) -> date:
    """The first day of the month such as "2026-11", or of the month of another day if that makes no sense."""
    year, _, number = text.partition("-")
    try:
        found = date(int(year), int(number), 1)
    except (ValueError, OverflowError):
        return otherwise.replace(day=1)
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else otherwise.replace(day=1)


def month_of(first: date, *, by: Standing) -> Month:
    """What this person may see that is due in the month that begins on that day."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    due = defaultdict(list)
    for entry in due_between(by, first, last):
        due[entry.on].append(entry)
    holidays = dict(BankHoliday.objects.filter(date__range=(first, last)).values_list("date", "name"))
    weeks = tuple(
        tuple(
            Day(
                on=day,
                words=long_date(day),
                inside=first <= day <= last,
                is_today=day == by.today,
                holiday=holidays.get(day, ""),
                due=tuple(due.get(day, ())),
            )
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    )
    earlier, later = first - timedelta(days=1), last + timedelta(days=1)
    return Month(first, weeks, f"?month={earlier:%Y-%m}", f"?month={later:%Y-%m}")
