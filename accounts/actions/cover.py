"""Who stands in for whom, between dates."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accounts.models import Cover, Membership, User
from accounts.rights import ARRANGE_COVER, NotPermitted
from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone
from audit.models import Trail


class CannotDeputise(Exception):
    """This person cannot stand in: it is the holder, or somebody without an open account of their own."""


def arrange_cover(
    membership: Membership, *, deputy: User, starts_on: date, ends_on: date, by: Standing, token: str | None = None
) -> Cover:
    """Let a deputy act in a role from one local date to another, both included.

    A person may arrange who stands in for them; those who manage people may do it for others, but never name
    themselves. Raises NotPermitted, CannotDeputise.
    """
    ARRANGE_COVER.require(by, membership)
    if deputy.pk == by.user.pk:
        raise NotPermitted("You cannot give yourself somebody else's access.")
    if deputy.pk == membership.user_id:
        raise CannotDeputise("The deputy must be somebody else")
    if not deputy.is_active or deputy.correspondent:
        raise CannotDeputise("The deputy must have an open account of their own")
    with transaction.atomic():
        hold(Trail.of_the_house())
        if Cover.objects.filter(
            membership=membership, deputy=deputy, starts_on__lte=ends_on, ends_on__gte=starts_on
        ).exists():
            raise CannotDeputise("This person already stands in on some of these days")
        cover = Cover.objects.create(membership=membership, deputy=deputy, starts_on=starts_on, ends_on=ends_on)
        record(cover.trail, "cover arranged", by=by, subject=cover, token=token)
        return cover


def end_cover(cover: Cover, *, by: Standing) -> None:
    """End cover now; what has not begun yet is taken back. Raises AlreadyDone when it is over."""
    ARRANGE_COVER.require(by, cover)
    with transaction.atomic():
        hold(Trail.of_the_house())
        now = Cover.objects.select_related("membership").filter(pk=cover.pk).first()
        if now is None or now.ends_on < by.today:
            raise AlreadyDone("This cover is over already.")
        if now.starts_on >= by.today:
            record(now.trail, "cover taken back", by=by, subject=now)
            now.delete()
            return
        now.ends_on = by.today - timedelta(days=1)
        now.save(update_fields=["ends_on"])
        record(now.trail, "cover ended", by=by, subject=now, changed=("ends_on",))
