"""Who holds which part of a case, and who is barred from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from accounts.models import Agency, Membership, User
from accounts.standing import Standing
from audit.events import hold, key_of, record
from cases import rights
from cases.models import Case, Conflict, TeamMember
from cases.parts import HOLDERS


class CannotHold(Exception):
    """The role of this membership may not be given that part of a case by hand."""


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
    verb: str = "part given",
) -> TeamMember:
    """Give a part of the case to a membership, or to whoever holds a role in an agency on the day.

    Giving what is already given does nothing. Called by stage verbs, which tell the holder in their own words; `assign`
    is the page's verb.
    """
    named = key_of(row) if row else ""
    holder: dict[str, Any] = {"membership": membership} if membership else {"role": role, "agency": agency}
    with transaction.atomic():
        hold(case.trail)
        given, made = TeamMember.objects.get_or_create(
            case=case, part=part, row=named, ends_on=ends_on, defaults={"starts_on": starts_on or by.today}, **holder
        )
        if made:
            record(case.trail, verb, by=by, subject=given, changed=[part])
    return given


def assign(
    case: Case,
    part: str,
    membership: Membership,
    *,
    by: Standing,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> TeamMember:
    """A coordinator gives a person, through one of their memberships, a part of the case.

    Raises CannotHold when the role of the membership may not hold that part.
    """
    rights.ASSIGN.require(by, case)
    if membership.role not in HOLDERS.get(part, ()):
        raise CannotHold(f"{membership.get_role_display()} cannot be given this part of a case.")
    return admit(case, part, by=by, membership=membership, starts_on=starts_on, ends_on=ends_on, verb="access given")


@transaction.atomic
def unassign(member: TeamMember, *, by: Standing, reason: str) -> None:
    """End a part from today: the next request of whoever held it is refused. Ending what has ended does nothing."""
    rights.ASSIGN.require(by, member.case)
    hold(member.case.trail)
    last_day = by.today - timedelta(days=1)
    still = TeamMember.objects.filter(pk=member.pk).exclude(ends_on__lt=by.today)
    if still.update(ends_on=last_day):
        record(member.case.trail, "part taken away", by=by, subject=member, changed=[member.part], reason=reason)


@transaction.atomic
def declare_conflict(case: Case, user: User, *, by: Standing, what: str) -> Conflict:
    """Bar a person from the case, at once. Anyone may declare their own; a coordinator may record another's.

    Declaring what is declared already does nothing.
    """
    if user == by.user:
        rights.DECLARE_CONFLICT.require(by, case)
    else:
        rights.RECORD_CONFLICT.require(by, case)
    hold(case.trail)
    conflict, made = Conflict.objects.get_or_create(
        case_id=case.pk, user=user, lifted_on=None, defaults={"declared_on": by.today, "what": what}
    )
    if made:
        record(case.trail, "conflict declared", by=by, subject=conflict)
    return conflict


@transaction.atomic
def lift_conflict(conflict: Conflict, *, by: Standing, reason: str) -> None:
    """Let a person back in. Nobody lifts their own. Lifting what is lifted already does nothing."""
    rights.LIFT_CONFLICT.require(by, conflict.case)
    if conflict.user_id == by.user.pk:
        raise rights.NotPermitted("You cannot lift a conflict of interest of your own.")
    hold(conflict.case.trail)
    if Conflict.objects.filter(pk=conflict.pk, lifted_on=None).update(lifted_on=by.today):
        record(conflict.case.trail, "conflict lifted", by=by, subject=conflict, reason=reason)
