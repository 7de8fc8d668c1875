"""The people of a case and its team, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.models import Membership
from accounts.standing import Standing
from govuk.rows import Row
from govuk.words import date_in_words, inside_sentence, listed

from . import rights
from .codes import DISABILITY, words
from .models import Case, Child, Conflict, Identity, ParallelProcess, Person, TeamMember
from .panel import Doing
from .parts import Part


@dataclass(frozen=True)
class Card:
    """A child or person by pseudonym, with where to go from here (empty where this person may not)."""

    title: str
    rows: list[Row]
    url: str
    reveal_url: str
    edits: bool


def children_of(case: Case, *, by: Standing) -> list[Card]:
    """The children this person may see, in order."""
    children = list(
        Child.objects.visible_to(by).filter(case=case.pk).select_related("responsible_la").prefetch_related("siblings")
    )
    reveals = bool(children) and rights.REVEAL.allows(by, children[0])
    edits = bool(children) and rights.EDIT_PEOPLE.allows(by, children[0])
    return [
        Card(
            title=f"{child} (main subject)" if child.primary_subject else str(child),
            rows=child_rows(child, short=True),
            url=reverse("cases:child", args=[child.pk]),
            reveal_url=reverse("cases:reveal", args=[child.pk]) if reveals else "",
            edits=edits,
        )
        for child in children
    ]


def persons_of(case: Case, *, by: Standing) -> list[Card]:
    """The other people this person may see, in order."""
    persons = list(Person.objects.visible_to(by).filter(case=case.pk))
    reveals = bool(persons) and rights.REVEAL.allows(by, persons[0])
    edits = bool(persons) and rights.EDIT_PEOPLE.allows(by, persons[0])
    return [
        Card(
            title=str(person),
            rows=person_rows(person),
            url=reverse("cases:person", args=[person.pk]),
            reveal_url=reverse("cases:reveal_person", args=[person.pk]) if reveals else "",
            edits=edits,
        )
        for person in persons
    ]


def child_rows(child: Child, *, short: bool = False) -> list[Row]:
    """The coded facts about a child in words; `short` for the few that tell the children apart."""
    kinds = ", ".join(words(DISABILITY, kind) for kind in child.disabilities)
    disability = f"{child.get_disability_display()}{f' ({kinds})' if kinds else ''}"
    siblings = listed([str(one) for one in child.siblings.all()])
    first = [
        Row("Age at the incident", _age(child)),
        *([Row("Brother or sister of", siblings)] if siblings else []),
        Row("What happened", child.get_harm_display()),
        Row("Sex", child.get_sex_display()),
        Row("Ethnicity", child.get_ethnicity_display()),
        Row("Child protection plan", _plan(child)),
    ]
    if short:
        return first
    return [
        *first,
        Row("Date of death", date_in_words(child.died_on) if child.died_on else ""),
        Row("Disabled", disability),
        Row("Looked after", child.get_looked_after_display()),
        Row("Local authority responsible", str(child.responsible_la or "")),
        Row("Legal status", child.get_legal_status_display()),
        Row("Placement", child.get_placement_display()),
        Row("Care leaver", child.get_care_leaver_display()),
        Row("Child in need plan", child.get_child_in_need_display()),
        Row("Known to children's social care", child.get_known_to_agency_display()),
        Row("Education", child.get_education_display()),
        Row("How the child is kept safe now", child.current_safety),
    ]


def _age(child: Child) -> str:
    if child.unborn:
        return "Not yet born"
    if child.age_years is None:
        return "Not known"
    if child.age_years == 0:
        return "Under 1"
    return f"{child.age_years} years" if child.age_years > 1 else "1 year"


def _plan(child: Child) -> str:
    category = child.get_child_protection_category_display()
    return f"{child.get_child_protection_display()}{f' ({category.lower()})' if category else ''}"


def person_rows(person: Person) -> list[Row]:
    """The coded facts about a person in words."""
    return [
        Row("Relationship to the child", person.relationship),
        Row("In the household", "Yes" if person.in_household else "No"),
        Row("Parental responsibility", person.get_parental_responsibility_display()),
        Row("Suspected of harm", "Yes" if person.suspected_of_harm else "No"),
        Row("Note", person.note),
    ]


def identity_rows(identity: Identity) -> list[Row]:
    """Who it is. Only for the page that answers a reveal."""
    born = date_in_words(identity.born_on) if identity.born_on else identity.born_text
    number = identity.nhs_number
    return [
        Row("Full name", identity.full_name),
        Row("Other names", identity.other_names),
        Row("Date of birth", born),
        *([Row("Expected date of delivery", date_in_words(identity.expected_on))] if identity.expected_on else []),
        Row("Address", [*identity.address.splitlines(), identity.postcode]),
        Row("NHS number", f"{number[:3]} {number[3:6]} {number[6:]}" if number else ""),
        Row("Unique pupil number", identity.upn),
        Row("School or setting", identity.school),
        Row("GP practice", identity.gp),
        Row("Local authority's own number", identity.local_id),
    ]


def doings(case: Case, *, by: Standing) -> tuple[Doing, ...]:
    """What this person may do with the case itself: close, reopen, hold, declare a conflict."""
    possible = (
        ("Close this case", "cases:close", case.is_open and rights.CLOSE.allows(by, case)),
        ("Reopen this case", "cases:reopen", case.is_closed and rights.CLOSE.allows(by, case)),
        (
            "Lift the legal hold" if case.legal_hold else "Put this case on legal hold",
            "cases:hold",
            rights.HOLD.allows(by, case),
        ),
        ("Declare a conflict of interest", "cases:conflict", rights.DECLARE_CONFLICT.allows(by, case)),
    )
    return tuple(Doing(text, reverse(name, args=[case.pk])) for text, name, may in possible if may)


@dataclass(frozen=True)
class ProcessLine:
    name: str
    applies: str
    applies_colour: str
    lead: str
    state: str
    next_on: str
    url: str


def processes_of(case: Case, *, by: Standing) -> list[ProcessLine]:
    """The processes on the case's list; those that apply first."""
    order = {"yes": 0, "not_known": 1, "no": 2}
    rows = ParallelProcess.objects.visible_to(by).filter(case=case.pk)
    return [
        ProcessLine(
            name=process.get_kind_display(),
            applies={"yes": "Applies", "no": "Does not apply"}.get(process.applies, "Not known"),
            applies_colour={"yes": "blue", "no": "grey"}.get(process.applies, "yellow"),
            lead=process.lead,
            state=process.state,
            next_on=date_in_words(process.next_on) if process.next_on else "",
            url=reverse("cases:process", args=[process.pk]),
        )
        for process in sorted(rows, key=lambda row: order[row.applies])
    ]


@dataclass(frozen=True)
class Holder:
    """Somebody who holds a part of the case, and until when. `end_url` where this person may end it."""

    who: str
    people: str
    since: str
    until: str
    end_url: str


@dataclass(frozen=True)
class HeldPart:
    title: str
    holders: list[Holder]


def team_of(case: Case, *, by: Standing, may_assign: bool) -> list[HeldPart]:
    """Who holds which part today, the widest part first. Parts that nobody holds are left out."""
    members = list(
        TeamMember.objects.visible_to(by)
        .in_force(by.today)
        .filter(case=case.pk)
        .select_related("membership__user", "membership__agency", "agency")
    )
    named = _people_by_role(members, on=by.today)
    parts = []
    for part in Part:
        holders = [
            Holder(
                who=_holder_words(member),
                people=", ".join(named.get((member.role, member.agency_id), [])),
                since=date_in_words(member.starts_on),
                until=date_in_words(member.ends_on) if member.ends_on else "",
                end_url=reverse("cases:unassign", args=[member.pk]) if may_assign else "",
            )
            for member in members
            if member.part == part
        ]
        if holders:
            parts.append(HeldPart(str(part.label).capitalize(), holders))
    return parts


def _holder_words(member: TeamMember) -> str:
    if member.membership:
        return f"{member.membership.user}, {member.membership}"
    return f"Whoever is {inside_sentence(member.get_role_display())} at {member.agency}"


def _people_by_role(members: list[TeamMember], *, on: date) -> dict[tuple[str, int | None], list[str]]:
    """Who holds the roles on the day, in one query."""
    agencies = {member.agency_id for member in members if member.role}
    rows = Membership.objects.on(on).filter(agency__in=agencies).select_related("user").order_by("user__name")
    named: dict[tuple[str, int | None], list[str]] = {}
    for row in rows:
        named.setdefault((row.role, row.agency_id), []).append(str(row.user))
    return named


@dataclass(frozen=True)
class ConflictLine:
    who: str
    what: str
    since: str
    lift_url: str


def conflicts_of(case: Case, *, by: Standing) -> list[ConflictLine]:
    """Who is barred from the case today. What the conflict is, only coordinators read."""
    lifts = rights.LIFT_CONFLICT.allows(by, case)
    rows = Conflict.objects.visible_to(by).in_force(by.today).filter(case=case.pk).select_related("user")
    return [
        ConflictLine(
            who=str(conflict.user),
            what=conflict.what if lifts else "",
            since=date_in_words(conflict.declared_on),
            lift_url=reverse("cases:lift_conflict", args=[conflict.pk]) if lifts else "",
        )
        for conflict in rows
    ]
