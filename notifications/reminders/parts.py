"""The three parts of a message (subject, what is owed and by when, why this person is told) and their places. Pure.

A wording is text with {places}. Only the places listed here can be filled, and none of them holds anything about a
person, so no wording can say who a case is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

PLACE = re.compile(r"\{([^{}]*)\}")
# What a place stands for, in words for whoever writes.
ALWAYS = {"reference": "the reference of the case", "partnership": "the partnership's name"}
OF_A_CLOCK = {
    **ALWAYS,
    "duty": "what is owed, in the words of the time limit",
    "due_on": "the due date",
    "role": "the role that owes it",
    "days": "the working days left or overdue, in words",
}
# What would be personal, or lead away from this site, in a letter to anyone.
PERSONAL = (
    (re.compile(r"@"), "an email address"),
    (re.compile(r"(?:\d[ -]?){10,}"), "a long number, such as an NHS or telephone number"),
    (re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{2}|\d{4})\b"), "a date written out"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"), "a postcode"),
    (re.compile(r"://|\bwww\.", re.IGNORECASE), "an address of a website. The link is added by itself"),
)


class BrokenWording(Exception):
    """A wording that cannot be used, with the reason in words for whoever wrote it."""


@dataclass(frozen=True)
class Parts:
    """One message in its three parts."""

    subject: str
    owed: str
    why: str

    def filled(self, facts: Mapping[str, str]) -> Parts:
        """Each place filled. Raises BrokenWording."""
        done = Parts(*(fill(getattr(self, part.name), facts).strip() for part in fields(self)))
        if not done.subject or not done.owed:
            raise BrokenWording("There is nothing in it")
        return Parts(" ".join(done.subject.split()), done.owed, done.why)


def fill(text: str, facts: Mapping[str, str]) -> str:
    """The text with its places filled. Raises BrokenWording for a place that is not there or a bracket left over."""

    def fact(match: re.Match[str]) -> str:
        if match[1] not in facts:
            raise BrokenWording(f"There is no place called {{{match[1]}}}")
        return str(facts[match[1]])

    if re.search(r"[{}]", PLACE.sub("", text)):
        raise BrokenWording("A curly bracket has no other half")
    return PLACE.sub(fact, text)


def refuse_what_is_personal(text: str) -> None:
    """Raises BrokenWording if the text holds what has no place in any letter."""
    for pattern, words in PERSONAL:
        if pattern.search(text):
            raise BrokenWording(f"It must not hold {words}")


# The letters about clocks, as shipped.
BEFORE, TODAY, OVERDUE, PASSED_UP = "clock/before", "clock/today", "clock/overdue", "clock/passed_up"
PAST_ADVICE = "clock/past_advice"
CLOCKS: Mapping[str, Parts] = {
    BEFORE: Parts(
        "Due: {reference}",
        "This is due on {due_on}, {days} from now.",
        "You are told because you act as {role}, who owes it.",
    ),
    TODAY: Parts(
        "Due: {reference}",
        "This is due on {due_on}, today.",
        "You are told because you act as {role}, who owes it.",
    ),
    OVERDUE: Parts(
        "Overdue: {reference}",
        "This was due on {due_on}. It has not been recorded as done.",
        "You are told because you act as {role}, who owes it.",
    ),
    PAST_ADVICE: Parts(
        "To chase: {reference}",
        "The day advised for this was {due_on}. It has not been recorded as done. No statutory date has passed.",
        "You are told because you act as {role}, who owes it.",
    ),
    PASSED_UP: Parts(
        "Overdue: {reference}",
        "This was due on {due_on}, is owed by the {role}, and has not been recorded as done.",
        "You are told because it is overdue and you are next on the ladder for it. See that it is done.",
    ),
}
CLOCK_TITLES: Mapping[str, str] = {
    BEFORE: "A duty will be due",
    TODAY: "A duty is due today",
    OVERDUE: "A duty is overdue",
    PAST_ADVICE: "A local step or another advised day has passed",
    PASSED_UP: "An overdue duty is passed up the ladder",
}
WHY_NEWS = "You are told because you have a part in this work."
