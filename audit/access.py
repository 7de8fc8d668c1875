"""Fetching is checking, and recording."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest

from .events import Actor, record
from .models import Trail

M = TypeVar("M", bound=models.Model)

# More cases than anybody works through in that time: whoever wants to carry them all off is stopped.
MOST_CHAINS = 100
WITHIN = timedelta(minutes=5)
OPENED = "opened"


class TooManyOpened(Exception):
    """This session has opened more cases than anybody works through. Answered with a 429 page."""


def open_part(request: HttpRequest, model: type[M], pk: object = None, *, verb: str = "opened", **lookups: Any) -> M:
    """The row, if the person asking may see it; the opening is recorded on its chain.

    Raises Http404 otherwise, the same for a row that is not theirs as for one that does not exist; and TooManyOpened
    when this session has opened rows of MOST_CHAINS other chains WITHIN the time before.
    `lookups` narrow further (a child of the parent in the path) or name the row without its key (a reference).
    `verb` says how it was read ("opened", "downloaded", "printed", "exported").
    """
    by = request.by  # type: ignore[attr-defined]
    if pk is not None:
        lookups["pk"] = pk
    if not lookups:
        raise TypeError("open_part() needs a key or a lookup: it opens one row.")
    rows: Any = model._default_manager
    try:
        found = rows.visible_to(by).filter(**lookups).first() if by else None
    except ValueError:  # a NUL in the address, which PostgreSQL cannot even look for
        found = None
    if found is None:
        raise Http404("There is nothing here for you at this address.")
    _count(request, found.trail, by=by)
    record(found.trail, verb, by=by, subject=found, reading=True)
    return found  # type: ignore[no-any-return]


def _count(request: HttpRequest, trail: Trail, *, by: Actor) -> None:
    """Keep in the session which chains were opened, each with the second of the last time."""
    if (session := getattr(request, "session", None)) is None:
        return
    now = int(by.at.timestamp())
    since = now - WITHIN.total_seconds()
    opened = {chain: at for chain, at in session.get(OPENED, {}).items() if at > since and chain != str(trail.pk)}
    if len(opened) >= MOST_CHAINS:
        raise TooManyOpened
    session[OPENED] = {**opened, str(trail.pk): now}


def within(path: str, rows: models.QuerySet[Any]) -> Exists:
    """A condition: the row that `path` leads to is one of `rows`. Asked of each row by itself.

    The same rows as with `path__in=rows`. That would have SQLite list all of `rows` first, each time: with ten
    thousand cases, thirty milliseconds to find out whether one of them may be seen.
    """
    return Exists(rows.filter(pk=OuterRef(path)))
