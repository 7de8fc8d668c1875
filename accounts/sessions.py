"""How long a session lasts. The server keeps the limits; the page's script only tells people in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from .standing import Standing

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
SECOND_FACTOR = "second_factor"
# Writing the session at every page would be a write for every read; this much idle time may go unnoticed.
UNNOTICED = timedelta(seconds=20)


def idle_limit(by: Standing) -> timedelta:
    """The time without activity after which this person is signed out."""
    return timedelta(minutes=settings.IDLE_MINUTES if by.holds_cases else settings.IDLE_MINUTES_REFERRER)


def begin(session: Any, *, at: datetime) -> None:
    """Start both clocks."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = at.timestamp()


def seen(session: Any, *, at: datetime) -> None:
    """Note activity."""
    if SIGNED_IN_AT not in session:
        begin(session, at=at)
    elif at.timestamp() - session.get(SEEN_AT, 0) >= UNNOTICED.total_seconds():
        session[SEEN_AT] = at.timestamp()


def left(session: Any, by: Standing, *, at: datetime) -> timedelta:
    """How long until the session ends if nothing is done. Negative when it is over."""
    now = at.timestamp()
    idle = session.get(SEEN_AT, now) + idle_limit(by).total_seconds() - now
    absolute = session.get(SIGNED_IN_AT, now) + settings.SESSION_HOURS * 3600 - now
    return timedelta(seconds=min(idle, absolute))


def signed_in_within(session: Any, span: timedelta, *, at: datetime) -> bool:
    """Whether the person signed in (and not merely was active) so recently."""
    return bool(at.timestamp() - session.get(SIGNED_IN_AT, 0) < span.total_seconds())
