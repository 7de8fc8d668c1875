"""The referral as a paper: what the agency said, and what it did not know. Nobody's name, birth or address is on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.models import Case
from govuk.words import file_size

from .answers import SECTIONS, Group
from .answers.given import Answered, Answers, Gap
from .models import Attachment, Referral


@dataclass(frozen=True)
class PaperLine:
    term: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PaperPart:
    """What one heading says: of the referral, or of one child or person (`about`)."""

    title: str
    lines: tuple[PaperLine, ...]


@dataclass(frozen=True)
class PaperSection:
    title: str
    parts: tuple[PaperPart, ...]
    nothing: str = ""


@dataclass(frozen=True)
class ReferralPaper:
    """Everything the paper says. Children and people appear under the pseudonyms the case gives them."""

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
    still_needed: tuple[str, ...]
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
        return cls(
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
            still_needed=tuple(_missing(gap, answers, names) for gap in answers.gaps()),
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


def _missing(gap: Gap, answers: Answers, names: dict[tuple[str, int], str]) -> str:
    """What is missing, of whom under the name the paper uses."""
    group, number = gap.place.group, gap.place.number
    return f"{_called(group, number, answers, names)}: {gap.what}" if group and number else gap.what


def _section(section: Any, answers: Answers, names: dict[tuple[str, int], str]) -> PaperSection:
    if section.group is None:
        parts = tuple(
            PaperPart(
                title,
                tuple(
                    line
                    for place in answers.places_among(pages)
                    for line in _lines(answers.answered(place, with_identities=False))
                ),
            )
            for title, pages in section.tasks
        )
        return PaperSection(section.title, parts)
    group = section.group
    return PaperSection(
        section.title,
        tuple(
            PaperPart(
                _called(group, number, answers, names),
                tuple(
                    line
                    for place in answers.places_of(group, number)
                    for line in _lines(answers.answered(place, with_identities=False))
                ),
            )
            for number in answers.numbers(group.key)
        ),
        nothing="None were given.",
    )


def _lines(answered: Answered) -> tuple[PaperLine, ...]:
    """The answers, and the important questions that have none; what nobody misses is left out."""
    made = []
    for line in answered.lines:
        words = line.words if isinstance(line.words, list) else [line.words] if line.words else []
        if words or line.question.needed:
            made.append(PaperLine(line.question.term, tuple(words) or ("Not answered",)))
    return tuple(made)
