"""P13: working days."""

from __future__ import annotations

from datetime import date, timedelta

from bench.building import Built
from bench.findings import Finding, Gate
from bench.measuring import side_by_side
from deadlines.models import BankHoliday
from deadlines.working_days import ONE_DAY, Calendar

TIMES = 2000
COUNT = 15


def measure(built: Built) -> list[Finding]:
    """Fifteen working days after a date, two thousand times, beside an empty call and a loop over days."""
    calendar = BankHoliday.objects.calendar()
    holidays = set(BankHoliday.objects.values_list("date", flat=True))
    _check(calendar, holidays)
    days = [built.today + timedelta(days=n % 300) for n in range(TIMES)]

    def counted() -> None:
        add = calendar.add_working_days
        for day in days:
            add(day, COUNT)

    def empty() -> None:
        for day in days:
            _nothing(day, COUNT)

    def looped() -> None:
        for day in days:
            _day_by_day(day, COUNT, holidays)

    series = side_by_side({"table": counted, "empty call": empty, "day by day": looped})
    return [
        Finding.of("P13 working days", series, "table", "empty call", Gate(6)),
        Finding.of("P13 working days", series, "day by day", "table", Gate(10, at_least=True)),
    ]


def _nothing(day: date, count: int) -> date:
    return day


def _day_by_day(day: date, count: int, holidays: set[date]) -> date:
    while count:
        day += ONE_DAY
        count -= day.weekday() < 5 and day not in holidays
    return day


def _check(calendar: Calendar, holidays: set[date]) -> None:
    """On every day that the calendar knows."""
    day, last = calendar.known_from, calendar.known_until - timedelta(days=60)
    while day <= last:
        for count in (1, 5, COUNT):
            assert calendar.add_working_days(day, count) == _day_by_day(day, count, holidays), day
        day += ONE_DAY
