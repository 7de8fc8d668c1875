"""Verbs on bank holidays. Each change moves the open clocks it touches, and every move is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend
from audit.models import Trail
from deadlines import rights
from deadlines.models import BankHoliday, Deadline, KnownYear
from deadlines.working_days import Calendar, long_date


class AlreadyEntered(ValueError):
    """That day is a bank holiday already."""


class NotTheNextYear(ValueError):
    """Years are declared one after another, so that no year between them is guessed."""


@dataclass(frozen=True, slots=True)
class Move:
    """An open clock whose dates another calendar would change, with what they would become."""

    deadline: Deadline
    dates: dict[str, Any]

    @property
    def was(self) -> date | None:
        return self.deadline.due_on

    @property
    def becomes(self) -> date | None:
        day: date | None = self.dates["due_on"]
        return day


def preview_adding(day: date, name: str = "") -> list[Move]:
    """The open clocks that would move if that day became a bank holiday. Nothing is changed."""
    return moves(BankHoliday.objects.calendar(adding=(day, name)))


def preview_removing(day: date) -> list[Move]:
    """The open clocks that would move if that day were no longer a bank holiday. Nothing is changed."""
    return moves(BankHoliday.objects.calendar(leaving_out=day))


def moves(calendar: Calendar) -> list[Move]:
    """The open clocks that this calendar counts differently, the soonest first. Closed clocks are never touched."""
    found = Deadline.objects.open().counted_otherwise(calendar)
    clocks = Deadline.objects.select_related("limit", "case__chain").in_bulk(list(found))
    soonest_first = sorted(clocks.values(), key=lambda clock: (clock.due_on or date.max, clock.pk))
    return [Move(clock, found[clock.pk]) for clock in soonest_first]


def add_bank_holiday(day: date, name: str, *, by: Standing, source: str = "", token: str | None = None) -> list[Move]:
    """Enter a bank holiday and move every open clock it touches, in one transaction. Gives the moves."""
    rights.BANK_HOLIDAYS.require(by)

    def change() -> None:
        refuse_repeat(token)
        if BankHoliday.objects.filter(date=day).exists():
            raise AlreadyEntered(f"{long_date(day)} is a bank holiday already.")
        made = BankHoliday.objects.create(date=day, name=name, source=source, entered_by=str(by.user)[:200])
        record(
            Trail.of_the_house(),
            "bank holiday added",
            by=by,
            subject=made,
            reason=f"{made}. {source}" if source else f"{made}",
            changed=["date", "name"],
            token=token,
        )

    return _apply(change, by=by, reason=f"{name}, {long_date(day)}, became a bank holiday")


def remove_bank_holiday(
    bank_holiday: BankHoliday, *, by: Standing, reason: str, token: str | None = None
) -> list[Move]:
    """Take a bank holiday out again (it was moved, or entered by mistake) and move every open clock it touches."""
    rights.BANK_HOLIDAYS.require(by)

    def change() -> None:
        refuse_repeat(token)
        if not BankHoliday.objects.filter(pk=bank_holiday.pk).exists():
            raise AlreadyDone(f"{bank_holiday} has been removed already.")
        house = Trail.of_the_house()
        said = f"{bank_holiday}. {reason}"
        record(house, "bank holiday removed", by=by, subject=bank_holiday, reason=said, token=token)
        bank_holiday.delete()

    return _apply(change, by=by, reason=f"{bank_holiday} is no longer a bank holiday")


def declare_year(year: int, *, by: Standing, token: str | None = None) -> list[Move]:
    """Say that all the bank holidays of the next year have been entered. Clocks that waited for it are worked out."""
    rights.BANK_HOLIDAYS.require(by)

    def change() -> None:
        refuse_repeat(token)
        last = KnownYear.last()
        if last is not None and year != last + 1:
            raise NotTheNextYear(f"The next year to declare is {last + 1}.")
        if not BankHoliday.objects.filter(date__year=year).exists():
            raise NotTheNextYear(f"No bank holiday of {year} has been entered.")
        made = KnownYear.objects.create(year=year, entered_by=str(by.user)[:200])
        house = Trail.of_the_house()
        record(house, "bank holidays complete", by=by, subject=made, reason=f"{year}", changed=["year"], token=token)

    return _apply(change, by=by, reason=f"The bank holidays of {year} were entered")


def recount(*, by: Standing, reason: str = "Counted again") -> list[Move]:
    """Bring every open clock to the bank holidays as they are. Changes nothing that is right already."""
    return _apply(lambda: None, by=by, reason=reason)


# How often a change begins again because a clock was started, meanwhile, in a case that had none.
TRIES: Final = 20


class _StartedMeanwhile(Exception):
    """A clock was started in a case whose chain is not held."""


def _apply(change: Callable[[], None], *, by: Standing, reason: str) -> list[Move]:
    for _ in range(TRIES):
        try:
            return _apply_once(change, by=by, reason=reason)
        except _StartedMeanwhile:
            # To take that chain now would be to wait, with the calendar held, for those who wait for it: let both go.
            continue
    raise AlreadyDone("Clocks are being started faster than the bank holidays can be changed.")


@transaction.atomic
def _apply_once(change: Callable[[], None], *, by: Standing, reason: str) -> list[Move]:
    # Every head that may be written, and the house's own, are taken at once and in key order.
    held = set(_chains_to_be_written())
    hold(Trail.of_the_house(), *Trail.objects.filter(pk__in=held))
    # Whoever is starting a clock at this moment ends first, so that theirs is moved too; whoever begins now counts
    # by the bank holidays as they will be. In this order, as theirs is: the chains first, then the calendar.
    BankHoliday.objects.changing()
    if not held.issuperset(_chains_to_be_written()):
        raise _StartedMeanwhile
    change()
    moved = moves(BankHoliday.objects.calendar())
    for move in moved:
        amend(move.deadline, by=by, verb="clock moved", reason=reason, **move.dates)
    return moved


def _chains_to_be_written() -> Iterable[int]:
    return Deadline.objects.open().exclude(case=None).values_list("case__chain", flat=True)
