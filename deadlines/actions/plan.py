"""Verbs on the partnership's own working plan of a rapid review (specification 4.2): local steps, never statutory.

The plan is data: a set of local limits, each a working day after the notification was sent. Changing it makes a new
set; what was applied to a case keeps the set it was applied from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import transaction

from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, StaleEdit, amend
from audit.models import Event, Trail
from deadlines import rights
from deadlines.models import Deadline, Limit
from deadlines.models.limits import row_of

from .clocks import start
from .following import FOLLOWS, is_of_the_plan, steps_of

# Numbers below are those of the plan as shipped, which other rooms know their own facts by.
FIRST_OWN: Final = 20
LAST_OWN: Final = 99
NAME: Final = "Local plan"
# Who may be given a step, in words. All of them see the whole case, so that a reminder leads them to its page.
WHO_DOES_A_STEP: Final = {
    Role.COORDINATOR: "the partnership's business unit",
    Role.PARTNER: "the safeguarding partners",
    Role.LA_NOTIFIER: "the local authority's notifiers",
    Role.LA_APPROVER: "the local authority's approvers",
}


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step as it is to stand: its code where it is there already, "" for a new one; `role` is who does it."""

    code: str
    title: str
    working_day: int
    role: Role = Role.COORDINATOR


class NotAPlan(ValueError):
    """The steps do not make a plan."""


@transaction.atomic
def change_plan(
    steps: list[PlanStep], *, by: Standing, seen: str | None = None, token: str | None = None
) -> list[Limit]:
    """Let the working plan be these steps from now on. What was applied to cases stays as it was.

    `seen` is the plan that was shown when these steps were written. Raises StaleEdit where another stands now, and
    NotAPlan where there is no step, or more than there are numbers for, or one twice, of another plan or for somebody
    who does none.
    """
    rights.CHANGE_PLAN.require(by)
    house = Trail.of_the_house()
    hold(house)
    refuse_repeat(token)
    if not steps:
        raise NotAPlan("The plan must have at least one step")
    if any(step.role not in WHO_DOES_A_STEP for step in steps):
        raise NotAPlan("A step must be done by someone who sees the whole case")
    now = Limit.objects.working_plan()
    if seen is not None and seen != now[0].edition:
        raise StaleEdit(now[0], mine={"steps": steps}, theirs={"steps": now})
    pattern = now[0].as_time_limit()
    used = set(Limit.objects.filter(code__startswith="L").values_list("code", flat=True))
    kept = [step.code for step in steps if step.code]
    if len(set(kept)) != len(kept) or not used.issuperset(kept):
        raise NotAPlan("A step that is kept must be one of the plan, and stand in it once")
    free = [code for code in (f"L{n}" for n in range(FIRST_OWN, LAST_OWN + 1)) if code not in used]
    if sum(not step.code for step in steps) > len(free):
        raise NotAPlan("There are too many steps")
    number = Limit.objects.filter(code__startswith="L").values("edition").distinct().count() + 1
    rows = [
        Limit(
            **row_of(
                replace(
                    pattern,
                    code=step.code or free.pop(0),
                    title=step.title,
                    amount=step.working_day,
                    owed_by=WHO_DOES_A_STEP[step.role],
                    owed_by_role=step.role,
                    edition=f"{NAME} {number}",
                    in_force_from=by.today,
                    in_force_to=None,
                )
            ),
            entered_by=str(by.user)[:200],
        )
        for step in steps
    ]
    made: list[Limit] = Limit.objects.bulk_create(rows)
    changed = ["amount", "owed_by_role", "title"]
    record(house, "working plan changed", by=by, subject=made[0], changed=changed, token=token)
    return made


def may_be_planned(clock: Deadline) -> bool:
    """Whether the plan can be applied: the clock it follows is open, and has no plan yet."""
    return clock.code == FOLLOWS and clock.is_open and not steps_of(clock)


@transaction.atomic
def apply_plan(clock: Deadline, *, by: Standing, token: str | None = None) -> list[Deadline]:
    """Make the steps of the working plan internal deadlines of the case, counted from the same day as this clock.

    They are marked local, and end with the clock. AlreadyDone when the clock is closed or has its plan.
    """
    rights.APPLY_PLAN.require(by, clock)
    hold(clock.trail)
    refuse_repeat(token)
    now = Deadline.objects.select_related("case__chain", "limit").get(pk=clock.pk)
    if not may_be_planned(now):
        raise AlreadyDone("The working plan cannot be applied to this clock.")
    found = [
        start(now.case, row.code, occasion=now.occasion, counted_from=now.counted_from, by=by, limit=row)
        for row in Limit.objects.working_plan()
    ]
    record(now.trail, "working plan applied", by=by, subject=now, token=token)
    return found


def is_step(clock: Deadline) -> bool:
    """Whether it is an open step of the working plan, and not what an agency owes by the same day of it."""
    return clock.is_open and is_of_the_plan(clock)


@transaction.atomic
def finish_step(clock: Deadline, on: date, *, by: Standing, token: str | None = None) -> Event | None:
    """A step of the working plan was done on a London date. AlreadyDone when it is no open step."""
    rights.APPLY_PLAN.require(by, clock)
    hold(clock.trail)
    refuse_repeat(token)
    now = Deadline.objects.select_related("case__chain", "limit").get(pk=clock.pk)
    if not is_step(now):
        raise AlreadyDone("This step is not open.")
    return amend(now, by=by, verb="step done", token=token, met_on=on)
