"""The notification as a paper: what was notified, in the order of the national form. Names no child."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Partnership
from accounts.standing import Standing
from documents.models import IssuedDocument
from documents.papers import issue
from govuk.words import instant_in_words

from .composing import IDENTITY
from .models import Notification
from .national_form import CHILD, SECTIONS, Section
from .routes import Route


@dataclass(frozen=True)
class Line:
    label: str
    answer: str
    wanted: bool


@dataclass(frozen=True)
class SectionInPaper:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class ChildInPaper:
    pseudonym: str
    primary_subject: bool
    unborn: bool
    structured: bool
    identity_held: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class NotificationPaper:
    """Everything the paper says. Identities are not in it: they were typed into the national form itself."""

    partnership: str
    reference: str
    title: str
    version: int
    is_draft: bool
    is_correction: bool
    correction: str
    kind: str
    notifying_la: str
    la_first_aware: str
    abuse_first_suspected: str
    sent: str
    sent_reference: str
    recorded_by: str
    late_reason: str
    before: tuple[SectionInPaper, ...]
    children: tuple[ChildInPaper, ...]
    after: tuple[SectionInPaper, ...]
    content_sha256: str

    @classmethod
    def of(
        cls,
        notification: Notification,
        content: dict[str, Any],
        *,
        sha256: str,
        by: Standing,
        version: int = 1,
        correction: str = "",
    ) -> NotificationPaper:
        """The paper of one frozen content."""
        place = SECTIONS.index(CHILD)
        return cls(
            partnership=Partnership.this().name,
            reference=content["reference"],
            title=notification.title,
            version=version,
            is_draft=version == 0,
            is_correction=version > 1,
            correction=correction,
            kind=Route(content["kind"]).label,
            notifying_la=content["notifying_la"],
            la_first_aware=_words(content["la_first_aware_at"]),
            abuse_first_suspected=_words(content["abuse_first_suspected_at"]),
            sent=_words(content["sent_at"]),
            sent_reference=content["sent_reference"],
            recorded_by=f"{by.user}, {by.capacity}" if by.capacity else str(by.user),
            late_reason=content["late_reason"],
            before=_sections(content, SECTIONS[:place]),
            children=tuple(
                ChildInPaper(
                    pseudonym=child["pseudonym"],
                    primary_subject=child["primary_subject"],
                    unborn=child["unborn"],
                    structured=child["structured"],
                    identity_held=", ".join(words for name, words in IDENTITY if name in child["identity_held"]),
                    lines=_lines(CHILD, child["answers"]),
                )
                for child in content["children"]
            ),
            after=_sections(content, SECTIONS[place + 1 :]),
            content_sha256=sha256,
        )


def _words(iso: str) -> str:
    return instant_in_words(datetime.fromisoformat(iso)) if iso else "Not recorded"


def _sections(content: dict[str, Any], sections: tuple[Section, ...]) -> tuple[SectionInPaper, ...]:
    return tuple(
        SectionInPaper(section.title, _lines(section, content["sections"][section.key]))
        for section in sections
        if section.key in content["sections"]
    )


def _lines(section: Section, answers: dict[str, Any]) -> tuple[Line, ...]:
    return tuple(
        Line(question.label, question.words(answers.get(question.key)), question.wanted)
        for question in section.questions
        if question.is_needed(answers) or question.is_answered(answers.get(question.key))
    )


def issue_notification(
    notification: Notification,
    content: dict[str, Any],
    *,
    sha256: str,
    by: Standing,
    version: int = 1,
    correction: str = "",
) -> IssuedDocument:
    """Freeze the paper in the caller's transaction; a worker renders it. Version 0 is a draft."""
    paper = NotificationPaper.of(notification, content, sha256=sha256, by=by, version=version, correction=correction)
    return issue(
        paper,
        kind={0: "notification_draft", 1: "notification"}.get(version, f"notification_version_{version}"),
        title=notification.title if version else f"{notification.title}: draft",
        reference=content["reference"],
        template="incident/paper.html",
        by=by,
    )
