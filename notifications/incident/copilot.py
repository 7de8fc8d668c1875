"""The answers as they are typed into the national form: in its order, each to be copied, with what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cases.models import Child
from govuk.words import instant_in_words

from .composing import Sheet, missing_identity, sheets_of
from .models import Notification
from .national_form import FURTHER, INCIDENT, MOST_CHILDREN, Question, children_of

NARRATIVE = "narrative"
GOES_ON = "What is known goes on with the children after the fourth: the national form has no pages for them."
NO_CHILD = "No child has been entered in the case yet"
MINUTES = 20  # the national form signs out whoever does nothing for so long, and keeps nothing


@dataclass(frozen=True)
class Answer:
    """One answer to be copied. `needed`, `later`: it has none yet; the department will ask for it afterwards."""

    label: str
    words: str
    needed: bool
    later: bool
    id: str

    @property
    def target(self) -> str:
        return f"#{self.id}"


@dataclass(frozen=True)
class Page:
    """One page of the national form. `missing_identity`: what of who the child is has not been entered, in words."""

    title: str
    answers: list[Answer]
    child: Child | None = None
    missing_identity: tuple[str, ...] = ()
    note: str = ""
    # The children who have no page, where this one takes them in its free text.
    others: tuple[Child, ...] = ()

    @property
    def needed(self) -> int:
        """How many answers, and parts of the child's identity, are still needed."""
        return sum(answer.needed for answer in self.answers) + len(self.missing_identity)


def pages_of(notification: Notification, notifier: User | None = None) -> list[Page]:
    """Every page of the national form: what is notified, then the sections, at most four children each with a page.

    Children after the fourth have no page: they follow in the free text of the narrative.
    """
    sheets = sheets_of(notification, notifier)
    further = next((_further(sheet) for sheet in sheets if sheet.section is FURTHER), "")
    others = tuple(children_of(notification.case)[MOST_CHILDREN:])
    pages = [_what_is_notified(notification)]
    for number, sheet in enumerate((sheet for sheet in sheets if sheet.section is not FURTHER), start=1):
        pages.append(
            Page(
                title=f"The child: {sheet.title}" if sheet.child else sheet.title,
                answers=list(_answers(sheet, number, further)),
                child=sheet.child,
                missing_identity=tuple(missing_identity(sheet.child)) if sheet.child else (),
                note=GOES_ON if further and sheet.section is INCIDENT else "",
                others=others if sheet.section is INCIDENT else (),
            )
        )
        if sheet.section is INCIDENT and not others and not any(one.child for one in sheets):
            pages.append(Page("The child", [Answer(NO_CHILD, "", needed=True, later=False, id="answer-no-child")]))
    return pages


def needed_in(pages: list[Page]) -> int:
    """How much is still needed on all of them together. It never prevents sending."""
    return sum(page.needed for page in pages)


def _answers(sheet: Sheet, number: int, further: str) -> Iterator[Answer]:
    for question, words in sheet.lines:
        free_text = f"{words}\n\nFurther children\n{further}".strip()
        said = free_text if question.key == NARRATIVE and further else words
        yield _answer(question, said, sheet.answers, number)


def _answer(question: Question, words: str, answers: dict[str, Any], number: int) -> Answer:
    return Answer(
        label=question.label,
        words=words,
        needed=question.is_needed(answers),
        later=question.is_chased(answers),
        id=f"answer-{number}-{question.key.replace('_', '-')}",
    )


def _further(sheet: Sheet) -> str:
    return str(sheet.answers.get("further_children") or "")


def _what_is_notified(notification: Notification) -> Page:
    """What the national form asks first, and the times nobody types into a section here."""

    def line(label: str, words: str, key: str, *, wanted: bool = True) -> Answer:
        return Answer(label, words, needed=wanted and not words, later=False, id=f"answer-0-{key}")

    def when(instant: Any) -> str:
        return instant_in_words(instant) if instant else ""

    lines = [
        line("What is notified", notification.get_kind_display(), "kind"),
        line("Local authority that notifies", str(notification.notifying_la), "authority"),
        line("When the authority first knew", when(notification.la_first_aware_at), "aware"),
    ]
    if not notification.is_notify_only:
        lines.append(
            line("When abuse or neglect was first suspected", when(notification.abuse_first_suspected_at), "suspected")
        )
    if notification.late_reason:
        lines.append(line("Why it is late", notification.late_reason, "late", wanted=False))
    return Page("What is notified", lines)


__all__ = ["MINUTES", "Answer", "Page", "needed_in", "pages_of"]
