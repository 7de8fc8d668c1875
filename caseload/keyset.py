"""Pages of a long list by where the last one ended: the millionth row costs what the first does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict


@dataclass(frozen=True)
class KeysetPage:
    """Some rows of a list ordered by a date and then the id, newest first."""

    rows: list[Any]
    previous_url: str
    next_url: str

    def __iter__(self):
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def page_of(rows: QuerySet[Any], query: QueryDict, *, field: str, size: int = 50) -> KeysetPage:
    """The page that `?after=` or `?before=` names, or the first. A mark that makes no sense gives the first page."""
    after, before = _mark(query.get("after", "")), _mark(query.get("before", ""))
    newest_first, oldest_first = (f"-{field}", "-pk"), (field, "pk")
    if before and not after:
        day, pk = before
        later = rows.filter(Q(**{f"{field}__gt": day}) | Q(**{field: day, "pk__gt": pk})).order_by(*oldest_first)
        found = list(later[: size + 1])
        more_before, found = len(found) > size, found[:size][::-1]
        more_after = True
    else:
        if after:
            day, pk = after
            rows = rows.filter(Q(**{f"{field}__lt": day}) | Q(**{field: day, "pk__lt": pk}))
        found = list(rows.order_by(*newest_first)[: size + 1])
        more_after, found = len(found) > size, found[:size]
        more_before = after is not None
    if not found:
        return KeysetPage([], "", "")
    return KeysetPage(
        found,
        previous_url=_url(query, "before", found[0], field) if more_before else "",
        next_url=_url(query, "after", found[-1], field) if more_after else "",
    )


def _mark(text: str) -> tuple[date, int] | None:
    day, _, pk = text.partition("_")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None


def _url(query: QueryDict, name: str, row: Any, field: str) -> str:
    kept = [(key, value) for key in query if key not in {"after", "before"} for value in query.getlist(key)]
    return "?" + urlencode([*kept, (name, f"{getattr(row, field).isoformat()}_{row.pk}")])
