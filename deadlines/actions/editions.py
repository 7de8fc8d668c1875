"""Verbs on editions of the guidance: a later one or a local variant is added as data, and none is ever changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.models import Trail
from deadlines import editions as files
from deadlines import rights
from deadlines.editions import Edition, NotAnEdition
from deadlines.models import BankHoliday, Deadline, Limit
from deadlines.models.limits import row_of
from deadlines.statutory import TimeLimit, UnknownLimit, due_on, limit_in_force
from deadlines.working_days import BeyondKnownHolidays, Calendar

# What a difference between two editions is told by; the rest names or dates the edition itself.
COMPARED = tuple(field.name for field in fields(TimeLimit) if field.name not in files.OF_THE_EDITION)


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact of one limit, as it would stand without the edition (None: no such limit) and with it."""

    code: str
    fact: str
    was: object
    becomes: object


@dataclass(frozen=True, slots=True)
class Recount:
    """An open clock whose day zero falls in the new edition. It stays as it is unless it is pinned to another."""

    deadline: Deadline
    becomes: date | None


@dataclass(frozen=True, slots=True)
class NewEdition:
    """One edition that is not there yet, and what it would change."""

    edition: Edition
    differences: tuple[Difference, ...]
    clocks: tuple[Recount, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What adding a set of editions would do. `there` names those that are there already, and the same."""

    new: tuple[NewEdition, ...]
    there: tuple[str, ...]


def the_set() -> list[Edition]:
    """The editions of the guidance with their local variants, the earliest first; the local working plan is not one."""
    return files.editions_of(row.as_time_limit() for row in Limit.objects.all() if files.CODE.fullmatch(row.code))


def plan_of(editions: Iterable[Edition]) -> Plan:
    """What these editions would add and change. NotAnEdition where one contradicts what is there. Changes nothing."""
    kept = {edition.name: edition for edition in the_set()}
    limits = [limit for edition in kept.values() for limit in edition.limits]
    others = set(Limit.objects.exclude(edition__in=kept).values_list("edition", flat=True))
    calendar = BankHoliday.objects.calendar()
    new, there = [], []
    for edition in sorted(editions, key=lambda one: one.in_force_from):
        if edition.name in kept:
            if _facts(kept[edition.name]) != _facts(edition):
                raise NotAnEdition(
                    f"{edition.name} is there already and says something else. An edition is never changed: "
                    "give yours another name."
                )
            there.append(edition.name)
            continue
        if edition.name in others:
            raise NotAnEdition(f"{edition.name} is the name of something else.")
        if edition.variant_of and edition.variant_of not in kept:
            raise NotAnEdition(f"{edition.name}: there is no edition {edition.variant_of} that it could vary.")
        taken = {(limit.code, limit.in_force_from): limit.edition for limit in limits}
        for limit in edition.limits:
            if other := taken.get((limit.code, limit.in_force_from)):
                raise NotAnEdition(f"{edition.name}, {limit.code}: {other} begins on that day too. Choose another day.")
        new.append(
            NewEdition(
                edition,
                tuple(_difference(edition, limits)),
                tuple(_recounts(edition, calendar)),
            )
        )
        kept[edition.name] = edition
        limits += edition.limits
    return Plan(tuple(new), tuple(there))


def _facts(edition: Edition) -> tuple[object, ...]:
    return (edition.name, edition.in_force_from, edition.in_force_to, edition.variant_of, edition.limits)


def _difference(edition: Edition, limits: list[TimeLimit]) -> Iterable[Difference]:
    for limit in edition.limits:
        try:
            before = limit_in_force(limit.code, edition.in_force_from, limits)
        except UnknownLimit:
            yield Difference(limit.code, "limit", None, limit.title)
            continue
        for name in COMPARED:
            if getattr(before, name) != getattr(limit, name):
                yield Difference(limit.code, name, getattr(before, name), getattr(limit, name))


def _recounts(edition: Edition, calendar: Calendar) -> Iterable[Recount]:
    by_code = {limit.code: limit for limit in edition.limits}
    open_clocks = Deadline.objects.open().filter(code__in=by_code, counted_from__gte=edition.in_force_from)
    for clock in open_clocks.select_related("limit", "case__chain").order_by("due_on", "pk"):
        limit = by_code[clock.code]
        if clock.limit.in_force_from > edition.in_force_from or not limit.in_force(clock.counted_from):
            continue
        try:
            late = clock.after_cut_off
            day = due_on(limit, clock.counted_from, calendar, clock.way_by(limit), after_cut_off=late)
        except BeyondKnownHolidays:
            day = None
        yield Recount(clock, day)


@transaction.atomic
def add_editions(text: str, *, by: Standing, token: str | None = None) -> Plan:
    """Add the editions of a file that are not there yet. Clocks that run stay with the edition they are pinned to.

    All of them or none. Raises NotAnEdition.
    """
    rights.EDITIONS.require(by)
    house = Trail.of_the_house()
    hold(house)
    plan = plan_of(files.read(text))
    for number, new in enumerate(plan.new):
        rows = Limit.objects.bulk_create(
            Limit(**row_of(limit), entered_by=str(by.user)[:200]) for limit in new.edition.limits
        )
        record(
            house,
            "edition of the guidance added",
            by=by,
            subject=rows[0],
            reason=f"{new.edition.name}, in force from {new.edition.in_force_from:%-d %B %Y}",
            changed=sorted({difference.fact for difference in new.differences}),
            token=token if number == 0 else None,
        )
    return plan
