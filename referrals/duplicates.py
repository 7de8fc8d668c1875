"""Referrals and cases that may be about the same children: ranked, forgiving of spelling, in two queries.

Names, births, addresses and numbers are compared here and never shown: what is said is how two children are alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from accounts.standing import Standing
from cases.models import Case, CaseStatus

MOST = 8
ENOUGH = 30
ALIKE, ALMOST, SAME_STREET = 0.45, 0.85, 0.6
NEAR_IN_DAYS = 3

SAME_NHS_NUMBER = "A child has the same NHS number"
SAME_UPN = "A child has the same unique pupil number"
SAME_NAME, SIMILAR_NAME = "A child has the same or almost the same name", "A child has a similar name"
SAME_BIRTH, NEAR_BIRTH = "A child was born on the same day", "A child was born on almost the same date"
SAME_POSTCODE, SIMILAR_ADDRESS = "A child lives at the same postcode", "A child lives at a similar address"
SAME_DAY, NEAR_DAY = "The incident was on the same day", "The incident was within three days"
WEIGHT = {
    SAME_NHS_NUMBER: 100,
    SAME_UPN: 100,
    SAME_NAME: 60,
    SAME_BIRTH: 30,
    SIMILAR_NAME: 25,
    SAME_DAY: 25,
    SAME_POSTCODE: 20,
    SIMILAR_ADDRESS: 15,
    NEAR_BIRTH: 12,
    NEAR_DAY: 8,
}
# What says nothing more once the stronger is known: brothers and sisters have similar names and one address.
_STRONGER = {SIMILAR_NAME: SAME_NAME, NEAR_BIRTH: SAME_BIRTH, SIMILAR_ADDRESS: SAME_POSTCODE}
_NOT_LETTERS = re.compile(r"[^a-z]+")
_NOT_LETTERS_OR_DIGITS = re.compile(r"[^a-z0-9]+")
_BETWEEN_NAMES = re.compile(r"[,;/\n]|\baka\b|\bor\b", re.IGNORECASE)


@dataclass
class Candidate:
    """A case that may be about the same children, with why, and how much speaks for it (the more, the likelier)."""

    case: Case
    score: int = 0
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    """What is compared of one child. `names` holds every name by itself: one that is alike is enough."""

    nhs_number: str
    upn: str
    born_on: date | None
    postcode: str
    address: frozenset[str]
    names: tuple[frozenset[str], ...]

    @classmethod
    def of(
        cls, nhs_number: str, upn: str, born_on: date | None, postcode: str, address: str, full_name: str, others: str
    ) -> _Known:
        written = (full_name, *_BETWEEN_NAMES.split(others)) if others else (full_name,)
        names = (trigrams(name) for name in written if name)
        return cls(
            nhs_number=nhs_number,
            upn=upn,
            born_on=born_on,
            postcode=postcode.replace(" ", "").upper(),
            address=_trigrams(address, _NOT_LETTERS_OR_DIGITS) if address else frozenset(),
            names=tuple(name for name in names if name),
        )


_COMPARED = ("nhs_number", "upn", "born_on", "postcode", "address", "full_name", "other_names")


def trigrams(name: str) -> frozenset[str]:
    """The groups of three letters of a name, without accents, capitals or the order of its parts."""
    return _trigrams(name, _NOT_LETTERS)


def _trigrams(text: str, between: re.Pattern[str]) -> frozenset[str]:
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    padded = [f"  {word} " for word in between.split(plain) if word]
    # Names in another alphabet have no letters of ours: they are compared whole, mark by mark.
    if not padded and text.strip():
        padded = [f"  {word} " for word in text.casefold().split()]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 (nothing in common) to 1 (the same letters)."""
    if not one or not other:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def possible_duplicates(case: Case, *, by: Standing) -> list[Candidate]:
    """Other open or closed cases that `by` may see and that look like this one, the likeliest first. Two queries."""
    seen = Case.objects.visible_to(by).exclude(status=CaseStatus.JOINED)
    columns = (f"child_set__identity__{name}" for name in _COMPARED)
    rows = list(seen.order_by().values_list("pk", "incident_on", *columns))
    # A case without children has one row with nothing in it.
    own = [_Known.of(*known) for pk, _, *known in rows if pk == case.pk and known[-1] is not None]
    if not own and not case.incident_on:
        return []
    found: dict[int, set[str]] = {}
    for pk, incident_on, *known in rows:
        if pk == case.pk:
            continue
        reasons = found.setdefault(pk, set())
        reasons |= _of_the_day(case.incident_on, incident_on)
        if known[-1] is not None:
            child = _Known.of(*known)
            for mine in own:
                reasons |= _alike(mine, child)
    return _ranked(found)


def _ranked(found: dict[int, set[str]]) -> list[Candidate]:
    scores = {}
    for pk, reasons in found.items():
        reasons -= {weaker for weaker, stronger in _STRONGER.items() if stronger in reasons}
        score = sum(WEIGHT[reason] for reason in reasons)
        if score >= ENOUGH:
            scores[pk] = score
    likely = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:MOST]
    rows = Case.objects.select_related("incident_la").in_bulk(likely)
    return [Candidate(rows[pk], scores[pk], _in_order(found[pk])) for pk in likely]


def _in_order(reasons: Iterable[str]) -> list[str]:
    return sorted(reasons, key=lambda reason: (-WEIGHT[reason], reason))


def _of_the_day(mine: date | None, theirs: date | None) -> set[str]:
    if mine is None or theirs is None:
        return set()
    if mine == theirs:
        return {SAME_DAY}
    return {NEAR_DAY} if abs((mine - theirs).days) <= NEAR_IN_DAYS else set()


def _alike(mine: _Known, known: _Known) -> set[str]:
    found = set()
    if mine.nhs_number and mine.nhs_number == known.nhs_number:
        found.add(SAME_NHS_NUMBER)
    if mine.upn and mine.upn == known.upn:
        found.add(SAME_UPN)
    alike = max((likeness(one, other) for one in mine.names for other in known.names), default=0.0)
    if alike >= ALIKE:
        found.add(SAME_NAME if alike >= ALMOST else SIMILAR_NAME)
    if mine.born_on and known.born_on:
        found |= _births(mine.born_on, known.born_on)
    if mine.postcode and mine.postcode == known.postcode:
        found.add(SAME_POSTCODE)
    elif likeness(mine.address, known.address) >= SAME_STREET:
        found.add(SIMILAR_ADDRESS)
    return found


def _births(mine: date, theirs: date) -> set[str]:
    """The same date; or one that a slip of the pen makes of it: day and month changed over, or one part wrong."""
    if mine == theirs:
        return {SAME_BIRTH}
    changed_over = (mine.year, mine.month, mine.day) == (theirs.year, theirs.day, theirs.month)
    parts_wrong = (mine.year != theirs.year) + (mine.month != theirs.month) + (mine.day != theirs.day)
    return {NEAR_BIRTH} if changed_over or parts_wrong == 1 else set()
