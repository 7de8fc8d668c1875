"""How the scheduler is: when it last began and ended a pass, what waits, what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from audit.models import Untold

from .models import BEGUN, ENDED, Message, Reminder, Telling, Tick, Trouble

# A scheduler that has missed this many passes is not late, it is gone.
MISSED_PASSES = 5
A_DAY = timedelta(days=1)
MOST = 100


@dataclass(frozen=True)
class Life:
    """What the page of the scheduler's life shows. Instants are UTC; None for never."""

    begun: datetime | None
    ended: datetime | None
    is_silent: bool
    is_stuck: bool
    untold: int
    to_compose: int
    waiting: int
    oldest_waiting: datetime | None
    tried: int
    failed: int
    sent_today: int
    troubles: list[Trouble]


@dataclass(frozen=True)
class Pulse:
    """As much of how the scheduler is as fits into one line."""

    begun: datetime | None
    is_silent: bool
    is_stuck: bool
    troubles: int


def pulse_of(*, at: datetime, every: int) -> Pulse:
    """Whether passes begin and end, and how many rows wait to be seen to. Two queries, however much has been sent."""
    ticks = dict(Tick.objects.values_list("name", "at"))
    begun = ticks.get(BEGUN)
    is_silent, is_stuck = _standing_still(begun, ticks.get(ENDED), at=at, every=every)
    return Pulse(begun, is_silent, is_stuck, Trouble.objects.filter(settled_at=None).count())


def _standing_still(begun: datetime | None, ended: datetime | None, *, at: datetime, every: int) -> tuple[bool, bool]:
    """Whether no pass begins any more, and whether passes begin and none comes to its end."""
    longest = timedelta(seconds=MISSED_PASSES * every)
    if begun is None or at - begun > longest:
        return True, False
    return False, ended is None or begun - ended > longest


def life_of(*, at: datetime, every: int) -> Life:
    """How things stand at an instant (UTC), where a pass is due every so many seconds. Changes nothing."""
    ticks = dict(Tick.objects.values_list("name", "at"))
    begun, ended = ticks.get(BEGUN), ticks.get(ENDED)
    is_silent, is_stuck = _standing_still(begun, ended, at=at, every=every)
    is_waiting = Q(state=Message.State.WAITING)
    queue = Message.objects.aggregate(
        waiting=Count("pk", filter=is_waiting),
        oldest_waiting=Min("made_at", filter=is_waiting),
        tried=Count("pk", filter=is_waiting & Q(tries__gt=0)),
        failed=Count("pk", filter=Q(state=Message.State.FAILED)),
        sent_today=Count("pk", filter=Q(state=Message.State.SENT, sent_at__gt=at - A_DAY)),
    )
    return Life(
        begun=begun,
        ended=ended,
        is_silent=is_silent,
        is_stuck=is_stuck,
        untold=Untold.objects.count(),
        to_compose=Reminder.objects.filter(message=None, dropped="").count()
        + Telling.objects.filter(message=None).count(),
        troubles=list(Trouble.objects.filter(settled_at=None).order_by("-first_at")[:MOST]),
        **queue,
    )
