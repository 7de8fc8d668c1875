"""Clocks in words and colours. Templates only draw what is said here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from accounts.standing import Standing
from cases.models import Case
from deadlines.bands import Band, State
from deadlines.models import BankHoliday, Deadline
from deadlines.statutory import Kind, Unit, WorkedOut
from deadlines.working_days import ONE_DAY, Calendar
from govuk.rows import Row
from govuk.words import date_in_words

# Red is only for what is overdue or a problem.
SHOWN: Final[dict[Band, tuple[str, str]]] = {
    Band.RUNNING: ("In time", "blue"),
    Band.DUE_SOON: ("Due soon", "yellow"),
    Band.DUE_TODAY: ("Due today", "orange"),
    Band.OVERDUE: ("Overdue", "red"),
    Band.EXPLAINED: ("Explained", "purple"),
    Band.PAST_ADVICE: ("Time to chase", "yellow"),
    Band.NOT_YET: ("Keep published", "blue"),
    Band.ALLOWED: ("May be removed", "grey"),
    Band.MET: ("Done", "green"),
    Band.MET_LATE: ("Done late", "magenta"),
    Band.NOT_APPLICABLE: ("Does not apply", "grey"),
    Band.VOID: ("Void", "grey"),
    Band.NOT_WORKED_OUT: ("No date yet", "red"),
}
RECIPIENTS: Final = {
    "panel": "the Panel",
    "ofsted": "Ofsted",
    "dfe": "the Department for Education",
    "secretary_of_state": "the Secretary of State",
}


def shown_state(state: State) -> tuple[str, str]:
    """The words of a state and the colour of its tag."""
    return SHOWN[state.band]


def days(count: int, what: str = "working day") -> str:
    """ "1 working day", "3 working days"."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def weekday_and_date(day: date) -> str:
    """ "Thursday 29 October 2026"."""
    return f"{day:%A} {date_in_words(day)}"


def short_date(day: date) -> str:
    """ "Thu 29 Oct 2026"."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def edition_words(edition: str) -> str:
    """ "WT 2026" in full: "Working Together 2026"."""
    return edition.replace("WT ", "Working Together ")


def sentence(text: str) -> str:
    """The text with a capital at its beginning and nothing else changed."""
    return text[:1].upper() + text[1:]


DEEDS: Final = {Kind.ADVISORY: "Advised by", Kind.NOT_BEFORE: "Keep until"}


def deed_words(kind: Kind) -> str:
    """What the date of a limit of that kind is: "Due", "Advised by" or "Keep until"."""
    return DEEDS.get(kind, "Due")


def recipient_words(recipient: str) -> str:
    return RECIPIENTS.get(recipient, recipient)


def title_of(deadline: Deadline) -> str:
    """What is owed, and to whom where it is owed to several."""
    to = f", to {recipient_words(deadline.recipient)}" if deadline.recipient else ""
    return f"{deadline.limit.title}{to}"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock as a list shows it."""

    code: str
    title: str
    url: str
    tag: str
    colour: str
    due: str
    when: str
    lines: tuple[str, ...]
    is_provisional: bool
    is_advisory: bool
    is_closed: bool
    # A step of the partnership's own working plan, or another local practice: never a statutory date.
    is_local: bool = False


def clocks_of(case: Case, *, by: Standing, on: date) -> list[Clock]:
    """The clocks of a case that this person may see: what is still owed, soonest first, then what is over."""
    return clocks(Deadline.objects.visible_to(by).of_case(case), on=on)


def clocks(deadlines: Iterable[Deadline], *, on: date, calendar: Calendar | None = None) -> list[Clock]:
    """These clocks on a London date, the open ones first and soonest first. Two queries beside their own."""
    calendar = calendar or BankHoliday.objects.calendar()
    ordered = sorted(deadlines, key=lambda clock: (not clock.is_open, clock.due_on or date.max, clock.code))
    return [shown(clock, on=on, calendar=calendar) for clock in ordered]


def shown(deadline: Deadline, *, on: date, calendar: Calendar) -> Clock:
    """One clock on a London date."""
    state = deadline.state(on=on, calendar=calendar)
    words, colour = shown_state(state)
    return Clock(
        code=deadline.code,
        title=title_of(deadline),
        url=deadline.get_absolute_url(),
        tag=words,
        colour=colour,
        due=due_words(deadline),
        when=when_words(deadline, state),
        lines=(*_beside(deadline, state), *_lines(deadline, state)),
        is_provisional=deadline.provisional,
        is_advisory=deadline.is_advisory,
        is_closed=not state.is_open,
        is_local=not deadline.time_limit.statutory,
    )


def due_words(deadline: Deadline) -> str:
    """ "Due Thursday 29 October 2026", as the kind of limit says it."""
    if deadline.due_on is None:
        return "No due date until the bank holidays it needs have been entered"
    day = weekday_and_date(deadline.due_on)
    words = f"{deed_words(deadline.time_limit.kind)} {day}"
    if deadline.time_limit.kind is Kind.NOT_BEFORE:
        return f"{words}, may be removed from {date_in_words(deadline.due_on + ONE_DAY)}"
    return words


def when_words(deadline: Deadline, state: State) -> str:
    """How long is left, how late it is, or when it was done."""
    match state.band:
        case Band.MET | Band.MET_LATE if deadline.met_on:
            return f"Done {date_in_words(deadline.met_on)}{_how_late(deadline, state)}"
        case Band.RUNNING | Band.DUE_SOON:
            return f"{_left(deadline, state)} left"
        case Band.OVERDUE | Band.EXPLAINED:
            return f"Not done{_how_late(deadline, state)}"
        case Band.VOID if deadline.voided_on:
            return f"Void since {date_in_words(deadline.voided_on)}"
    return ""


def _left(deadline: Deadline, state: State) -> str:
    if deadline.time_limit.unit is Unit.WORKING_DAYS and state.working_days_left is not None:
        return days(state.working_days_left)
    return days(state.days_left or 0, "day")


def _how_late(deadline: Deadline, state: State) -> str:
    if not state.is_late:
        return ""
    if deadline.time_limit.unit is not Unit.WORKING_DAYS:
        late = f", {days(-(state.days_left or 0), 'day')} late"
        return f"{late} ({days(state.working_days_late)})" if state.working_days_late else late
    if state.working_days_late is None:
        return ", late"
    # Done on a weekend straight after the due day: late, though no working day has passed.
    return f", {days(state.working_days_late)} late" if state.working_days_late else ", less than a working day late"


def _beside(deadline: Deadline, state: State) -> Iterable[str]:
    if deadline.owed_by_agency:
        yield f"Owed by {deadline.owed_by_agency}"
    if deadline.secondary_due_on and state.is_open:
        yield f"{deadline.secondary_label}: {date_in_words(deadline.secondary_due_on)}"


def _lines(deadline: Deadline, state: State) -> Iterable[str]:
    if state.band is Band.MET_LATE:
        yield f"Why it was late: {deadline.met_late_reason or 'not given yet'}"
    if deadline.delay_explained_on:
        yield f"Delay explained {date_in_words(deadline.delay_explained_on)}: {deadline.delay_reason}"
    if deadline.agreed_target and state.is_open:
        yield f"Agreed target {date_in_words(deadline.agreed_target)}. The due date has not moved."
    if deadline.void_reason:
        yield deadline.void_reason
    if deadline.not_applicable_said_by:
        yield f"{deadline.not_applicable_said_by} said that it does not apply: {deadline.not_applicable_reason}"
    elif deadline.not_applicable_reason:
        yield deadline.not_applicable_reason


def facts_of(deadline: Deadline, state: State) -> list[Row]:
    """What the page of a clock says before its day-by-day account."""
    limit = deadline.time_limit
    way = limit.way(deadline.convention)
    counted = limit.under(deadline.convention)
    recorded = f"recorded by {deadline.counted_from_recorded_by}" if deadline.counted_from_recorded_by else ""
    rows = [
        Row("Due", [due_words(deadline), when_words(deadline, state)]),
        Row(
            "Counted from",
            [
                f"{weekday_and_date(deadline.counted_from)}{', after 5pm' if deadline.after_cut_off else ''}",
                f"The day {counted.trigger}",
                sentence(recorded),
            ],
        ),
        Row("Way of counting", str(way)),
        Row("Stops when", sentence(limit.stop)),
        Row("Owed by", sentence(str(deadline.owed_by_agency or limit.owed_by))),
        Row("Authority", limit.authority),
        Row("Edition", edition_words(limit.edition)),
        Row("How sure we are", sentence(limit.confidence)),
    ]
    if deadline.secondary_due_on:
        rows.insert(2, Row("Shown beside it", [date_in_words(deadline.secondary_due_on), deadline.secondary_label]))
    rows += [Row("Also", list(lines))] if (lines := tuple(_lines(deadline, state))) else []
    return rows


@dataclass(frozen=True, slots=True)
class Counted:
    """One row of a day-by-day account. `source` says where a bank holiday was announced."""

    day: str
    is_counted: bool
    reason: str
    source: str = ""


def account(worked: WorkedOut) -> list[Counted]:
    """The account as a table shows it, each bank holiday with its source. One query."""
    sources = BankHoliday.objects.sources(row.date for row in worked.days)
    return [
        Counted(
            short_date(row.date), row.counted, sentence(row.reason), "" if row.counted else sources.get(row.date, "")
        )
        for row in worked.days
    ]
