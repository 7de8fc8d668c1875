"""What the partners must, and should, consider before they decide (specification 1.4)."""

from __future__ import annotations

from dataclasses import dataclass

NOTIFICATION = "Children Act 2004, section 16C(1)"
REGULATION_11 = "Regulation 11"
REGARD = "Working Together to Safeguard Children"

MUST = "Must be taken into account"
SHOULD = "Regard should also be had to"


@dataclass(frozen=True)
class Criterion:
    """One criterion. `basis` is where it comes from; `weight` says whether the law or the guidance asks it."""

    code: str
    text: str
    basis: str
    weight: str


# Whether an incident is to be notified to the national body.
NOTIFICATION_CRITERIA = (
    Criterion("S16C_ABUSE", "It is known or suspected that a child has been abused or neglected", NOTIFICATION, MUST),
    Criterion("S16C_HARM", "The child has died or been seriously harmed", NOTIFICATION, MUST),
    Criterion(
        "S16C_AREA",
        "It happened in the local authority's area, or outside England to a child who normally lives in the area",
        NOTIFICATION,
        MUST,
    ),
)

# Whether a local child safeguarding practice review is appropriate.
REVIEW_CRITERIA = (
    Criterion(
        "REG11_A",
        "The case highlights or may highlight improvements needed to safeguard and promote the welfare of children, "
        "including where those improvements have been previously identified",
        REGULATION_11,
        MUST,
    ),
    Criterion(
        "REG11_B",
        "The case highlights or may highlight recurrent themes in the safeguarding and promotion of the welfare of "
        "children",
        REGULATION_11,
        MUST,
    ),
    Criterion(
        "REG11_C",
        "The case highlights or may highlight concerns regarding two or more agencies working together effectively to "
        "safeguard and promote the welfare of children",
        REGULATION_11,
        MUST,
    ),
    Criterion(
        "REG11_D",
        "The case is one which the national panel have considered and concluded a local review may be more appropriate",
        REGULATION_11,
        MUST,
    ),
    Criterion(
        "WT_SINGLE",
        "The safeguarding partners have cause for concern about the actions of a single agency",
        REGARD,
        SHOULD,
    ),
    Criterion(
        "WT_NONE",
        "There has been no agency involvement, and this gives the safeguarding partners cause for concern",
        REGARD,
        SHOULD,
    ),
    Criterion(
        "WT_MULTIAREA",
        "More than one local authority, police area or integrated care board is involved, including where families "
        "have moved around",
        REGARD,
        SHOULD,
    ),
    Criterion(
        "WT_INSTITUTION",
        "The case may raise issues about safeguarding or promoting the welfare of children in institutional settings",
        REGARD,
        SHOULD,
    ),
)

EVERY = NOTIFICATION_CRITERIA + REVIEW_CRITERIA
BY_CODE = {criterion.code: criterion for criterion in EVERY}
CODES = tuple((criterion.code, criterion.text) for criterion in EVERY)
