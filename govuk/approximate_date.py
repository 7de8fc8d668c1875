"""A date as far as it is known."""

import calendar
import datetime
import re

from govuk.words import MONTHS, date_in_words

UNKNOWN = "unknown"
_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class ApproximateDate(str):
    """A date known to the day, the month or the year, or not at all.

    It is the text that is stored ("2026-03-27", "2026-03", "2026", "unknown"), so a character column or JSON keeps
    it as it is. Raises ValueError when the text is none of these or names a day that does not exist.
    """

    __slots__ = ()

    def __new__(cls, stored: str) -> "ApproximateDate":
        date = super().__new__(cls, stored)
        date._span()
        return date

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> "ApproximateDate":
        parts = [f"{year:04}", *(f"{part:02}" for part in (month, day) if part is not None)]
        return cls("-".join(parts))

    @property
    def is_known(self) -> bool:
        return self != UNKNOWN

    @property
    def year(self) -> int | None:
        return self._part(0)

    @property
    def month(self) -> int | None:
        return self._part(1)

    @property
    def day(self) -> int | None:
        return self._part(2)

    @property
    def is_exact(self) -> bool:
        return self.day is not None

    @property
    def text(self) -> str:
        """Such as "27 March 2026", "March 2026", "2026" or "Not known"."""
        first = self.earliest
        if first is None:
            return "Not known"
        if self.is_exact:
            return date_in_words(first)
        return f"{MONTHS[first.month - 1]} {first.year}" if self.month else str(first.year)

    @property
    def earliest(self) -> datetime.date | None:
        """The first day it can have been; None when not known."""
        return self._span()[0]

    @property
    def latest(self) -> datetime.date | None:
        """The last day it can have been; None when not known."""
        return self._span()[1]

    def _part(self, index: int) -> int | None:
        parts = self.split("-") if self.is_known else []
        return int(parts[index]) if index < len(parts) else None

    def _span(self) -> tuple[datetime.date | None, datetime.date | None]:
        if self == UNKNOWN:
            return None, None
        match = _PATTERN.fullmatch(self)
        if not match:
            raise ValueError(f"{str(self)!r} is not a date, a month, a year or {UNKNOWN!r}")
        year, month, day = int(match[1]), match[2], match[3]
        first = datetime.date(year, int(month or 1), int(day or 1))
        last_month = int(month or 12)
        last_day = int(day) if day else calendar.monthrange(year, last_month)[1]
        return first, datetime.date(year, last_month, last_day)
