"""Verbs on whether a duty arises at all: that it does not, who says so and why; and that it does after all."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, refuse_repeat
from audit.lifecycle import AlreadyDone, amend
from audit.models import Event
from deadlines import rights
from deadlines.models import BankHoliday, Deadline

from .following import is_of_the_plan

# Whether these arise is decided where they are done: the notification is stood down or withdrawn, the local review
# discontinued, its publication planned again. Nobody may put them aside from the page of a clock.
DECIDED_ELSEWHERE: Final = frozenset({"T01", "T02", "T03", "T04", "T05", "T09", "T10", "T11", "T13"})


def may_not_apply(clock: Deadline) -> bool:
    """Whether it may be said of this clock that the duty does not arise."""
    if not clock.is_open or clock.code in DECIDED_ELSEWHERE:
        return False
    # Whether an agency's return is needed is decided on the request for it.
    return clock.time_limit.statutory or is_of_the_plan(clock)


def may_apply_again(clock: Deadline) -> bool:
    """Whether somebody said that the duty does not arise, and may take it back."""
    return clock.not_applicable and bool(clock.not_applicable_said_by)


@transaction.atomic
def not_applicable(
    clock: Deadline,
    *,
    by: Standing,
    reason: str,
    said_by: str,
    seen_version: int | None = None,
    token: str | None = None,
) -> Event | None:
    """The duty does not arise on this occasion; `said_by` is who decided that. The clock stays to be read.

    Raises AlreadyDone for a clock that is closed, or whose duty is decided on elsewhere, and StaleEdit.
    """
    rights.APPLIES.require(by, clock)
    hold(clock.trail)
    refuse_repeat(token)
    now = Deadline.objects.select_related("limit", "case__chain").get(pk=clock.pk)
    if not may_not_apply(now):
        raise AlreadyDone("It cannot be said here that this duty does not apply.")
    return amend(
        now,
        by=by,
        verb="clock does not apply",
        reason=reason,
        seen_version=seen_version,
        token=token,
        not_applicable=True,
        not_applicable_reason=reason,
        not_applicable_said_by=said_by,
    )


@transaction.atomic
def applies_after_all(clock: Deadline, *, by: Standing, reason: str, token: str | None = None) -> Event | None:
    """Take back that the duty does not arise: the clock runs from the day zero it had. AlreadyDone when it does run."""
    rights.APPLIES.require(by, clock)
    hold(clock.trail)
    refuse_repeat(token)
    now = Deadline.objects.select_related("limit", "case__chain").get(pk=clock.pk)
    if not may_apply_again(now):
        raise AlreadyDone("Nobody has said that this duty does not apply.")
    return amend(
        now,
        by=by,
        verb="clock applies after all",
        reason=reason,
        token=token,
        not_applicable=False,
        not_applicable_reason="",
        not_applicable_said_by="",
        **now.dates(BankHoliday.objects.counting()),
    )
