"""Verbs on a clock.

Stage verbs call these inside their own transaction, having checked their own right; only `repin`
is a verb of a page and checks for itself. Each holds the chain, changes, and records.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db import models, transaction

from accounts.models import Agency
from accounts.standing import Standing
from audit.events import hold, key_of, record
from audit.lifecycle import amend
from audit.models import Event, Trail
from cases.models import Case
from deadlines import rights
from deadlines.models import BankHoliday, Deadline, Limit, Secondary
from deadlines.statutory import Kind, due_on
from deadlines.working_days import BeyondKnownHolidays, Calendar, long_date

from .following import follow

CORRECTED: Final = "clock corrected"


class NoSuchClock(LookupError):
    """No clock of that code was started by that row for that recipient."""


class ClockClosed(Exception):
    """The clock has been met on another day, is void, or does not apply."""


class LateReasonNeeded(ValueError):
    """The clock is met after its due date, and why has not been said."""

    def __init__(self, deadline: Deadline) -> None:
        super().__init__(f"Enter why it was late: {deadline.limit.title}")
        self.deadline = deadline


@transaction.atomic
def start(
    case: Case | None,
    code: str,
    *,
    occasion: models.Model | str,
    counted_from: date,
    by: Standing,
    after_cut_off: bool = False,
    owed_by_role: str = "",
    owed_by_agency: Agency | None = None,
    recipient: str = "",
    provisional: bool = False,
    convention: str | None = None,
    secondary: Secondary | None = None,
    due_on: date | None = None,
    limit: Limit | None = None,
) -> Deadline:
    """Start the clock of that code for that occasion, counted from a London date (`after_cut_off`: after 5pm on it).

    It pins the edition of the limit in force on `counted_from`. Starting what is already started
    changes nothing and gives back what is there, whatever its dates: `correct` is for a new date.
    A clock that was void starts again. `due_on` sets an agreed date, and only a local step may have
    one. `limit` pins another edition than the one in force. Where the bank holidays needed have not
    been entered the clock starts without a due date
    and is worked out when they are. Raises UnknownLimit, NotItsConvention, WrongTrigger, and
    NoDateOfItsOwn for duties that are continuous or fall inside another clock.
    """
    trail = case.chain if case else Trail.of_the_house()
    hold(trail)
    key = key_of(occasion)
    limit = limit or Limit.objects.in_force(code, counted_from)
    there = Deadline.objects.filter(code=limit.code, occasion=key, recipient=recipient).first()
    if there is not None and there.voided_on is None:
        return there
    time_limit = limit.as_time_limit()
    way = time_limit.way(convention)
    if due_on is not None and time_limit.statutory:
        raise ValueError(f"{limit.code} is counted; its due date cannot be agreed.")
    clock = Deadline(
        case=case,
        limit=limit,
        code=limit.code,
        occasion=key,
        recipient=recipient,
        convention=way.name,
        counted_from=counted_from,
        after_cut_off=after_cut_off,
        counted_from_recorded_by=str(by.user)[:200],
        provisional=provisional,
        due_on=due_on,
        agreed_date=due_on is not None,
        owed_by_role=owed_by_role or limit.owed_by_role,
        owed_by_agency=owed_by_agency,
    )
    if secondary is not None:
        time_limit.way(secondary.convention)
        clock.secondary_counted_from, clock.secondary_convention = secondary.counted_from, secondary.convention
    for name, found in clock.dates(BankHoliday.objects.counting()).items():
        setattr(clock, name, found)
    if there is not None:
        clock.pk, clock.version = there.pk, there.version + 1
    clock._history_user = by.user  # type: ignore[attr-defined]
    clock.save()
    record(trail, "clock started", by=by, subject=clock, changed=["counted_from", "due_on"])
    return clock


def clock_of(code: str, occasion: models.Model | str, recipient: str = "") -> Deadline:
    """The clock of that code that this row started. NoSuchClock otherwise."""
    rows = Deadline.objects.select_related("case__chain", "limit")
    found = rows.filter(code=code, occasion=key_of(occasion), recipient=recipient).first()
    if found is None:
        raise NoSuchClock(f"{code} was not started for {key_of(occasion)}.")
    return found


@transaction.atomic
def meet(
    code: str,
    *,
    occasion: models.Model | str,
    on: date,
    by: Standing,
    recipient: str = "",
    reason: str = "",
    require_reason: bool = True,
) -> Deadline:
    """Stop the clock: what was owed was done on a London date.

    A statutory duty done after its due date needs a reason (LateReasonNeeded); the caller that must
    not be held up says `require_reason=False`, and the reason is given later with `give_late_reason`.
    Meeting it twice on the same day changes nothing. Raises NoSuchClock, ClockClosed.
    """
    hold(clock_of(code, occasion, recipient).trail)
    clock = clock_of(code, occasion, recipient)
    if clock.met_on == on:
        return clock
    if not clock.is_open:
        raise ClockClosed(f"{clock.code} is closed.")
    if is_late(clock, on) and not reason and require_reason:
        raise LateReasonNeeded(clock)
    late_reason = reason if is_late(clock, on) else ""
    amend(clock, by=by, verb="clock met", reason=reason, met_on=on, met_late_reason=late_reason)
    follow(clock, by=by, reason="The clock that the steps follow was met")
    return clock


def is_late(clock: Deadline, on: date) -> bool:
    """Whether doing it on that day is later than was owed. Advisory dates are never late."""
    return clock.due_on is not None and clock.time_limit.kind is Kind.DUE and on > clock.due_on


def give_late_reason(clock: Deadline, *, by: Standing, reason: str) -> Event | None:
    """Say afterwards why a clock was met late."""
    return amend(clock, by=by, verb="lateness explained", reason=reason, met_late_reason=reason)


@transaction.atomic
def reopen(clock: Deadline, *, by: Standing, reason: str) -> Event | None:
    """Take back that it was met: it was recorded by mistake, or what was done has been undone."""
    return amend(clock, by=by, verb="clock reopened", reason=reason, met_on=None, met_late_reason="")


@transaction.atomic
def correct(
    clock: Deadline,
    counted_from: date,
    *,
    by: Standing,
    reason: str,
    after_cut_off: bool = False,
    token: str | None = None,
) -> Event | None:
    """Count from another day zero, by the edition in force on that day. Stays "date not confirmed" if it was."""
    return _count_again(
        clock,
        counted_from,
        by=by,
        verb=CORRECTED,
        reason=reason,
        after_cut_off=after_cut_off,
        token=token,
    )


@transaction.atomic
def confirm(
    clock: Deadline, counted_from: date, *, by: Standing, after_cut_off: bool = False, reason: str = ""
) -> Event | None:
    """The day zero is known now: the clock is no longer provisional."""
    return _count_again(
        clock,
        counted_from,
        by=by,
        verb="clock confirmed",
        reason=reason,
        after_cut_off=after_cut_off,
        provisional=False,
    )


@transaction.atomic
def repin(
    clock: Deadline,
    edition: str,
    *,
    by: Standing,
    reason: str,
    seen_version: int | None = None,
    token: str | None = None,
) -> Event | None:
    """Count by another edition of the guidance than the one in force on day zero, or by a local variant."""
    rights.REPIN.require(by, clock)
    hold(clock.trail)
    limit = Limit.objects.get(code=clock.code, edition=edition)
    return _pin(
        clock,
        limit,
        by=by,
        verb="clock counted by another edition",
        reason=reason,
        seen_version=seen_version,
        token=token,
    )


def may_be_repinned(clock: Deadline) -> bool:
    """Whether another edition could be chosen: the clock is neither void nor agreed, and there is another."""
    still = clock.voided_on is None and not clock.not_applicable and not clock.agreed_date
    return still and Limit.objects.filter(code=clock.code).exclude(pk=clock.limit_id).exists()


def edition_in_force(clock: Deadline) -> int:
    """The key of the limit in force on the clock's day zero."""
    return Limit.objects.in_force(clock.code, clock.counted_from).pk


def editions_for(clock: Deadline, *, calendar: Calendar) -> list[tuple[str, str]]:
    """The other editions of the clock's limit: each by name, and in words with the due date it would give."""
    found = []
    for limit in Limit.objects.filter(code=clock.code).exclude(pk=clock.limit_id).order_by("in_force_from", "pk"):
        try:
            time_limit = limit.as_time_limit()
            way, late = clock.way_by(time_limit), clock.after_cut_off
            day = long_date(due_on(time_limit, clock.counted_from, calendar, way, after_cut_off=late))
        except BeyondKnownHolidays:
            day = "not worked out"
        found.append((limit.edition, f"{limit.edition}, in force from {long_date(limit.in_force_from)}: due {day}"))
    return found


@transaction.atomic
def set_secondary(clock: Deadline, secondary: Secondary | None, *, by: Standing) -> Event | None:
    """Show another date beside the due date, or none."""
    if secondary is None:
        return amend(
            clock,
            by=by,
            verb="secondary date removed",
            secondary_counted_from=None,
            secondary_convention="",
            secondary_due_on=None,
        )
    clock.time_limit.way(secondary.convention)
    clock.secondary_counted_from, clock.secondary_convention = secondary.counted_from, secondary.convention
    return amend(
        clock,
        by=by,
        verb="secondary date set",
        secondary_counted_from=secondary.counted_from,
        secondary_convention=secondary.convention,
        secondary_due_on=clock.dates(BankHoliday.objects.counting())["secondary_due_on"],
    )


@transaction.atomic
def void(
    occasion: models.Model | str, *, by: Standing, reason: str, codes: tuple[str, ...] | None = None
) -> list[Deadline]:
    """The occasion fell away: its open clocks are void from today, and stay to be read. Gives those changed."""
    rows = Deadline.objects.for_occasion(key_of(occasion)).open().select_related("case__chain", "limit")
    found = list(rows.filter(code__in=codes) if codes else rows)
    for clock in found:
        amend(clock, by=by, verb="clock void", reason=reason, voided_on=by.today, void_reason=reason)
    return found


@transaction.atomic
def revive(occasion: models.Model | str, *, by: Standing, reason: str) -> list[Deadline]:
    """Undo `void`: the occasion stands after all. The clocks run from the day zero they had."""
    rows = Deadline.objects.for_occasion(key_of(occasion)).exclude(voided_on=None)
    found = list(rows.select_related("case__chain", "limit"))
    for clock in found:
        amend(clock, by=by, verb="clock revived", reason=reason, voided_on=None, void_reason="")
    return found


@transaction.atomic
def explain_delay(
    clock: Deadline, *, on: date, reason: str, by: Standing, agreed_target: date | None = None
) -> Event | None:
    """A notice of delay is on file. It explains; the due date never moves."""
    return amend(
        clock,
        by=by,
        verb="delay explained",
        reason=reason,
        delay_explained_on=on,
        delay_reason=reason,
        agreed_target=agreed_target,
    )


def _count_again(
    clock: Deadline,
    counted_from: date,
    *,
    by: Standing,
    verb: str,
    reason: str,
    after_cut_off: bool,
    **also: Any,
) -> Event | None:
    hold(clock.trail)
    limit = Limit.objects.in_force(clock.code, counted_from)
    event = _pin(
        clock,
        limit,
        by=by,
        verb=verb,
        reason=reason,
        counted_from=counted_from,
        after_cut_off=after_cut_off,
        **also,
    )
    if clock.is_open:
        follow(clock, by=by, reason=reason)
    return event


def _pin(
    clock: Deadline,
    limit: Limit,
    *,
    by: Standing,
    verb: str,
    reason: str,
    counted_from: date | None = None,
    after_cut_off: bool | None = None,
    seen_version: int | None = None,
    **also: Any,
) -> Event | None:
    day_zero = counted_from or clock.counted_from
    counted = Deadline(
        limit=limit,
        counted_from=day_zero,
        after_cut_off=clock.after_cut_off if after_cut_off is None else after_cut_off,
        convention=clock.way_by(limit.as_time_limit()),
        due_on=clock.due_on,
        agreed_date=clock.agreed_date,
        secondary_counted_from=clock.secondary_counted_from,
        secondary_convention=clock.secondary_convention,
    )
    dates = counted.dates(BankHoliday.objects.counting())
    if verb == CORRECTED and day_zero == clock.counted_from and dates["due_on"] == clock.due_on:
        # Only the hour is another, and nobody's date: it is kept, and nobody is written to.
        verb = "hour of day zero recorded"
    recorded_by = str(by.user)[:200] if counted_from else clock.counted_from_recorded_by
    clock.__dict__.pop("time_limit", None)
    return amend(
        clock,
        by=by,
        verb=verb,
        reason=reason,
        seen_version=seen_version,
        limit=limit,
        counted_from=day_zero,
        after_cut_off=counted.after_cut_off,
        counted_from_recorded_by=recorded_by,
        convention=counted.convention,
        **also,
        **dates,
    )
