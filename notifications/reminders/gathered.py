"""What the rooms have declared about who is told of what. Filled once, at start, by the switchboard."""

from __future__ import annotations

from collections.abc import Iterable

from audit.telling import Telling

_by_verb: dict[str, list[Telling]] = {}


def gather(tellings: Iterable[Telling]) -> None:
    """Take in a room's declarations."""
    for telling in tellings:
        known = _by_verb.setdefault(telling.verb, [])
        if telling not in known:
            known.append(telling)


def of(verb: str) -> list[Telling]:
    return _by_verb.get(verb, [])


def every() -> list[Telling]:
    return [telling for tellings in _by_verb.values() for telling in tellings]
