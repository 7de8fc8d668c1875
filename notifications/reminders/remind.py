"""Clocks into reminders: a constant number of queries, whatever the number of clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value

from deadlines.models import BankHoliday, Deadline
from deadlines.statutory import Kind
from deadlines.working_days import ONE_DAY, BeyondKnownHolidays

from . import schedule, troubles
from .models import LimitSchedule, Reminder
from .recipients import people_for
from .schedule import Rung, Step


@dataclass(frozen=True)
class Reached:
    """A clock has reached a milestone of a rung."""

    clock: int
    due_on: date
    milestone: int
    rung: Rung


def remind(*, at: datetime, day: date) -> int:
    """Make the reminders whose milestone has been reached and that do not exist yet. Returns how many.

    After an outage every milestone that went by is made up for; composing puts them into one message. A clock that
    was recorded late is treated the same. A reminder that was dropped, because the duty was done or its date had moved,
    is taken up again when that was taken back.
    """
    found = told(reached(LimitSchedule.plans(), at=at, day=day), day)
    made = Reminder.objects.filter(deadline__in={one.clock for one, _, _ in found}, dropped="")
    there = set(made.values_list("deadline_id", "due_on", "milestone", "recipient_id")) if found else set()
    new = [
        Reminder(
            deadline_id=one.clock,
            due_on=one.due_on,
            milestone=one.milestone,
            rung=rung,
            recipient_id=person,
            made_at=at,
        )
        for one, rung, person in found
        if (one.clock, one.due_on, one.milestone, person) not in there
    ]
    # In one order, so that two sweeps that got here together do not wait for each other; the constraint decides.
    new.sort(key=lambda row: (row.deadline_id, row.due_on, row.milestone, row.recipient_id))
    Reminder.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["deadline", "due_on", "milestone", "recipient"],
        update_fields=["dropped"],
        batch_size=500,
    )
    return len(new)


def told(reached: Iterable[Reached], day: date) -> list[tuple[Reached, Rung, int]]:
    """Who is told of each, and why: the person owing, or whoever stands on that rung. Nobody twice of one milestone.

    Where nobody owes a duty (any more), the case's coordinators are told instead: silence would look like peace.
    """
    reached = list(reached)
    if not reached:
        return []
    people = people_for(Deadline.objects.filter(pk__in={one.clock for one in reached}), day)
    found: dict[tuple[int, date, int, int], tuple[Reached, Rung, int]] = {}
    for one in reached:
        rung = one.rung
        if rung == Rung.OWNER and not people[one.clock, rung]:
            rung = Rung.NOBODY
        for person in sorted(people[one.clock, rung]):
            found.setdefault((one.clock, one.due_on, one.milestone, person), (one, rung, person))
    return list(found.values())


def reached(
    plans: dict[str, schedule.Plan], *, day: date, at: datetime | None = None, on_that_day_only: bool = False
) -> list[Reached]:
    """Each milestone reached by a London date that nobody has been reminded of, in one query for all the steps.

    `on_that_day_only` leaves out what was reached before it. With `at` None nothing at all is written.
    """
    calendar = BankHoliday.objects.calendar()
    found: list[QuerySet[Deadline, tuple[int, date | None, int, str]]] = []
    for step in schedule.steps_of(plans):
        try:
            last = schedule.last_due_date_reached(day, step.milestone, calendar)
            clocks = _clocks_of(step).filter(due_on__lte=last)
            if on_that_day_only:
                clocks = clocks.filter(
                    due_on__gt=schedule.last_due_date_reached(day - ONE_DAY, step.milestone, calendar)
                )
        except BeyondKnownHolidays as error:
            if at is None:
                raise
            troubles.report(f"milestone:{step.milestone}", error, at=at)
            continue
        which = (Value(step.milestone), Value(step.rung.value, output_field=CharField()))
        found.append(clocks.order_by().values_list("pk", "due_on", *which))
    if not found:
        return []
    first, *others = found
    return [
        Reached(pk, due_on, milestone, Rung(rung))
        for pk, due_on, milestone, rung in first.union(*others, all=True)
        if due_on
    ]


def _clocks_of(step: Step):
    """The open clocks a step is for, of which nobody has been told on that rung."""
    rungs = [Rung.OWNER, Rung.NOBODY] if step.rung == Rung.OWNER else [step.rung]
    made = Reminder.objects.filter(
        deadline=OuterRef("pk"), due_on=OuterRef("due_on"), milestone=step.milestone, rung__in=rungs, dropped=""
    )
    of_this_kind = Q(code__in=step.codes)
    if step.others:
        of_this_kind |= ~Q(code__in=step.left_out)
    clocks = Deadline.objects.open().filter(of_this_kind, ~Exists(made))
    if step.rung != Rung.OWNER and step.is_shipped:
        clocks = clocks.filter(limit__statutory=True, limit__kind=Kind.DUE)
    return clocks


__all__ = ["Reached", "reached", "remind", "told"]
