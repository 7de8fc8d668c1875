"""Verbs of the page of a clock: a wrong day zero, a delay that was explained, a lateness whose reason is still owed."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, refuse_repeat
from audit.lifecycle import AlreadyDone, StaleEdit, amend
from audit.models import Event
from deadlines import rights
from deadlines.models import BankHoliday, Deadline, Limit
from deadlines.statutory import Direction, Kind
from deadlines.working_days import long_date

from .clocks import LateReasonNeeded, correct, is_late

# Counted from a day that another page keeps, so that is where it is corrected: when the authority became aware, which
# stands on the notification, and the planned day of publication, which stands on the local review.
KEPT_ELSEWHERE: Final = frozenset({"T01", "T02", "T03", "T04", "T10", "T11"})
# Its notices of delay are recorded on the local review, for each recipient.
EXPLAINED_ELSEWHERE: Final = frozenset({"T09"})


class DayOutOfOrder(ValueError):
    """A day that cannot be: a correction to the future, or a target no later than what is owed anyway."""


def may_be_corrected(clock: Deadline) -> bool:
    """Whether the day zero of this clock is kept with the clock itself, and the clock still counts for something."""
    return clock.code not in KEPT_ELSEWHERE and clock.voided_on is None and not clock.not_applicable


def may_be_explained(clock: Deadline) -> bool:
    """Whether a delay of it may be explained here: an open duty with a due date."""
    return (
        clock.is_open
        and clock.due_on is not None
        and clock.time_limit.kind is Kind.DUE
        and clock.code not in EXPLAINED_ELSEWHERE
    )


def owes_a_reason(clock: Deadline) -> bool:
    """Whether it was met late and nobody has said why."""
    return clock.met_on is not None and is_late(clock, clock.met_on) and not clock.met_late_reason


@transaction.atomic
def correct_day_zero(
    clock: Deadline,
    counted_from: date,
    *,
    by: Standing,
    reason: str,
    late_reason: str = "",
    seen_version: int | None = None,
    token: str | None = None,
) -> Event | None:
    """Put a wrong day zero right. The old one stays to be read, and those who owe the duty are told once.

    Where what was done turns out to be late, why must be said too (LateReasonNeeded). Raises DayOutOfOrder for a day
    that has not come or is after the one it was done, AlreadyDone when the clock is void or its day zero is kept
    elsewhere, and StaleEdit.
    """
    rights.CORRECT.require(by, clock)
    hold(clock.trail)
    refuse_repeat(token)
    now = Deadline.objects.select_related("limit", "case__chain").get(pk=clock.pk)
    if not may_be_corrected(now):
        raise AlreadyDone("The day this clock is counted from cannot be changed here.")
    if counted_from > by.today and now.time_limit.direction is Direction.FORWARD:
        raise DayOutOfOrder("Day it is counted from must be today or in the past")
    if now.met_on is not None and counted_from > now.met_on and now.time_limit.direction is Direction.FORWARD:
        raise DayOutOfOrder(f"Day it is counted from must be the day it was done, {long_date(now.met_on)}, or before")
    if seen_version is not None and now.version != seen_version:
        raise StaleEdit(now, mine={"counted_from": counted_from}, theirs={"counted_from": now.counted_from})
    if now.met_on is not None:
        limit = Limit.objects.in_force(now.code, counted_from)
        counted = Deadline(limit=limit, counted_from=counted_from, convention=now.way_by(limit.as_time_limit()))
        counted.due_on = counted.dates(BankHoliday.objects.counting())["due_on"]
        if is_late(counted, now.met_on) and not (late_reason or now.met_late_reason):
            raise LateReasonNeeded(now)
    event = correct(now, counted_from, by=by, reason=reason, token=token)
    if now.met_on is not None and is_late(now, now.met_on) and late_reason:
        amend(now, by=by, verb="lateness explained", reason=late_reason, met_late_reason=late_reason)
    return event


@transaction.atomic
def record_delay(
    clock: Deadline,
    *,
    by: Standing,
    told_on: date,
    reason: str,
    agreed_target: date | None = None,
    seen_version: int | None = None,
    token: str | None = None,
) -> Event | None:
    """The delay was explained, and another target perhaps agreed. Both stand beside the due date, which never moves.

    Raises DayOutOfOrder for a notice in the future or a target no later than the due date, AlreadyDone when the
    clock is no longer open, and StaleEdit.
    """
    rights.EXPLAIN.require(by, clock)
    hold(clock.trail)
    refuse_repeat(token)
    now = Deadline.objects.select_related("limit", "case__chain").get(pk=clock.pk)
    if not may_be_explained(now):
        raise AlreadyDone("A delay of this clock cannot be explained here.")
    if told_on > by.today:
        raise DayOutOfOrder("Day they were told must be today or in the past")
    if agreed_target is not None and now.due_on is not None and agreed_target <= now.due_on:
        raise DayOutOfOrder("Agreed target must be after the due date")
    return amend(
        now,
        by=by,
        verb="delay explained",
        reason=reason,
        seen_version=seen_version,
        token=token,
        delay_explained_on=told_on,
        delay_reason=reason,
        agreed_target=agreed_target,
    )


@transaction.atomic
def explain_lateness(clock: Deadline, *, by: Standing, reason: str, token: str | None = None) -> Event | None:
    """Say why a clock was met late, where that was left open. AlreadyDone when it was said, or was not late."""
    rights.EXPLAIN_LATENESS.require(by, clock)
    hold(clock.trail)
    refuse_repeat(token)
    now = Deadline.objects.select_related("limit", "case__chain").get(pk=clock.pk)
    if not owes_a_reason(now):
        raise AlreadyDone("No reason is owed for this clock.")
    return amend(now, by=by, verb="lateness explained", reason=reason, token=token, met_late_reason=reason)
