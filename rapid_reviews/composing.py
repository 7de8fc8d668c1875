"""What is known already, put under the headings of a new report. Pseudonyms and coded facts only."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cases import codes
from cases.models import Case, Child, ParallelProcess
from govuk.words import date_in_words, listed

from .headings import HEADINGS


def sections_for(case: Case) -> list[tuple[str, str, str, str]]:
    """(key, heading, guidance, first text) of every section."""
    known = {
        "children": _children(case),
        "incident": _incident(case),
        "other-children": _safety(case),
        "parallel-processes": _processes(case),
    }
    return [(key, heading, guidance, known.get(key, "")) for key, heading, guidance in HEADINGS]


def _children(case: Case) -> str:
    return "".join(
        format_html("<h3>{}</h3>{}", child.pseudonym, _bullets(facts_of(child))) for child in case.child_set.all()
    )


def facts_of(child: Child) -> list[str]:
    """What is recorded of a child, one fact a line, without anything that names them; last, what is not known yet."""
    facts, unknown = ["Unborn"] if child.unborn else [], []
    asked = (
        ("Age at the incident", "" if child.unborn else _age(child.age_years)),
        ("Sex", child.get_sex_display()),
        ("Ethnicity", "" if child.ethnicity in ("UNKNOWN", "NOT_OBTAINED") else child.get_ethnicity_display()),
        ("Disabled", f"{child.get_disability_display()}{_kinds(child.disabilities)}"),
        ("Looked after", child.get_looked_after_display()),
        ("Child protection plan", child.get_child_protection_display()),
        ("Child in need plan", child.get_child_in_need_display()),
        ("Education", child.get_education_display()),
        ("Legal status", child.get_legal_status_display()),
        ("Lived", child.get_placement_display()),
    )
    for term, value in asked:
        if value and value != "Not known":
            facts.append(f"{term}: {value}")
        elif not (child.unborn and term == "Age at the incident"):
            unknown.append(term.lower())
    return [*facts, f"Not known yet: {listed(unknown)}"] if unknown else facts


def _age(years: int | None) -> str:
    if years is None:
        return ""
    return "under 1" if years == 0 else str(years)


def _kinds(kinds: list[str]) -> str:
    return f" ({listed([codes.words(codes.DISABILITY, kind).lower() for kind in kinds])})" if kinds else ""


def _incident(case: Case) -> str:
    when = date_in_words(case.incident_on) if case.incident_on else case.incident_date_text
    facts = [case.get_harm_display()]
    if when:
        facts.append(f"When: {when}")
    if case.location_type:
        facts.append(f"Where: {codes.words(codes.LOCATION, case.location_type).lower()}")
    facts.append(f"Local authority: {case.incident_la}")
    return _bullets(facts)


def _safety(case: Case) -> str:
    known = [(child.pseudonym, child.current_safety) for child in case.child_set.all() if child.current_safety]
    return format_html_join("", "<p>{}: {}</p>", known)


def _processes(case: Case) -> str:
    rows = ParallelProcess.objects.filter(case=case).exclude(applies=ParallelProcess.Applies.NO)
    return _bullets(". ".join(part for part in (row.get_kind_display(), row.state, row.impact) if part) for row in rows)


def _bullets(lines: Iterable[str]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return format_html("<ul>{}</ul>", items) if items else SafeString("")
