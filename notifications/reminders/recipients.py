"""Who is told: worked out when the message is made, from the memberships, cover and team in force that day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Q

from accounts.models import Cover, Membership, User
from audit.models import Event
from cases.models import Case, Conflict, TeamMember
from deadlines.models import Deadline

from .schedule import Rung, told_on


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
    """Membership id -> who acts in it on the day instead of its holder. Two queries.

    Where every deputy is away too, the holder is among them: nobody acts for a deputy in a role that is not theirs.
    """
    found: dict[int, set[int]] = defaultdict(set)
    holders: dict[int, int] = {}
    in_force = Cover.objects.filter(starts_on__lte=day, ends_on__gte=day, deputy__is_active=True)
    covers = in_force.filter(membership_id__in=list(memberships))
    for membership, deputy, holder in covers.values_list("membership_id", "deputy_id", "membership__user_id"):
        found[membership].add(deputy)
        holders[membership] = holder
    deputies = {deputy for of_one in found.values() for deputy in of_one}
    away = set(in_force.filter(membership__user__in=deputies).values_list("membership__user_id", flat=True))
    for membership, of_one in found.items():
        if of_one <= away:
            of_one.add(holders[membership])
    return found


def owners_of(clocks: Any, day: date) -> dict[int, set[int]]:
    """Deadline id -> the people who owe it on the day, in a constant number of queries."""
    return {clock: people for (clock, rung), people in people_for(clocks, day).items() if rung == Rung.OWNER}


def people_for(clocks: Any, day: date) -> dict[tuple[int, Rung], set[int]]:
    """(deadline id, rung) -> the people told on that rung on the day, in a constant number of queries.

    They hold the role (in the owing agency, where one is named), are on the case's team for it, and are not barred. A
    deputy is told instead of the person they cover, unless barred themselves. A clock of no case concerns everyone
    who holds the role.
    """
    rows = list(clocks.values_list("pk", "case_id", "owed_by_role", "owed_by_agency_id"))
    wanted = {rung: {owing: _holding(rung, owing) for _, _, owing, _ in rows} for rung in Rung}
    roles = {role for of_rung in wanted.values() for role, _ in of_rung.values()}
    cases = {case for _, case, _, _ in rows if case}
    held: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for pk, user, role, agency in (
        Membership.objects.on(day).filter(role__in=roles).values_list("pk", "user_id", "role", "agency_id")
    ):
        held[role].append((pk, user, agency))
    deputies = deputies_of([pk for of_role in held.values() for pk, *_ in of_role], day)
    team = _Team.of(cases, roles, day)
    found: dict[tuple[int, Rung], set[int]] = {}
    for pk, case, owing, agency in rows:
        for rung in Rung:
            role, same_agency = wanted[rung][owing]
            people: set[int] = set()
            for membership, user, held_in in held[role]:
                if same_agency and agency and held_in != agency:
                    continue
                if case and not team.has(case, membership, role, held_in):
                    continue
                people |= (deputies.get(membership, set()) - team.barred[case]) or {user}
            found[pk, rung] = people - team.barred[case]
    return found


def _holding(rung: Rung, owing_role: str) -> tuple[str, bool]:
    return (owing_role, True) if rung == Rung.OWNER else told_on(rung, owing_role)


@dataclass
class _Team:
    """Who is on the team of which case on a day, and who is barred from it."""

    by_role: dict[int | None, set[tuple[str, int | None]]]
    by_membership: dict[int | None, set[int]]
    barred: dict[int | None, set[int]]

    @classmethod
    def of(cls, cases: set[int], roles: set[str], day: date) -> _Team:
        team = cls(defaultdict(set), defaultdict(set), defaultdict(set))
        in_force = TeamMember.objects.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))
        for case, membership, role, agency in in_force.filter(
            Q(membership=None, role__in=roles) | Q(membership__role__in=roles), case_id__in=cases
        ).values_list("case_id", "membership_id", "role", "agency_id"):
            if membership:
                team.by_membership[case].add(membership)
            else:
                team.by_role[case].add((role, agency))
        for case, user in Conflict.objects.in_force(day).filter(case_id__in=cases).values_list("case_id", "user_id"):
            team.barred[case].add(user)
        return team

    def has(self, case: int, membership: int, role: str, agency: int) -> bool:
        return membership in self.by_membership[case] or (role, agency) in self.by_role[case]


__all__ = ["case_of", "holders", "owners_of", "people_for", "recipients", "subject_of"]
