"""What people do about messages: when they go, what they say, and what is done when one could not be delivered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import transaction

from accounts.models import User
from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone, StaleEdit, amend
from audit.models import Trail

from . import rights
from .models import LimitSchedule, Message, Preference, Trouble, Wording


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


@transaction.atomic
def settle_trouble(trouble: Trouble, *, by: Standing) -> None:
    """Record that somebody has seen to what a sweep could not deal with. If it happens again it is said again."""
    rights.SETTLE.require(by)
    if not Trouble.objects.filter(pk=trouble.pk, settled_at=None).update(settled_at=by.at):
        raise AlreadyDone("This has been dealt with.")
    record(Trail.of_the_house(), "trouble settled", by=by, subject=trouble)


Kept = TypeVar("Kept", LimitSchedule, Wording)


def _keep(
    kind: type[Kept], of: dict[str, str], facts: dict[str, Any], *, by: Standing, verb: str, seen_version: int
) -> Kept:
    """The partnership's own in place of what is shipped: made the first time, amended after."""
    row = kind.objects.filter(**of).first()
    if row is None:
        row = kind(**of, **facts)
        row._history_user = by.user  # type: ignore[attr-defined]
        row.save()
        record(row.trail, verb, by=by, subject=row, changed=tuple(facts))
        return row
    if not seen_version:
        raise StaleEdit(row, mine=facts, theirs={name: getattr(row, name) for name in facts})
    amend(row, by=by, verb=verb, seen_version=seen_version, **facts)
    return row


@transaction.atomic
def change_schedule(
    code: str,
    *,
    by: Standing,
    days: Iterable[int],
    deputy_after: int | None,
    manager_after: int | None,
    partners_after: int | None,
    seen_version: int,
) -> LimitSchedule:
    """Say when people are reminded of a time limit (blank: of every other one). Raises StaleEdit.

    `days` are working days to the due date, negative after it; the others working days overdue, None for never.
    `seen_version` is 0 where the page showed the schedule as shipped.
    """
    rights.SCHEDULE.require(by)
    facts: dict[str, Any] = {
        "days": sorted(set(days), reverse=True),
        "deputy_after": deputy_after,
        "manager_after": manager_after,
        "partners_after": partners_after,
    }
    hold(Trail.of_the_house())
    return _keep(LimitSchedule, {"code": code}, facts, by=by, verb="reminders changed", seen_version=seen_version)


@transaction.atomic
def forget_schedule(row: LimitSchedule, *, by: Standing) -> None:
    """Go back to the schedule as shipped. What has been sent has been sent; nothing is sent twice."""
    rights.SCHEDULE.require(by)
    hold(Trail.of_the_house())
    record(row.trail, "reminders as shipped again", by=by, subject=row)
    row._history_user = by.user  # type: ignore[attr-defined]
    row.delete()


def choose(*, by: Standing, digest_hour: int, news_at_once: bool) -> Preference:
    """Say when one wants to be written to."""
    rights.PREFER.require(by)
    with transaction.atomic():
        hold(Trail.of_the_house())
        # One's own and only one's own: nobody is asked which row.
        row, _ = Preference.objects.get_or_create(user=User.objects.get(pk=by.user.pk))
        row.digest_hour, row.news_at_once = digest_hour, news_at_once
        row.save()
        record(row.trail, "email preferences changed", by=by, subject=row)
        return row


@transaction.atomic
def change_wording(name: str, *, by: Standing, subject: str, owed: str, why: str, seen_version: int) -> Wording:
    """Say what a message is to say. Raises StaleEdit.

    `seen_version` is 0 where the page showed the words as shipped.
    """
    rights.WORD.require(by)
    facts: dict[str, Any] = {"subject": subject, "owed": owed, "why": why}
    hold(Trail.of_the_house())
    return _keep(Wording, {"name": name}, facts, by=by, verb="message reworded", seen_version=seen_version)


@transaction.atomic
def forget_wording(row: Wording, *, by: Standing) -> None:
    """Go back to the words as shipped."""
    rights.WORD.require(by)
    hold(Trail.of_the_house())
    record(row.trail, "message worded as shipped again", by=by, subject=row)
    row._history_user = by.user  # type: ignore[attr-defined]
    row.delete()
