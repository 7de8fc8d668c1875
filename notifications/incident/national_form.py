"""The national form: its sections and questions in its own order, and what the case already answers.

The form itself is on the department's site and has no interface for other programs: this prepares what is typed there.
Names, births and addresses are not here; they are in `cases.Identity` and are revealed to be typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cases import codes
from cases.models import Case, Child, Person
from govuk.approximate_date import ApproximateDate

from .routes import NOTIFY_ONLY, Route

# The national form takes the details of so many children; any further ones go into its free text.
MOST_CHILDREN = 4

TEXT, LONG, CHOICE, SEVERAL, DATE, NUMBER = "text", "long", "choice", "several", "date", "number"
Choices = list[tuple[str, str]]
UNANSWERED = {"", "unknown", "not_known", "not_asked", "UNKNOWN", "NOT_OBTAINED", "NOT_KNOWN"}


@dataclass(frozen=True)
class Question:
    """One question. `wanted`: listed as still needed while it has no answer. `chased`: what is asked for later.

    `only` names another question of the section and the answers to it without which this one does not arise.
    """

    key: str
    label: str
    kind: str = TEXT
    choices: tuple[tuple[str, str], ...] = ()
    wanted: bool = True
    chased: bool = False
    hint: str = ""
    only: tuple[str, tuple[str, ...]] = ("", ())

    def words(self, answer: Any) -> str:
        """The answer as it is read."""
        if self.kind == SEVERAL:
            return ", ".join(dict(self.choices).get(one, one) for one in answer or [])
        if self.kind == CHOICE:
            return dict(self.choices).get(answer, answer or "")
        if self.kind == DATE:
            return _date_words(str(answer or ""))
        return str(answer or "")

    def is_answered(self, answer: Any) -> bool:
        return bool(answer) if self.kind == SEVERAL else str(answer or "") not in UNANSWERED

    def is_needed(self, answers: Mapping[str, Any]) -> bool:
        """Whether, by the answers of its section, it is wanted and has none yet."""
        return self.wanted and self._is_open(answers)

    def is_chased(self, answers: Mapping[str, Any]) -> bool:
        """Whether the department will ask for it, because it has no answer yet."""
        return self.chased and self._is_open(answers)

    def _is_open(self, answers: Mapping[str, Any]) -> bool:
        other, values = self.only
        arises = not other or str(answers.get(other) or "") in values
        return arises and not self.is_answered(answers.get(self.key))


def _date_words(answer: str) -> str:
    try:
        return ApproximateDate(answer).text if answer else ""
    except ValueError:
        return answer  # said in words on an older form


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    questions: tuple[Question, ...]
    per_child: bool = False
    note: str = ""


def _ask(key: str, label: str, choices: Choices, **more: Any) -> Question:
    return Question(key, label, CHOICE, tuple(choices), **more)


def _tick(key: str, label: str, choices: Choices, **more: Any) -> Question:
    return Question(key, label, SEVERAL, tuple(choices), **more)


YES_NO: Choices = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")]
SUSPICION: Choices = [("known", "Known"), ("suspected", "Suspected"), ("no", "Neither"), ("not_known", "Not known")]
BORN = ("unborn", ("no", ""))

NOTIFIER = Section(
    "notifier",
    "Who notifies",
    (
        Question("notifier_name", "Name of the person who notifies"),
        Question("notifier_role", "Their role"),
        Question("notifier_phone", "Their telephone number"),
        Question("notifier_email", "Their email address"),
        Question("other_las", "Other local authorities involved", wanted=False),
        _ask("threshold_met", "Is the threshold for a rapid review met?", YES_NO),
        Question(
            "criteria_rationale",
            "Why the criteria for notifying are met",
            LONG,
            hint="Refer to children as Child A.",
            only=("threshold_met", ("yes", "not_known", "")),
        ),
    ),
)
INCIDENT = Section(
    "incident",
    "The incident",
    (
        Question("incident_on", "Date of the incident", DATE),
        Question(
            "incident_time", "Time of the incident", wanted=False, hint="For example, 5:30pm. Leave empty if not known."
        ),
        Question("harm_until", "Date it ended, if harm built up over time", DATE, wanted=False),
        _ask("nature", "What happened", list(Case.Harm.choices)),
        _ask("location_type", "Type of place", codes.LOCATION),
        Question(
            "place",
            "Where it happened",
            hint="Town or area. The child's own address is kept with their identity and typed from there.",
        ),
        _ask("outside_england", "Did it happen outside England?", YES_NO),
        Question("country", "Country, if outside England", only=("outside_england", ("yes",))),
        Question(
            "incident_la",
            "Local authority in whose area it happened",
            only=("outside_england", ("no", "not_known", "")),
        ),
        _tick("harm_types", "Kinds of harm", codes.HARM_TYPE, chased=True),
        _ask("abuse_known", "Is abuse or neglect known or suspected?", SUSPICION),
        _tick("abuse", "Kinds of abuse or neglect", codes.ABUSE, only=("abuse_known", ("known", "suspected"))),
        _tick("context", "Where the harm came from", codes.CONTEXT, wanted=False),
        Question("narrative", "What is known", LONG, hint="Facts, not opinion. Refer to children as Child A."),
        _tick("perpetrators", "Who is alleged to have caused the harm", codes.PERPETRATOR, chased=True),
        _ask(
            "child_perpetrator", "Is a child of this notification alleged to have harmed others?", YES_NO, wanted=False
        ),
        Question("police", "Police investigation, arrests, charges, bail", LONG, chased=True),
        Question("coroner", "Coroner, post-mortem and joint agency response", LONG, wanted=False, chased=True),
        Question("media", "Media interest", LONG, wanted=False),
        Question("immediate_safety", "What has been done to keep other children safe", LONG),
    ),
)
CHILD = Section(
    "child",
    "The child",
    (
        _ask("unborn", "Unborn child", YES_NO, hint="The expected date of delivery is kept with the child's identity."),
        Question("age_years", "Age in years", NUMBER, hint="Leave empty for an unborn child.", only=BORN),
        _ask("sex", "Sex", codes.SEX, only=BORN),
        _ask("ethnicity", "Ethnicity", codes.ETHNICITY, chased=True, only=BORN),
        _ask("harm", "What happened to this child", list(Case.Harm.choices)),
        Question("died_on", "Date of death", DATE, only=("harm", (Case.Harm.DEATH,))),
        Question("health", "Health of the child, and injuries", LONG),
        _ask("disability", "Disabled", codes.KNOWN, chased=True, only=BORN),
        _tick("disabilities", "Kinds of disability", codes.DISABILITY, only=("disability", ("yes",))),
        Question("residence_la", "Local authority where the child normally lives"),
        _ask("education", "Education", codes.EDUCATION, chased=True, only=BORN),
        _ask("looked_after", "Looked after", codes.KNOWN, only=BORN),
        Question("responsible_la", "Responsible local authority, if looked after", only=("looked_after", ("yes",))),
        _ask("care_leaver", "Care leaver", codes.KNOWN, wanted=False),
        _ask("legal_status", "Legal status", codes.LEGAL_STATUS, only=BORN),
        _ask("placement", "Where the child was living", codes.PLACEMENT, only=BORN),
        _ask("child_in_need", "Child in need plan", codes.PLAN),
        _ask("child_protection", "Child protection plan", codes.PLAN),
        _ask(
            "child_protection_category",
            "Category of the child protection plan",
            codes.CP_CATEGORY,
            only=("child_protection", ("current", "previous")),
        ),
        _ask("known_to_agency", "Known to any agency", codes.KNOWN),
        Question("known_agencies", "Agencies that knew the child", chased=True, only=("known_to_agency", ("yes",))),
        _ask("uasc", "Unaccompanied asylum-seeking child", YES_NO, wanted=False),
        Question("current_safety", "How the child is being kept safe now", LONG, wanted=False),
    ),
    per_child=True,
)
FURTHER = Section(
    "further",
    "Further children",
    (Question("further_children", "Children after the fourth, for the free text of the form", LONG, wanted=False),),
    note="The national form takes the details of four children. The others are described in its free text.",
)
FAMILY = Section(
    "family",
    "Family and household",
    (
        Question("household", "Members of the household and relationships", LONG),
        Question("other_children", "Other children in the household", LONG, wanted=False),
        _ask("domestic_abuse", "Domestic abuse in the household", YES_NO, wanted=False, chased=True),
        _ask("parental_substance", "Parental drug or alcohol misuse", YES_NO, wanted=False, chased=True),
        _ask("parental_mental_health", "Parental mental ill health", YES_NO, wanted=False, chased=True),
        Question("family_note", "Anything else about the family", LONG, wanted=False),
    ),
)
AGREEMENT = Section(
    "agreement",
    "Agreement and declaration",
    (
        Question("partners_agree", "Safeguarding partners who agree that this is notified", LONG, wanted=False),
        Question("dissent", "Disagreement, in the partners' own words", LONG, wanted=False),
        Question("approver", "Senior officer who approved the notification"),
        Question("attachments", "Documents sent with the form", LONG, wanted=False),
    ),
)
SECTIONS = (NOTIFIER, INCIDENT, CHILD, FURTHER, FAMILY, AGREEMENT)
BY_KEY = {section.key: section for section in SECTIONS}


def children_of(case: Case) -> list[Child]:
    """The children in the order of the form: the primary subject first."""
    return sorted(
        case.child_set.select_related("responsible_la"), key=lambda child: (not child.primary_subject, child.number)
    )


def from_case(section: Section, case: Case, child: Child | None = None) -> dict[str, Any]:
    """What the case already says in answer to this section."""
    known: dict[str, Callable[[], dict[str, Any]]] = {
        INCIDENT.key: lambda: _of_incident(case),
        FURTHER.key: lambda: {"further_children": describe(children_of(case)[MOST_CHILDREN:])},
        FAMILY.key: lambda: {"household": _household(case.person_set.all())},
    }
    if section.per_child:
        return _of_child(case, child) if child else {}
    return known[section.key]() if section.key in known else {}


def from_route(section: Section, kind: str) -> dict[str, Any]:
    """What follows from what is notified: the routes that the national panel does not consider say so."""
    if section is NOTIFIER and kind in NOTIFY_ONLY:
        return {"threshold_met": "no"}
    if section is INCIDENT and kind == Route.LAC_DEATH_NO_ABUSE:
        return {"abuse_known": "no"}
    return {}


def of_notifier(user: User) -> dict[str, Any]:
    """What is known of the person who notifies."""
    return {
        "notifier_name": user.name,
        "notifier_role": user.job_title,
        "notifier_phone": user.phone,
        "notifier_email": user.email,
    }


def _of_incident(case: Case) -> dict[str, Any]:
    return {
        "incident_on": case.incident_on.isoformat() if case.incident_on else case.incident_date_text,
        "nature": case.harm,
        "location_type": case.location_type,
        "outside_england": "yes" if case.outside_england else "no",
        "incident_la": "" if case.outside_england else str(case.incident_la),
    }


def _of_child(case: Case, child: Child) -> dict[str, Any]:
    plain = (
        "sex",
        "ethnicity",
        "harm",
        "disability",
        "disabilities",
        "education",
        "looked_after",
        "care_leaver",
        "legal_status",
        "placement",
        "child_in_need",
        "child_protection",
        "child_protection_category",
        "known_to_agency",
        "current_safety",
    )
    return {name: getattr(child, name) for name in plain} | {
        "unborn": "yes" if child.unborn else "no",
        "age_years": "" if child.age_years is None else str(child.age_years),
        "died_on": child.died_on.isoformat() if child.died_on else "",
        "residence_la": str(case.home_la) if case.home_la_id else "",
        "responsible_la": str(child.responsible_la) if child.responsible_la_id else "",
    }


def _household(people: Iterable[Person]) -> str:
    lines = []
    for person in people:
        said = [person.relationship, "in the household" if person.in_household else ""]
        if person.parental_responsibility == "yes":
            said.append("has parental responsibility")
        if person.suspected_of_harm:
            said.append("alleged to have caused the harm")
        lines.append(f"{person.label}: {', '.join(part for part in said if part) or 'relationship not known'}.")
    return "\n".join(lines)


def describe(children: Iterable[Child]) -> str:
    """Children as sentences, for the free text of the form. Pseudonyms and coded facts only."""
    return "\n".join(f"{child.pseudonym}: {'; '.join(_said_of(child))}." for child in children)


def _said_of(child: Child) -> list[str]:
    if child.unborn:
        said = ["unborn"]
    else:
        age = f"aged {child.age_years}" if child.age_years is not None else "age not known"
        said = [age, f"sex: {child.get_sex_display().lower()}"]
        said.append(f"ethnicity: {codes.words(codes.ETHNICITY, child.ethnicity)}")
    said.append(f"what happened: {child.get_harm_display()}")
    if child.died_on:
        said.append(f"died on {_date_words(child.died_on.isoformat())}")
    for words, answer in (
        ("looked after", child.looked_after == "yes"),
        ("care leaver", child.care_leaver == "yes"),
        ("disabled", child.disability == "yes"),
        ("child in need plan", child.child_in_need == "current"),
        ("child protection plan", child.child_protection == "current"),
    ):
        if answer:
            said.append(words)
    return said
