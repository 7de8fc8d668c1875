"""How a room shows itself on the case page. The rooms make these; `caseload` lays them out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of a summary list: a term, its value in words, and where to go to change or read it."""

    term: str
    value: str
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Doing:
    """Something this person may do now."""

    text: str
    url: str


@dataclass(frozen=True)
class Panel:
    """One stage as this person may see it.

    `order` is its place in the strip (10 referral, 20 decision, 30 notification, 40 rapid review, 50 review,
    60 actions). `state` is a status in words and `colour` its tag colour. `turn` says whose turn it is and what is
    next, in a sentence. `papers` are (IssuedDocument, URL) pairs.
    """

    order: int
    title: str
    state: str
    colour: str = "blue"
    finished: bool = False
    turn: str = ""
    url: str = ""
    rows: tuple[Row, ...] = ()
    doings: tuple[Doing, ...] = ()
    papers: tuple[tuple[Any, str], ...] = field(default=())
