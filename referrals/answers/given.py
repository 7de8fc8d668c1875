"""What was answered, read: in words, with the gaps, and nothing of who somebody is unless it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any

from govuk.approximate_date import ApproximateDate
from govuk.words import date_in_words, time_in_words

from . import GROUPS, SECTIONS, Group, Page, Place, key_of_page, numbers_of
from .questions import OTHER_CHILDREN, UNKNOWNS, Kind, Question

HELD_APART = "Given, and held apart"
NOT_ANSWERED = "not answered"
NOT_READ = "Something was typed that could not be read"
DATE_PARTS = ("day", "month", "year")
# Of what could not be accepted, for example because it is too long, so much is shown. All of it is kept.
MOST_SHOWN = 40_000


@dataclass(frozen=True)
class Gap:
    """An important fact that nobody has given: what it is, and whether it is unanswered, not known or withheld."""

    place: Place
    words: str
    state: str
    whose: str = ""

    @property
    def is_unanswered(self) -> bool:
        return self.state == NOT_ANSWERED

    @property
    def what(self) -> str:
        return self.words if self.is_unanswered else f"{self.words} ({self.state})"

    def __str__(self) -> str:
        return f"{self.whose}: {self.what}" if self.whose else self.what


@dataclass(frozen=True)
class Line:
    """One question with its answer in words: text, or several texts."""

    question: Question
    words: str | list[str]

    @property
    def is_several(self) -> bool:
        return isinstance(self.words, list)


@dataclass(frozen=True)
class Answered:
    """A page with its lines. `title` has the child or person in it by their number."""

    place: Place
    title: str
    lines: tuple[Line, ...]
    has_problem: bool


@dataclass(frozen=True)
class Answers:
    """The answers of one referral.

    pages     page key -> question -> answer, as accepted
    typed     page key -> what was typed on a page that has something that could not be accepted
    agencies  id as text -> name, for the questions whose choices are agencies
    called    number of a child -> what an answer calls it, where that is not its place in the list
    """

    pages: Mapping[str, Mapping[str, Any]]
    typed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    agencies: Mapping[str, str] = field(default_factory=dict)
    called: Mapping[int, str] = field(default_factory=dict)

    def value(self, key: str, name: str) -> Any:
        """The answer, or "" for none."""
        return self.pages.get(key, {}).get(name) or ""

    def numbers(self, group: str) -> list[int]:
        """The numbers in use of a group ("child", "person", "agency", "process")."""
        return numbers_of(GROUPS[group], self.pages)

    def name_of(self, group: Group, number: int) -> str:
        """ "Child 2": by its place among those there are, so that taking one away leaves no hole."""
        return f"{group.one} {self.numbers(group.key).index(number) + 1}"

    def of(self, group: str, number: int, page: str, name: str) -> Any:
        return self.value(f"{group}-{number}-{page}", name)

    def title(self, place: Place) -> str:
        if place.group is None:
            return place.page.title
        return place.page.title.replace("{one}", self.name_of(place.group, place.number))

    def places(self) -> Iterator[Place]:
        """Every page there is, in the order of the task list."""
        for section in SECTIONS:
            for _, pages in section.tasks:
                yield from self.places_among(pages)
            if section.group:
                yield from self.places_of(section.group)

    def in_force(self) -> Answers:
        """Without the pages that no answer leads to any more: what was written there before stays in the draft alone.

        For example the details of an abuse that is no longer suspected, or the school of a child not born yet.
        """
        led_to = {place.key for place in self.places()}
        return replace(self, pages={key: given for key, given in self.pages.items() if key in led_to})

    def places_among(self, pages: tuple[Page, ...]) -> Iterator[Place]:
        """Those of the pages, asked once, that the answers on other pages lead to."""
        for page in pages:
            if page.when is None or self.value(page.when[0], page.when[1]) in page.when[2]:
                yield Place(page.key, page)

    def places_of(self, group: Group, number: int | None = None) -> Iterator[Place]:
        for one in self.numbers(group.key) if number is None else [number]:
            for page in group.pages:
                if not (page.once_born and self.is_unborn(group, one)):
                    yield Place(key_of_page(group, one, page), page, group, one)

    def is_unborn(self, group: Group | None, number: int) -> bool:
        return group is not None and self.of(group.key, number, "identity", "born") == "unborn"

    def asked(self, place: Place) -> Iterator[Question]:
        """The questions of the page that the answers given lead to, and those that were answered all the same."""
        answers = self.pages.get(place.key, {})
        return (
            question
            for question in place.page.questions
            if self._has_choices(place, question)
            and (question.is_asked(answers, place.page) or answers.get(question.name))
        )

    def other_children(self, number: int) -> list[int]:
        """The numbers of the children of the referral besides this one."""
        return [one for one in self.numbers("child") if one != number]

    def siblings(self, number: int) -> list[int]:
        """The numbers of the children said to be brothers or sisters of this one."""
        said = self.of("child", number, "identity", "siblings") or []
        return [one for one in self.other_children(number) if str(one) in said]

    def _has_choices(self, place: Place, question: Question) -> bool:
        return question.names != OTHER_CHILDREN or bool(self.other_children(place.number))

    def gaps(self, places: Iterator[Place] | None = None) -> list[Gap]:
        """What is still needed: important facts that are unanswered, not known, not asked or withheld."""
        found = []
        for place in places or self.places():
            whose = self.name_of(place.group, place.number) if place.group else ""
            unborn = self.is_unborn(place.group, place.number)
            for question in self.asked(place):
                if question.once_born and unborn:
                    continue
                if question.is_missed(self.pages.get(place.key, {})) and (state := self._lack(place.key, question)):
                    found.append(Gap(place, question.needed, state, whose))
        if places is None:
            found += [
                Gap(Place(group.key, next(iter(group.pages)), group), group.missing, NOT_ANSWERED)
                for group in GROUPS.values()
                if group.missing and not self.numbers(group.key)
            ]
        return found

    def is_awaited(self, place: Place, question: Question) -> bool:
        """Whether the question stands open where it has no answer. Of one that nobody misses it says nothing."""
        if question.missed_after:
            return question.is_missed(self.pages.get(place.key, {}))
        return not question.optional

    def _lack(self, key: str, question: Question) -> str:
        value = self.value(key, question.name)
        if not value:
            return NOT_ANSWERED
        only = value[0] if isinstance(value, list) and len(value) == 1 else value
        return UNKNOWNS[only].lower() if isinstance(only, str) and only in UNKNOWNS else ""

    def words(self, question: Question, value: Any) -> str | list[str]:
        """An answer as people read it; "" for none."""
        if value in ("", None, []):
            return ""
        if isinstance(value, list):
            return [str(self.words(question, one)) for one in value]
        if question.kind == Kind.DATE:
            return date_in_words(date.fromisoformat(value))
        if question.kind == Kind.APPROXIMATE_DATE:
            return ApproximateDate(value).text
        if question.kind == Kind.TIME:
            return time_in_words(time.fromisoformat(value))
        if question.kind == Kind.NHS_NUMBER:
            return f"{value[:3]} {value[3:6]} {value[6:]}"
        if question.names == OTHER_CHILDREN:
            return self._child_of(str(value))
        if question.is_choice:
            return dict(question.choices).get(value) or self.agencies.get(value, value)
        return str(value)

    def _child_of(self, code: str) -> str:
        group = GROUPS["child"]
        number = next((one for one in self.numbers(group.key) if str(one) == code), None)
        return (
            "A child who is not on the referral"
            if number is None
            else self.called.get(number) or self.name_of(group, number)
        )

    def as_typed(self, place: Place, question: Question) -> str:
        """What was typed for a question and could not be accepted; "" where there is no such thing."""
        typed = self.typed.get(place.key) or {}
        if self.value(place.key, question.name):
            return ""
        names = (question.name, *(f"{question.name}-{part}" for part in DATE_PARTS))
        said = [one for name in names for one in _several(typed.get(name))]
        if question.is_choice:
            said = [str(self.words(question, one)) for one in said]
        words = " ".join(one.strip() for one in said if one.strip())
        more = len(words) - MOST_SHOWN
        return f"{words[:MOST_SHOWN]} … ({more} more characters)" if more > 0 else words

    def lines(self, place: Place, *, with_identities: bool) -> tuple[Line, ...]:
        """The questions of a page in words. Without identities, it says only that they were given.

        What could not be accepted stands as it was typed.
        """
        made = []
        for question in self.asked(place):
            words = self.words(question, self.value(place.key, question.name))
            if typed := self.as_typed(place, question):
                hidden = question.identity and not with_identities
                made.append(Line(question, NOT_READ if hidden else f"As it was typed: {typed}"))
                continue
            if question.identity and words and not with_identities and words not in UNKNOWNS.values():
                words = HELD_APART
            made.append(Line(question, words))
        return tuple(made)

    def answered(self, place: Place, *, with_identities: bool) -> Answered:
        lines = self.lines(place, with_identities=with_identities)
        return Answered(place, self.title(place), lines, has_problem=bool(self.typed.get(place.key)))

    def is_saved(self, place: Place) -> bool:
        return place.key in self.pages

    def problems(self) -> list[Place]:
        """The pages on which something typed could not be accepted."""
        return [place for place in self.places() if self.typed.get(place.key)]


def _several(typed: Any) -> list[str]:
    return [str(one) for one in typed] if isinstance(typed, list | tuple) else [str(typed)] if typed else []
