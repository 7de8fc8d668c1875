"""What the stages above offer on a notification's page. They register at start; this room points at none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from accounts.standing import Standing
from cases.panel import Doing

from .models import Notification

Offers = Callable[[Notification, Standing], Iterable[Doing]]
Follows = Callable[[Notification, Standing, str], None]
_offers: list[Offers] = []
_withdrawals: list[Follows] = []


def register(offers: Offers) -> None:
    """A stage says what this person may do with a notification, such as record that it was sent."""
    if offers not in _offers:
        _offers.append(offers)


def offered(notification: Notification, by: Standing) -> list[Doing]:
    return [doing for offers in _offers for doing in offers(notification, by)]


def when_withdrawn(follows: Follows) -> None:
    """A stage says what it does, in the same transaction, when a notification is withdrawn for a reason."""
    if follows not in _withdrawals:
        _withdrawals.append(follows)


def withdrawn(notification: Notification, by: Standing, reason: str) -> None:
    for follows in _withdrawals:
        follows(notification, by, reason)
