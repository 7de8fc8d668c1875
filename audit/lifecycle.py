"""The one door for status."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models, transaction

from .events import Actor, hold, record, refuse_repeat
from .models import Event, Trail


class AlreadyDone(Exception):
    """The row is no longer in a state that allows this. Answered with a 409 page."""


class StaleEdit(Exception):
    """Somebody changed this row since it was opened. Carries both texts so that neither is lost."""

    def __init__(self, subject: models.Model, mine: dict[str, Any], theirs: dict[str, Any]) -> None:
        super().__init__("Someone changed this since you opened it.")
        self.subject, self.mine, self.theirs = subject, mine, theirs

    @property
    def version(self) -> int:
        """The version that stands now."""
        return int(self.subject.version)  # type: ignore[attr-defined]  # a row that can be stale has one


class HasVersion(models.Model):
    """A row whose edits carry the version they saw."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def trail(self) -> Trail:
        """The chain this row's events go to. Every model says its own."""
        raise NotImplementedError


class HasLifecycle(HasVersion):
    """A row with a `status`, and `MOVES`: status -> the statuses it may move to."""

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        abstract = True


def transition(
    subject: Any,
    to: str,
    *,
    by: Actor,
    verb: str,
    reason: str = "",
    seen_version: int | None = None,
    token: str | None = None,
    changed: tuple[str, ...] = (),
) -> Event:
    """Move the row to a status its own table allows, and record it, in one transaction.

    `changed` names fields that the caller has set on `subject` to be saved with the move.
    Raises AlreadyDone when the table does not allow the move or somebody else got there first, and
    AlreadySubmitted when it is the same submit again.
    """
    with transaction.atomic():
        hold(subject.trail)
        # Before the table is asked: a repeat of the very submit that made the move is shown its result.
        refuse_repeat(token)
        was = subject.status
        if to not in subject.MOVES.get(was, ()):
            raise AlreadyDone(f"{subject._meta.verbose_name} is {was}")
        version = subject.version if seen_version is None else seen_version
        # One statement with the status: the database may only allow the one with the other.
        columns = [subject._meta.get_field(name).attname for name in changed]
        # Compare-and-swap: somebody who got here first leaves nothing to update.
        moved = subject._meta.base_manager.filter(pk=subject.pk, status=was, version=version).update(
            status=to, version=version + 1, **{column: getattr(subject, column) for column in columns}
        )
        if not moved:
            raise AlreadyDone(f"{subject._meta.verbose_name} has been changed by someone else")
        subject.status, subject.version = to, version + 1
        if changed:
            # Written already; saving is what keeps the history of the fields.
            subject._history_user = by.user
            subject.save(update_fields=list(changed))
        return record(
            subject.trail,
            verb,
            by=by,
            subject=subject,
            reason=reason,
            from_status=was,
            to_status=to,
            changed=changed,
            token=token,
        )


def amend(
    subject: Any,
    *,
    by: Actor,
    verb: str,
    seen_version: int | None = None,
    reason: str = "",
    token: str | None = None,
    **fields: Any,
) -> Event | None:
    """Change fields of a row, keep its history and record which fields changed (never their values).

    Returns None when nothing differs from what the row says now, whoever made it say so. Raises StaleEdit when it
    differs and the row is no longer at the version seen.
    """
    if "status" in fields:
        raise ValueError("Status moves only through transition().")
    with transaction.atomic():
        hold(subject.trail)
        refuse_repeat(token)
        now = subject._meta.base_manager.get(pk=subject.pk)
        seen = subject.version if seen_version is None else seen_version
        differing = [name for name, value in fields.items() if getattr(now, name) != value]
        if not differing:
            subject.version = now.version
            return None
        if now.version != seen:
            raise StaleEdit(now, mine=fields, theirs={name: getattr(now, name) for name in fields})
        for name in differing:
            setattr(subject, name, fields[name])
        subject.version = seen + 1
        subject._history_user = by.user
        subject.save(update_fields=[*differing, "version"])
        return record(subject.trail, verb, by=by, subject=subject, reason=reason, changed=tuple(differing), token=token)
