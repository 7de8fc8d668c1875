"""The decision record: one page that says what was decided, by whom, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Partnership
from accounts.standing import Standing
from documents.models import IssuedDocument
from documents.papers import issue
from govuk.words import instant_in_words

from .criteria import BY_CODE
from .models import Decision, Position


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
class CriterionInRecord:
    text: str
    basis: str
    answer: str
    narrative: str


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
    concluded_at: str
    concluded_by: str
    capacity: str
    replaces: str
    basis: str
    seats: tuple[SeatInRecord, ...]
    criteria: tuple[CriterionInRecord, ...]

    @classmethod
    def of(cls, decision: Decision, *, by: Standing, said: str = "") -> DecisionRecord:
        """The record of a decision whose outcome is set, as it stands now."""
        answers = sorted(decision.answers.all(), key=lambda answer: list(BY_CODE).index(answer.code))
        positions = {position.seat_id: position for position in decision.standing_positions()}
        first = decision.reopened_from
        return cls(
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
            concluded_at=_when(decision.concluded_at),
            concluded_by=str(by.user),
            capacity=by.capacity,
            replaces=(
                f"{first.outcome_words}, decided on {instant_in_words(first.concluded_at)}"
                if first and first.concluded_at
                else ""
            ),
            basis="; ".join(dict.fromkeys(answer.criterion.basis for answer in answers)),
            seats=tuple(
                _seat(str(seat.agency), positions.get(seat.pk), decision)
                for seat in decision.seats.select_related("agency")
            ),
            criteria=tuple(
                CriterionInRecord(
                    text=answer.criterion.text,
                    basis=answer.criterion.basis,
                    answer=answer.get_answer_display(),
                    narrative=answer.narrative,
                )
                for answer in answers
            ),
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
