"""What the rooms have declared about who is told of what. Filled once, at start, by the switchboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from audit.telling import Telling

# What a room does at every pass: `chore(at=...)`, with the present instant (UTC). Twice must be as good as once.
Chore = Callable[..., object]

_by_verb: dict[str, list[Telling]] = {}
_chores: list[Chore] = []


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


def take_on(chores: Iterable[Chore]) -> None:
    """Take in what a room wants done at every pass."""
    _chores.extend(chore for chore in chores if chore not in _chores)


def chores() -> tuple[Chore, ...]:
    return tuple(_chores)
