"""Another way of counting, written without looking at the first: it walks the days one by one.

Its bank holidays come from the `holidays` package, not from our list.
"""

import calendar
import functools
from datetime import date, timedelta

import holidays

FIRST, LAST = 2018, 2028


@functools.cache
def bank_holidays():
    listed = holidays.country_holidays("GB", subdiv="ENG", years=range(FIRST, LAST + 1))
    return frozenset(day for day in listed if calendar.weekday(day.year, day.month, day.day) not in (5, 6))


def works(day):
    if not FIRST <= day.year <= LAST:
        raise IndexError(day)
    return day.isoweekday() in {1, 2, 3, 4, 5} and day not in bank_holidays()


def after(trigger, count):
    """The last of the first `count` working days after the trigger."""
    found = []
    day = trigger
    while len(found) < count:
        day = day + timedelta(days=1)
        if works(day):
            found.append(day)
    return found[-1]


def before(end, count):
    found = []
    day = end
    while len(found) < count:
        day = day - timedelta(days=1)
        if works(day):
            found.append(day)
    return found[-1]


def between(trigger, on):
    return sum(works(trigger + timedelta(days=n)) for n in range(1, (on - trigger).days + 1))


def months_later(day, months):
    """Step month by month, then down from the wanted day number until the calendar has it."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError(day)
