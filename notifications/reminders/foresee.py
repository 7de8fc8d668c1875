"""What would be sent on a day, to whom, if nothing else happens until then. Sends nothing and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from accounts.models import User
from accounts.standing import LONDON, Standing
from deadlines.models import Deadline
from deadlines.presenter import title_of
from deadlines.working_days import ONE_DAY, long_date

from . import schedule
from .compose import digested
from .models import DIGEST_HOUR, Preference, Reminder
from .remind import reached, told
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
    pressing = _pressing(everything)
    with_digest = {person for clock, _, person in everything if (clock, person) not in pressing}
    passed = _hour(by) if day == by.today else 0
    letters: dict[tuple[str, int, bool], Foreseen] = {}
    unseen = 0
    for clock, milestone, person in sorted(everything, key=lambda key: (names[key[2]], key[0], key[1])):
        if clock not in clocks:
            unseen += 1
            continue
        hour = hours.get(person, DIGEST_HOUR)
        # What is urgent in the hour of the daily letter goes with it.
        rides_along = person in with_digest and max(schedule.day_begins(hour), passed) == max(hour, passed)
        at_once = (clock, person) in pressing and not rides_along
        letter = letters.setdefault(
            (names[person], person, not at_once),
            Foreseen(names[person], _at_once(hour, passed) if at_once else _daily(hour, passed)),
        )
        key = (clock, milestone, person)
        letter.lines.append(_line(clocks[clock], milestone, everything[key], marks.get(key, STAYS)))
    return Ahead(day, [letters[key] for key in sorted(letters)], unseen)


def _hour(by: Standing) -> int:
    return by.at.astimezone(LONDON).hour


def _pressing(found: Iterable[tuple[int, int, int]]) -> set[tuple[int, int]]:
    """(clock, person): a clock is as urgent as the latest milestone it has reached."""
    return {(clock, person) for clock, milestone, person in found if milestone <= schedule.URGENT_FROM}


def _found(day: date, *, by: Standing, plans: dict[str, Plan]) -> Found:
    tomorrow = by.today + ONE_DAY
    found = _told(day, plans, later=True) if day > by.today else {}
    if day > tomorrow:
        return found
    waiting = _waiting(by.today, plans)
    kept = _kept_until_tomorrow(waiting, by)
    return found | {key: rung for key, rung in waiting.items() if (key in kept) is (day == tomorrow)}


def _waiting(today: date, plans: dict[str, Plan]) -> Found:
    """Everything that has been reached and not been sent. Somebody on two rungs is told once of a milestone."""
    found = _told(today, plans, later=False)
    of_now = Reminder.objects.filter(deadline__in=Deadline.objects.open(), due_on=F("deadline__due_on"))
    made = of_now.filter(deadline__in={clock for clock, _, _ in found}, dropped="")
    for key in made.values_list("deadline_id", "milestone", "recipient_id"):
        found.pop(key, None)
    unsent = of_now.filter(message=None, dropped="")
    for clock, milestone, person, rung in unsent.values_list("deadline_id", "milestone", "recipient_id", "rung"):
        found[clock, milestone, person] = Rung(rung)
    return found


def _kept_until_tomorrow(waiting: Found, by: Standing) -> set[tuple[int, int, int]]:
    """What no longer goes today: by night nothing does, and whoever has had the daily letter gets no second one."""
    if _hour(by) >= schedule.DAY_ENDS:
        return set(waiting)
    pressing, written = _pressing(waiting), digested({person for _, _, person in waiting}, by.today)
    return {key for key in waiting if (key[0], key[2]) not in pressing and key[2] in written}


def _told(day: date, plans: dict[str, Plan], *, later: bool) -> Found:
    reminders = told(reached(plans, day=day, on_that_day_only=later), day)
    return {(one.clock, one.milestone, person): rung for one, rung, person in reminders}


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


def _at_once(digest_hour: int, passed: int) -> str:
    begins = schedule.day_begins(digest_hour)
    return "At once" if begins <= passed else f"In the morning, from {schedule.oclock(begins)}"


def _daily(hour: int, passed: int) -> str:
    return "Daily email, at once" if hour <= passed else f"Daily email at {schedule.oclock(hour)}"
