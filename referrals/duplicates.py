"""Referrals and cases that may be about the same children: ranked, forgiving of spelling, in three queries.

Names, births and numbers are compared here and never shown: what is said is how two children are alike.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from accounts.standing import Standing
from cases.models import Case, CaseStatus, Identity

MOST = 8
ENOUGH = 30
SAME_NUMBER, SAME_BIRTH, SAME_POSTCODE, SAME_DAY = 100, 30, 20, 25
ALIKE, ALMOST = 0.45, 0.85
SAME_NAME, SIMILAR_NAME = "A child has the same or almost the same name", "A child has a similar name"
_LETTERS = re.compile(r"[^a-z]+")


@dataclass
class Candidate:
    """A case that may be about the same children, with why, and how much speaks for it (the more, the likelier)."""

    case: Case
    score: int = 0
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Known:
    case_id: int
    nhs_number: str
    born_on: date | None
    postcode: str
    trigrams: frozenset[str]


def trigrams(name: str) -> frozenset[str]:
    """The groups of three letters of a name, without accents, capitals or the order of its parts."""
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark))
    words = (word for word in _LETTERS.split(plain) if word)
    return frozenset(word[at : at + 3] for padded in words for word in [f"  {padded} "] for at in range(len(word) - 2))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """From 0 (nothing in common) to 1 (the same letters)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def possible_duplicates(case: Case, *, by: Standing) -> list[Candidate]:
    """Other open or closed cases that `by` may see and that look like this one, the likeliest first."""
    seen = Case.objects.visible_to(by).exclude(status=CaseStatus.JOINED).exclude(pk=case.pk)
    own = _identities(Identity.objects.filter(child__case=case))
    if not own and not case.incident_on:
        return []
    found: dict[int, dict[str, int]] = {}
    for known in _identities(Identity.objects.filter(child__case__in=seen)):
        for mine in own:
            for reason, score in _alike(mine, known).items():
                reasons = found.setdefault(known.case_id, {})
                reasons[reason] = score
    if case.incident_on:
        same_day = seen.filter(incident_on=case.incident_on).values_list("pk", flat=True)
        for pk in same_day:
            found.setdefault(pk, {})["The incident was on the same day"] = SAME_DAY
    for reasons in found.values():
        # Brothers and sisters have similar names: that says nothing more once one of them is the same.
        if SAME_NAME in reasons:
            reasons.pop(SIMILAR_NAME, None)
    ranked = sorted(found, key=lambda pk: (-sum(found[pk].values()), -pk))
    likely = [pk for pk in ranked if sum(found[pk].values()) >= ENOUGH][:MOST]
    rows = {row.pk: row for row in Case.objects.filter(pk__in=likely).select_related("incident_la")}
    return [Candidate(rows[pk], sum(found[pk].values()), list(found[pk])) for pk in likely]


def _identities(identities: object) -> list[_Known]:
    rows = identities.values_list(  # type: ignore[attr-defined]
        "child__case_id", "nhs_number", "born_on", "postcode", "full_name", "other_names"
    )
    return [
        _Known(case_id, nhs_number, born_on, postcode.replace(" ", ""), trigrams(f"{full_name} {other_names}"))
        for case_id, nhs_number, born_on, postcode, full_name, other_names in rows
    ]


def _alike(mine: _Known, known: _Known) -> dict[str, int]:
    found = {}
    if mine.nhs_number and mine.nhs_number == known.nhs_number:
        found["A child has the same NHS number"] = SAME_NUMBER
    alike = likeness(mine.trigrams, known.trigrams)
    if alike >= ALMOST:
        found[SAME_NAME] = 60
    elif alike >= ALIKE:
        found[SIMILAR_NAME] = 25
    if mine.born_on and mine.born_on == known.born_on:
        found["A child was born on the same day"] = SAME_BIRTH
    if mine.postcode and mine.postcode == known.postcode:
        found["A child lives at the same postcode"] = SAME_POSTCODE
    return found
