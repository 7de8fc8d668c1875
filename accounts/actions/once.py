"""The second press of a button."""

from __future__ import annotations

from audit.events import AlreadySubmitted
from audit.models import Event


def not_twice(token: str | None) -> None:
    """Raise AlreadySubmitted if this submit has been taken, before anything else is found fault with.

    `record()` decides between two that come at once; this lets the later one find what the first one made.
    """
    if token and (winner := Event.objects.filter(token=token).first()):
        raise AlreadySubmitted(winner)
