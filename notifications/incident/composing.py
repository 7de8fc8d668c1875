"""What a notification says now: what was written, and where nothing was, what the case already says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cases.models import Child
from decisions.models import Decision, Kind
from documents.freezing import sha256_of

from .models import Answers, Notification
from .national_form import (
    AGREEMENT,
    CHILD,
    FURTHER,
    MOST_CHILDREN,
    NOTIFIER,
    SECTIONS,
    Question,
    Section,
    children_of,
    from_case,
    from_route,
    of_notifier,
)

FORM = "national-form-1"
IDENTITY = (
    ("full_name", "Full name"),
    ("born_on", "Date of birth"),
    ("expected_on", "Expected date of delivery"),
    ("address", "Address"),
    ("postcode", "Postcode"),
    ("nhs_number", "NHS number"),
    ("school", "School"),
    ("gp", "GP practice"),
)


@dataclass(frozen=True)
class Sheet:
    """One section as it stands: its answers, the version seen, and whether somebody has saved it."""

    section: Section
    answers: dict[str, Any]
    version: int = 0
    child: Child | None = None
    saved: bool = False

    @property
    def title(self) -> str:
        return self.child.pseudonym if self.child else self.section.title

    @property
    def missing(self) -> tuple[Question, ...]:
        """Wanted and without an answer. Marked, never blocking."""
        return tuple(question for question in self.section.questions if question.is_needed(self.answers))

    @property
    def lines(self) -> list[tuple[Question, str]]:
        return [(question, question.words(self.answers.get(question.key))) for question in self.section.questions]


def sheets_of(notification: Notification, notifier: User | None = None) -> list[Sheet]:
    """Every section in the order of the form, one for each of the first four children.

    `notifier` is who sends it, as far as nobody else has been written down.
    """
    case = notification.case
    saved = {(row.section, row.child_id): row for row in notification.answer_sets.all()}
    children = children_of(case)
    sheets = []
    for section in SECTIONS:
        if section is FURTHER and len(children) <= MOST_CHILDREN:
            continue
        for child in children[:MOST_CHILDREN] if section.per_child else [None]:
            row = saved.get((section.key, child.pk if child else None))
            sheets.append(_sheet(notification, section, child, row, notifier))
    return sheets


def sheet_of(
    notification: Notification, section: Section, child: Child | None = None, notifier: User | None = None
) -> Sheet:
    """One section as it stands."""
    row = notification.answer_sets.filter(section=section.key, child=child).first()
    return _sheet(notification, section, child, row, notifier)


def _sheet(
    notification: Notification, section: Section, child: Child | None, row: Answers | None, notifier: User | None
) -> Sheet:
    answers = derived(notification, section, child)
    if section is NOTIFIER and notifier:
        answers |= of_notifier(notifier)
    if row:
        answers |= row.answers
    return Sheet(section, answers, row.version if row else 0, child, saved=row is not None)


def derived(notification: Notification, section: Section, child: Child | None = None) -> dict[str, Any]:
    """What the case, the partners' decision and what is notified already answer, before anybody writes."""
    known = from_case(section, notification.case, child) | _from_the_decision(notification, section)
    return known | from_route(section, notification.kind)


def criteria_decision(notification: Notification) -> Decision | None:
    """The partners' latest decision on the criteria, if they have been asked."""
    return Decision.objects.filter(case=notification.case_id, kind=Kind.CRITERIA).order_by("-pk").first()


def _from_the_decision(notification: Notification, section: Section) -> dict[str, Any]:
    """What the partners decided, once their positions are shown: before that nobody sees it anywhere."""
    if section not in (AGREEMENT, NOTIFIER):
        return {}
    decision = criteria_decision(notification)
    if decision is None or not decision.is_revealed:
        return {}
    if section is NOTIFIER:
        met = {"threshold_met": "yes"} if decision.is_concluded and decision.outcome == decision.met else {}
        return {"criteria_rationale": decision.rationale} | met
    positions = decision.standing_positions()
    return {
        "partners_agree": "\n".join(f"{position.seat}: {position.view_words}" for position in positions),
        "dissent": decision.dissent,
    }


def compose(notification: Notification) -> dict[str, Any]:
    """The whole content as plain JSON with codes, ready to be frozen: the same rows give the same bytes."""
    case = notification.case
    children = children_of(case)
    sheets = sheets_of(notification)
    by_child = {sheet.child.pk: sheet for sheet in sheets if sheet.child}
    return {
        "form": FORM,
        "reference": case.reference,
        "occasion": notification.occasion,
        "kind": notification.kind,
        "notifying_la": str(notification.notifying_la),
        "received_on": notification.received_on.isoformat(),
        "la_first_aware_at": _iso(notification.la_first_aware_at),
        "abuse_first_suspected_at": _iso(notification.abuse_first_suspected_at),
        "sent_at": _iso(notification.sent_at),
        "sent_reference": notification.sent_reference,
        "late_reason": notification.late_reason,
        "sections": {sheet.section.key: sheet.answers for sheet in sheets if not sheet.child},
        # Every child is frozen with its facts, whichever part of the national form it went into.
        "children": [
            {
                "key": f"cases.Child:{child.pk}",
                "number": child.number,
                "pseudonym": child.pseudonym,
                "primary_subject": child.primary_subject,
                "unborn": child.unborn,
                "age_band": child.age_band,
                "structured": child.pk in by_child,
                "identity_held": identity_held(child),
                "answers": by_child[child.pk].answers if child.pk in by_child else from_case(CHILD, case, child),
            }
            for child in children
        ],
    }


def identity_held(child: Child) -> list[str]:
    """Which parts of the child's identity are known, by name: never what they are."""
    identity = getattr(child, "identity", None)
    return [name for name, _ in IDENTITY if identity and getattr(identity, name)]


def missing_identity(child: Child) -> list[str]:
    """What the form asks of who the child is and nobody has entered, in words."""
    held = identity_held(child)
    wanted = ("expected_on", "address") if child.unborn else ("full_name", "born_on", "address", "postcode")
    return [words for name, words in IDENTITY if name in wanted and name not in held]


def _iso(instant: Any) -> str:
    return instant.isoformat() if instant else ""


__all__ = [
    "FORM",
    "Sheet",
    "compose",
    "criteria_decision",
    "derived",
    "missing_identity",
    "sha256_of",
    "sheet_of",
    "sheets_of",
]
