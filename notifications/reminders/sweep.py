"""One pass: do the rooms' chores, announce what happened, make the reminders that are due, compose, deliver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.standing import LONDON

from . import gathered, troubles
from .announce import announce
from .compose import compose
from .deliver import deliver
from .models import Tick
from .remind import remind


@dataclass(frozen=True)
class Swept:
    """What one pass did."""

    announced: int
    reminders: int
    messages: int
    delivered: int


def sweep(*, clock: Callable[[], datetime]) -> Swept:
    """Do one whole pass. Running it twice, or in two places at once, equals running it once.

    `clock` gives the present instant (UTC). The day is the London date of the first reading.
    """
    at = clock()
    day = at.astimezone(LONDON).date()
    _do_chores(at)
    announced = announce(at=at, day=day)
    reminders = remind(at=at, day=day)
    messages = compose(at=at, day=day)
    delivered = deliver(clock=clock)
    Tick.objects.update_or_create(name="sweep", defaults={"at": clock()})
    return Swept(announced, reminders, messages, delivered)


def _do_chores(at: datetime) -> None:
    """First, so that what they record is told in the same pass. One that fails keeps nothing else waiting."""
    for chore in gathered.chores():
        try:
            chore(at=at)
        except Exception as error:
            troubles.report(f"chore:{chore.__module__}", error, at=at)
