"""What a person does about a message that could not be delivered."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import record
from audit.lifecycle import AlreadyDone
from audit.models import Trail

from . import rights
from .models import Message


@transaction.atomic
def send_again(message: Message, *, by: Standing) -> None:
    """Put an undeliverable message back in the queue, to the person's address as it is now.

    Raises AlreadyDone when it is no longer undeliverable.
    """
    rights.SETTLE.require(by)
    moved = Message.objects.filter(pk=message.pk, state=Message.State.FAILED).update(
        state=Message.State.WAITING,
        address=message.recipient.email,
        tries=0,
        next_try_at=by.at,
    )
    if not moved:
        raise AlreadyDone("This message has been dealt with.")
    record(Trail.of_the_house(), "message sent again", by=by, subject=message)


@transaction.atomic
def settle(message: Message, *, by: Standing, reason: str) -> None:
    """Record that the person was told in another way. Raises AlreadyDone when it is no longer undeliverable."""
    rights.SETTLE.require(by)
    moved = Message.objects.filter(pk=message.pk, state=Message.State.FAILED).update(state=Message.State.SETTLED)
    if not moved:
        raise AlreadyDone("This message has been dealt with.")
    record(Trail.of_the_house(), "message settled", by=by, subject=message, reason=reason)
