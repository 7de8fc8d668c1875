"""A decision in words and colours, as one person may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from accounts.roles import Role
from accounts.standing import Standing
from govuk.rows import Row
from govuk.words import instant_in_words

from .lifecycle import Status
from .models import CriterionAnswer, Decision, SeatAsSeen
from .rights import ANSWER_CRITERIA, REVEAL, SIGN, WRITE_MINUTES

ANSWER_COLOURS = {
    CriterionAnswer.Answer.MET: "green",
    CriterionAnswer.Answer.MAY_BE_MET: "yellow",
    CriterionAnswer.Answer.NOT_MET: "grey",
    CriterionAnswer.Answer.NOT_APPLICABLE: "grey",
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
    earlier: tuple[tuple[str, str, str], ...] = ()


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


def colour_of(decision: Decision) -> str:
    return decision.colour


def rows_of(decision: Decision) -> list[Row]:
    rows = [Row("How it is decided", decision.get_rule_display()), _row("Asked on", decision.opened_at)]
    if decision.revealed_at:
        rows.append(_row("Positions shown on", decision.revealed_at))
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


def seats_shown(decision: Decision, seats: list[SeatAsSeen]) -> list[list[SeatShown]]:
    """The partners, three to a row, side by side."""
    shown = [_seat(decision, seen) for seen in seats]
    return [shown[start : start + SIDE_BY_SIDE] for start in range(0, len(shown), SIDE_BY_SIDE)]


def _seat(decision: Decision, seen: SeatAsSeen) -> SeatShown:
    body = str(seen.seat)
    if not seen.signed:
        return SeatShown(body, "Waiting" if decision.is_open else "No position", "grey")
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


def criteria_shown(decision: Decision) -> list[CriterionShown]:
    answers = {answer.code: answer for answer in decision.answers.all()}
    shown = []
    for criterion in decision.criteria:
        given = answers.get(criterion.code)
        shown.append(
            CriterionShown(
                code=criterion.code,
                text=criterion.text,
                basis=criterion.basis,
                weight=criterion.weight,
                answer=given.get_answer_display() if given else "Not answered yet",
                colour=ANSWER_COLOURS[CriterionAnswer.Answer(given.answer)] if given else "blue",
                narrative=given.narrative if given else "",
                url=reverse("decisions:criterion", args=[decision.pk, criterion.code]),
            )
        )
    return shown


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


def abilities(decision: Decision, by: Standing, seats: list[SeatAsSeen]) -> dict[str, object]:
    """What this person may do on the page: booleans, and the seat they may sign for."""
    mine = next((seen for seen in seats if seen.mine), None) if decision.is_open else None
    may_sign = mine is not None and SIGN.allows(by, mine.seat)
    return {
        "my_seat": mine.seat if mine and may_sign else None,
        "i_have_signed": bool(mine and mine.signed),
        "may_reveal": decision.is_open and not decision.is_revealed and REVEAL.allows(by, decision),
        "may_answer": decision.is_open and bool(decision.criteria) and ANSWER_CRITERIA.allows(by, decision),
        "may_write": decision.is_open and WRITE_MINUTES.allows(by, decision),
        "sees_minutes": decision.is_revealed or by.holds(Role.COORDINATOR, Role.PANEL_CHAIR),
    }
