"""What the partnership says of itself, and what a person says of themselves."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import Partnership, User, normal_address
from accounts.rights import SET_UP
from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import amend
from audit.models import Trail


class AddressTaken(Exception):
    """Somebody else signs in with this address."""


def change_partnership(*, by: Standing, seen_version: int, **facts: Any) -> Partnership:
    """Change the partnership's details; the first time, enter them. Raises StaleEdit."""
    partnership = Partnership.this()
    SET_UP.require(by, partnership if partnership.pk else None)
    with transaction.atomic():
        hold(Trail.of_the_house())
        if partnership.pk is None:
            for name, value in facts.items():
                setattr(partnership, name, value)
            partnership._history_user = by.user
            partnership.save()
            record(partnership.trail, "partnership entered", by=by, subject=partnership, changed=tuple(facts))
        else:
            amend(partnership, by=by, verb="partnership changed", seen_version=seen_version, **facts)
        return partnership


def change_own_details(*, by: Standing, **facts: Any) -> None:
    """Name, job title and telephone number of whoever is signed in."""
    with transaction.atomic():
        hold(Trail.of_the_house())
        user = User.objects.get(pk=by.user.pk)
        changed = [name for name, value in facts.items() if getattr(user, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(user, name, facts[name])
        user.save(update_fields=changed)
        record(user.trail, "own details changed", by=by, subject=user, changed=tuple(changed))


def change_own_address(address: str, *, by: Standing) -> str:
    """The address a person signs in with, once a code has proved it theirs. Returns the old one, to be told of it."""
    with transaction.atomic():
        hold(Trail.of_the_house())
        user = User.objects.get(pk=by.user.pk)
        old: str = user.email
        new = normal_address(address)
        if User.objects.filter(email=new).exclude(pk=user.pk).exists():
            raise AddressTaken("This address cannot be used.")
        user.email = new
        user.save(update_fields=["email"])
        record(user.trail, "own address changed", by=by, subject=user, changed=("email",))
        return old
