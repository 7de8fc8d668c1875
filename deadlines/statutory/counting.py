"""From a limit and the day of its trigger to a due date, with the day-by-day account of it.

Pure. The trigger is a London date. A limit is due by the end of the due day (23:59:59 London)
unless its way of counting says close of business.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Final

from deadlines.statutory.limits import (
    Alternative,
    Convention,
    Direction,
    Kind,
    NoDateOfItsOwn,
    TimeLimit,
    Unit,
    WrongTrigger,
)
from deadlines.working_days import (
    ONE_DAY,
    BeyondKnownHolidays,
    Calendar,
    Day,
    add_months,
    add_years,
    long_date,
)

YEAR_END: Final = (3, 31)
NOT_COUNTED: Final = "day 0: the day of the trigger is not counted"


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A due date and how it was come by.

    `days` runs in the order of counting: for working days every day from the trigger to the due
    date (backwards where the limit runs backwards); for months and years the first day, the
    last day and the last practical working day. `cautions` are sentences to show beside it.
    """

    limit: TimeLimit
    convention: str
    counted_from: date
    due_on: date
    days: tuple[Day, ...]
    cautions: tuple[str, ...] = ()

    @property
    def due_by(self) -> str:
        """The time of the due day: "5pm" or "the end of the day"."""
        way = self.limit.way(self.convention)
        return "5pm" if way.convention is Convention.CLOSE_OF_BUSINESS else "the end of the day"


def due_on(
    limit: TimeLimit,
    trigger: date,
    calendar: Calendar,
    convention: str | None = None,
    *,
    after_cut_off: bool = False,
) -> date:
    """The due date alone. Months and years need no bank holidays, so they have no last known year.

    `after_cut_off` says the trigger happened after 5pm; only ROLL_THEN_EXCLUDE asks.
    Raises NoDateOfItsOwn, NotItsConvention, WrongTrigger, BeyondKnownHolidays.
    """
    way, limit = limit.way(convention), limit.under(convention)
    match limit.unit:
        case Unit.NONE:
            raise NoDateOfItsOwn(f"{limit.code} has no date of its own: {limit.note}")
        case Unit.MONTHS:
            return add_months(trigger, limit.amount)
        case Unit.YEARS:
            return add_years(trigger, limit.amount)
        case Unit.END_OF_MONTH:
            return _end_of_month(limit, trigger)
    match way.convention:
        case Convention.SAME_WORKING_DAY:
            return calendar.working_day_on_or_after(trigger)
        case Convention.PUB_MINUS_N:
            return calendar.subtract_working_days(trigger, limit.amount)
        case Convention.CLEAR_DAYS:
            return calendar.subtract_working_days(trigger, limit.amount + 1)
        case Convention.INCLUSIVE if calendar.is_working_day(trigger):
            return trigger if limit.amount == 1 else calendar.add_working_days(trigger, limit.amount - 1)
        case Convention.ROLL_THEN_EXCLUDE:
            trigger = _deemed(trigger, calendar, after_cut_off)
    return calendar.add_working_days(trigger, limit.amount)


def work_out(
    limit: TimeLimit,
    trigger: date,
    calendar: Calendar,
    convention: str | None = None,
    *,
    after_cut_off: bool = False,
) -> WorkedOut:
    """The due date with its account. Raises as `due_on` does.

    The trigger must lie within the known bank holidays. Where something must be done within
    months, the last practical working day is part of the answer, so it must lie there too.
    """
    calendar.is_working_day(trigger)
    due = due_on(limit, trigger, calendar, convention, after_cut_off=after_cut_off)
    way, counted = limit.way(convention), limit.under(convention)
    cautions = (f"{limit.edition_note}.",) if limit.edition_note else ()
    if counted.unit is Unit.WORKING_DAYS:
        days = _working_days_account(counted, way, trigger, due, calendar, after_cut_off)
    else:
        days = _months_account(counted, trigger, due, calendar)
    return WorkedOut(limit, way.name, trigger, due, days, cautions + _cautions(counted, way, trigger, due, calendar))


def alternatives(
    limit: TimeLimit,
    trigger: date,
    calendar: Calendar,
    convention: str | None = None,
    *,
    after_cut_off: bool = False,
) -> tuple[WorkedOut, ...]:
    """The same limit from the same event, by every other way of counting it offers.

    Left out: a way that counts from another event, and one that would run past the known bank holidays.
    """
    chosen = limit.way(convention).name
    found = []
    for way in limit.counting:
        with suppress(BeyondKnownHolidays):
            if way.name != chosen and not way.trigger:
                found.append(work_out(limit, trigger, calendar, way.name, after_cut_off=after_cut_off))
    return tuple(found)


def _deemed(trigger: date, calendar: Calendar, after_cut_off: bool) -> date:
    if after_cut_off:
        return calendar.add_working_days(trigger, 1)
    return calendar.working_day_on_or_after(trigger)


def _end_of_month(limit: TimeLimit, trigger: date) -> date:
    if (trigger.month, trigger.day) != YEAR_END:
        raise WrongTrigger(
            f"{limit.code} is counted from the end of the year it reports on, so the date must be a 31 March."
        )
    return add_months(date(trigger.year, limit.amount, 1), 1) - ONE_DAY


def _working_days_account(
    limit: TimeLimit, way: Alternative, trigger: date, due: date, calendar: Calendar, after_cut_off: bool
) -> tuple[Day, ...]:
    match way.convention:
        case Convention.SAME_WORKING_DAY:
            if due == trigger:
                return (Day(due, True, "due on the day of the trigger itself"),)
            return tuple(
                Day(day, day == due, calendar.why_not_working(day) or "the next working day")
                for day in _each(trigger, due)
            )
        case Convention.PUB_MINUS_N:
            return calendar.explain_subtracting(trigger, limit.amount)
        case Convention.CLEAR_DAYS:
            *clear, sending = calendar.explain_subtracting(trigger, limit.amount + 1)
            return (
                *clear,
                Day(sending.date, False, f"the day of sending, with {limit.amount} clear working days after it"),
            )
        case Convention.INCLUSIVE:
            return calendar.explain_adding(trigger, limit.amount, counting_trigger=True)
        case Convention.ROLL_THEN_EXCLUDE:
            return _rolled(limit, trigger, calendar, after_cut_off)
    return calendar.explain_adding(trigger, limit.amount)


def _rolled(limit: TimeLimit, trigger: date, calendar: Calendar, after_cut_off: bool) -> tuple[Day, ...]:
    deemed = _deemed(trigger, calendar, after_cut_off)
    if deemed == trigger:
        return calendar.explain_adding(trigger, limit.amount)
    why = calendar.why_not_working(trigger) or "after 5pm"
    return (
        Day(trigger, False, f"{why}: treated as happening on the next working day"),
        *(Day(day, False, calendar.why_not_working(day)) for day in _each(trigger, deemed)[1:-1]),
        *calendar.explain_adding(deemed, limit.amount, day_zero="the day it is treated as happening"),
    )


def _each(first: date, last: date) -> list[date]:
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def _months_account(limit: TimeLimit, trigger: date, due: date, calendar: Calendar) -> tuple[Day, ...]:
    return (
        Day(trigger, False, NOT_COUNTED),
        Day(due, True, _landing(limit, trigger, due)),
        _last_practical(limit, due, calendar),
    )


def _landing(limit: TimeLimit, trigger: date, due: date) -> str:
    if limit.unit is Unit.END_OF_MONTH:
        return f"the end of {due:%B}"
    if limit.unit is Unit.MONTHS:
        span = f"{limit.amount} month{'s' if limit.amount > 1 else ''} later"
    else:
        span = f"{limit.amount} year{'s' if limit.amount > 1 else ''} later"
    if due.day != trigger.day:
        return f"{span}: there is no {trigger.day} {due:%B %Y}, so the last day of that month"
    return f"{span}: the corresponding date"


def _last_practical(limit: TimeLimit, due: date, calendar: Calendar) -> Day:
    try:
        last = calendar.working_day_on_or_before(due)
    except BeyondKnownHolidays as unknown:
        if limit.kind is not Kind.NOT_BEFORE:
            raise
        # Nothing has to be done by this day, so not knowing the working day before it hides nothing.
        return Day(due, False, f"last practical working day not shown: {unknown}")
    if last == due:
        return Day(last, False, "last practical working day: the same day, which is a working day")
    return Day(
        last, False, f"last practical working day: {long_date(due)} is not one ({calendar.why_not_working(due)})"
    )


def _cautions(limit: TimeLimit, way: Alternative, trigger: date, due: date, calendar: Calendar) -> tuple[str, ...]:
    cautions: list[str] = []
    decides = limit.unit is Unit.MONTHS or limit.direction is Direction.BACKWARD
    if decides and (why := calendar.why_not_working(trigger)):
        cautions.append(f"{long_date(trigger)} is not a working day ({why}). Check the date.")
    if way.convention is Convention.PUB_MINUS_N:
        clear = calendar.subtract_working_days(trigger, limit.amount + 1)
        cautions.append(
            f"To leave {limit.amount} clear working days between sending and publication, send by {long_date(clear)}."
        )
    if limit.kind is Kind.NOT_BEFORE:
        cautions.append(f"May be removed from {long_date(due + ONE_DAY)}, the day after the anniversary.")
    if limit.is_advisory:
        cautions.append("This date is advisory. It is a day to be reminded on; passing it is not a breach.")
    return tuple(cautions)
