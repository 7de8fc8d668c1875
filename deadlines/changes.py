"""What happened to a clock, oldest first: what each fact was and what it became. Nothing is overwritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from audit.events import key_of
from audit.models import Event, Trail
from deadlines.models import Deadline, Limit
from deadlines.working_days import long_date


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a clock before and after a change, in words."""

    name: str
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a clock: what was done, when (UTC), by whom and why, and the facts that differ."""

    what: str
    at: datetime
    who: str
    why: str
    facts: tuple[Fact, ...]


def changes_of(deadline: Deadline) -> list[Change]:
    """Every change of the clock since it was started, oldest first. Four queries, however many there are."""
    key = key_of(deadline)
    events = list(
        Event.objects.filter(subject=key, reading=False, trail=deadline.trail)
        .select_related("actor", "reason")
        .order_by("number")
    )
    kept = list(deadline.history.order_by("history_id"))
    if len(kept) != len(events):
        # A row that something else has written to: what was done is still told, without what it was before.
        kept = []
    editions = dict(Limit.objects.filter(code=deadline.code).values_list("pk", "edition"))
    found = []
    for number, event in enumerate(events):
        facts = tuple(_facts(kept[number - 1], kept[number], editions)) if kept and number else ()
        reason = getattr(event, "reason", None)
        found.append(
            Change(event.verb, event.at, str(event.actor), reason.text if reason else "", facts),
        )
    return found


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """One change of the bank holidays: what was done, when (UTC), by whom, to which day and why, and what moved."""

    what: str
    at: datetime
    who: str
    why: str
    moved: int


OF_THE_CALENDAR: Final = ("bank holiday added", "bank holiday removed", "bank holidays complete")
MOST: Final = 50


def changes_of_the_calendar() -> list[CalendarChange]:
    """The latest changes of the bank holidays, the newest first. Three queries, however many there are."""
    house = Trail.of_the_house()
    found = list(
        Event.objects.filter(trail=house, verb__in=OF_THE_CALENDAR)
        .select_related("actor", "reason")
        .order_by("-number")[:MOST]
    )
    # The moves are recorded at the instant of their change, by the same person.
    at = {event.at for event in found}
    rows = Event.objects.filter(verb="clock moved", at__in=at).values_list("at", "actor_id")
    moved = Counter(rows)
    return [
        CalendarChange(
            event.verb,
            event.at,
            str(event.actor),
            event.reason.text if hasattr(event, "reason") else "",
            moved[event.at, event.actor_id],
        )
        for event in found
    ]


def _day(value: date | None) -> str:
    return long_date(value) if value else "none"


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _text(value: object) -> str:
    return str(value or "none")


SHOWN: Final[tuple[tuple[str, str, Callable[[Any], str]], ...]] = (
    ("counted_from", "Counted from", _day),
    ("after_cut_off", "After 5pm on that day", _yes),
    ("counted_from_recorded_by", "Recorded by", _text),
    ("convention", "Way of counting", _text),
    ("due_on", "Due date", _day),
    ("secondary_due_on", "Date shown beside it", _day),
    ("agreed_target", "Agreed target", _day),
    ("met_on", "Done on", _day),
    ("voided_on", "Void since", _day),
    ("not_applicable_said_by", "Who said that it does not apply", _text),
)


def _facts(before: Any, after: Any, editions: dict[int, str]) -> Iterator[Fact]:
    if before.limit_id != after.limit_id:
        yield Fact("Edition", editions.get(before.limit_id, ""), editions.get(after.limit_id, ""))
    for name, words, shown in SHOWN:
        was, became = getattr(before, name), getattr(after, name)
        if was != became:
            yield Fact(words, shown(was), shown(became))
