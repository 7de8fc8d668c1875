"""The bands a clock may be in on a day, and when one passes into the next. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from deadlines.statutory import Kind, Unit
from deadlines.working_days import BeyondKnownHolidays, Calendar

SOON_WORKING_DAYS: Final = 2
SOON_DAYS: Final = 30


class Band(StrEnum):
    RUNNING = "running"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    EXPLAINED = "explained"  # overdue, with a notice of delay on file
    PAST_ADVICE = "past_advice"  # an advisory date has gone by; no breach
    NOT_YET = "not_yet"  # something that may not happen before a day that has not passed
    ALLOWED = "allowed"
    MET = "met"
    MET_LATE = "met_late"
    NOT_APPLICABLE = "not_applicable"
    VOID = "void"
    NOT_WORKED_OUT = "not_worked_out"  # the bank holidays it needs have not been entered


CLOSED: Final = frozenset({Band.MET, Band.MET_LATE, Band.NOT_APPLICABLE, Band.VOID})


@dataclass(frozen=True, slots=True)
class State:
    """How a clock stands on a day.

    `days_left` and `working_days_left` are nought on the due day and negative after it.
    `working_days_late` counts the working days after the due day up to the day it was met, or up
    to the day asked about while it is not. Where a count needs bank holidays that are not known
    it is None. `elapsed_days` are calendar days from day zero to the day met, or asked about.
    """

    band: Band
    days_left: int | None = None
    working_days_left: int | None = None
    working_days_late: int | None = None
    elapsed_days: int = 0

    @property
    def is_open(self) -> bool:
        return self.band not in CLOSED

    @property
    def is_late(self) -> bool:
        return self.band in (Band.OVERDUE, Band.EXPLAINED, Band.MET_LATE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked of a clock to say how it stands."""

    kind: Kind
    unit: Unit
    counted_from: date
    due_on: date | None
    met_on: date | None = None
    explained_on: date | None = None
    not_applicable: bool = False
    void: bool = False


def state_of(facts: Facts, *, on: date, calendar: Calendar) -> State:
    """How a clock with these facts stands on a London date."""
    end = facts.met_on or on
    elapsed = (end - facts.counted_from).days
    if facts.void:
        return State(Band.VOID, elapsed_days=elapsed)
    if facts.not_applicable:
        return State(Band.NOT_APPLICABLE, elapsed_days=elapsed)
    if facts.due_on is None:
        return State(Band.MET if facts.met_on else Band.NOT_WORKED_OUT, elapsed_days=elapsed)
    left = _working_days(calendar, end, facts.due_on)
    return State(
        _band(facts, facts.due_on, on, calendar),
        days_left=(facts.due_on - end).days,
        working_days_left=left,
        working_days_late=-left if left is not None and end > facts.due_on else None,
        elapsed_days=elapsed,
    )


def _band(facts: Facts, due_on: date, on: date, calendar: Calendar) -> Band:
    if facts.met_on is not None:
        late = facts.met_on > due_on and facts.kind is Kind.DUE
        return Band.MET_LATE if late else Band.MET
    if facts.kind is Kind.NOT_BEFORE:
        return Band.ALLOWED if on > due_on else Band.NOT_YET
    if on > due_on:
        if facts.kind is not Kind.DUE:
            return Band.PAST_ADVICE
        explained = facts.explained_on is not None and facts.explained_on <= on
        return Band.EXPLAINED if explained else Band.OVERDUE
    if on == due_on:
        return Band.DUE_TODAY
    return Band.DUE_SOON if due_on <= soon_until(facts.unit, on, calendar) else Band.RUNNING


def soon_until(unit: Unit, on: date, calendar: Calendar) -> date:
    """The last due date that counts as "soon" on a day.

    Two working days left or fewer for clocks counted in working days, thirty days for the others.
    """
    if unit is not Unit.WORKING_DAYS:
        return on + timedelta(days=SOON_DAYS)
    try:
        return calendar.add_working_days(on, SOON_WORKING_DAYS + 1) - timedelta(days=1)
    except BeyondKnownHolidays:
        # No more than two working days are known after this day, so whatever has been worked
        # out to fall within them has no more than two left.
        return calendar.known_until


def _working_days(calendar: Calendar, start: date, end: date) -> int | None:
    try:
        return calendar.working_days_between(start, end)
    except BeyondKnownHolidays:
        return None
