"""When somebody is reminded of a clock, and who besides when nothing happens. Pure: working days in, milestones out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from accounts.roles import Role
from deadlines.working_days import ONE_DAY, Calendar

# Working days to the due date; negative ones come after it.
DEFAULT = (2, 1, 0, -1, -5, -10)
BY_LIMIT = {
    "T05": (5, 2, 1, 0, -1, -3, -5, -10),
    "T09": (60, 30, 20, 10, 5, 2, 0, -1, -10, -20, -40),
    "T12": (20, 5, 0, -5),
    "T13": (0,),
    "T15": (2, 0, -5),
    "T17": (60, 20, 5, 0, -1, -10),
}
# At or after this many working days to go, a message goes at once instead of waiting for the digest.
URGENT_FROM = 1
# A date turns at midnight, and a letter at midnight helps nobody: those about clocks go out between these hours.
DAY_BEGINS, DAY_ENDS = 7, 22
# The code under which the schedule of every limit without one of its own is kept.
OTHERS = ""


class Rung(TextChoices):
    """Why a person is reminded of a clock."""

    OWNER = "owner", "Owes the duty"
    # Nobody who could be told owes it, so the case's coordinators are.
    NOBODY = "nobody", "Coordinates a case in which nobody owes the duty"
    DEPUTY = "deputy", "Acts next"
    MANAGER = "manager", "Answers for it"
    PARTNERS = "partners", "Safeguarding partner"


# In the order in which a duty is passed up.
LADDER = (Rung.DEPUTY, Rung.MANAGER, Rung.PARTNERS)

# Owing role -> the role that is told next, and whether in the owing agency only.
DEPUTIES: Mapping[str, tuple[str, bool]] = {
    Role.LA_NOTIFIER: (Role.LA_APPROVER, True),
    Role.LA_APPROVER: (Role.LA_NOTIFIER, True),
    Role.PARTNER: (Role.SENIOR_PARTNER, True),
    Role.COORDINATOR: (Role.PANEL_CHAIR, False),
}
MANAGERS: Mapping[str, tuple[str, bool]] = {
    Role.LA_NOTIFIER: (Role.PARTNER, True),
    Role.LA_APPROVER: (Role.PARTNER, True),
    Role.COORDINATOR: (Role.SENIOR_PARTNER, False),
}


def day_begins(digest_hour: int) -> int:
    """The hour (London) from which a person is written to about clocks: earlier for whoever chose an earlier hour."""
    return min(DAY_BEGINS, digest_hour)


def is_awake(hour: int, digest_hour: int) -> bool:
    """Whether a person is written to about clocks in this hour (London)."""
    return day_begins(digest_hour) <= hour < DAY_ENDS


def oclock(hour: int) -> str:
    """ "7am", "4pm"."""
    return f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}"


def told_on(rung: Rung, owing_role: str) -> tuple[str, bool]:
    """The role that is told on a rung of the ladder above the owner, and whether in the owing agency only."""
    if rung == Rung.PARTNERS:
        return Role.PARTNER, False
    if rung == Rung.NOBODY:
        return Role.COORDINATOR, False
    if rung == Rung.MANAGER:
        return MANAGERS.get(owing_role, (Role.PANEL_CHAIR, False))
    return DEPUTIES.get(owing_role, (Role.COORDINATOR, False))


@dataclass(frozen=True)
class Plan:
    """When the owner is reminded, and after how many working days overdue each rung of the ladder is (None: never)."""

    days: tuple[int, ...]
    deputy: int | None = None
    manager: int | None = None
    partners: int | None = None

    def steps(self) -> Iterator[tuple[Rung, int]]:
        """(rung, milestone) of everything this plan does."""
        for day in self.days:
            yield Rung.OWNER, day
        for rung in LADDER:
            if (after := getattr(self, rung.value)) is not None:
                yield rung, -after


# Passed up only where the duty is statutory and was due; an advisory date that has passed is no breach.
SHIPPED_LADDER = Plan((), deputy=1, manager=3, partners=5)


def shipped(code: str) -> Plan:
    """What is done for a limit until the partnership says otherwise."""
    ladder = SHIPPED_LADDER
    return Plan(BY_LIMIT.get(code, DEFAULT), ladder.deputy, ladder.manager, ladder.partners)


@dataclass(frozen=True)
class Step:
    """One milestone of one rung, and the clocks it is for: these codes, or every code but those left out.

    Steps of the ladder that are as shipped are for statutory duties only; chosen ones are for all that they name.
    """

    rung: Rung
    milestone: int
    codes: frozenset[str]
    others: bool
    left_out: frozenset[str]
    is_shipped: bool


def steps_of(kept: Mapping[str, Plan]) -> list[Step]:
    """Everything there is to do: a handful of steps, whatever the number of clocks."""
    named = frozenset({*BY_LIMIT, *kept} - {OTHERS})
    plans = {code: kept.get(code) or shipped(code) for code in (*named, OTHERS)}
    steps = []
    every = {step for plan in plans.values() for step in plan.steps()}
    for rung, milestone in sorted(every, key=lambda step: (step[0] != Rung.OWNER, step[0], -step[1])):
        having = {code for code, plan in plans.items() if (rung, milestone) in plan.steps()}
        for is_shipped in (False, True):
            codes = {code for code in having if (code in kept) is not is_shipped}
            if codes:
                steps.append(
                    Step(rung, milestone, frozenset(codes - {OTHERS}), OTHERS in codes, named, is_shipped=is_shipped)
                )
    return steps


def last_due_date_reached(day: date, milestone: int, calendar: Calendar) -> date:
    """The latest due date whose milestone has been reached by a local date. Raises BeyondKnownHolidays.

    A milestone of 2 is reached for everything due up to two working days from now; one of -1 for everything that was
    due before the last working day up to now.
    """
    if milestone == 0:
        return day
    if milestone > 0:
        return calendar.add_working_days(day, milestone)
    return calendar.subtract_working_days(day + ONE_DAY, -milestone) - ONE_DAY
