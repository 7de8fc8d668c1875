"""Writing events: the only place that makes an `Event`."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db import IntegrityError, models, transaction

from . import chain
from .models import Event, Reason, Trail, Untold


class Actor(Protocol):
    """Who acts: in practice an `accounts.standing.Standing`."""

    @property
    def user(self) -> Any: ...

    @property
    def at(self) -> datetime: ...

    @property
    def capacity(self) -> str: ...


class AlreadySubmitted(Exception):
    """This submit token was used before. `event` is the winner's: send the loser to its subject."""

    def __init__(self, event: Event) -> None:
        super().__init__("This has already been submitted.")
        self.event = event


def key_of(subject: models.Model | str) -> str:
    """The text key of a row, such as `referrals.Referral:12`: names it without a foreign key."""
    return subject if isinstance(subject, str) else f"{subject._meta.label}:{subject.pk}"


def hold(*trails: Trail) -> None:
    """Lock the heads, in key order, to the end of the transaction. A verb does this before anything else."""
    keys = sorted({trail.key for trail in trails})
    list(Trail.objects.select_for_update().filter(key__in=keys).order_by("key"))


def refuse_repeat(token: str | None) -> None:
    """Raise AlreadySubmitted when this submit token was used before. Asked once the chain is held."""
    if token and (winner := Event.objects.filter(token=token).first()):
        raise AlreadySubmitted(winner)


def record(
    trail: Trail,
    verb: str,
    *,
    by: Actor,
    subject: models.Model | str = "",
    reason: str = "",
    from_status: str = "",
    to_status: str = "",
    changed: Iterable[str] = (),
    reading: bool = False,
    token: str | None = None,
) -> Event:
    """Add an event to the chain, in the caller's transaction, and queue the telling of it.

    `changed` names fields, never their values. `token` is the submit's token: used twice, it raises
    AlreadySubmitted, and the caller's transaction must roll back.
    """
    with transaction.atomic():
        head = Trail.objects.select_for_update().get(pk=trail.pk)
        refuse_repeat(token)
        key_id = chain.newest_key_id()
        salt = secrets.token_hex(16) if reason else ""
        event = Event(
            trail=head,
            number=head.length + 1,
            # To the millisecond: what a dump in JSON keeps.
            at=by.at.replace(microsecond=by.at.microsecond // 1000 * 1000),
            actor=by.user,
            capacity=by.capacity[:300],
            verb=verb,
            subject=key_of(subject),
            from_status=from_status,
            to_status=to_status,
            changed=sorted(changed),
            reading=reading,
            token=token or None,
            reason_hash=chain.reason_digest(reason, salt, key_id) if reason else "",
            key_id=key_id,
            previous=head.head,
        )
        event.digest = chain.digest_of(event, head.key)
        try:
            with transaction.atomic():
                event.save()
        except IntegrityError:
            # Two chains, one token: the unique constraint is what decides between them.
            if token and (winner := Event.objects.filter(token=token).first()):
                raise AlreadySubmitted(winner) from None
            raise
        head.length, head.head = event.number, event.digest
        head.save(update_fields=["length", "head"])
        if reason:
            Reason.objects.create(event=event, text=reason, salt=salt)
        if not reading:
            Untold.objects.create(event=event)
    return event
