"""People who let themselves in as far as the door."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Agency, Membership, User, normal_address
from accounts.roles import SELF_REGISTERED
from accounts.standing import LONDON, Standing
from audit.events import hold, record
from audit.models import Trail


class NotOpenToYou(Exception):
    """The address is not in an approved domain of the agency, is taken, or the role is not one to ask for."""


def ask_for_access(email: str, *, name: str, agency: Agency, role: str, password: str, at: datetime) -> Membership:
    """Make an account for somebody who has proved the address, with a role that waits for a coordinator.

    Raises NotOpenToYou.
    """
    address = normal_address(email)
    if role not in SELF_REGISTERED or not agency.approves(address):
        raise NotOpenToYou("This agency or role cannot be asked for with this address.")
    with transaction.atomic():
        hold(Trail.of_the_house())
        user = User.objects.filter(email=address).first()
        if user is None:
            user = User.objects.create_user(address, password, name=name)
        elif user.correspondent and user.is_active:
            user.correspondent, user.name = False, name
            user.set_password(password)
            user.save(update_fields=["correspondent", "name", "password"])
        else:
            raise NotOpenToYou("There is an account for this address already.")
        membership, is_new = Membership.objects.get_or_create(
            user=user, agency=agency, role=role, refused_at=None, ends_on=None,
            defaults={"starts_on": at.astimezone(LONDON).date()},
        )  # fmt: skip
        by = Standing.of(user, at)
        if is_new:
            record(membership.trail, "access asked for", by=by, subject=membership)
        return membership


def accept_invitation(user: User, *, password: str, at: datetime) -> None:
    """The person chose a password by the link in the letter; the address is thereby proved."""
    with transaction.atomic():
        hold(Trail.of_the_house())
        user.set_password(password)
        user.save(update_fields=["password"])
        record(user.trail, "invitation accepted", by=Standing.of(user, at), subject=user)
