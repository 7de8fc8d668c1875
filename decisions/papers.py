"""The decision record: one page that says what was decided, by whom, and why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Partnership
from accounts.standing import Standing
from documents.freezing import sha256_of
from documents.models import IssuedDocument
from documents.papers import issue
from govuk.words import date_in_words, instant_in_words

from .criteria import Criterion
from .models import CriterionAnswer, Decision, Escalation, Position


@dataclass(frozen=True)
class SeatInRecord:
    """One partner's line: the position that stood when the decision was concluded."""

    body: str
    view: str
    reasons: str
    signed_by: str
    signed_at: str
    after_reveal: bool
    differs: bool


@dataclass(frozen=True)
class PartnerOnCriterion:
    body: str
    answer: str
    why: str


@dataclass(frozen=True)
class CriterionInRecord:
    """What the partners together answered, and each of them before that."""

    text: str
    basis: str
    answer: str
    narrative: str
    partners: tuple[PartnerOnCriterion, ...] = ()
    differ: bool = False


@dataclass(frozen=True)
class DecisionRecord:
    """Everything the one page says. Names no child: the reference stands for the case."""

    partnership: str
    reference: str
    kind: str
    rule: str
    outcome: str
    rationale: str
    dissent: str
    # What was said of the disagreement beside the partners' own positions, which the table gives word for word.
    said: str
    opened_at: str
    revealed_at: str
    shown_early_because: str
    concluded_at: str
    concluded_by: str
    capacity: str
    replaces: str
    basis: str
    held: str
    discussed_on: str
    attendees: str
    # Why the local authority does not notify, where partners say that the criteria are met.
    not_notified: str
    check_at: str
    seats: tuple[SeatInRecord, ...]
    # The partners that were each asked the criteria, in the order of each criterion's `partners`.
    asked: tuple[str, ...]
    columns: int
    criteria: tuple[CriterionInRecord, ...]
    # What was said at length stands on the pages after the first; so does why, where that alone is long.
    is_long: bool = False
    why_later: bool = False

    @classmethod
    def of(cls, decision: Decision, *, by: Standing, said: str = "") -> DecisionRecord:
        """The record of a decision whose outcome is set, as it stands now."""
        answers = {answer.code: answer for answer in decision.answers.all()}
        considered = [one for one in decision.criteria if one.code in answers or one in decision.asked_of_each]
        escalation = Escalation.objects.filter(decision=decision).first()
        positions = {position.seat_id: position for position in decision.standing_positions()}
        seats = list(decision.seats.select_related("agency"))
        first = decision.reopened_from
        record = cls(
            partnership=Partnership.this().name,
            reference=decision.case.reference,
            kind=decision.get_kind_display(),
            rule=decision.get_rule_display(),
            outcome=decision.outcome_words,
            rationale=decision.rationale,
            dissent=decision.dissent,
            said=said,
            opened_at=instant_in_words(decision.opened_at),
            revealed_at=_when(decision.revealed_at),
            shown_early_because=decision.shown_early_because,
            concluded_at=_when(decision.concluded_at),
            concluded_by=str(by.user),
            capacity=by.capacity,
            replaces=(
                f"{first.outcome_words}, decided on {instant_in_words(first.concluded_at)}. "
                f"Why they were asked again: {decision.asked_again_because}"
                if first and first.concluded_at
                else ""
            ),
            basis="; ".join(dict.fromkeys(criterion.basis for criterion in considered)),
            held=decision.get_held_display(),
            discussed_on=date_in_words(decision.discussed_on) if decision.discussed_on else "",
            attendees=decision.attendees,
            not_notified=escalation.authority_reasons if escalation else "",
            check_at=settings.SITE_URL + reverse("decisions:check"),
            seats=tuple(_seat(str(seat), positions.get(seat.pk), decision) for seat in seats),
            asked=tuple(map(str, seats)) if decision.asked_of_each else (),
            columns=len(seats) + 1,
            criteria=tuple(
                _criterion(
                    criterion,
                    answers.get(criterion.code),
                    {str(seat): positions.get(seat.pk) for seat in seats} if decision.asked_of_each else {},
                )
                for criterion in considered
            ),
        )
        return replace(
            record,
            is_long=_height_of(record) > ROOM,
            why_later=_height_of(record) > ROOM and LINE * _lines(record.rationale, WIDTH) > ROOM / 3,
        )


# Millimetres, as static/papers/paper.css sets a paper that is to fit one page: what its heading and its code leave, the
# height of a line of text and of a table, and how many characters the width takes.
ROOM = 150
LINE, ROW = 5.2, 4.2
WIDTH, REASONS, CRITERION = 95, 85, 20


def _height_of(record: DecisionRecord) -> float:
    """About how much of its page everything the record says would take."""
    texts = (record.rationale, record.said, record.attendees, record.replaces, record.shown_early_because)
    height = LINE * sum(_lines(text, WIDTH) for text in texts)
    height += ROW * sum(max(3, 2 + _lines(seat.reasons, REASONS)) for seat in record.seats)
    each = max(1, 110 // max(1, len(record.asked)))
    for one in record.criteria:
        said = max((1 + _lines(partner.why, each) for partner in one.partners), default=0)
        together = 1 + _lines(one.narrative, WIDTH) if one.answer else 0
        height += ROW * (max(_lines(one.text, CRITERION) if record.asked else 1, said) + together)
    return height


def _lines(text: str, width: int) -> int:
    """Lines that a text takes at so many characters to the line."""
    return sum(1 + len(line) // width for line in text.splitlines())


def _criterion(
    criterion: Criterion, together: CriterionAnswer | None, positions: dict[str, Position | None]
) -> CriterionInRecord:
    """`positions`: partner -> the position that stood, for each partner that was asked the criterion."""
    partners = []
    for body, position in positions.items():
        given = position.answered.get(criterion.code) if position else None
        partners.append(PartnerOnCriterion(body, *((given[0].label, given[1]) if given else ("No answer", ""))))
    return CriterionInRecord(
        text=criterion.text,
        basis=criterion.basis,
        answer=together.get_answer_display() if together else "",
        narrative=together.narrative if together else "",
        partners=tuple(partners),
        differ=len({one.answer for one in partners if one.answer != "No answer"}) > 1,
    )


def _when(instant: datetime | None) -> str:
    return instant_in_words(instant) if instant else ""


def _seat(body: str, position: Position | None, decision: Decision) -> SeatInRecord:
    if position is None:
        return SeatInRecord(body, "No position recorded", "", "", "", after_reveal=False, differs=False)
    return SeatInRecord(
        body=body,
        view=position.view_words,
        reasons=position.reasons,
        signed_by=str(position.signed_by),
        signed_at=instant_in_words(position.signed_at),
        after_reveal=position.after_reveal,
        differs=position.view != decision.outcome,
    )


def issue_record(decision: Decision, *, by: Standing, said: str = "") -> IssuedDocument:
    """Freeze the record in the caller's transaction; a worker renders it."""
    return issue(
        DecisionRecord.of(decision, by=by, said=said),
        kind="decision_record",
        title=f"Decision record: {decision.get_kind_display()}",
        reference=decision.case.reference,
        template="decisions/record.html",
        by=by,
    )


@dataclass(frozen=True)
class Checked:
    """What a check of a decision record found: the decision, and whether what is kept is what was issued."""

    decision: Decision
    is_whole: bool
    was_decided_again: bool


def check(decisions: QuerySet[Decision], *, code: str = "", content: bytes | None = None) -> Checked | None:
    """Find, among these decisions, the one whose record has that code and is that very file, as far as they are given.

    The kept content is hashed anew: a record whose content was changed since it was issued is found, and not whole.
    """
    asked = Q(record__content_sha256=code) if code else Q()
    if content is not None:
        sha256 = hashlib.sha256(content).hexdigest()
        asked &= Q(record__pdf_sha256=sha256) | Q(record__html_sha256=sha256)
    if not code and content is None:
        return None
    decision = decisions.filter(asked, record__isnull=False).select_related("record", "case").first()
    if decision is None or decision.record is None:
        return None
    return Checked(
        decision,
        is_whole=sha256_of(decision.record.content) == decision.record.content_sha256,
        was_decided_again=Decision.objects.filter(reopened_from=decision).exists(),
    )
