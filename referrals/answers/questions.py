"""What a question is: one declaration that the form, the check page, the paper and "still needed" all read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import Enum, auto
from typing import Any

from govuk.approximate_date import ApproximateDate

Choices = tuple[tuple[str, str], ...]

# Answers in their own right, different from no answer at all (specification 4.1).
UNKNOWNS = {
    "not_known": "Not known",
    "not_asked": "Not asked",
    "withheld": "Withheld",
    # The words of the code lists of specification 7 for the same.
    "NOT_KNOWN": "Not known",
    "UNKNOWN": "Not known",
    "NOT_STATED": "Not stated",
    "NOT_OBTAINED": "Not yet obtained",
    "REFUSED": "Withheld",
    "unknown": "Not known",
}


# Choices that are the other children of the referral, by their numbers.
OTHER_CHILDREN = "children"


class Kind(Enum):
    """How a question is answered, and so how its answer is kept."""

    TEXT = auto()  # one line of text
    LONG = auto()  # several lines of text
    DATE = auto()  # "2026-03-27"
    APPROXIMATE_DATE = auto()  # "2026-03-27", "2026-03", "2026" or "unknown"
    TIME = auto()  # "17:30"
    ONE = auto()  # the code of one choice, as radios
    ONE_OF_MANY = auto()  # the code of one choice, from a list
    SEVERAL = auto()  # a list of codes
    NHS_NUMBER = auto()  # ten digits
    UPN = auto()  # thirteen characters
    POSTCODE = auto()
    EMAIL = auto()
    PHONE = auto()


@dataclass(frozen=True)
class Question:
    """One question of a page.

    words     what is asked: a question or a label
    short     the same as a term of a list; the words where it is left out
    needed    how an unanswered one reads under "still needed"; left out where it does not matter
    when      (name, codes): asked only if that other question of the page has one of the codes as its answer. A
              single code of radios or boxes reveals it; otherwise it stands below, and is only missed after one of them
    missed_after  (name, codes): an answer is missed only after one of these answers to that other question of the page
    names     what the choices are that are known only on the day: "authorities" or "agencies", or OTHER_CHILDREN of
              the referral (asked only where there are any)
    identity  says who somebody is: never leaves the draft but for `cases.Identity`
    exclusive codes that stand alone among several
    optional  true only of what nobody misses
    once_born of a child who is not born yet, nobody misses it
    """

    name: str
    words: str
    kind: Kind = Kind.TEXT
    choices: Choices = ()
    hint: str = ""
    short: str = ""
    needed: str = ""
    when: tuple[str, tuple[str, ...]] | None = None
    missed_after: tuple[str, tuple[str, ...]] | None = None
    names: str = ""
    identity: bool = False
    optional: bool = False
    longest: int = 200
    past: bool = False
    exclusive: tuple[str, ...] = ()
    once_born: bool = False

    @property
    def term(self) -> str:
        return self.short or self.words

    @property
    def is_choice(self) -> bool:
        return self.kind in (Kind.ONE, Kind.ONE_OF_MANY, Kind.SEVERAL)

    def is_missed(self, answers: Mapping[str, Any]) -> bool:
        """Whether no answer would be a gap, as the other answers of the page stand."""
        after = self.missed_after
        return bool(self.needed) and (after is None or answers.get(after[0]) in after[1])

    def check(self, value: Any) -> None:
        """Raise ValueError for an answer that is not of the question's shape. No answer is of every shape."""
        if value in ("", None, []):
            return
        if self.kind == Kind.SEVERAL:
            if not isinstance(value, list):
                raise ValueError(f"{self.name} is a list of codes.")
            for one in value:
                self._check_code(one)
        elif not isinstance(value, str):
            raise ValueError(f"{self.name} is text.")
        elif self.is_choice:
            self._check_code(value)
        elif self.kind == Kind.DATE:
            date.fromisoformat(value)
        elif self.kind == Kind.APPROXIMATE_DATE:
            ApproximateDate(value)
        elif self.kind == Kind.TIME:
            time.fromisoformat(value)

    def _check_code(self, code: Any) -> None:
        if code not in dict(self.choices) and not (self.names and str(code).isdecimal()):
            raise ValueError(f"{code!r} is not an answer to {self.name}.")

    def is_asked(self, answers: Mapping[str, Any], page: Page) -> bool:
        """Whether the other answers of the page lead to this question."""
        if self.when is None:
            return True
        name, codes = self.when
        owner = page.question(name)
        given = answers.get(name) or ""
        chosen = given if isinstance(given, list) else [given]
        return bool(set(codes) & set(chosen)) and owner.is_asked(answers, page)


@dataclass(frozen=True)
class Page:
    """One thing asked. `{one}` in the title stands for "Child 1", "Person 2" and so on.

    One that is `once_born` is not asked of a child who is not born yet; one with `when` (page, question, codes) is
    asked only after one of those answers on that other page.
    """

    key: str
    title: str
    questions: tuple[Question, ...]
    lead: str = ""
    once_born: bool = False
    when: tuple[str, str, tuple[str, ...]] | None = None

    @property
    def revealing(self) -> dict[str, dict[str, list[str]]]:
        """Question -> answer -> the questions that this answer reveals."""
        found: dict[str, dict[str, list[str]]] = {}
        for question in self.questions:
            if self.reveals(question) and question.when:
                name, (code,) = question.when
                found.setdefault(name, {}).setdefault(code, []).append(question.name)
        return found

    def reveals(self, question: Question) -> bool:
        """Whether an answer shows this question beneath itself. A list, or one of several answers, cannot."""
        if question.when is None or len(question.when[1]) > 1:
            return False
        return self.question(question.when[0]).kind in (Kind.ONE, Kind.SEVERAL)

    @property
    def is_one_question(self) -> bool:
        """Whether the title is itself the question, which then is the heading."""
        return [q.words for q in self.questions if not self.reveals(q)] == [self.title]

    def question(self, name: str) -> Question:
        """Raises KeyError for a name that is not asked here."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(question.name for question in self.questions)


@dataclass(frozen=True)
class Group:
    """Pages asked again for each of several: children, people, agencies, other processes."""

    key: str
    one: str
    several: str
    add: str
    pages: tuple[Page, ...]
    missing: str = ""
    lead: str = ""


@dataclass(frozen=True)
class Section:
    """A heading of the task list: tasks (a title and its pages), or a group."""

    title: str
    tasks: tuple[tuple[str, tuple[Page, ...]], ...] = ()
    group: Group | None = None
