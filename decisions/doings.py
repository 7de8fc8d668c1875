"""What the stages above offer on a decision's page, such as concluding it. This room points at none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from accounts.standing import Standing
from cases.panel import Doing

from .models import Decision

Offers = Callable[[Decision, Standing], Iterable[Doing]]
_offers: list[Offers] = []


def register(offers: Offers) -> None:
    """A stage says what this person may do with a decision that it asked for."""
    if offers not in _offers:
        _offers.append(offers)


def offered(decision: Decision, by: Standing) -> list[Doing]:
    return [doing for offers in _offers for doing in offers(decision, by)]
