"""A chain of events in words, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from govuk.words import date_in_words, instant_in_words, listed

from .lifecycle import StaleEdit
from .models import Event, Trail

ROWS = 50


@dataclass(frozen=True)
class HistoryRow:
    """One event: who, in what capacity, when (UTC), what in words, and what it moved."""

    number: int
    who: str
    capacity: str
    at: datetime
    when: str
    what: str
    subject: str
    moved_from: str
    moved_to: str
    reason: str
    changed: tuple[str, ...]
    is_reading: bool
    # The text key of what it is about, for rooms that can name it better.
    key: str

    @property
    def headline(self) -> str:
        """What happened, and what it moved to unless that says the same: "Rapid review sent"."""
        said_already = not self.moved_to or self.moved_to.lower() in self.what.lower()
        return self.what if said_already else f"{self.what}: {self.moved_to}"

    @property
    def changed_words(self) -> str:
        return ", ".join(self.changed)


@dataclass(frozen=True)
class History:
    """One page of a chain, newest first. `newer` and `older` are query strings, empty at the ends."""

    rows: tuple[HistoryRow, ...]
    newer: str
    older: str
    changes_only: bool

    @property
    def other_view(self) -> str:
        """The query string that shows openings and downloads too, or leaves them out."""
        return "?" if self.changes_only else "?show=changes"

    def __iter__(self) -> Any:
        return iter(self.rows)


def history_of(trail: Trail, query: Mapping[str, str] | None = None, *, with_reasons: bool = True) -> History:
    """The page of the chain that the query of the address asks for: before=, after= (numbers of events), show=changes.

    A query that makes no sense gives the newest page. Without `with_reasons` what people wrote is left out: an auditor
    reads who did what, not why.
    """
    query = query or {}
    changes_only = query.get("show") == "changes"
    before, after = _number(query.get("before")), _number(query.get("after"))
    events = Event.objects.filter(trail=trail).select_related("actor", "reason")
    if changes_only:
        events = events.filter(reading=False)
    if after is not None:
        found = list(events.filter(number__gt=after).order_by("number")[: ROWS + 1])
        has_newer, has_older = len(found) > ROWS, True
        found = found[:ROWS][::-1]
    else:
        narrowed = events if before is None else events.filter(number__lt=before)
        found = list(narrowed.order_by("-number")[: ROWS + 1])
        has_newer, has_older = before is not None, len(found) > ROWS
        found = found[:ROWS]
    show = {"show": "changes"} if changes_only else {}
    return History(
        rows=tuple(_row(event, with_reasons=with_reasons) for event in found),
        newer=f"?{urlencode({**show, 'after': found[0].number})}" if found and has_newer else "",
        older=f"?{urlencode({**show, 'before': found[-1].number})}" if found and has_older else "",
        changes_only=changes_only,
    )


def in_words(event: Event, *, with_reasons: bool = True) -> HistoryRow:
    """One event in words."""
    return _row(event, with_reasons=with_reasons)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _row(event: Event, *, with_reasons: bool) -> HistoryRow:
    model = _model_of(event.subject)
    reason = getattr(event, "reason", None) if with_reasons else None
    return HistoryRow(
        number=event.number,
        who=str(event.actor),
        capacity=event.capacity,
        at=event.at,
        when=instant_in_words(event.at),
        what=f"{event.verb[:1].upper()}{event.verb[1:]}",
        subject=str(model._meta.verbose_name) if model else "",
        moved_from=_status_words(model, event.from_status),
        moved_to=_status_words(model, event.to_status),
        reason=reason.text if reason else "",
        changed=tuple(_field_words(model, name) for name in event.changed),
        is_reading=event.reading,
        key=event.subject,
    )


def _model_of(subject: str) -> type[models.Model] | None:
    label, _, _ = subject.partition(":")
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def _status_words(model: type[models.Model] | None, status: str) -> str:
    if model is None or not status:
        return status
    try:
        choices = model._meta.get_field("status").choices  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return status
    return str(dict(choices or ()).get(status, status))


def fields_in_words(model: type[models.Model], names: Iterable[str]) -> str:
    """The names of fields as people call them."""
    return listed([_field_words(model, name) for name in names])


def _field_words(model: type[models.Model] | None, name: str) -> str:
    try:
        return str(model._meta.get_field(name).verbose_name) if model else name  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return name.replace("_", " ")


@dataclass(frozen=True)
class BothTexts:
    """One field of a stale edit: what this person typed and what it says now."""

    field: str
    mine: str
    theirs: str


def both_texts(stale: StaleEdit) -> tuple[BothTexts, ...]:
    """The fields in which a stale edit and the row differ, in words, for `audit/_stale.html`.

    `audit.history.as_seen` says which of them this person changed at all.
    """
    model = type(stale.subject)
    return tuple(
        BothTexts(
            _field_words(model, name),
            _value_words(model, name, mine),
            _value_words(model, name, stale.theirs.get(name)),
        )
        for name, mine in stale.mine.items()
        if mine != stale.theirs.get(name)
    )


def _value_words(model: type[models.Model], name: str, value: Any) -> str:
    try:
        choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()) or ())
    except FieldDoesNotExist:
        choices = {}
    if isinstance(value, list | tuple):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return instant_in_words(value)
    if isinstance(value, date):
        return date_in_words(value)
    return str(choices.get(value, "" if value is None else value))
