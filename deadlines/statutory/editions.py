"""The register of time limits, edition by edition: the checked-in seed.

The product reads `deadlines.Limit` rows, which start from this. What the law and the guidance
say is taken to be the same in each edition; the values of 2026 are carried over from 2023 and
marked as not yet checked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from deadlines.statutory.limits import Confidence, Kind, TimeLimit, Unit, UnknownLimit
from deadlines.statutory.rows import BUSINESS_UNIT, FORWARD, GUIDANCE_BEGAN, PARTNERS, REGISTER, row
from deadlines.working_days import long_date


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of Working Together to Safeguard Children and the days it is in force."""

    name: str
    chapter: str
    in_force_from: date
    in_force_to: date | None
    note: str = ""


WT2018: Final = Edition(
    "WT 2018",
    "Working Together to Safeguard Children 2018, chapter 4",
    GUIDANCE_BEGAN,
    date(2023, 12, 14),
)
WT2023: Final = Edition(
    "WT 2023",
    "Working Together to Safeguard Children 2023, chapter 5",
    date(2023, 12, 15),
    date(2026, 3, 17),
)
WT2026: Final = Edition(
    "WT 2026",
    "Working Together to Safeguard Children 2026 (chapter 5 not yet checked)",
    date(2026, 3, 18),
    None,
    "Chapter 5 of Working Together 2026 is not yet checked: the values of the 2023 edition are carried over",
)
EDITIONS: Final = (WT2018, WT2023, WT2026)

PLAN: Final = tuple(
    row(
        f"L{day:02}",
        title,
        "Local working plan of the rapid review",
        Confidence.VERIFIED_LOCALLY,
        day,
        Unit.WORKING_DAYS,
        "the serious incident notification is sent to the Panel",
        "the step is recorded as done",
        owed,
        FORWARD,
        kind=Kind.ADVISORY,
        statutory=False,
    )
    for day, title, owed in (
        (1, "Requests for information issued to agencies", BUSINESS_UNIT),
        (3, "Holding or nil return from each agency", BUSINESS_UNIT),
        (7, "Agency returns", BUSINESS_UNIT),
        (8, "Returns brought together by the business unit", BUSINESS_UNIT),
        (9, "Draft to the review group", BUSINESS_UNIT),
        (10, "Rapid review meeting", BUSINESS_UNIT),
        (12, "Draft report", BUSINESS_UNIT),
        (13, "Comments of the safeguarding partners", PARTNERS),
        (14, "Target for sending the rapid review", BUSINESS_UNIT),
    )
)


def _in_edition(row: TimeLimit, edition: Edition) -> TimeLimit:
    return replace(
        row,
        edition=edition.name,
        authority=row.authority.format(wt=edition.chapter),
        in_force_from=edition.in_force_from,
        in_force_to=edition.in_force_to,
        edition_note=edition.note if "{wt}" in row.authority else "",
    )


STATUTORY_LIMITS: Final = tuple(_in_edition(row, edition) for edition in EDITIONS for row in REGISTER)
LOCAL_LIMITS: Final = tuple(replace(row, edition="Local plan") for row in PLAN)
SEED: Final = STATUTORY_LIMITS + LOCAL_LIMITS


def limit_in_force(code: str, on: date, limits: Iterable[TimeLimit] = SEED) -> TimeLimit:
    """The limit of that code in the edition in force on that day, which is its own day zero.

    An edition is in force until the next begins: of several, the one that began last.
    """
    rows = [limit for limit in limits if limit.code.casefold() == code.casefold()]
    if not rows:
        raise UnknownLimit(f"{code} is not in the register of time limits, which runs from T01 to T17.")
    if standing := [limit for limit in rows if limit.in_force(on)]:
        return max(standing, key=lambda limit: limit.in_force_from)
    first = min(limit.in_force_from for limit in rows)
    raise UnknownLimit(
        f"No edition of {rows[0].code} was in force on {long_date(on)}; the first is from {long_date(first)}."
    )
