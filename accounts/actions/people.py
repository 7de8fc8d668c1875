"""Who is let in, as what, from when to when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Agency, Membership, User, normal_address
from accounts.rights import MANAGE_PEOPLE, NotPermitted
from accounts.roles import MANAGING, Role
from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone
from audit.models import Trail

from .once import not_twice


class OutsideDomains(Exception):
    """The address is in none of the agency's approved e-mail domains: somebody must look again before it is let in."""


class AlreadyHeld(Exception):
    """The person holds, or has asked for, this role in this agency already."""


class ClosedAccount(Exception):
    """The person's account has been closed; it must be opened again first."""


def invite(
    email: str,
    *,
    name: str,
    agency: Agency,
    role: str,
    starts_on: date,
    by: Standing,
    ends_on: date | None = None,
    outside_confirmed: bool = False,
    token: str | None = None,
) -> Membership:
    """Let a person in: an account if they have none, and an approved role between two local dates.

    The letter with the link is the caller's to send (`accounts.invitations.send`).
    Raises NotPermitted, OutsideDomains, AlreadyHeld, ClosedAccount.
    """
    MANAGE_PEOPLE.require(by)
    address = normal_address(email)
    with transaction.atomic():
        hold(Trail.of_the_house())
        not_twice(token)
        user = User.objects.people().filter(email=address).first()
        if user is None:
            _look_again(address, agency, outside_confirmed)
            user = User.objects.create_user(address, name=name)
            record(user.trail, "person invited", by=by, subject=user, token=token)
            token = None
        elif user.correspondent:
            _look_again(address, agency, outside_confirmed)
            user.correspondent, user.name = False, user.name or name
            user.save(update_fields=["correspondent", "name"])
            record(user.trail, "person invited", by=by, subject=user, token=token)
            token = None
        return add_membership(
            user,
            agency=agency,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
            by=by,
            outside_confirmed=outside_confirmed,
            token=token,
        )


def add_membership(
    user: User,
    *,
    agency: Agency,
    role: str,
    starts_on: date,
    by: Standing,
    ends_on: date | None = None,
    outside_confirmed: bool = False,
    token: str | None = None,
) -> Membership:
    """Give a person a role in an agency, from and (where known) to a local date. Raises as `invite`."""
    MANAGE_PEOPLE.require(by, user)
    with transaction.atomic():
        hold(Trail.of_the_house())
        not_twice(token)
        if not user.is_active:
            raise ClosedAccount("This person's account is closed. Open it again first")
        _look_again(user.email, agency, outside_confirmed)
        same = user.memberships.filter(agency=agency, role=role, refused_at=None)
        if any(one.is_waiting or one.ends_on is None or one.ends_on >= starts_on for one in same):
            raise AlreadyHeld("This person already holds this role in this agency, or has asked for it")
        try:
            with transaction.atomic():
                membership = Membership.objects.create(
                    user=user,
                    agency=agency,
                    role=role,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    approved_at=by.at,
                    approved_by=by.user,
                )
        except IntegrityError:
            raise AlreadyHeld("This person had this role in this agency from that day. Choose another day") from None
        record(membership.trail, "role given", by=by, subject=membership, token=token)
        return membership


def approve(membership: Membership, *, by: Standing, token: str | None = None) -> None:
    """Let somebody in who asked. Raises AlreadyDone when it has been decided."""
    MANAGE_PEOPLE.require(by, membership)
    _decide(membership, by=by, verb="access approved", approved_at=by.at, approved_by=by.user, token=token)


def refuse(membership: Membership, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Turn down somebody who asked. Raises AlreadyDone when it has been decided."""
    MANAGE_PEOPLE.require(by, membership)
    _decide(membership, by=by, verb="access refused", refused_at=by.at, reason=reason, token=token)


def _decide(
    membership: Membership, *, by: Standing, verb: str, reason: str = "", token: str | None = None, **fields: Any
) -> None:
    with transaction.atomic():
        hold(Trail.of_the_house())
        # Compare-and-swap: a colleague who was first leaves nothing to update.
        if not Membership.objects.waiting().filter(pk=membership.pk).update(**fields):
            raise AlreadyDone("This request has been decided already.")
        record(membership.trail, verb, by=by, subject=membership, reason=reason, changed=tuple(fields), token=token)


def end_membership(membership: Membership, *, last_day: date, by: Standing, reason: str = "") -> None:
    """End a role after a local date; the day before today ends it now. Never the last of those who manage people."""
    MANAGE_PEOPLE.require(by, membership)
    with transaction.atomic():
        hold(Trail.of_the_house())
        now = Membership.objects.get(pk=membership.pk)
        if now.ends_on is not None and now.ends_on <= last_day:
            raise AlreadyDone("This role ends by then already.")
        _somebody_is_left([now], last_day + timedelta(days=1))
        now.ends_on = last_day
        now.save(update_fields=["ends_on"])
        record(now.trail, "role ended", by=by, subject=now, reason=reason, changed=("ends_on",))


def close_account(user: User, *, by: Standing, reason: str) -> None:
    """Deactivate a person: their next request is refused. Nothing they did is lost."""
    MANAGE_PEOPLE.require(by, user)
    with transaction.atomic():
        hold(Trail.of_the_house())
        _somebody_is_left(list(user.memberships.filter(role__in=MANAGING)), by.today)
        if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
            raise AlreadyDone("This account is closed already.")
        _end_sessions(user)
        record(user.trail, "account closed", by=by, subject=user, reason=reason, changed=("is_active",))


def open_account_again(user: User, *, by: Standing, reason: str) -> None:
    """Let a person in again, with the roles that are still in force."""
    MANAGE_PEOPLE.require(by, user)
    with transaction.atomic():
        hold(Trail.of_the_house())
        if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            raise AlreadyDone("This account is open already.")
        record(user.trail, "account opened again", by=by, subject=user, reason=reason, changed=("is_active",))


def remove_second_factors(user: User, *, by: Standing, reason: str) -> None:
    """For somebody who lost theirs: they set up a new one when they next sign in, with their password."""
    MANAGE_PEOPLE.require(by, user)
    with transaction.atomic():
        hold(Trail.of_the_house())
        user.factors.delete()
        user.recovery_codes.all().delete()
        _end_sessions(user)
        record(user.trail, "second factor removed by another", by=by, subject=user, reason=reason)


def sign_out_everywhere(user: User, *, by: Standing) -> None:
    """End every session of a person; their own, or by somebody who manages people."""
    if user.pk != by.user.pk:
        MANAGE_PEOPLE.require(by, user)
    with transaction.atomic():
        hold(Trail.of_the_house())
        _end_sessions(user)
        record(user.trail, "signed out everywhere", by=by, subject=user)


def _end_sessions(user: User) -> None:
    now = User.objects.select_for_update().get(pk=user.pk)
    now.session_round += 1
    now.save(update_fields=["session_round"])
    user.session_round = now.session_round


def _look_again(address: str, agency: Agency, confirmed: bool) -> None:
    if not confirmed and not agency.approves(address):
        raise OutsideDomains(f"The address is not in an approved email domain of {agency}.")


def _somebody_is_left(ending: list[Membership], day: date) -> None:
    """Refuse when nobody else would hold one of the managing roles on that day."""
    leaving = [one.pk for one in ending]
    for role in sorted({one.role for one in ending if one.role in MANAGING and one.in_force(on=day)}):
        others = Membership.objects.on(day).filter(role=role, agency__in=Agency.objects.on(day))
        if not others.exclude(pk__in=leaving).exists():
            raise NotPermitted(f"Nobody else is {Role(role).label.lower()} then. Give somebody else the role first.")
