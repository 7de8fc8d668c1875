"""One pass: do the rooms' chores, announce what happened, make the reminders that are due, compose, deliver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.standing import LONDON

from . import gathered, troubles
from .announce import announce
from .compose import compose
from .deliver import deliver
from .models import BEGUN, ENDED, Tick
from .remind import remind

# After a silence this long there is a backlog, and people get one letter about all of it.
OUTAGE = timedelta(hours=1)


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
    catching_up = _was_silent(at)
    Tick.objects.update_or_create(name=BEGUN, defaults={"at": at})
    _do_chores(at)
    announced = announce(at=at, day=day)
    reminders = remind(at=at, day=day)
    messages = compose(at=at, day=day, catching_up=catching_up)
    delivered = deliver(clock=clock)
    Tick.objects.update_or_create(name=ENDED, defaults={"at": clock()})
    return Swept(announced, reminders, messages, delivered)


def _was_silent(at: datetime) -> bool:
    """Whether no pass has ended for so long that there is a backlog. Read again by every pass until one ends."""
    last = Tick.objects.filter(name=ENDED).values_list("at", flat=True).first()
    return last is not None and at - last > OUTAGE


def _do_chores(at: datetime) -> None:
    """First, so that what they record is told in the same pass. One that fails keeps nothing else waiting."""
    for chore in gathered.chores():
        try:
            chore(at=at)
        except Exception as error:
            troubles.report(f"chore:{chore.__module__}", error, at=at)
