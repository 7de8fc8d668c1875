"""A disagreement about notifying goes up, level by level, until it is settled (specification 4.10).

What is owed to the national body stays owed meanwhile: nothing here stops a clock.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import Body, Membership
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, transition
from audit.models import Trail
from cases.actions import admit
from cases.models import Case, TeamMember
from cases.parts import Part
from deadlines.models import BankHoliday
from deadlines.working_days import BeyondKnownHolidays
from decisions import rights
from decisions.lifecycle import DAYS_AT, Level
from decisions.models import Decision, Escalation

NEXT = {Level.CHAIR: Level.PARTNERS, Level.PARTNERS: Level.SENIORS}
PASSED = {
    Level.PARTNERS: "disagreement passed to the partners",
    Level.SENIORS: "disagreement passed to the senior partners",
}


class NotReady(Exception):
    """What was to be done with the decision cannot be done yet. The message says what is missing, in a sentence."""


def is_disputed(decision: Decision) -> bool:
    """Whether a partner's position is that the criteria are met and the local authority's is not."""
    if not decision.met:
        return False
    positions = decision.standing_positions()
    others = any(position.view == decision.met for position in positions if position.seat.body != Body.LA)
    authority = any(position.view == decision.met for position in positions if position.seat.body == Body.LA)
    return others and not authority


def escalate_if_disputed(decision: Decision, *, by: Standing) -> Escalation | None:
    """Take the disagreement to the chair, with the authority's reasons. Called when the decision is concluded.

    Raises NotReady while the local authority has not said why.
    """
    if not is_disputed(decision):
        return None
    reasons = "\n\n".join(
        position.reasons for position in decision.standing_positions() if position.seat.body == Body.LA
    )
    if not reasons:
        raise NotReady("The local authority must record why it does not notify.")
    escalation = Escalation.objects.create(
        decision=decision, authority_reasons=reasons, raised_at=by.at, due_on=_due_on(Level.CHAIR, by.today)
    )
    _give_to_the_chair(decision.case, by=by)
    record(decision.trail, "disagreement raised", by=by, subject=escalation)
    return escalation


def _give_to_the_chair(case: Case, *, by: Standing) -> None:
    """Where no chair of a panel works on the case yet, this area's chairs get its papers: theirs is the first turn."""
    chairs = Membership.objects.on(by.today).filter(role=Role.PANEL_CHAIR, agency__out_of_area=False)
    parts = [Part.WHOLE_CASE, Part.REVIEW_PAPERS]
    held = TeamMember.objects.in_force(by.today).filter(case=case, part__in=parts)
    if held.filter(membership__in=chairs).exists() or held.filter(role=Role.PANEL_CHAIR).exists():
        return
    for chair in chairs.order_by("pk"):
        admit(case, Part.REVIEW_PAPERS, by=by, membership=chair)


def _due_on(level: str, day: date) -> date | None:
    """The last day of that level, for what came to it on a London date; None beyond the known bank holidays."""
    calendar = BankHoliday.objects.calendar()
    try:
        today = calendar.working_day_on_or_after(day)
        return calendar.add_working_days(today, DAYS_AT[level]) if DAYS_AT[level] else today
    except BeyondKnownHolidays:
        return None


@transaction.atomic
def pass_on(escalation: Escalation, *, by: Standing, reason: str, token: str | None = None) -> Escalation:
    """Take the disagreement a level higher, with the reason. Raises AlreadyDone when it is with the last, or over."""
    rights.PASS_ON.require(by, escalation)
    if not reason.strip():
        raise NotReady("Enter why it could not be settled.")
    return _pass_on(escalation, by=by, reason=reason, token=token)


def _pass_on(escalation: Escalation, *, by: Standing, reason: str, token: str | None = None) -> Escalation:
    hold(escalation.trail)
    refuse_repeat(token)
    now = Escalation.objects.get(pk=escalation.pk)
    to = NEXT.get(Level(now.status))
    if to is None or now.status != escalation.status:
        raise AlreadyDone(f"The disagreement is: {now.get_status_display().lower()}.")
    now.due_on = _due_on(to, by.today)
    if to == Level.SENIORS:
        now.seniors_at = by.at
    transition(now, to, by=by, verb=PASSED[to], reason=reason, changed=("due_on", "seniors_at"), token=token)
    return now


@transaction.atomic
def settle(escalation: Escalation, *, by: Standing, ending: str, token: str | None = None) -> Escalation:
    """Record how the disagreement was settled: what the authority now does, or what the partners accept.

    It moves no clock and sends nothing: the authority notifies on its own page, and partners who come to another view
    decide again. Raises AlreadyDone when it is over.
    """
    return _end(escalation, Level.SETTLED, by=by, ending=ending, verb="disagreement settled", token=token)


@transaction.atomic
def leave_unresolved(escalation: Escalation, *, by: Standing, ending: str, token: str | None = None) -> Escalation:
    """Record that the senior partners could not settle it and how the national panel was told."""
    return _end(escalation, Level.UNRESOLVED, by=by, ending=ending, verb="disagreement not settled", token=token)


def _end(
    escalation: Escalation, to: str, *, by: Standing, ending: str, verb: str, token: str | None = None
) -> Escalation:
    rights.SETTLE.require(by, escalation)
    if not ending.strip():
        raise NotReady("Enter how it ended.")
    hold(escalation.trail)
    refuse_repeat(token)
    now = Escalation.objects.get(pk=escalation.pk)
    now.ending, now.ended_at, now.ended_by = ending, by.at, by.user
    transition(now, to, by=by, verb=verb, changed=("ending", "ended_at", "ended_by"), token=token)
    return now


def end_by_deciding_again(decision: Decision, *, by: Standing, reason: str) -> None:
    """The partners are asked again: the disagreement about the first decision ends with that."""
    _end_by_itself(decision.trail, f"The partners decide again: {reason}", by=by, decision=decision)


def end_by_notifying(case: Case, *, by: Standing) -> None:
    """The local authority has notified after all: nobody is to settle any more whether it does.

    Called by the verb that records the sending of a serious incident notification, which has checked its own right.
    """
    _end_by_itself(case.trail, "The local authority has notified.", by=by, decision__case=case)


def _end_by_itself(trail: Trail, ending: str, *, by: Standing, **of: Decision | Case) -> None:
    hold(trail)
    for escalation in Escalation.objects.filter(**of).exclude(status=Level.SETTLED):
        # What was said when the senior partners could not settle it stays with what came of it.
        escalation.ending = "\n\n".join(text for text in (escalation.ending, ending) if text)
        escalation.ended_at, escalation.ended_by = by.at, by.user
        transition(
            escalation,
            Level.SETTLED,
            by=by,
            verb="disagreement settled",
            changed=("ending", "ended_at", "ended_by"),
        )


def pass_on_what_is_late(*, at: datetime) -> int:
    """Take a level higher what was not settled by its day, at that instant (UTC). Returns how many.

    With the senior partners it stays, overdue for all to see. Running it twice equals running it once.
    """
    by = Standing.scheduler(at)
    passed = 0
    late = Escalation.objects.filter(status__in=list(NEXT), due_on__lt=by.today).select_related("decision__case__chain")
    for escalation in late:
        try:
            with transaction.atomic():
                _pass_on(escalation, by=by, reason="It was not settled by its day.")
        except AlreadyDone:
            continue
        passed += 1
    return passed
