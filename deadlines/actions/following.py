"""The local steps that follow a statutory clock: they start from its day zero, and end with it."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from accounts.standing import Standing
from audit.lifecycle import amend
from deadlines.models import BankHoliday, Deadline

# The clock whose day zero the working plan of a rapid review is counted from, and whose end is the plan's.
FOLLOWS: Final = "T05"


def steps_of(clock: Deadline) -> list[Deadline]:
    """The steps that were applied with this clock, by their working day."""
    rows = Deadline.objects.filter(occasion=clock.occasion, case=clock.case_id, code__startswith="L", voided_on=None)
    return list(rows.select_related("limit", "case__chain").order_by("limit__amount", "code"))


def is_of_the_plan(clock: Deadline) -> bool:
    """Whether it was applied with the clock that the plan follows; an agency's return runs by the same limit."""
    return clock.code.startswith("L") and Deadline.objects.filter(code=FOLLOWS, occasion=clock.occasion).exists()


@transaction.atomic
def follow(clock: Deadline, *, by: Standing, reason: str) -> None:
    """Bring the open steps of the plan along with the clock they follow: to its new day zero, or to its end."""
    if clock.code != FOLLOWS:
        return
    for step in steps_of(clock):
        if not step.is_open or step.agreed_date:
            continue
        if clock.met_on is not None:
            amend(
                step,
                by=by,
                verb="step not needed",
                reason=reason,
                not_applicable=True,
                not_applicable_reason="The rapid review was sent before this step was recorded as done",
            )
        elif step.counted_from != clock.counted_from:
            step.counted_from = clock.counted_from
            counted = step.dates(BankHoliday.objects.counting())
            amend(step, by=by, verb="step moved", reason=reason, counted_from=clock.counted_from, **counted)
