"""A decision in words and colours, as one person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.roles import Role
from accounts.standing import Standing
from deadlines.models import Deadline
from deadlines.presenter import Clock, clocks
from govuk.rows import Row
from govuk.words import date_in_words, instant_in_words

from .actions.escalating import NEXT
from .lifecycle import Level, Status
from .models import Answer, Decision, Escalation, SeatAsSeen
from .rights import ANSWER_CRITERIA, PASS_ON, REOPEN, REVEAL, SETTLE, SIGN, WRITE_MINUTES

ANSWER_COLOURS = {
    Answer.MET: "green",
    Answer.MAY_BE_MET: "yellow",
    Answer.NOT_MET: "grey",
    Answer.NOT_APPLICABLE: "grey",
}
SIDE_BY_SIDE = 3


@dataclass(frozen=True)
class SeatShown:
    """One partner on the page. Before the reveal `view` and `reasons` are empty unless they are one's own."""

    body: str
    state: str
    colour: str
    view: str = ""
    reasons: str = ""
    byline: str = ""
    after_reveal: bool = False
    differs: bool = False
    due: str = ""
    is_overdue: bool = False
    earlier: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class PartnerSaid:
    """What one partner answered to one criterion."""

    body: str
    answer: str
    colour: str
    why: str
    after_reveal: bool = False


@dataclass(frozen=True)
class CriterionShown:
    code: str
    text: str
    basis: str
    weight: str
    answer: str
    colour: str
    narrative: str
    url: str
    # The partners' own answers, three to a row, as far as this person may see them.
    said: tuple[tuple[PartnerSaid, ...], ...] = ()
    differ: bool = False
    agree: bool = False


def colour_of(decision: Decision) -> str:
    return decision.colour


def rows_of(decision: Decision) -> list[Row]:
    rows = [Row("How it is decided", decision.get_rule_display()), _row("Asked on", decision.opened_at)]
    if decision.asked_again_because:
        rows.append(Row("Why they were asked again", decision.asked_again_because.splitlines()))
    if decision.revealed_at:
        rows.append(_row("Positions shown on", decision.revealed_at))
    if decision.shown_early_because:
        rows.append(Row("Why before all were in", decision.shown_early_because.splitlines()))
    if decision.is_revealed and decision.discussed_on:
        rows.append(Row("Discussed", [date_in_words(decision.discussed_on), decision.get_held_display()]))
        if decision.attendees:
            rows.append(Row("Who was there", decision.attendees.splitlines()))
    if decision.concluded_at:
        rows += [
            _row("Concluded on", decision.concluded_at),
            Row("Concluded by", str(decision.concluded_by)),
            Row("Outcome", decision.outcome_words),
            Row("Why", decision.rationale.splitlines()),
            Row("Disagreement", decision.dissent.splitlines() or "None"),
        ]
    return rows


def _row(key: str, instant: object) -> Row:
    return Row(key, instant_in_words(instant))  # type: ignore[arg-type]


def seats_shown(decision: Decision, seats: list[SeatAsSeen], *, on: date | None = None) -> list[list[SeatShown]]:
    """The partners, three to a row, side by side. With `on`, a local date, also when each position is due."""
    shown = [_seat(decision, seen, on) for seen in seats]
    return [shown[start : start + SIDE_BY_SIDE] for start in range(0, len(shown), SIDE_BY_SIDE)]


def _seat(decision: Decision, seen: SeatAsSeen, on: date | None) -> SeatShown:
    body = str(seen.seat)
    if not seen.signed:
        if not decision.is_open:
            return SeatShown(body, "No position", "grey")
        due_on = seen.seat.due_on if on else None
        return SeatShown(
            body,
            "Waiting",
            "grey",
            due=f"Due {date_in_words(due_on)}" if due_on else "",
            is_overdue=on is not None and seen.seat.is_overdue(on=on),
        )
    if seen.position is None:
        return SeatShown(body, "Position recorded", "blue")
    position = seen.position
    mine = "" if decision.is_revealed else " (only you can see this)"
    return SeatShown(
        body=body,
        state="Position recorded",
        colour="blue",
        view=position.view_words + mine,
        reasons=position.reasons,
        byline=f"{position.signed_by}, {instant_in_words(position.signed_at)}",
        after_reveal=position.after_reveal,
        differs=bool(decision.outcome) and position.view != decision.outcome,
        earlier=tuple((one.view_words, one.reasons, instant_in_words(one.signed_at)) for one in seen.earlier),
    )


def criteria_shown(decision: Decision, seats: list[SeatAsSeen] | None = None) -> list[CriterionShown]:
    """Each criterion: what the partners together answer and, of `seats`, what each of them said."""
    answers = {answer.code: answer for answer in decision.answers.all()}
    not_yet = "Not answered yet"
    if decision.asked_of_each:
        not_yet = "The chair has not recorded this yet" if decision.is_open else ""
    shown = []
    for criterion in decision.criteria:
        given = answers.get(criterion.code)
        said = _said(criterion.code, seats or [])
        different = len({one.answer for one in said}) > 1
        shown.append(
            CriterionShown(
                code=criterion.code,
                text=criterion.text,
                basis=criterion.basis,
                weight=criterion.weight,
                answer=given.get_answer_display() if given else not_yet,
                colour=ANSWER_COLOURS[Answer(given.answer)] if given else "blue",
                narrative=given.narrative if given else "",
                url=reverse("decisions:criterion", args=[decision.pk, criterion.code]),
                said=tuple(tuple(said[start : start + SIDE_BY_SIDE]) for start in range(0, len(said), SIDE_BY_SIDE)),
                differ=decision.is_revealed and different,
                agree=decision.is_revealed and len(said) > 1 and not different,
            )
        )
    return shown


def _said(code: str, seats: list[SeatAsSeen]) -> list[PartnerSaid]:
    said = []
    for seen in seats:
        if seen.position is None or code not in seen.position.answered:
            continue
        answer, why = seen.position.answered[code]
        said.append(PartnerSaid(str(seen.seat), answer.label, ANSWER_COLOURS[answer], why, seen.position.after_reveal))
    return said


@dataclass(frozen=True)
class EscalationShown:
    """A disagreement about notifying: with whom it is, until when, and how it ended."""

    state: str
    colour: str
    turn: str
    is_running: bool
    is_overdue: bool
    url: str


def escalation_shown(decision: Decision, *, on: date) -> EscalationShown | None:
    """The disagreement of this decision, on a local date."""
    escalation = Escalation.objects.filter(decision=decision).first()
    if escalation is None:
        return None
    if escalation.is_running and escalation.due_on:
        turn = f"To be settled or passed on by {date_in_words(escalation.due_on)}."
    elif escalation.is_running:
        turn = "To be settled or passed on."
    else:
        turn = f"It ended on {date_in_words(escalation.ended_at)}."  # type: ignore[arg-type]
    return EscalationShown(
        state=escalation.get_status_display(),
        colour=escalation.colour,
        turn=turn,
        is_running=escalation.is_running,
        is_overdue=escalation.is_overdue(on=on),
        url=escalation.get_absolute_url(),
    )


def clocks_of_notifying(escalation: Escalation, *, on: date) -> list[Clock]:
    """The limit for notifying, on a local date, for whoever sees the disagreement: also where they see nothing else.

    A senior partner whom it has reached is to know by when the authority must notify.
    """
    limits = Deadline.objects.of_case(escalation.decision.case).filter(code="T01", voided_on=None)
    return clocks(limits, on=on)


def escalation_abilities(escalation: Escalation, by: Standing) -> dict[str, bool]:
    """What this person may do on the page of a disagreement."""
    passes = escalation.status in NEXT and PASS_ON.allows(by, escalation)
    return {
        "may_pass_on": passes,
        "may_settle": escalation.status != Level.SETTLED and SETTLE.allows(by, escalation),
        "decision_stands": escalation.decision.is_concluded and REOPEN.allows(by, escalation.decision),
    }


def turn_of(decision: Decision, seats: list[SeatAsSeen]) -> str:
    """Whose turn it is, in a sentence."""
    if decision.status == Status.ABANDONED:
        return "This decision ended without a conclusion."
    if decision.status == Status.REOPENED:
        return "The partners were asked again. This is the first decision, as it was."
    if decision.is_concluded:
        return f"Decided: {decision.outcome_words}."
    waiting = [str(seen.seat) for seen in seats if not seen.signed]
    if waiting:
        return f"Waiting for the position of: {', '.join(waiting)}."
    return "All positions are in. The decision can be concluded."


def nobody_for(decision: Decision, seats: list[SeatAsSeen], *, on: date) -> list[str]:
    """The partners for whom nobody can sign on a local date: whoever held the seat left or has a conflict."""
    if not decision.is_open:
        return []
    return [str(seen.seat) for seen in seats if not seen.signed and not seen.seat.recipients("holders", on).exists()]


def may_answer(decision: Decision, by: Standing) -> bool:
    """Whether this person may record now what the partners together answer to the criteria."""
    return (
        decision.is_open
        and bool(decision.criteria)
        and (decision.is_revealed or not decision.asked_of_each)
        and ANSWER_CRITERIA.allows(by, decision)
    )


def abilities(decision: Decision, by: Standing, seats: list[SeatAsSeen]) -> dict[str, object]:
    """What this person may do on the page: booleans, and the seat they may sign for."""
    mine = next((seen for seen in seats if seen.mine), None) if decision.is_open else None
    may_sign = mine is not None and SIGN.allows(by, mine.seat)
    return {
        "my_seat": mine.seat if mine and may_sign else None,
        "i_have_signed": bool(mine and mine.signed),
        "may_reveal": decision.is_open and not decision.is_revealed and REVEAL.allows(by, decision),
        "may_answer": may_answer(decision, by),
        "may_write": decision.is_open and WRITE_MINUTES.allows(by, decision),
        "sees_minutes": decision.is_revealed or by.holds(Role.COORDINATOR, Role.PANEL_CHAIR),
    }
