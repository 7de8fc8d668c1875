"""What would be sent on a day, to whom, if nothing else happens until then. Sends nothing and writes nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from accounts.standing import Standing
from deadlines.models import Deadline
from deadlines.presenter import title_of
from deadlines.working_days import long_date

from . import schedule
from .models import DIGEST_HOUR, Preference, Reminder
from .remind import Reached, reached, told
from .schedule import Plan, Rung

STAYS, COMES, GOES = "", "Only with the change", "Not with the change"
COLOURS = {COMES: "green", GOES: "grey"}


@dataclass(frozen=True)
class Line:
    """One reminder that would be in a letter. `mark` says what a proposed change does to it."""

    reference: str
    duty: str
    due: str
    why: str
    mark: str = STAYS

    @property
    def colour(self) -> str:
        return COLOURS.get(self.mark, "")


@dataclass
class Foreseen:
    """One letter to one person."""

    person: str
    when: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Ahead:
    """Everything of one day. `unseen` counts reminders of cases that whoever asks may not see."""

    day: date
    letters: list[Foreseen]
    unseen: int


# (clock, milestone, person) -> why.
Found = dict[tuple[int, int, int], Rung]


def ahead(day: date, *, by: Standing, plans: dict[str, Plan], proposed: dict[str, Plan] | None = None) -> Ahead:
    """What would be sent on a London date, today or later; with `proposed`, beside what is sent as things are.

    Raises BeyondKnownHolidays. Counted as things stand: no duty done meanwhile, nobody coming or leaving.
    """
    now = _found(day, by=by, plans=plans)
    then = now if proposed is None else _found(day, by=by, plans=proposed)
    marks = dict.fromkeys(now.keys() - then.keys(), GOES) | dict.fromkeys(then.keys() - now.keys(), COMES)
    everything = now | then
    clocks = {
        clock.pk: clock
        for clock in Deadline.objects.visible_to(by)
        .filter(pk__in={clock for clock, _, _ in everything})
        .select_related("case", "limit")
    }
    ids = {person for _, _, person in everything}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    hours = dict(Preference.objects.filter(user_id__in=ids).values_list("user_id", "digest_hour"))
    letters: dict[tuple[str, int, bool], Foreseen] = {}
    pressing: dict[tuple[int, int], bool] = defaultdict(bool)
    for clock, milestone, person in everything:
        pressing[clock, person] |= milestone <= schedule.URGENT_FROM
    unseen = 0
    for clock, milestone, person in sorted(everything, key=lambda key: (names[key[2]], key[0], key[1])):
        if clock not in clocks:
            unseen += 1
            continue
        at_once = pressing[clock, person]
        hour = hours.get(person, DIGEST_HOUR)
        letter = letters.setdefault(
            (names[person], person, not at_once), Foreseen(names[person], _at_once(hour) if at_once else _daily(hour))
        )
        key = (clock, milestone, person)
        letter.lines.append(_line(clocks[clock], milestone, everything[key], marks.get(key, STAYS)))
    return Ahead(day, [letters[key] for key in sorted(letters)], unseen)


def _found(day: date, *, by: Standing, plans: dict[str, Plan]) -> Found:
    later = day > by.today
    found = {(one.clock, one.milestone, person): rung for one, rung, person in _told(day, plans, later=later)}
    if not later:
        waiting = Reminder.objects.filter(message=None, dropped="", deadline__in=Deadline.objects.open())
        for clock, milestone, person, rung in waiting.values_list("deadline_id", "milestone", "recipient_id", "rung"):
            found[clock, milestone, person] = Rung(rung)
    return found


def _told(day: date, plans: dict[str, Plan], *, later: bool) -> list[tuple[Reached, Rung, int]]:
    return told(reached(plans, day=day, on_that_day_only=later), day)


def _line(clock: Deadline, milestone: int, rung: Rung, mark: str) -> Line:
    return Line(
        reference=clock.case.reference if clock.case else "The partnership",
        duty=title_of(clock),
        due=long_date(clock.due_on) if clock.due_on else "",
        why=f"{_when(milestone, advised=clock.is_advisory)}. {rung.label}",
        mark=mark,
    )


def _when(milestone: int, *, advised: bool) -> str:
    if milestone == 0:
        return "On the day"
    count = abs(milestone)
    words = f"{count} working day{'' if count == 1 else 's'}"
    if milestone > 0:
        return f"{words} before"
    return f"{words} after" if advised else f"{words} overdue"


def _at_once(digest_hour: int) -> str:
    return f"In the morning, from {schedule.oclock(schedule.day_begins(digest_hour))}"


def _daily(hour: int) -> str:
    return f"Daily email at {schedule.oclock(hour)}"
