"""The pages that put a clock right: another day zero, a delay explained, a reason still owed, another edition."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from accounts.rights import Right
from audit.access import open_part
from audit.lifecycle import AlreadyDone
from deadlines import actions, rights
from deadlines.forms import CorrectForm, DelayForm, LatenessForm, RepinForm
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import due_words, edition_words, weekday_and_date

from .doing import do

DOING = require_http_methods(["GET", "HEAD", "POST"])


def _open(request: PersonRequest, pk: int, right: Right) -> Deadline:
    clock = open_part(request, Deadline, pk)
    right.require(request.by, clock)
    return clock


def _require(allowed: bool, words: str) -> None:
    if not allowed:
        raise AlreadyDone(words)


@DOING
def correct(request: PersonRequest, pk: int) -> HttpResponse:
    """Count from another day, because the one recorded was wrong."""
    clock = _open(request, pk, rights.CORRECT)
    _require(actions.may_be_corrected(clock), "The day this clock is counted from cannot be changed here.")
    form = CorrectForm(request.POST or None, initial={"seen_version": clock.version}, clock=clock)

    def act(said: dict[str, Any]) -> None:
        actions.correct_day_zero(
            clock,
            said["counted_from"],
            by=request.by,
            reason=said["reason"],
            late_reason=said["late_reason"],
            seen_version=said["seen_version"],
            token=said["token"],
        )

    return do(
        request,
        clock,
        form,
        act,
        title="Correct the day it is counted from",
        said="The date was corrected. Those it concerns will be told.",
        intro=f"It is counted from {weekday_and_date(clock.counted_from)}: {due_words(clock).lower()}."
        if clock.due_on is None
        else f"It is counted from {weekday_and_date(clock.counted_from)} and due {weekday_and_date(clock.due_on)}.",
        refused={actions.LateReasonNeeded: "late_reason", actions.DayOutOfOrder: "counted_from"},
    )


@DOING
def delay(request: PersonRequest, pk: int) -> HttpResponse:
    """Record that a delay was explained, and another target agreed."""
    clock = _open(request, pk, rights.EXPLAIN)
    _require(actions.may_be_explained(clock), "A delay of this clock cannot be explained here.")
    initial = {
        "seen_version": clock.version,
        "told_on": clock.delay_explained_on,
        "reason": clock.delay_reason,
        "agreed_target": clock.agreed_target,
    }
    form = DelayForm(request.POST or None, initial=initial, today=request.by.today)

    def act(said: dict[str, Any]) -> None:
        actions.record_delay(
            clock,
            by=request.by,
            told_on=said["told_on"],
            reason=said["reason"],
            agreed_target=said["agreed_target"],
            seen_version=said["seen_version"],
            token=said["token"],
        )

    return do(
        request,
        clock,
        form,
        act,
        title="Record that a delay was explained",
        said="The explanation was recorded. The due date has not moved.",
        intro="The due date does not move. The explanation and the agreed target stand beside it.",
        refused={actions.DayOutOfOrder: "agreed_target"},
    )


@DOING
def lateness(request: PersonRequest, pk: int) -> HttpResponse:
    """Say why something was done late."""
    clock = _open(request, pk, rights.EXPLAIN_LATENESS)
    _require(actions.owes_a_reason(clock), "No reason is owed for this clock.")
    form = LatenessForm(request.POST or None)
    return do(
        request,
        clock,
        form,
        lambda said: actions.explain_lateness(clock, by=request.by, reason=said["reason"], token=said["token"]),
        title="Say why it was late",
        said="The reason was recorded.",
        refused={},
    )


@DOING
def edition(request: PersonRequest, pk: int) -> HttpResponse:
    """Count one clock by another edition of the guidance, or a local variant of it."""
    clock = _open(request, pk, rights.REPIN)
    _require(actions.may_be_repinned(clock), "There is no other edition to count this clock by.")
    options = actions.editions_for(clock, calendar=BankHoliday.objects.calendar())
    form = RepinForm(request.POST or None, initial={"seen_version": clock.version}, options=options)
    return do(
        request,
        clock,
        form,
        lambda said: actions.repin(
            clock,
            said["edition"],
            by=request.by,
            reason=said["reason"],
            seen_version=said["seen_version"],
            token=said["token"],
        ),
        title="Count by another edition",
        said="The clock is counted by another edition now. Those it concerns will be told.",
        intro=f"It is counted by {edition_words(clock.limit.edition)}, the edition in force on "
        f"{weekday_and_date(clock.counted_from)}."
        if clock.limit_id == actions.edition_in_force(clock)
        else f"It is counted by {edition_words(clock.limit.edition)}.",
        refused={},
    )
