"""The referral as a paper: what the agency said, and what it did not know. Nobody's name, birth or address is on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from accounts.models import Partnership
from cases.models import Case
from govuk.words import file_size

from .answers import SECTIONS, Group, Place, Section
from .answers.given import Answers
from .models import Attachment, Referral

A_FEW_LINES = 250


@dataclass(frozen=True)
class PaperLine:
    term: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PaperPart:
    """What one heading says: of the referral, or of one child or person. Accounts are answers of many lines."""

    title: str
    facts: tuple[PaperLine, ...]
    accounts: tuple[PaperLine, ...]


@dataclass(frozen=True)
class PaperSection:
    title: str
    parts: tuple[PaperPart, ...]
    nothing: str = ""


@dataclass(frozen=True)
class PaperGaps:
    """What was not given, of the referral or of one child or person."""

    whose: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class ReferralPaper:
    """Everything the paper says. Children and people appear under the pseudonyms the case gives them."""

    partnership: str
    reference: str
    agency: str
    kind: str
    incident_la: str
    author_capacity: str
    approved_by: str
    approved_capacity: str
    received_on: date
    submitted_at: datetime
    sections: tuple[PaperSection, ...]
    files: tuple[str, ...]
    still_needed: tuple[PaperGaps, ...]
    answers_sha256: str

    @classmethod
    def of(
        cls,
        referral: Referral,
        *,
        case: Case,
        answers: Answers,
        author_capacity: str,
        approved_capacity: str,
        submitted_at: datetime,
    ) -> ReferralPaper:
        """The paper of a referral that is just being sent; the case's children and people are made already."""
        names = _pseudonyms(case, answers)
        answers = replace(answers, called={number: name for (group, number), name in names.items() if group == "child"})
        return cls(
            partnership=str(Partnership.this()),
            reference=case.reference,
            agency=str(referral.agency),
            kind=referral.get_kind_display(),
            incident_la=str(case.incident_la),
            author_capacity=author_capacity,
            approved_by=str(referral.approved_by),
            approved_capacity=approved_capacity,
            received_on=case.received_on,
            submitted_at=submitted_at,
            sections=tuple(_section(section, answers, names) for section in SECTIONS),
            files=tuple(
                f"{attachment.upload.content_type}, {file_size(attachment.upload.size)}, "
                f"SHA-256 {attachment.upload.sha256}"
                for attachment in Attachment.objects.filter(referral=referral).select_related("upload")
            ),
            still_needed=_missing(answers, names),
            answers_sha256=referral.frozen_sha256,
        )


def _pseudonyms(case: Case, answers: Answers) -> dict[tuple[str, int], str]:
    """What each child and person is called on paper; agencies and processes keep their place in the list."""
    children = [child.pseudonym for child in case.child_set.order_by("number")]
    people = [person.label for person in case.person_set.order_by("pk")]
    return {
        **dict(zip((("child", number) for number in answers.numbers("child")), children, strict=True)),
        **dict(zip((("person", number) for number in answers.numbers("person")), people, strict=True)),
    }


def _called(group: Group, number: int, answers: Answers, names: dict[tuple[str, int], str]) -> str:
    return names.get((group.key, number)) or answers.name_of(group, number)


def _missing(answers: Answers, names: dict[tuple[str, int], str]) -> tuple[PaperGaps, ...]:
    """What is missing, gathered by whom it is about, under the name the paper uses."""
    gathered: dict[str, list[str]] = {}
    for gap in answers.gaps():
        group, number = gap.place.group, gap.place.number
        whose = _called(group, number, answers, names) if group and number else "The incident and the referral"
        gathered.setdefault(whose, []).append(gap.what)
    return tuple(PaperGaps(whose, tuple(words)) for whose, words in gathered.items())


def _section(section: Section, answers: Answers, names: dict[tuple[str, int], str]) -> PaperSection:
    group = section.group
    if group is None:
        parts = [_part(title, answers, answers.places_among(pages)) for title, pages in section.tasks]
    else:
        parts = [
            _part(_called(group, number, answers, names), answers, answers.places_of(group, number))
            for number in answers.numbers(group.key)
        ]
    return PaperSection(section.title, tuple(parts), nothing="None were given.")


def _part(title: str, answers: Answers, places: Iterable[Place]) -> PaperPart:
    """The answers there are. What is missing and important stands in a list of its own."""
    facts: list[PaperLine] = []
    accounts: list[PaperLine] = []
    for place in places:
        for line in answers.lines(place, with_identities=False):
            words = line.words if isinstance(line.words, list) else [line.words] if line.words else []
            if words:
                is_long = sum(map(len, words)) > A_FEW_LINES
                (accounts if is_long else facts).append(PaperLine(line.question.term, tuple(words)))
    return PaperPart(title, tuple(facts), tuple(accounts))
