"""Referrals and cases that may be about the same children: ranked, forgiving of spelling, in two queries.

Names, births, addresses and numbers are compared here and never shown: what is said is how two children are alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from accounts.standing import Standing
from cases.models import Case, CaseStatus

from .spelling import Name, almost_the_same, letters, likeness, names_in, same_house, sounds_the_same, trigrams

MOST = 8
ENOUGH = 30
ALIKE, ALMOST, SAME_STREET, AUDIBLE = 0.45, 0.85, 0.6, 0.15
NEAR_IN_DAYS = 3
# A child is born so many days before or after the day it was expected on; two such days differ by less.
EARLY, LATE, RECKONED = 120, 28, 14

SAME_NHS_NUMBER = "A child has the same NHS number"
SAME_UPN = "A child has the same unique pupil number"
SAME_NAME, SIMILAR_NAME = "A child has the same or almost the same name", "A child has a similar name"
SAME_BIRTH, NEAR_BIRTH = "A child was born on the same day", "A child was born on almost the same date"
EXPECTED = "A child was expected at about the same time"
SAME_ADDRESS = "A child lives at the same address"
SAME_POSTCODE, SIMILAR_ADDRESS = "A child lives at the same postcode", "A child lives at a similar address"
SAME_DAY, NEAR_DAY = "The incident was on the same day", "The incident was within three days"
WEIGHT = {
    SAME_NHS_NUMBER: 100,
    SAME_UPN: 100,
    SAME_NAME: 60,
    SAME_ADDRESS: 35,
    SAME_BIRTH: 30,
    # Of a child nobody could name, it may be all there is.
    SAME_DAY: 30,
    SIMILAR_NAME: 25,
    SAME_POSTCODE: 20,
    SIMILAR_ADDRESS: 15,
    EXPECTED: 15,
    NEAR_BIRTH: 12,
    NEAR_DAY: 8,
}
# What says nothing more once the stronger is known: brothers and sisters have similar names and one address.
_STRONGER = (
    (SIMILAR_NAME, SAME_NAME),
    (NEAR_BIRTH, SAME_BIRTH),
    (SIMILAR_ADDRESS, SAME_POSTCODE),
    (SIMILAR_ADDRESS, SAME_ADDRESS),
    (SAME_POSTCODE, SAME_ADDRESS),
)


@dataclass
class Candidate:
    """A case that may be about the same children, with why, and how much speaks for it (the more, the likelier)."""

    case: Case
    score: int = 0
    reasons: list[str] = field(default_factory=list)


class _Known(NamedTuple):
    """What is compared of one child. `names` holds every name by itself: one that is alike is enough."""

    nhs_number: str
    upn: str
    born_on: date | None
    expected_on: date | None
    postcode: str
    written: str
    address: frozenset[str]
    names: tuple[Name, ...]

    @classmethod
    def of(
        cls,
        nhs_number: str,
        upn: str,
        born_on: date | None,
        expected_on: date | None,
        postcode: str,
        address: str,
        full_name: str,
        others: str,
    ) -> _Known:
        street = trigrams(letters(address, with_figures=True)) if address else frozenset()
        at = postcode.replace(" ", "").upper()
        return cls(nhs_number, upn, born_on, expected_on, at, address, street, names_in(full_name, others))


_COMPARED = ("nhs_number", "upn", "born_on", "expected_on", "postcode", "address", "full_name", "other_names")


def possible_duplicates(case: Case, *, by: Standing) -> list[Candidate]:
    """Other open or closed cases that `by` may see and that look like this one, the likeliest first. Two queries."""
    seen = Case.objects.visible_to(by).exclude(status=CaseStatus.JOINED)
    columns = (f"child_set__identity__{name}" for name in _COMPARED)
    rows = list(seen.order_by().values_list("pk", "incident_on", *columns))
    # A case without children has one row with nothing in it.
    own = [_Known.of(*known) for pk, _, *known in rows if pk == case.pk and known[-1] is not None]
    if not own and not case.incident_on:
        return []
    found: dict[int, list[set[str]]] = {}
    days: dict[int, set[str]] = {}
    for pk, incident_on, *known in rows:
        if pk == case.pk:
            continue
        if pk not in days:
            days[pk], found[pk] = _of_the_day(case.incident_on, incident_on), []
        if known[-1] is not None:
            child = _Known.of(*known)
            found[pk] += [reasons for mine in own if (reasons := alike(mine, child))]
    return _ranked({pk: days[pk] | _that_count(found[pk]) for pk in days})


def _that_count(pairs: list[set[str]]) -> set[str]:
    """What is alike in the two children most alike, and in any others that would do by themselves.

    That one child has the name and another the birthday says nothing.
    """
    if not pairs:
        return set()
    counting = [reasons for reasons in pairs if score(reasons) >= ENOUGH] or [max(pairs, key=score)]
    return set().union(*counting)


def score(reasons: Iterable[str]) -> int:
    """How much speaks for it."""
    return sum(WEIGHT[reason] for reason in reasons)


def _ranked(found: dict[int, set[str]]) -> list[Candidate]:
    said = {pk: without_weaker(reasons) for pk, reasons in found.items() if reasons}
    scores = {pk: points for pk, reasons in said.items() if (points := score(reasons)) >= ENOUGH}
    likely = sorted(scores, key=lambda pk: (-scores[pk], -pk))[:MOST]
    rows = Case.objects.select_related("incident_la").in_bulk(likely)
    return [Candidate(rows[pk], scores[pk], _in_order(said[pk])) for pk in likely]


def without_weaker(reasons: set[str]) -> set[str]:
    """The reasons but for those that say nothing more beside a stronger one."""
    return reasons - {weaker for weaker, stronger in _STRONGER if stronger in reasons}


def _in_order(reasons: Iterable[str]) -> list[str]:
    return sorted(reasons, key=lambda reason: (-WEIGHT[reason], reason))


def _of_the_day(mine: date | None, theirs: date | None) -> set[str]:
    if mine is None or theirs is None:
        return set()
    if mine == theirs:
        return {SAME_DAY}
    return {NEAR_DAY} if abs((mine - theirs).days) <= NEAR_IN_DAYS else set()


def alike(mine: _Known, known: _Known) -> set[str]:
    """In what the two children are alike."""
    found = _births(mine, known) | _homes(mine, known)
    if mine.nhs_number and mine.nhs_number == known.nhs_number:
        found.add(SAME_NHS_NUMBER)
    if mine.upn and mine.upn == known.upn:
        found.add(SAME_UPN)
    found |= {said for one in mine.names for other in known.names if (said := _names(one, other))}
    return without_weaker(found) if len(found) > 1 else found


def _names(one: Name, other: Name) -> str:
    common = likeness(one.trigrams, other.trigrams)
    if common < AUDIBLE:
        return ""
    if common >= ALMOST or almost_the_same(one.words, other.words):
        return SAME_NAME
    return SIMILAR_NAME if common >= ALIKE or sounds_the_same(one.words, other.words) else ""


def _homes(mine: _Known, known: _Known) -> set[str]:
    at_one_postcode = bool(mine.postcode) and mine.postcode == known.postcode
    if not at_one_postcode and not (mine.address and known.address):
        return set()
    street = likeness(mine.address, known.address)
    # Where a postcode was not given, the words must say it alone.
    enough = SAME_STREET if at_one_postcode else ALMOST
    elsewhere = bool(mine.postcode and known.postcode) and not at_one_postcode
    if street >= enough and not elsewhere and same_house(mine.written, known.written):
        return {SAME_ADDRESS}
    if at_one_postcode:
        return {SAME_POSTCODE}
    return {SIMILAR_ADDRESS} if street >= SAME_STREET else set()


def _births(mine: _Known, known: _Known) -> set[str]:
    if mine.born_on and known.born_on:
        return _birthdays(mine.born_on, known.born_on)
    if mine.expected_on and known.expected_on:
        return {EXPECTED} if abs((mine.expected_on - known.expected_on).days) <= RECKONED else set()
    expected, born = mine.expected_on or known.expected_on, mine.born_on or known.born_on
    if expected is None or born is None:
        return set()
    return {EXPECTED} if -EARLY <= (born - expected).days <= LATE else set()


def _birthdays(mine: date, theirs: date) -> set[str]:
    """The same date; or one that a slip of the pen makes of it: day and month changed over, or one part wrong."""
    if mine == theirs:
        return {SAME_BIRTH}
    changed_over = (mine.year, mine.month, mine.day) == (theirs.year, theirs.day, theirs.month)
    parts_wrong = (mine.year != theirs.year) + (mine.month != theirs.month) + (mine.day != theirs.day)
    return {NEAR_BIRTH} if changed_over or parts_wrong == 1 else set()
