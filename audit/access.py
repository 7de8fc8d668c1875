"""Fetching is checking, and recording."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest

from .events import record

M = TypeVar("M", bound=models.Model)


def open_part(request: HttpRequest, model: type[M], pk: object = None, *, verb: str = "opened", **lookups: Any) -> M:
    """The row, if the person asking may see it; the opening is recorded on its chain.

    Raises Http404 otherwise, the same for a row that is not theirs as for one that does not exist.
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
    record(found.trail, verb, by=by, subject=found, reading=True)
    return found  # type: ignore[no-any-return]


def within(path: str, rows: models.QuerySet[Any]) -> Exists:
    """A condition: the row that `path` leads to is one of `rows`. Asked of each row by itself.

    The same rows as with `path__in=rows`. That would have SQLite list all of `rows` first, each time: with ten
    thousand cases, thirty milliseconds to find out whether one of them may be seen.
    """
    return Exists(rows.filter(pk=OuterRef(path)))
