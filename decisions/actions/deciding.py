"""Asking the partners, taking their positions, concluding. Each verb checks its right, holds the chain, records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from accounts.models import Agency, Body
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend, transition
from cases.actions import admit
from cases.models import Case
from cases.parts import Part
from deadlines.models import BankHoliday
from deadlines.working_days import BeyondKnownHolidays
from decisions import criteria, papers, rights
from decisions.lifecycle import Status
from decisions.models import (
    Answer,
    CriterionAnswer,
    Decision,
    Held,
    Kind,
    Position,
    Rule,
    Seat,
    days_for,
    deciding_bodies,
    rule_for,
)

from .escalating import NotReady, end_by_deciding_again, escalate_if_disputed

SIGN_OFF = (("agree", "Agree"), ("disagree", "Do not agree"))
SIGN_OFFS = (Kind.RAPID_REVIEW_SIGN_OFF, Kind.LCSPR_SIGN_OFF)


@transaction.atomic
def open_decision(
    case: Case,
    kind: str,
    *,
    by: Standing,
    options: Iterable[tuple[str, str]] = SIGN_OFF,
    agencies: Iterable[Agency] | None = None,
) -> Decision:
    """Ask the partners. Seats are fixed now: the incident's local authority, the area's ICBs and police.

    `agencies` names other bodies instead (a decision taken with another area's); each gets the review papers. Where
    the question is whether the criteria are met, the first of `options` says that they are. Each partner has the
    partnership's number of working days for its position.
    Raises NotReady when one of the three statutory bodies has no agency in force today.
    """
    rights.OPEN.require(by, case)
    bodies = _complete(deciding_bodies(case, by.today) if agencies is None else list(agencies))
    hold(case.trail)
    decision = Decision.objects.create(
        case=case,
        kind=kind,
        rule=rule_for(kind),
        options=[[code, words] for code, words in options],
        opened_at=by.at,
    )
    _give_seats(decision, bodies, by=by)
    record(case.trail, "decision opened", by=by, subject=decision)
    return decision


def _give_seats(decision: Decision, bodies: Iterable[Agency], *, by: Standing) -> None:
    case = decision.case
    due_on = position_due_on(decision.kind, by.today)
    for agency in bodies:
        Seat.objects.create(decision=decision, agency=agency, body=agency.body, due_on=due_on)
        if agency.out_of_area or (agency.body == Body.LA and agency.pk != case.incident_la_id):
            admit(case, Part.REVIEW_PAPERS, by=by, role=Role.PARTNER, agency=agency)


def position_due_on(kind: str, asked_on: date) -> date | None:
    """The last day for a position asked for on a London date; None where the bank holidays are not known yet."""
    try:
        return BankHoliday.objects.calendar().add_working_days(asked_on, days_for(kind))
    except BeyondKnownHolidays:
        return None


@transaction.atomic
def record_position(
    seat: Seat,
    *,
    by: Standing,
    view: str,
    reasons: str,
    answers: Mapping[str, tuple[str, str]] | None = None,
    replacing: int = 0,
    token: str | None = None,
) -> Position:
    """Sign what this seat's holder thinks. When it is the last one missing, all are revealed.

    `answers`, code -> (answer, why), takes the criteria one by one: all of them where each partner is asked them, none
    elsewhere (ValueError).
    A seat that has a position takes another only when `replacing` is the number of that one; both are kept.
    Raises AlreadyDone when the decision is over or somebody signed for the seat first, and NotPermitted when the
    person does not hold the seat or has signed for another.
    """
    rights.SIGN.require(by, seat)
    hold(seat.trail)
    refuse_repeat(token)
    decision = Decision.objects.get(pk=seat.decision_id)
    if view not in dict(decision.choices):
        raise ValueError(f"{view!r} is not one of the options of this decision.")
    if not reasons.strip():
        raise ValueError("A position needs its reasons.")
    answered = _answered(decision, answers or {})
    if not decision.is_open:
        raise AlreadyDone("The decision is over.")
    if Position.objects.filter(seat__decision=decision, signed_by=by.user).exclude(seat=seat).exists():
        raise rights.NotPermitted("You have signed for another partner: nobody fills two seats.")
    latest = Position.objects.filter(seat=seat).order_by("-number").first()
    if replacing != (latest.number if latest else 0):
        raise AlreadyDone("Somebody has recorded this partner's position.")
    position = Position.objects.create(
        seat=seat,
        number=latest.number + 1 if latest else 1,
        view=view,
        reasons=reasons,
        answers=answered,
        signed_by=by.user,
        signed_at=by.at,
        capacity=by.capacity[:300],
        after_reveal=decision.is_revealed,
    )
    # The event says that the seat has signed, never what.
    record(seat.trail, "position recorded", by=by, subject=seat, token=token)
    if not decision.is_revealed and not _seats_without_position(decision):
        _reveal(decision, by=by)
    return position


def _answered(decision: Decision, answers: Mapping[str, tuple[str, str]]) -> list[list[str]]:
    """The answers in the order of the criteria, as they are kept."""
    asked = [criterion.code for criterion in decision.asked_of_each]
    if set(answers) != set(asked):
        raise ValueError("Each of the criteria is answered, and nothing else.")
    for answer, why in answers.values():
        if answer not in Answer.values or not why.strip():
            raise ValueError("A criterion is answered with one of the answers, and why.")
    return [[code, *answers[code]] for code in asked]


def _seats_without_position(decision: Decision) -> list[Seat]:
    signed = Position.objects.filter(seat__decision=decision).values("seat")
    return list(decision.seats.exclude(pk__in=signed).select_related("agency"))


def _reveal(decision: Decision, *, by: Standing, reason: str = "", token: str | None = None) -> None:
    decision.revealed_at, decision.shown_early_because = by.at, reason
    transition(
        decision,
        Status.REVEALED,
        by=by,
        verb="positions revealed",
        reason=reason,
        changed=("revealed_at", "shown_early_because"),
        token=token,
    )


@transaction.atomic
def reveal(decision: Decision, *, by: Standing, reason: str = "", token: str | None = None) -> None:
    """Show the positions before all are in: the chair's or coordinator's act, with a reason, at quorum.

    Quorum is more than half of the seats. Raises NotReady below it or without a reason.
    """
    rights.REVEAL.require(by, decision)
    hold(decision.trail)
    refuse_repeat(token)
    decision.refresh_from_db()
    if decision.is_revealed:
        raise AlreadyDone("The positions have been shown.")
    missing, seats = len(_seats_without_position(decision)), decision.seats.count()
    if (seats - missing) * 2 <= seats:
        raise NotReady("More than half of the partners must have recorded a position.")
    if not reason.strip():
        raise NotReady("Enter why the positions are shown before all are in.")
    _reveal(decision, by=by, reason=reason, token=token)


def why_not(decision: Decision, outcome: str) -> str:
    """What stands in the way of this outcome, in a sentence; empty when the decision's rule is met."""
    if not decision.is_revealed:
        return "The positions have not been shown to the partners yet."
    positions = decision.standing_positions()
    agreeing = [position for position in positions if position.view == outcome]
    seats = decision.seats.count()
    if decision.rule == Rule.LA_FINAL_SAY:
        if not any(position.seat.body == Body.LA for position in positions):
            return "The local authority has not recorded a position."
        if not any(position.seat.body == Body.LA for position in agreeing):
            return "The local authority has the final say, and its position is another."
        return ""
    if decision.rule == Rule.MAJORITY:
        if len(agreeing) * 2 <= seats:
            return "More than half of the partners must agree."
        return ""
    waiting = [str(seat) for seat in _seats_without_position(decision)]
    if waiting:
        return f"All of the partners must agree. Waiting for: {', '.join(waiting)}."
    differing = [str(position.seat) for position in positions if position.view != outcome]
    if differing:
        return f"All of the partners must agree. Of another view: {', '.join(differing)}."
    return ""


def dissent_of(decision: Decision, outcome: str) -> str:
    """The positions that differ from the outcome, word for word, one paragraph each."""
    return "\n\n".join(
        f"{position.seat} ({position.signed_by}, {position.view_words}): {position.reasons}"
        for position in decision.standing_positions()
        if position.view != outcome
    )


@transaction.atomic
def conclude(
    decision: Decision, *, by: Standing, outcome: str, rationale: str, dissent: str = "", final: bool = True
) -> Decision:
    """Settle the decision. Called by a stage's verb, which moves its own status in the same transaction.

    Raises NotReady when the rule is not met, naming what is missing, and AlreadyDone when it is over. Positions that
    differ are kept word for word; `dissent` adds what was said in the meeting. Where partners say that the criteria are
    met and the local authority says otherwise, its reasons are needed and the disagreement is escalated, unless the
    outcome is not `final` (more is to be found out first).
    """
    rights.CONCLUDE.require(by, decision)
    hold(decision.trail)
    decision.refresh_from_db()
    if not decision.is_open:
        raise AlreadyDone("The decision is over.")
    if outcome not in dict(decision.choices):
        raise ValueError(f"{outcome!r} is not one of the options of this decision.")
    if not rationale.strip():
        raise NotReady("Enter why this was decided.")
    if obstacle := why_not(decision, outcome):
        raise NotReady(obstacle)
    decision.outcome, decision.rationale = outcome, rationale
    decision.dissent = "\n\n".join(text for text in (dissent_of(decision, outcome), dissent.strip()) if text)
    decision.concluded_at, decision.concluded_by = by.at, by.user
    transition(
        decision,
        Status.CONCLUDED,
        by=by,
        verb="decision concluded",
        changed=("outcome", "rationale", "dissent", "concluded_at", "concluded_by"),
    )
    if final:
        escalate_if_disputed(decision, by=by)
    decision.record = papers.issue_record(decision, by=by, said=dissent.strip())
    decision.save(update_fields=["record"])
    return decision


@transaction.atomic
def reopen(decision: Decision, *, by: Standing, reason: str) -> Decision:
    """Ask the partners again, with a reason. The first decision is kept as it was; the new one is returned.

    Asked are those who decide today: the incident may have turned out to be another authority's, and a body may have
    been followed by another since. A partner of another area that was asked before is asked again. Raises NotReady
    as `open_decision` does.
    """
    rights.REOPEN.require(by, decision)
    if not reason.strip():
        raise NotReady("Enter why the partners are to decide again.")
    case = Case.objects.get(pk=decision.case_id)
    bodies = _asked_again(decision, case, by=by)
    transition(decision, Status.REOPENED, by=by, verb="decision reopened", reason=reason)
    end_by_deciding_again(decision, by=by, reason=reason)
    again = Decision.objects.create(
        case=case,
        kind=decision.kind,
        rule=rule_for(decision.kind),
        options=decision.options,
        opened_at=by.at,
        reopened_from=decision,
        asked_again_because=reason,
    )
    _give_seats(again, bodies, by=by)
    record(decision.trail, "decision opened", by=by, subject=again)
    return again


def _asked_again(decision: Decision, case: Case, *, by: Standing) -> list[Agency]:
    bodies = _complete(deciding_bodies(case, by.today))
    elsewhere = Agency.objects.on(by.today).filter(pk__in=decision.seats.values("agency"), out_of_area=True)
    return [*bodies, *elsewhere.exclude(pk__in=[body.pk for body in bodies])]


def _complete(bodies: list[Agency]) -> list[Agency]:
    missing = {Body.LA, Body.ICB, Body.POLICE} - {agency.body for agency in bodies}
    if missing:
        words = ", ".join(sorted(Body(body).label.lower() for body in missing))
        raise NotReady(f"There is no agency in force to hold the seat of: {words}.")
    return bodies


@transaction.atomic
def abandon(decision: Decision, *, by: Standing, reason: str) -> None:
    """End a decision that is no longer needed, keeping what was said. Called by a stage's verb."""
    rights.CONCLUDE.require(by, decision)
    transition(decision, Status.ABANDONED, by=by, verb="decision abandoned", reason=reason)


@transaction.atomic
def answer_criterion(
    decision: Decision,
    code: str,
    *,
    by: Standing,
    answer: str,
    narrative: str,
    seen_version: int | None = None,
) -> CriterionAnswer:
    """Record what the partners together answer to one criterion, with why.

    Raises NotReady before the positions are shown where each partner answers for themselves first, AlreadyDone once
    the decision is over, StaleEdit when it changed.
    """
    rights.ANSWER_CRITERIA.require(by, decision)
    hold(decision.trail)
    decision.refresh_from_db(fields=["status", "revealed_at"])
    if not decision.is_open:
        raise AlreadyDone("The decision is over.")
    if decision.asked_of_each and not decision.is_revealed:
        raise NotReady("What the partners together answer is recorded once their positions are shown.")
    if code not in criteria.BY_CODE or answer not in CriterionAnswer.Answer.values:
        raise ValueError("This is not a criterion and an answer to it.")
    if not narrative.strip():
        raise ValueError("A criterion is answered with why.")
    given = CriterionAnswer.objects.filter(decision=decision, code=code).first()
    if given is None:
        given = CriterionAnswer(
            decision=decision, code=code, answer=answer, narrative=narrative, recorded_by=by.user, recorded_at=by.at
        )
        given._history_user = by.user  # type: ignore[attr-defined]
        given.save()
        record(decision.trail, "criterion answered", by=by, subject=given)
        return given
    if (given.answer, given.narrative) != (answer, narrative):
        amend(
            given,
            by=by,
            verb="criterion answered",
            seen_version=seen_version,
            answer=answer,
            narrative=narrative,
            recorded_by=by.user,
            recorded_at=by.at,
        )
    return given


def write_minutes(
    decision: Decision,
    text: str,
    *,
    by: Standing,
    seen_version: int,
    held: str = Held.VIRTUAL,
    discussed_on: date | None = None,
    attendees: str = "",
) -> None:
    """Keep how and when the partners discussed it, who was there, and the notes.

    They are nobody's position: only a seat's holder signs one. Raises ValueError for a day that has not come yet and
    for a meeting without its day.
    """
    rights.WRITE_MINUTES.require(by, decision)
    if not decision.is_open:
        raise AlreadyDone("The decision is over.")
    if held not in Held.values:
        raise ValueError("The partners meet, or decide without meeting.")
    if discussed_on is not None and discussed_on > by.today:
        raise ValueError("What was discussed was discussed by today.")
    if held == Held.MEETING and discussed_on is None:
        raise ValueError("A meeting has its day.")
    amend(
        decision,
        by=by,
        verb="minutes written",
        seen_version=seen_version,
        minutes=text,
        held=held,
        discussed_on=discussed_on,
        attendees=attendees,
    )
