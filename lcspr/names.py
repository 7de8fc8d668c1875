"""Whether a text that is to be published holds anything that says who the people of the case are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from cases.models import Case, Identity
from govuk.rich_text import plain
from govuk.words import date_in_words
from publications.public_report import PublicReport

# Names that are ordinary words too: written small they are taken for the word.
_ORDINARY = """
    amber april august autumn bell bill bishop black brook brown care carey case chance child church cook dale dawn day
    dean dee drew eve faith ford forest free good grace gray green grey hall hand hill hope hunt ivy joy june king lane
    law lily long major mark may miles moon moss north page park parent pat penny pool poppy price ray read reed rich
    river robin rose ruby rush sandy savage sharp short skye summer swan violet ward way welch wells west white will
    wise wood young
"""
ORDINARY = frozenset(_ORDINARY.split())
SHORTEST = 2
LONG_ENOUGH_WRITTEN_SMALL = 3
# Marks that a reader does not see and a search would trip over.
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
DIGITS = re.compile(r"(?<=\d)[\s\-](?=\d)")


def names_in(report: PublicReport, case: Case) -> list[str]:
    """The headings of a report whose text holds a name, number, birth date or address of a person of the case.

    Empty when none does. What was found is not repeated: the answer may be shown to anyone who publishes.
    """
    people = list(Identity.objects.filter(Q(child__case=case) | Q(person__case=case)))
    found = [
        heading
        for heading, text in _texts(report)
        if any(_holds(text, one) for identity in people for one in _tells(identity))
    ]
    return list(dict.fromkeys(found))


def _texts(report: PublicReport) -> Iterator[tuple[str, str]]:
    yield "Title for the public", _folded(report.title)
    yield "Summary", _folded(report.summary)
    for heading, html in report.sections:
        yield heading, _folded(f"{heading} {plain(html)}")
    for text in report.recommendations:
        yield "Recommendations", _folded(text)


def _folded(text: str) -> str:
    """The text without accents and marks nobody sees, so that a name is found however it was typed."""
    apart = unicodedata.normalize("NFKD", UNSEEN.sub("", text))
    return "".join(mark for mark in apart if not unicodedata.combining(mark)).replace("’", "'")


def _tells(identity: Identity) -> Iterator[tuple[str, bool]]:
    """What would say who this is, each with whether capitals matter."""
    for name in re.split(r"[\s,;()]+", _folded(f"{identity.full_name} {identity.other_names}")):
        whole = name.strip(".'\"-")
        # A double name is also found when only half of it is used.
        for part in {whole, *whole.split("-")}:
            if len(part) >= SHORTEST:
                common = part.casefold() in ORDINARY or len(part) < LONG_ENOUGH_WRITTEN_SMALL
                yield part, common
    for number in (identity.nhs_number, identity.upn, identity.local_id):
        if len(number) >= 6:
            yield number, False
    if identity.postcode:
        yield identity.postcode, False
        yield identity.postcode.replace(" ", ""), False
    if street := identity.address.strip().splitlines()[:1]:
        yield _folded(street[0]).strip(" ,."), False
    if identity.born_on:
        yield from ((day, False) for day in _ways_to_write(identity.born_on))


def _ways_to_write(day: date) -> tuple[str, ...]:
    numbers = f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day:%d.%m.%Y}", f"{day:%d-%m-%Y}"
    return date_in_words(day), f"{day.day} {day:%b} {day.year}", day.isoformat(), *numbers


def _holds(text: str, tell: tuple[str, bool]) -> bool:
    what, capitals_matter = tell
    if not what:
        return False
    if what.isdigit():
        return re.search(rf"(?<!\d){re.escape(what)}(?!\d)", DIGITS.sub("", text)) is not None
    wanted = rf"(?<!\w){re.escape(what)}(?!\w)"
    if capitals_matter:
        return (
            re.search(wanted, text) is not None
            or re.search(rf"(?<!\w){re.escape(what.upper())}(?!\w)", text) is not None
        )
    return re.search(wanted, text, re.IGNORECASE) is not None
