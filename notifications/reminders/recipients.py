"""Who is told: worked out when the message is made, from the memberships, cover and team in force that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.models import Cover, Membership, User
from audit.models import Event
from cases.models import Case, Conflict, TeamMember
from deadlines.models import Deadline


def subject_of(event: Event) -> Any:
    """The row an event is about, or None if there is none (any more)."""
    label, _, pk = event.subject.partition(":")
    try:
        model = apps.get_model(label)
        return model._base_manager.filter(pk=pk).first()
    except (LookupError, ValueError):
        return None


def case_of(event: Event, subject: Any) -> Case | None:
    if isinstance(subject, Case):
        return subject
    return Case.objects.filter(chain_id=event.trail_id).first()


def recipients(spec: str, event: Event, subject: Any, case: Case | None, day: date) -> set[int]:
    """The ids of the people a declaration names (see `audit.telling.Telling`), on a local date."""
    kind, _, rest = spec.partition(":")
    if kind == "subject":
        found = subject.recipients(rest, day) if subject is not None else User.objects.none()
        return set(found.values_list("pk", flat=True))
    if kind == "actor":
        return {event.actor_id}
    if case is None:
        return set()
    if kind == "owner":
        clocks = Deadline.objects.open().filter(case=case, code=rest)
        owners = owners_of(clocks, day)
        return {person for people in owners.values() for person in people}
    team = TeamMember.objects.filter(case=case)
    team = team.filter(part=rest, row=event.subject) if kind == "row" else team.filter(part=kind)
    return holders(team, day, role=rest if kind != "row" else "") - barred(case, day)


def barred(case: Case, day: date) -> set[int]:
    return set(Conflict.objects.in_force(day).filter(case=case).values_list("user_id", flat=True))


def holders(team: Any, day: date, *, role: str = "") -> set[int]:
    """The people (and their deputies) who hold these parts on the day."""
    team = team.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))
    named = Q(pk__in=team.exclude(membership=None).values("membership_id"))
    for held_role, agency in team.filter(membership=None).values_list("role", "agency_id").distinct():
        named |= Q(role=held_role, agency_id=agency)
    memberships = Membership.objects.on(day).filter(named)
    if role:
        memberships = memberships.filter(role=role)
    return people_in(memberships, day)


def people_in(memberships: Any, day: date) -> set[int]:
    """Whoever acts in these memberships on the day: a deputy while there is one, otherwise the holder."""
    pairs = dict(memberships.values_list("pk", "user_id"))
    deputies = deputies_of(pairs, day)
    return {person for pk, user in pairs.items() for person in deputies.get(pk, {user})}


def deputies_of(memberships: Iterable[int], day: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    covers = Cover.objects.filter(
        membership_id__in=list(memberships), starts_on__lte=day, ends_on__gte=day, deputy__is_active=True
    )
    for membership, deputy in covers.values_list("membership_id", "deputy_id"):
        found[membership].add(deputy)
    return found


def owners_of(clocks: Any, day: date) -> dict[int, set[int]]:
    """Deadline id -> the people who owe it on the day, in a constant number of queries.

    They hold the owing role (in the owing agency, where one is named), are on the case's team for it, and are
    not barred. A clock of no case is owed by everyone who holds the role.
    """
    rows = list(clocks.values_list("pk", "case_id", "owed_by_role", "owed_by_agency_id"))
    roles = {role for _, _, role, _ in rows}
    cases = {case for _, case, _, _ in rows if case}
    memberships = list(
        Membership.objects.on(day).filter(role__in=roles).values_list("pk", "user_id", "role", "agency_id")
    )
    deputies = deputies_of([pk for pk, *_ in memberships], day)
    in_force = TeamMember.objects.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))
    by_role: dict[int, set[tuple[str, int]]] = defaultdict(set)
    by_membership: dict[int, set[int]] = defaultdict(set)
    for case, membership, role, agency in in_force.filter(
        Q(membership=None, role__in=roles) | Q(membership__role__in=roles),
        case_id__in=cases,
    ).values_list("case_id", "membership_id", "role", "agency_id"):
        if membership:
            by_membership[case].add(membership)
        else:
            by_role[case].add((role, agency))
    conflicts: dict[int, set[int]] = defaultdict(set)
    for case, user in Conflict.objects.in_force(day).filter(case_id__in=cases).values_list("case_id", "user_id"):
        conflicts[case].add(user)
    owners: dict[int, set[int]] = {}
    for pk, case, role, agency in rows:
        people: set[int] = set()
        for membership, user, held_role, held_agency in memberships:
            if held_role != role or (agency and held_agency != agency):
                continue
            if case and membership not in by_membership[case] and (role, held_agency) not in by_role[case]:
                continue
            people |= deputies.get(membership, {user})
        owners[pk] = people - conflicts[case] if case else people
    return owners


__all__ = ["case_of", "holders", "owners_of", "recipients", "subject_of"]
