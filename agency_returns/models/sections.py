"""The sections of a return (specification 4.3), in the order in which an agency fills them in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One page of the return: its key in the path, its title, what it is for, and the fields it asks."""

    key: str
    title: str
    guidance: str
    fields: tuple[str, ...]


SECTIONS: tuple[Section, ...] = (
    Section(
        "involvement",
        "The agency's involvement",
        "The basic facts, and how far your agency was involved. Use role titles, not practitioners' names.",
        (
            "records_checked",
            "period_from",
            "period_until",
            "persons_known",
            "services_and_roles",
            "involvement_summary",
        ),
    ),
    Section(
        "child",
        "The child's lived experience",
        "What daily life was like for each child, and what the child said or showed.",
        ("lived_experience",),
    ),
    Section(
        "family",
        "Family functioning and risk",
        "Risk and protective factors, including fathers, partners and others who cared for the child.",
        ("family_and_risk",),
    ),
    Section(
        "identity",
        "Identity and inequality",
        "Culture, faith, language, disability, and how racism or other inequality may have shaped what happened.",
        ("identity_and_inequality",),
    ),
    Section(
        "working-together",
        "Working together",
        "How information was shared, what was decided at which threshold, and how practitioners were supported.",
        ("multi_agency_working", "thresholds_and_plans", "oversight"),
    ),
    Section(
        "good-practice",
        "Good practice",
        "What was done well, and what made that possible.",
        ("good_practice",),
    ),
    Section(
        "what-could-be-different",
        "What could have been different, and why",
        "Look for reasons in the system people worked in, seen as it was at the time.",
        ("what_could_be_different", "system_factors", "why"),
    ),
    Section(
        "actions",
        "Immediate actions and learning",
        "What has been done already to keep children safe, what is still needed, and what your agency has learned.",
        ("actions_taken", "actions_needed", "single_agency_learning"),
    ),
    Section(
        "criteria",
        "The agency's view on the criteria",
        "Your agency's view helps the safeguarding partners to decide. The decision is theirs.",
        ("criteria_views", "view_on_review"),
    ),
    Section(
        "other",
        "Other agencies and other processes",
        "Who else to ask, and what else is under way.",
        ("other_agencies", "staff_support", "other_processes", "media_interest", "data_protection_confirmed"),
    ),
)


def section_named(key: str) -> Section | None:
    return next((section for section in SECTIONS if section.key == key), None)
