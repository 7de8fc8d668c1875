"""Verbs on a case. Each checks its right, holds the chain, changes, and records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from accounts.models import Agency, Body, Membership, Partnership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, key_of, record
from audit.lifecycle import amend, transition
from audit.models import Trail

from . import rights
from .models import Case, CaseStatus, Child, Conflict, Identity, Person, ReferenceSeries, TeamMember
from .parts import Part


def next_reference(year: int) -> str:
    """Take the next reference of the year, such as CIOS-2026-0003. The series row is held to commit."""
    prefix = Partnership.this().reference_prefix
    ReferenceSeries.objects.get_or_create(prefix=prefix, year=year)
    ReferenceSeries.objects.filter(prefix=prefix, year=year).update(last=F("last") + 1)
    taken = ReferenceSeries.objects.get(prefix=prefix, year=year)
    return f"{prefix}-{year}-{taken.last:04d}"


@transaction.atomic
def open_case(*, by: Standing, incident_la: Agency, trail: Trail | None = None, **facts: Any) -> Case:
    """Make the Case and give the whole of it to those the law and the domain name.

    These are the coordinators, the deciding partners, and the incident authority's notifiers and approvers.
    `trail` is a draft referral's chain, taken over by the case. Called by a stage's verb, which has
    checked its own right.
    """
    trail = trail or Trail.mint()
    hold(trail)
    case = Case.objects.create(
        reference=next_reference(by.today.year),
        chain=trail,
        incident_la=incident_la,
        received_on=facts.pop("received_on", by.today),
        **facts,
    )
    record(trail, "case opened", by=by, subject=case)
    _admit_those_entitled(case, by=by)
    return case


def _admit_those_entitled(case: Case, *, by: Standing) -> None:
    agencies = Agency.objects.on(by.today)
    coordinating = agencies.filter(memberships__role=Role.COORDINATOR).distinct()
    deciding = agencies.filter(Q(body__in=[Body.ICB, Body.POLICE], out_of_area=False) | Q(pk=case.incident_la_id))
    for agency in coordinating:
        admit(case, Part.WHOLE_CASE, by=by, role=Role.COORDINATOR, agency=agency)
    for agency in deciding:
        admit(case, Part.WHOLE_CASE, by=by, role=Role.PARTNER, agency=agency)
    for role in (Role.LA_NOTIFIER, Role.LA_APPROVER):
        admit(case, Part.WHOLE_CASE, by=by, role=role, agency=case.incident_la)


def admit(
    case: Case,
    part: str,
    *,
    by: Standing,
    membership: Membership | None = None,
    role: str = "",
    agency: Agency | None = None,
    row: models.Model | str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> TeamMember:
    """Give a part of the case to a membership, or to whoever holds a role in an agency on the day.

    Giving what is already given does nothing. Called by stage verbs; `assign` is the page's verb.
    """
    named = key_of(row) if row else ""
    holder: dict[str, Any] = {"membership": membership} if membership else {"role": role, "agency": agency}
    with transaction.atomic():
        hold(case.trail)
        given, made = TeamMember.objects.get_or_create(
            case=case, part=part, row=named, ends_on=ends_on, defaults={"starts_on": starts_on or by.today}, **holder
        )
        if made:
            record(case.trail, "part given", by=by, subject=given, changed=[part])
    return given


def assign(case: Case, part: str, membership: Membership, *, by: Standing, ends_on: date | None = None) -> TeamMember:
    """A coordinator gives a person, through one of their memberships, a part of the case."""
    rights.ASSIGN.require(by, case)
    return admit(case, part, by=by, membership=membership, ends_on=ends_on)


@transaction.atomic
def unassign(member: TeamMember, *, by: Standing, reason: str) -> None:
    """End a part from today: the next request of whoever held it is refused."""
    rights.ASSIGN.require(by, member.case)
    hold(member.case.trail)
    TeamMember.objects.filter(pk=member.pk).update(ends_on=_day_before(by.today))
    record(member.case.trail, "part taken away", by=by, subject=member, changed=[member.part], reason=reason)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def reveal(identity: Identity, *, by: Standing, reason: str = "") -> Identity:
    """Show who someone is. Recorded with the reason given. Raises NotPermitted."""
    rights.REVEAL.require(by, identity.child or identity.person)
    subject = identity.child or identity.person
    assert subject is not None
    record(identity.case.trail, "identity revealed", by=by, subject=subject, reason=reason, reading=True)
    return identity


@transaction.atomic
def add_child(case: Case, *, by: Standing, identity: dict[str, Any] | None = None, **facts: Any) -> Child:
    """Add a child under the next pseudonym ("Child A"). `identity` holds the fields of `Identity`."""
    hold(case.trail)
    number = case.child_set.count() + 1
    facts.setdefault("primary_subject", number == 1)
    facts.setdefault("pseudonym", f"Child {_letters(number)}")
    child = Child.objects.create(case=case, number=number, **facts)
    Identity.objects.create(child=child, **(identity or {}))
    record(case.trail, "child added", by=by, subject=child)
    return child


@transaction.atomic
def add_person(case: Case, *, by: Standing, identity: dict[str, Any] | None = None, **facts: Any) -> Person:
    """Add someone of the household or around it, under a pseudonym ("Adult 1")."""
    hold(case.trail)
    facts.setdefault("label", f"Person {case.person_set.count() + 1}")
    person = Person.objects.create(case=case, **facts)
    Identity.objects.create(person=person, **(identity or {}))
    record(case.trail, "person added", by=by, subject=person)
    return person


def _letters(number: int) -> str:
    return chr(64 + number) if number <= 26 else f"A{chr(64 + number - 26)}"  # noqa: PLR2004 - the alphabet


@transaction.atomic
def declare_conflict(case: Case, user: User, *, by: Standing, what: str) -> Conflict:
    """Bar a person from the case. Anyone may declare their own; a coordinator may record another's."""
    rights.DECLARE_CONFLICT.require(by, case)
    if user != by.user:
        rights.LIFT_CONFLICT.require(by, case)
    hold(case.trail)
    conflict = Conflict.objects.create(case=case, user=user, declared_on=by.today, what=what)
    record(case.trail, "conflict declared", by=by, subject=conflict)
    return conflict


@transaction.atomic
def lift_conflict(conflict: Conflict, *, by: Standing, reason: str) -> None:
    """Let a person back in. Nobody lifts their own."""
    rights.LIFT_CONFLICT.require(by, conflict.case)
    if conflict.user_id == by.user.pk:
        raise rights.NotPermitted("You cannot lift a conflict of interest of your own.")
    hold(conflict.case.trail)
    Conflict.objects.filter(pk=conflict.pk).update(lifted_on=by.today)
    record(conflict.case.trail, "conflict lifted", by=by, subject=conflict, reason=reason)


@transaction.atomic
def close(case: Case, *, by: Standing, reason: str, seen_version: int | None = None) -> None:
    """Close the case from today. Raises AlreadyDone when it is not open."""
    rights.CLOSE.require(by, case)
    hold(case.trail)
    case.closed_on = by.today
    Case.objects.filter(pk=case.pk, status=CaseStatus.OPEN).update(closed_on=by.today)
    transition(case, CaseStatus.CLOSED, by=by, verb="case closed", reason=reason, seen_version=seen_version)


@transaction.atomic
def reopen(case: Case, *, by: Standing, reason: str, seen_version: int | None = None) -> None:
    """Open a closed case again. Its clocks are not resumed: a stage starts new ones."""
    rights.CLOSE.require(by, case)
    case.closed_on = None
    transition(
        case,
        CaseStatus.OPEN,
        by=by,
        verb="case reopened",
        reason=reason,
        seen_version=seen_version,
        changed=("closed_on",),
    )


@transaction.atomic
def set_legal_hold(case: Case, on: bool, *, by: Standing, reason: str) -> None:
    """Keep everything of the case from disposal, or let it go. A reason is kept."""
    rights.HOLD.require(by, case)
    amend(case, by=by, verb="legal hold set" if on else "legal hold lifted", reason=reason, legal_hold=on)
