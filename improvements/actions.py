"""Verbs on recommendations and actions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from accounts.models import Agency, Membership
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, key_of, record, refuse_repeat
from audit.lifecycle import AlreadyDone, StaleEdit, amend, transition
from audit.models import Event
from cases.actions import admit
from cases.models import Case
from cases.parts import Part
from deadlines.working_days import add_months
from documents.models import Upload

from . import rights
from .lifecycle import REPORTABLE
from .models import Action, ActionStatus, Evidence, ImpactCheck, Learning, Recommendation

CHECK_IMPACT_AFTER_MONTHS = 6
OWNERS = (Role.ACTION_OWNER, Role.AGENCY_LEAD)


class EvidenceNeeded(Exception):
    """An action is not accepted as completed before anything shows that it was done."""


def _next_number(rows: models.QuerySet[Any]) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def recommend(
    case: Case,
    *,
    by: Standing,
    text: str,
    source: str,
    review: models.Model | str = "",
    token: str | None = None,
    **facts: Any,
) -> Recommendation:
    """Add the next recommendation. `review` is the row that makes it, and numbers its own from 1."""
    rights.RECOMMEND.require(by, case)
    hold(case.trail)
    refuse_repeat(token)
    made_by = key_of(review) if review else ""
    recommendation = Recommendation(
        case=case,
        number=_next_number(Recommendation.objects.filter(case=case, made_by_review=made_by)),
        source=source,
        made_by_review=made_by,
        text=text,
        **facts,
    )
    recommendation._history_user = by.user  # type: ignore[attr-defined]
    recommendation.save()
    record(case.trail, "recommendation made", by=by, subject=recommendation, token=token)
    return recommendation


def reword(recommendation: Recommendation, *, by: Standing, seen_version: int, **fields: Any) -> None:
    """Change a recommendation; its history is kept. Raises StaleEdit, AlreadyDone when it has been withdrawn."""
    rights.REWORD.require(by, recommendation)
    with transaction.atomic():
        hold(recommendation.trail)
        if Recommendation.objects.get(pk=recommendation.pk).is_withdrawn:
            raise AlreadyDone("The recommendation has been withdrawn.")
        amend(recommendation, by=by, verb="recommendation changed", seen_version=seen_version, **fields)


@transaction.atomic
def withdraw(recommendation: Recommendation, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Take a recommendation back, with the reason; it stays to be read, under its number.

    Raises AlreadyDone when it has been, or when an action is under way to carry it out.
    """
    rights.REWORD.require(by, recommendation)
    hold(recommendation.trail)
    refuse_repeat(token)
    now = Recommendation.objects.get(pk=recommendation.pk)
    if now.is_withdrawn:
        raise AlreadyDone("The recommendation has been withdrawn.")
    if Action.objects.filter(recommendation=now).exclude(status=ActionStatus.NOT_PURSUED).exists():
        raise AlreadyDone("An action carries this recommendation out. Close the action first.")
    amend(now, by=by, verb="recommendation withdrawn", reason=reason, token=token, withdrawn_on=by.today)


@transaction.atomic
def plan(
    case: Case,
    *,
    by: Standing,
    text: str,
    lead_agency: Agency,
    target_on: date,
    lead_person: Membership | None = None,
    recommendation: Recommendation | None = None,
    token: str | None = None,
    **facts: Any,
) -> Action:
    """Give an agency an action with a target date (local date), and its owners sight of it and nothing else.

    With `lead_person`, a membership of that agency, only that person is given it. Raises ValueError when the person
    or the recommendation is another agency's or case's.
    """
    rights.PLAN.require(by, case)
    return _plan(
        case,
        by=by,
        text=text,
        lead_agency=lead_agency,
        target_on=target_on,
        lead_person=lead_person,
        recommendation=recommendation,
        token=token,
        **facts,
    )


@dataclass(frozen=True)
class LearningPlan:
    """How a case that does not meet the criteria is learned from: by whom, and by which local date."""

    learning: str
    text: str
    lead_agency: Agency
    target_on: date
    lead_person: Membership | None = None


@transaction.atomic
def plan_learning(case: Case, learning: LearningPlan, *, by: Standing) -> Action:
    """Make the action that a decision to learn in another way asks for. Raises ValueError as `plan` does.

    Called by the verb that concludes the decision, in its transaction.
    """
    rights.PLAN_LEARNING.require(by, case)
    if learning.learning not in Learning.values or not learning.text.strip():
        raise ValueError("Say how the case is learned from, and what will be done.")
    return _plan(
        case,
        by=by,
        text=learning.text,
        lead_agency=learning.lead_agency,
        target_on=learning.target_on,
        lead_person=learning.lead_person,
        learning=learning.learning,
    )


def _plan(
    case: Case,
    *,
    by: Standing,
    text: str,
    lead_agency: Agency,
    target_on: date,
    lead_person: Membership | None = None,
    recommendation: Recommendation | None = None,
    token: str | None = None,
    **facts: Any,
) -> Action:
    hold(case.trail)
    refuse_repeat(token)
    if recommendation is not None and recommendation.case_id != case.pk:
        raise ValueError("The recommendation is another case's.")
    if lead_person is not None and (lead_person.agency_id != lead_agency.pk or lead_person.role not in OWNERS):
        raise ValueError("Whoever leads an action is an action owner or safeguarding lead of the agency.")
    action = Action(
        case=case,
        number=_next_number(Action.objects.filter(case=case)),
        text=text,
        lead_agency=lead_agency,
        lead_person=lead_person,
        target_on=target_on,
        first_target_on=target_on,
        recommendation=recommendation,
        **facts,
    )
    action._history_user = by.user  # type: ignore[attr-defined]
    action.save()
    record(case.trail, "action planned", by=by, subject=action, token=token)
    if lead_person:
        admit(case, Part.OWN_ACTION, by=by, membership=lead_person, row=action)
    else:
        for role in OWNERS:
            admit(case, Part.OWN_ACTION, by=by, role=role, agency=lead_agency, row=action)
    return action


@transaction.atomic
def report(action: Action, to: str, *, by: Standing, progress: str, seen_version: int | None = None) -> Event | None:
    """Say where an action stands, in words and as a status.

    Only an action still being worked on is reported on, and only as being worked on or done: completing, embedding and
    closing have their own verbs. Raises AlreadyDone, and StaleEdit with both texts.
    """
    rights.REPORT.require(by, action)
    hold(action.trail)
    now = Action.objects.get(pk=action.pk)
    if seen_version is not None and now.version != seen_version and now.progress != progress:
        mine = {"progress": progress, "status": to}
        raise StaleEdit(now, mine=mine, theirs={"progress": now.progress, "status": now.status})
    if to not in REPORTABLE or not now.is_unfinished:
        raise AlreadyDone("An action is completed by accepting its evidence.")
    if now.status == to:
        event = amend(now, by=by, verb="action reported on", progress=progress)
    else:
        now.progress = progress
        event = transition(now, to, by=by, verb="action reported on", changed=("progress",))
    action.refresh_from_db()
    return event


@transaction.atomic
def give_evidence(
    action: Action, *, by: Standing, text: str, uploads: Iterable[Upload] = (), token: str | None = None
) -> Evidence:
    """Add what shows that the action was done. Raises AlreadyDone once nothing more is asked of it."""
    rights.REPORT.require(by, action)
    hold(action.trail)
    refuse_repeat(token)
    if not Action.objects.get(pk=action.pk).is_unfinished:
        raise AlreadyDone("The action has been completed or closed.")
    evidence = Evidence.objects.create(action=action, text=text, given_by=by.user, given_at=by.at)
    evidence.uploads.set(uploads)
    record(action.trail, "evidence given", by=by, subject=action, changed=["evidence"], token=token)
    return evidence


@transaction.atomic
def accept_evidence(action: Action, *, by: Standing, seen_version: int | None = None, token: str | None = None) -> None:
    """Complete an action whose evidence is enough; a check of its impact falls due six months later.

    Raises EvidenceNeeded when nothing shows that it was done.
    """
    rights.ASSURE.require(by, action)
    hold(action.trail)
    refuse_repeat(token)
    if not action.evidence.exists():
        raise EvidenceNeeded
    action.completed_on, action.impact_check_on = by.today, add_months(by.today, CHECK_IMPACT_AFTER_MONTHS)
    transition(
        action,
        ActionStatus.COMPLETED,
        by=by,
        verb="action completed",
        seen_version=seen_version,
        token=token,
        changed=("completed_on", "impact_check_on"),
    )


@transaction.atomic
def change_target(
    action: Action,
    target_on: date,
    *,
    by: Standing,
    reason: str,
    seen_version: int | None = None,
    token: str | None = None,
) -> None:
    """Agree a new target date with its reason. The date first agreed stays visible. Raises StaleEdit, AlreadyDone."""
    rights.ASSURE.require(by, action)
    hold(action.trail)
    refuse_repeat(token)
    if not Action.objects.get(pk=action.pk).is_unfinished:
        raise AlreadyDone("The action has been completed or closed.")
    amend(
        action,
        by=by,
        verb="target date changed",
        reason=reason,
        seen_version=seen_version,
        token=token,
        target_on=target_on,
    )


def not_pursue(action: Action, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Close an action that will not be done, with the reason."""
    rights.ASSURE.require(by, action)
    transition(action, ActionStatus.NOT_PURSUED, by=by, verb="action not pursued", reason=reason, token=token)


@transaction.atomic
def reopen(action: Action, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Take a completed or closed action up again, with the reason."""
    rights.ASSURE.require(by, action)
    hold(action.trail)
    refuse_repeat(token)
    if not Action.objects.get(pk=action.pk).may_be_reopened:
        raise AlreadyDone("The action is being worked on, or its impact has been shown.")
    action.completed_on = action.impact_check_on = None
    transition(
        action,
        ActionStatus.IN_PROGRESS,
        by=by,
        verb="action taken up again",
        reason=reason,
        token=token,
        changed=("completed_on", "impact_check_on"),
    )


@transaction.atomic
def check_impact(
    action: Action, *, by: Standing, found: str, impact_shown: bool, token: str | None = None
) -> ImpactCheck:
    """Record whether a completed action made the difference it was meant to.

    Shown impact embeds it; otherwise it is to be looked at again in six months. Raises AlreadyDone when it is not
    completed, or is embedded.
    """
    rights.ASSURE.require(by, action)
    hold(action.trail)
    refuse_repeat(token)
    now = Action.objects.get(pk=action.pk)
    if not now.may_be_embedded:
        raise AlreadyDone("The impact of an action is checked once it is completed.")
    check = ImpactCheck.objects.create(
        action=now, on=by.today, found=found, impact_shown=impact_shown, checked_by=by.user
    )
    if impact_shown:
        transition(now, ActionStatus.EMBEDDED, by=by, verb="action embedded", token=token)
    else:
        again = add_months(by.today, CHECK_IMPACT_AFTER_MONTHS)
        # The event is recorded even when the day of the next check happens to stay the same.
        record(now.trail, "impact not shown yet", by=by, subject=now, token=token)
        amend(now, by=by, verb="next check of impact planned", impact_check_on=again)
    action.refresh_from_db()
    return check
