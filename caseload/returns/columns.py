"""The columns of the return, in the order of specification 5.2. Codes, not words: another program reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from cases import codes

from .rows import ChildRow

# The tax year's quarters: the department's reporting year runs from April to March.
APRIL = 4


def reporting_year(day: date) -> str:
    """The department's year a day is in, such as "2026-27" (1 April to 31 March)."""
    first = day.year if day.month >= APRIL else day.year - 1
    return f"{first}-{(first + 1) % 100:02d}"


def quarter(day: date) -> str:
    """The quarter of the reporting year: Q1 is April to June."""
    return f"Q{(day.month - APRIL) % 12 // 3 + 1}"


def _age(row: ChildRow) -> int | None:
    age = str(row.answers.get("age_years", ""))
    return int(age) if age.isdigit() else None


def _answer(name: str) -> Callable[[ChildRow], Any]:
    return lambda row: row.answers.get(name, "")


def _incident(name: str) -> Callable[[ChildRow], Any]:
    return lambda row: row.incident.get(name, "")


def _family(name: str) -> Callable[[ChildRow], Any]:
    return lambda row: row.family.get(name, "")


def _incident_month(row: ChildRow) -> str:
    found = str(row.incident.get("incident_on", ""))[:7]
    return found if len(found) == len("2026-03") and found[4] == "-" else ""


def _harms(row: ChildRow) -> list[str]:
    return list(row.incident.get("harm_types") or [])


def _familial(row: ChildRow) -> str:
    contexts = set(row.incident.get("context") or [])
    return "; ".join(sorted(contexts & {"intrafamilial", "extrafamilial"}))


def _exploitation(row: ChildRow) -> list[str]:
    return [code for code in _harms(row) if code in {"CSE", "CCE_COUNTY_LINES", "TRAFFICKING_SLAVERY"}]


def _ever(answer: str) -> str:
    return {"current": "yes", "previous": "yes", "never": "no"}.get(answer, "not_known")


def _rapid_review(name: str) -> Callable[[ChildRow], Any]:
    return lambda row: getattr(row.later.rapid_review, name, "") if row.later.rapid_review else ""


def _published(row: ChildRow) -> date | None:
    return row.later.review.published_on if row.later.review else None


def _review_days(row: ChildRow) -> int | None:
    published = _published(row)
    return (published - row.later.review.initiated_on).days if row.later.review and published else None


def _not_held(row: ChildRow) -> str:
    """Asked for by the return, not asked by the national form: said so instead of guessed."""
    return "not_recorded"


COLUMNS: tuple[tuple[str, Callable[[ChildRow], Any]], ...] = (
    ("case_ref", lambda row: row.case.reference),
    ("sin_ref", lambda row: row.content["sent_reference"]),
    ("notifying_la_code", lambda row: row.notification.notifying_la.ons_code),
    ("incident_month", _incident_month),
    ("quarter", lambda row: quarter(row.sent_on)),
    ("reporting_year", lambda row: reporting_year(row.sent_on)),
    ("nature", lambda row: row.content["kind"]),
    ("harm_primary", lambda row: next(iter(_harms(row)), "")),
    ("harm_other", lambda row: _harms(row)[1:]),
    ("familial_context", _familial),
    ("location_type", _incident("location_type")),
    ("outside_england", _incident("outside_england")),
    ("child_seq", lambda row: row.number),
    ("is_primary_subject", lambda row: "yes" if row.child["primary_subject"] else "no"),
    ("age_band", lambda row: codes.age_band(_age(row), unborn=row.child["unborn"])),
    ("age_years", _age),
    ("unborn", lambda row: "yes" if row.child["unborn"] else "no"),
    ("sex", _answer("sex")),
    ("ethnicity_19", _answer("ethnicity")),
    ("ethnicity_5", lambda row: codes.ethnic_group(row.answers.get("ethnicity", ""))),
    ("disability", _answer("disability")),
    ("disability_types", _answer("disabilities")),
    ("looked_after", _answer("looked_after")),
    ("legal_status_903", _answer("legal_status")),
    ("placement_903", _answer("placement")),
    ("cin_plan", _answer("child_in_need")),
    ("cpp_status", _answer("child_protection")),
    ("cpp_category", _answer("child_protection_category")),
    ("ever_cpp", lambda row: _ever(row.answers.get("child_protection", ""))),
    ("ever_cla", _answer("looked_after")),
    ("known_to_agency", _answer("known_to_agency")),
    ("agencies_known", lambda row: row.later.agencies_known),
    ("education_status", _answer("education")),
    ("attendance_band", _not_held),
    ("ehcp", _not_held),
    ("mental_health_condition", _not_held),
    ("young_carer", _not_held),
    ("uasc", _answer("uasc")),
    ("missing_episodes", _not_held),
    ("exploitation", _exploitation),
    ("neglect", lambda row: "yes" if "neglect" in (row.incident.get("abuse") or []) else "no"),
    ("domestic_abuse", _family("domestic_abuse")),
    ("parental_mh", _family("parental_mental_health")),
    ("parental_substance", _family("parental_substance")),
    ("parental_ld", _not_held),
    ("parental_offending", _not_held),
    ("care_experienced_parent", _not_held),
    ("young_parent", _not_held),
    ("poverty_housing", _not_held),
    ("perpetrator_relationship", lambda row: row.incident.get("perpetrators") or []),
    ("criteria_met", lambda row: row.later.criteria_met),
    ("rr_sent_on", lambda row: row.later.rapid_review_sent_on),
    ("rr_wd_taken", lambda row: row.later.working_days_taken),
    ("decision", _rapid_review("outcome")),
    ("panel_response", _rapid_review("panel_response")),
    ("lcspr_published_on", _published),
    ("lcspr_days", _review_days),
    ("delay_reasons", lambda row: row.later.delay_reasons),
    ("practice_themes", lambda row: row.later.themes),
    ("recommendation_count", lambda row: row.later.recommendations),
    ("actions_open", lambda row: row.later.actions_open),
)
