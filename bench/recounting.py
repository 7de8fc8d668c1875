"""P5: working every open clock out again, as when a bank holiday is proclaimed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from bench.building import Built
from bench.findings import Finding, Gate
from bench.measuring import side_by_side
from deadlines.actions.bank_holidays import moves
from deadlines.models import BankHoliday, Deadline
from deadlines.statutory import work_out

ROUNDS = 7


def measure(built: Built) -> list[Finding]:
    """Which open clocks would move, beside writing every one of them in one statement."""
    calendar = BankHoliday.objects.calendar()
    assert {move.deadline.pk: move.becomes for move in moves(calendar)} == _naive(), (
        "the clocks that would move are not those that a naive reading of every clock gives"
    )
    series = side_by_side(
        {
            "every clock counted": lambda: Deadline.objects.open().counted_otherwise(calendar),
            "which clocks move": lambda: moves(calendar),
            "one update": _written,
        },
        rounds=ROUNDS,
    )
    return [
        Finding.of("P5 clocks worked out again", series, "every clock counted", "one update", Gate(2.5)),
        # In this world every clock moves, and comes with its case and chain, ready for its event.
        Finding.of("P5 clocks worked out again", series, "which clocks move", "one update", Gate(40)),
    ]


def _written() -> None:
    """The least: every open clock written once. Nothing of it stays."""
    with transaction.atomic():
        Deadline.objects.open().update(version=F("version") + 1)
        transaction.set_rollback(True)


def _naive() -> dict[int, date | None]:
    """Clock after clock, with the account of every single day that the page about a clock gives."""
    calendar = BankHoliday.objects.calendar()
    found = {}
    for clock in Deadline.objects.all():
        if clock.is_open:
            due = work_out(clock.limit.as_time_limit(), clock.counted_from, calendar, clock.convention).due_on
            if due != clock.due_on:
                found[clock.pk] = due
    return found
