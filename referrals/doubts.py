"""Answers that do not go together: said to whoever can put them right, and in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from govuk.approximate_date import ApproximateDate

from .answers.children import CHILDREN
from .answers.given import Answers
from .facts import possible_ages
from .models import EventKind

OF_AGE, OLDEST = 18, 24


def doubts(kind: str, answers: Answers) -> list[str]:
    """What cannot all be right, in sentences without a name. Only what is certain from the dates as far as known."""
    happened, aware, told = (
        _span(answers.value(page, name))
        for page, name in (
            ("when", "incident_on"),
            ("awareness", "agency_aware_on"),
            ("told", "social_care_told_on"),
        )
    )
    found = []
    if _before(aware, happened):
        found.append("The referring agency became aware before the date of the incident.")
    if _before(told, happened):
        found.append("Children’s social care was told before the date of the incident.")
    for number in answers.numbers("child"):
        child = answers.name_of(CHILDREN, number)
        found += [f"{child} {words}" for words in _of_child(kind, answers, number)]
    return found


def _of_child(kind: str, answers: Answers, number: int) -> Iterator[str]:
    born, died, happened = (
        _span(answers.of("child", number, "identity", "born_on")),
        _span(answers.of("child", number, "safety", "died_on")),
        _span(answers.value("when", "incident_on")),
    )
    if _before(happened, born):
        yield "was born after the date of the incident."
    if _before(died, happened) or _before(died, born):
        yield "died before the date of the incident, or of birth."
    if answers.of("child", number, "identity", "subject") in ("subject", ""):
        yield from _of_subject(kind, answers, number)


def _of_subject(kind: str, answers: Answers, number: int) -> Iterator[str]:
    ages = possible_ages(answers, number)
    youngest, oldest = (min(ages), max(ages)) if ages else (0, OF_AGE)
    if kind == EventKind.CARE_LEAVER_DEATH:
        if youngest > OLDEST or oldest < OF_AGE:
            yield "was not aged 18 to 24, and the death of a care leaver of that age is referred."
        if answers.of("child", number, "care", "care_leaver") == "no":
            yield "is said not to be a care leaver, and the death of a care leaver is referred."
    elif youngest >= OF_AGE and kind != EventKind.LEARNING:
        yield "was 18 or over, and what is referred is about somebody under 18."
    if kind == EventKind.LOOKED_AFTER_DEATH and answers.of("child", number, "care", "looked_after") == "no":
        yield "is said not to be looked after, and the death of a looked-after child is referred."


def _span(stored: str) -> tuple[date, date] | None:
    day = ApproximateDate(stored) if stored else None
    return (day.earliest, day.latest) if day and day.earliest and day.latest else None


def _before(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    """Whether the one was certainly over before the other began."""
    return one is not None and other is not None and one[1] < other[0]
