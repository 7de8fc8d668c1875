"""Working days of England and Wales, London dates, calendar months and years.

Pure: nothing here reads a clock, a database or the network. Every date is a local calendar
date in Europe/London; an instant becomes one only through `london_date`.

A working day is Monday to Friday, not a bank holiday in England and Wales. Working Together
does not define the term; the nearest definition in children's law is regulation 2 of
SI 2006/1738.

Day zero, said aloud: **the day of the trigger is day 0**, whatever the hour and whether or not
it is a working day. Working day 1 is the next working day after it.

Past the last day whose bank holidays are known, and before the first, everything here that
needs a bank holiday raises `BeyondKnownHolidays`; it never falls back on counting weekdays.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple, NoReturn, final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)


class BeyondKnownHolidays(LookupError):
    """The answer needs bank holidays that nobody has entered."""

    def __init__(self, known_from: date, known_until: date) -> None:
        super().__init__(
            f"Bank holidays are known only from {long_date(known_from)} "
            f"to {long_date(known_until)}, so this cannot be counted."
        )
        self.known_from = known_from
        self.known_until = known_until


class Day(NamedTuple):
    """One line of the account of a count: was this day counted, and why or why not."""

    date: date
    counted: bool
    reason: str


def london_date(instant: datetime) -> date:
    """The calendar date on a London wall at this instant. ValueError if it has no time zone."""
    if instant.tzinfo is None:
        raise ValueError("An instant without a time zone has no London date.")
    return instant.astimezone(LONDON).date()


def long_date(day: date) -> str:
    """ "27 March 2026"."""
    return f"{day.day} {day:%B %Y}"


def add_months(day: date, months: int) -> date:
    """The corresponding date so many calendar months later.

    The same day number; where that month has no such day, its last day (the corresponding-date
    rule of Dodds v Walker). A weekend or bank holiday does not move it: it is a maximum.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The anniversary; that of 29 February is 28 February in a year that has no 29th."""
    return add_months(day, 12 * years)


@final
class Calendar:
    """Which days are working days, between two dates and nowhere else. Immutable.

    `holidays` maps each bank holiday to its name. `known_until` is the last day for which they
    are all entered, `known_from` the first (by default 1 January of the year of the earliest
    holiday). A holiday outside that range changes nothing.
    """

    __slots__ = ("_first", "_names", "_up_to", "_working", "known_from", "known_until")

    known_from: date
    known_until: date
    _first: int
    _names: dict[date, str]
    _up_to: list[int]
    _working: list[date]

    def __init__(self, holidays: Mapping[date, str], known_until: date, known_from: date | None = None) -> None:
        if known_from is None:
            known_from = date(min(holidays, default=known_until).year, 1, 1)
        first = known_from.toordinal()
        # Two tables make every question a lookup: the working days in order, and for each day
        # how many working days there have been up to and including it.
        working: list[date] = []
        up_to: list[int] = []
        for ordinal in range(first, known_until.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day.weekday() < SATURDAY and day not in holidays:
                working.append(day)
            up_to.append(len(working))
        for name, fact in (
            ("known_from", known_from),
            ("known_until", known_until),
            ("_first", first),
            ("_names", dict(holidays)),
            ("_working", working),
            ("_up_to", up_to),
        ):
            object.__setattr__(self, name, fact)

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError("A calendar is never changed; make another.")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("A calendar is never changed; make another.")

    def is_working_day(self, day: date) -> bool:
        index = self._index(day)
        return self._up_to[index] > (self._up_to[index - 1] if index else 0)

    def why_not_working(self, day: date) -> str:
        """ "weekend", "bank holiday: Good Friday", or nothing for a working day."""
        if self.is_working_day(day):
            return ""
        return "weekend" if day.weekday() >= SATURDAY else f"bank holiday: {self._names[day]}"

    def add_working_days(self, trigger: date, count: int) -> date:
        """The day that is working day `count` (1 or more) after `trigger`, which is day 0."""
        index = trigger.toordinal() - self._first
        if count < 1 or index < 0 or isinstance(trigger, datetime):
            self._refuse(trigger, count)
        try:
            return self._working[self._up_to[index] + count - 1]
        except IndexError:
            raise self._beyond() from None

    def subtract_working_days(self, end: date, count: int) -> date:
        """The day that is working day `count` (1 or more) before `end`, which is not counted.

        Going back, as for "no later than seven working days before publication".
        """
        index = self._index(end)
        if count < 1:
            self._refuse(end, count)
        before = (self._up_to[index - 1] if index else 0) - count
        if before < 0:
            raise self._beyond()
        return self._working[before]

    def working_days_between(self, trigger: date, on: date) -> int:
        """How many working days d have trigger < d <= on: nought on the trigger's own day.

        Negative, and counted the same way, when `on` is the earlier.
        """
        return self._up_to[self._index(on)] - self._up_to[self._index(trigger)]

    def working_day_on_or_before(self, day: date) -> date:
        """The last practical working day for something that may be done no later than `day`."""
        found = self._up_to[self._index(day)]
        if not found:
            raise self._beyond()
        return self._working[found - 1]

    def working_day_on_or_after(self, day: date) -> date:
        return day if self.is_working_day(day) else self.add_working_days(day, 1)

    def explain_adding(
        self,
        trigger: date,
        count: int,
        *,
        day_zero: str = "the day of the trigger",
        counting_trigger: bool = False,
    ) -> tuple[Day, ...]:
        """Each day from `trigger` to working day `count`, in order, the due day last.

        With `counting_trigger` a trigger on a working day is itself working day 1.
        """
        counts_itself = counting_trigger and self.is_working_day(trigger)
        if counts_itself:
            rows = [Day(trigger, True, f"working day 1: {day_zero} is counted")]
        else:
            rows = [Day(trigger, False, f"day 0: {day_zero} is not counted")]
        reached = int(counts_itself)
        return (*rows, *self._walk(trigger, ONE_DAY, reached, count))

    def explain_subtracting(
        self, end: date, count: int, *, day_zero: str = "the day of publication"
    ) -> tuple[Day, ...]:
        """Each day from `end` back to working day `count` before it, the due day last."""
        zero = Day(end, False, f"day 0: {day_zero} is not counted")
        return (zero, *self._walk(end, -ONE_DAY, 0, count))

    def _walk(self, start: date, step: timedelta, reached: int, count: int) -> Iterator[Day]:
        day = start
        while reached < count:
            day += step
            reason = self.why_not_working(day)
            if not reason:
                reached += 1
            yield Day(day, not reason, reason or f"working day {reached}")

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._first
        if not 0 <= index < len(self._up_to) or isinstance(day, datetime):
            self._refuse(day, 1)
        return index

    def _beyond(self) -> BeyondKnownHolidays:
        return BeyondKnownHolidays(self.known_from, self.known_until)

    def _refuse(self, day: date, count: int) -> NoReturn:
        if isinstance(day, datetime):
            # A datetime is a date to Python, and its date is not London's.
            raise TypeError("Count from a London date, not from an instant; see london_date().")
        if count < 1:
            raise ValueError("Count at least one working day.")
        raise self._beyond()
