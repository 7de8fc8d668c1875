"""What the pages of a referral show: the task list, the answers to check, the lines of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from audit.models import Event
from cases.models import Child
from deadlines.models import Deadline
from deadlines.presenter import days, shown_state
from deadlines.register import Register
from deadlines.working_days import BeyondKnownHolidays, Calendar, london_date
from govuk.rows import Row, Task
from govuk.words import date_in_words

from .answers import GROUPS, SECTIONS, Group, Place
from .answers.given import Answers
from .known_before import KnownBefore, known_before
from .lifecycle import CONCLUDED, Status
from .models import Referral


def page_url(referral: Referral, place: Place) -> str:
    return reverse("referrals:page", args=[referral.pk, place.key])


@dataclass(frozen=True)
class Item:
    """One child, person, agency or process on the task list."""

    number: int
    task: Task
    remove_url: str
    words: str


@dataclass(frozen=True)
class Heading:
    """One heading of the task list: tasks, or one item for each of a group with a way to add another."""

    title: str
    tasks: tuple[Task, ...] = ()
    items: tuple[Item, ...] = ()
    group: Group | None = None


def headings(referral: Referral, answers: Answers) -> list[Heading]:
    made = []
    for section in SECTIONS:
        if section.group:
            made.append(Heading(section.title, items=_items(referral, answers, section.group), group=section.group))
            continue
        tasks = tuple(
            _task(referral, answers, title, list(answers.places_among(pages))) for title, pages in section.tasks
        )
        made.append(Heading(section.title, tasks))
    return made


def _items(referral: Referral, answers: Answers, group: Group) -> tuple[Item, ...]:
    return tuple(
        Item(
            number=number,
            task=_task(
                referral,
                answers,
                answers.name_of(group, number),
                list(answers.places_of(group, number)),
                hint=_who(answers, group, number),
                begun=bool(answers.pages[next(iter(answers.places_of(group, number))).key]),
            ),
            remove_url=reverse("referrals:remove", args=[referral.pk, group.key, number]),
            words=answers.name_of(group, number),
        )
        for number in answers.numbers(group.key)
    )


def _who(answers: Answers, group: Group, number: int) -> str:
    """What tells one from another to the agency that wrote it, without a name in full."""
    if group.key == "child":
        name = answers.of("child", number, "identity", "full_name")
        born = answers.of("child", number, "identity", "born_on")
        if answers.is_unborn(group, number):
            return "Not born yet"
        question = GROUPS["child"].pages[0].question("born_on")
        words = str(answers.words(question, born)) if born else ""
        return ", ".join(part for part in (_initials(name), f"born {words}" if words else "") if part)
    page = group.pages[0]
    first = page.questions[0]
    said = answers.words(first, answers.of(group.key, number, page.key, first.name))
    named = answers.of(group.key, number, page.key, "agency_name")
    return ", ".join(str(part) for part in (said, named) if part)


def _initials(name: str) -> str:
    return "".join(part[0].upper() for part in name.split() if part)[:4]


def _task(
    referral: Referral, answers: Answers, title: str, places: list[Place], hint: str = "", begun: bool = True
) -> Task:
    gaps = {gap.place.key for gap in answers.gaps(iter(places)) if gap.is_unanswered}
    saved = [place for place in places if answers.is_saved(place)] if begun else []
    problem = next((place for place in places if answers.typed.get(place.key)), None)
    if problem:
        return Task.has_a_problem(title, page_url(referral, problem), hint)
    if not saved:
        return Task.not_started(title, page_url(referral, places[0]), hint)
    left = [place for place in places if place not in saved or place.key in gaps]
    if not left:
        return Task.completed(title, page_url(referral, places[0]), hint)
    return Task.in_progress(title, page_url(referral, left[0]), hint)


@dataclass(frozen=True)
class Card:
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Shown:
    """One heading of the answers, with a card for each task, child or person."""

    title: str
    cards: tuple[Card, ...]
    nothing: str = ""
    add_url: str = field(default="")


def shown_answers(
    answers: Answers, *, with_identities: bool, change: Callable[[Place], str] | None = None
) -> list[Shown]:
    """The answers under their headings. `change` gives the address where a page is changed."""
    made = []
    for section in SECTIONS:
        if section.group:
            group = section.group
            cards = [
                Card(
                    answers.name_of(group, number),
                    _rows(answers, list(answers.places_of(group, number)), with_identities, change),
                )
                for number in answers.numbers(group.key)
            ]
            made.append(Shown(section.title, tuple(cards), nothing="None were given."))
            continue
        cards = [
            Card(title, _rows(answers, list(answers.places_among(pages)), with_identities, change))
            for title, pages in section.tasks
        ]
        made.append(Shown(section.title, tuple(cards)))
    return made


def _rows(
    answers: Answers, places: list[Place], with_identities: bool, change: Callable[[Place], str] | None
) -> tuple[Row, ...]:
    rows = []
    for place in places:
        whose = f" of {answers.name_of(place.group, place.number)}" if place.group else ""
        for line in answers.lines(place, with_identities=with_identities):
            words: Any = line.words or ("Not answered" if answers.is_awaited(place, line.question) else "")
            url = change(place) if change else ""
            key, words = _fitting(line.question.term, words)
            rows.append(Row(key, words, url, hidden=f"{line.question.term.lower()}{whose}"))
    return tuple(rows)


def problems(answers: Answers, change: Callable[[Place], str] | None = None) -> list[tuple[str, str]]:
    """The pages on which something could not be accepted: title, and the address where it is changed."""
    return [(answers.title(place), change(place) if change else "") for place in answers.problems()]


# Words that stand well in the narrow column of a summary list.
KEY = 80


def _fitting(term: str, words: Any) -> tuple[str, Any]:
    """A term too long for its column, such as "Why: the case ...", moves into the answer behind its first word."""
    key, colon, rest = term.partition(": ")
    if not colon or len(term) <= KEY:
        return term, words
    said = list(words) if isinstance(words, list | tuple) else [words or "Not provided"]
    return key, [f"{rest[:1].upper()}{rest[1:]}:", *said]


@dataclass(frozen=True)
class GapsOf:
    """What is still needed of the referral, or of one child or person."""

    whose: str
    words: tuple[str, ...]


def gaps(answers: Answers) -> list[GapsOf]:
    """What is still needed, gathered by whom it is about."""
    gathered: dict[str, list[str]] = {}
    for gap in answers.gaps():
        gathered.setdefault(gap.whose, []).append(gap.what)
    return [GapsOf(whose or "The incident and the referral", tuple(words)) for whose, words in gathered.items()]


_NEXT = {
    Status.DRAFT: "You are writing this referral.",
    Status.RETURNED: "The author is asked to change something and send it for approval again.",
    Status.AWAITING_APPROVAL: "A safeguarding lead of the agency reads it, and approves it or returns it.",
    Status.WITHDRAWN: "It was withdrawn before it was sent. Nothing more happens.",
    Status.REMOVED: "Nobody had worked on it for a long time, and it was removed unfinished. What was written is gone.",
    Status.SUBMITTED: "The partnership’s coordinator will look at it.",
    Status.TRIAGE: "The partnership’s coordinator is looking at it.",
    Status.MORE_INFORMATION: "The partnership has asked the referring agency a question and waits for the answer.",
    Status.PARTNERS_DECIDING: "The local authority, the integrated care board and the police are deciding whether the "
    "criteria are met.",
    Status.PROGRESSING: "The partners decided that it goes forward.",
    Status.ALTERNATIVE_LEARNING: "The partners decided that the criteria are not met, and that there is learning to be "
    "taken from it another way.",
    Status.NOT_PROGRESSED: "The partners decided that nothing more is done.",
    Status.JOINED: "The partnership considers it together with another report of the same incident.",
}
# Of the referral that another is considered with: what its agency, too, may know.
_NEXT_TOGETHER = {
    Status.SUBMITTED: "The partnership’s coordinator will look at them.",
    Status.TRIAGE: "The partnership’s coordinator is looking at them.",
    Status.MORE_INFORMATION: "The partnership has asked for more information and waits for the answer.",
    **{status: _NEXT[status] for status in (Status.PARTNERS_DECIDING, *CONCLUDED)},
}


@dataclass(frozen=True)
class Given:
    """A reason that somebody gave for what they did, from the record."""

    by: str
    at: datetime
    words: str


def reasons_given(referral: Referral, verb: str) -> list[Given]:
    """Every reason given for doing this to the referral, the earliest first."""
    events = Event.objects.filter(trail=referral.chain, verb=verb).select_related("actor", "reason").order_by("number")
    return [Given(str(event.actor), event.at, event.reason.text) for event in events if hasattr(event, "reason")]


def what_happens_next(referral: Referral) -> str:
    said = _NEXT[Status(referral.status)]
    together = referral.decided_in() if referral.is_joined else None
    return f"{said} {_NEXT_TOGETHER[Status(together.status)]}" if together else said


@dataclass(frozen=True)
class Line:
    """One row of a list of referrals."""

    reference: str
    url: str
    agency: str
    author: str
    kind: str
    status: str
    colour: str
    when: str


def lines(referrals: list[Referral]) -> list[Line]:
    """Rows for a list; give it referrals with their agency, author and the case they opened."""
    return [
        Line(
            reference=referral.reference,
            url=reverse("referrals:referral", args=[referral.pk]),
            agency=str(referral.agency),
            author=str(referral.author),
            kind=referral.kind_in_short,
            status=referral.get_status_display(),
            colour=referral.colour,
            when=f"Sent {date_in_words(referral.submitted_at)}"
            if referral.submitted_at
            else f"Begun {date_in_words(referral.started_at)}",
        )
        for referral in referrals
    ]


@dataclass(frozen=True)
class Waiting:
    """One row of the queue: how long it has waited, what was missing when it was sent, and the clock that runs."""

    reference: str
    url: str
    agency: str
    kind: str
    status: str
    colour: str
    age: str
    missing: str
    clock: str
    clock_colour: str
    clock_note: str
    known_before: KnownBefore | None


def queue_lines(
    referrals: list[Referral], clocks: Iterable[Deadline], *, on: date, register: Register
) -> list[Waiting]:
    """Rows for the queue, from rows and open clocks fetched already."""
    running = {clock.case_id: clock for clock in clocks}
    return [_waiting(referral, running.get(referral.case_id), on=on, register=register) for referral in referrals]


def _waiting(referral: Referral, clock: Deadline | None, *, on: date, register: Register) -> Waiting:
    calendar = register.calendar
    tag, colour = shown_state(clock.state(on=on, calendar=calendar)) if clock else ("", "")
    due = f"{clock.code} due {date_in_words(clock.due_on)}" if clock and clock.due_on else ""
    note = ", date not confirmed" if clock and clock.provisional else ""
    missing = referral.still_needed
    return Waiting(
        reference=referral.reference,
        url=reverse("referrals:triage", args=[referral.pk]),
        agency=str(referral.agency),
        kind=referral.kind_in_short,
        status=referral.get_status_display(),
        colour=referral.colour,
        age=_age(referral, on=on, calendar=calendar),
        missing=f"{missing} fact{'' if missing == 1 else 's'} missing" if missing else "Complete",
        clock=tag,
        clock_colour=colour,
        clock_note=f"{due}{note}",
        known_before=known_before(referral, clock, register, on=on),
    )


def _age(referral: Referral, *, on: date, calendar: Calendar) -> str:
    """ "Received today", "3 working days"."""
    received = london_date(referral.submitted_at) if referral.submitted_at else on
    if received == on:
        return "Received today"
    try:
        return days(calendar.working_days_between(received, on))
    except BeyondKnownHolidays:
        return date_in_words(received)


def child_in_words(child: Child) -> str:
    """Which child it is, by what everybody may know: "CIOS-2026-0003, Child A (female, age under 1)"."""
    sex = child.get_sex_display().lower() if child.sex != "not_known" else "sex not known"
    age = "not born yet" if child.unborn else f"age {child.age_band.lower()}"
    return f"{child.case.reference}, {child} ({sex}, {age})"
