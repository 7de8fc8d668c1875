"""How often each duty was met in time, by how much it was missed, and why: for the partnership, by quarter.

Counts say nothing of any one case, so they are of every case. Reasons are words about a case: each reader gets those
of the cases open to them, and only in a role that reads reasons.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Count, F, Q
from django.db.models.functions import ExtractMonth

from accounts.standing import Standing
from deadlines.models import BankHoliday, Deadline, Limit
from deadlines.presenter import days, title_of
from deadlines.statutory import Kind, Unit
from deadlines.working_days import BeyondKnownHolidays, Calendar

APRIL = 4
QUARTERS = ("April to June", "July to September", "October to December", "January to March")
MOST_REASONS = 100
DAY = "day"


@dataclass(frozen=True)
class Missed:
    """By how much a duty was missed: so many of a unit, and in days."""

    amount: int
    unit: str
    days: int


@dataclass
class Tally:
    """What fell due: done in time, done late, and not done though the day has passed. Not yet due is in none."""

    in_time: int = 0
    late: int = 0
    owed: int = 0
    # By how much each was missed: in its own unit, and in days for where units are mixed.
    missed_by: list[int] = field(default_factory=list)
    in_days: list[int] = field(default_factory=list)
    unit: str = ""

    def missed(self, by: Missed) -> None:
        """One more was missed by so much."""
        self.missed_by.append(by.amount)
        self.in_days.append(by.days)
        self.unit = by.unit if self.unit in ("", by.unit) else DAY

    @property
    def _amounts(self) -> list[int]:
        return self.in_days if self.unit == DAY else self.missed_by

    @property
    def due(self) -> int:
        return self.in_time + self.late + self.owed

    @property
    def share(self) -> str:
        """Done in time, of what fell due, in whole percent: never rounded up to all of it, nor down to nothing."""
        if not self.due:
            return "None due"
        exact = 100 * self.in_time / self.due
        whole = min(max(round(exact), 1), 99) if 0 < self.in_time < self.due else round(exact)
        return f"{whole}%"

    @property
    def typical(self) -> str:
        """The median of how long after its day it was done, or has been owed until today."""
        return days(round(median(self._amounts)), self.unit) if self.missed_by else ""

    @property
    def longest(self) -> str:
        return days(max(self._amounts), self.unit) if self.missed_by else ""

    def plus(self, other: Tally) -> Tally:
        unit = other.unit if self.unit in ("", other.unit) or not other.unit else DAY
        return Tally(
            self.in_time + other.in_time,
            self.late + other.late,
            self.owed + other.owed,
            [*self.missed_by, *other.missed_by],
            [*self.in_days, *other.in_days],
            unit or self.unit,
        )


@dataclass(frozen=True)
class Duty:
    code: str
    title: str
    quarters: tuple[Tally, ...]

    @property
    def named(self) -> list[tuple[str, Tally]]:
        return list(zip(QUARTERS, self.quarters, strict=True))

    @property
    def year(self) -> Tally:
        return total(self.quarters)


@dataclass(frozen=True)
class Reason:
    reference: str
    duty: str
    missed_by: str
    words: str


def total(tallies: Iterable[Tally]) -> Tally:
    found = Tally()
    for tally in tallies:
        found = found.plus(tally)
    return found


def year_of(day: date) -> int:
    """The year in which the reporting year of a day begins, on 1 April."""
    return day.year if day.month >= APRIL else day.year - 1


def quarter_of(month: int) -> int:
    """0 for April to June, 3 for January to March."""
    return (month - APRIL) % 12 // 3


def duties(year: int, *, on: date) -> list[Duty]:
    """Each statutory duty of which something fell due in the reporting year from 1 April, as it is on a London date.

    A constant number of queries. What is void, does not apply or is only advised is left out.
    """
    clocks = _of_year(year)
    counted = (
        clocks.annotate(month=ExtractMonth("due_on"))
        .order_by()
        .values("code", "month")
        .annotate(
            in_time=Count("pk", filter=Q(met_on__lte=F("due_on"))),
            late=Count("pk", filter=Q(met_on__gt=F("due_on"))),
            owed=Count("pk", filter=Q(met_on=None, due_on__lt=on)),
        )
    )
    found: dict[str, tuple[Tally, ...]] = defaultdict(lambda: tuple(Tally() for _ in QUARTERS))
    for row in counted:
        tally = found[row["code"]][quarter_of(row["month"])]
        tally.in_time += row["in_time"]
        tally.late += row["late"]
        tally.owed += row["owed"]
    calendar = BankHoliday.objects.calendar()
    missed = clocks.filter(Q(met_on__gt=F("due_on")) | Q(met_on=None, due_on__lt=on))
    for code, unit, due_on, met_on in missed.values_list("code", "limit__unit", "due_on", "met_on"):
        found[code][quarter_of(due_on.month)].missed(_missed_by(unit, due_on, met_on or on, calendar))
    titles = dict(Limit.objects.filter(code__in=found).order_by("in_force_from").values_list("code", "title"))
    made = [Duty(code, titles.get(code, code), quarters) for code, quarters in sorted(found.items())]
    return [duty for duty in made if duty.year.due]


def _of_year(year: int):
    return Deadline.objects.filter(
        due_on__range=(date(year, APRIL, 1), date(year + 1, APRIL - 1, 31)),
        limit__kind=Kind.DUE,
        limit__statutory=True,
        voided_on=None,
        not_applicable=False,
    )


def _missed_by(unit: str, due_on: date, until: date, calendar: Calendar) -> Missed:
    """In the unit of the duty; in days beyond the bank holidays that have been entered."""
    in_days = (until - due_on).days
    if unit == Unit.WORKING_DAYS:
        with suppress(BeyondKnownHolidays):
            return Missed(max(calendar.working_days_between(due_on, until), 1), "working day", in_days)
    return Missed(in_days, DAY, in_days)


def reasons(year: int, *, by: Standing) -> list[Reason]:
    """Why duties of the year were missed, in people's words, of the cases open to this person: the longest first."""
    clocks = (
        Deadline.objects.visible_to(by)
        .filter(pk__in=_of_year(year).values("pk"))
        .exclude(met_late_reason="", delay_reason="")
        .select_related("case", "limit")
        .order_by("due_on", "pk")[:MOST_REASONS]
    )
    calendar = BankHoliday.objects.calendar()
    found = []
    for clock in clocks:
        until = clock.met_on or by.today
        missed_by = ""
        if clock.due_on and until > clock.due_on:
            missed = _missed_by(clock.limit.unit, clock.due_on, until, calendar)
            missed_by = days(missed.amount, missed.unit)
        found.append(
            Reason(
                clock.case.reference if clock.case else "The partnership",
                title_of(clock),
                missed_by,
                clock.met_late_reason or clock.delay_reason,
            )
        )
    return found
