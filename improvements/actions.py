"""Verbs on recommendations and actions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from accounts.models import Agency, Membership
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, key_of, record
from audit.lifecycle import AlreadyDone, amend, transition
from cases.actions import admit
from cases.models import Case
from cases.parts import Part
from documents.models import Upload

from . import rights
from .models import Action, ActionStatus, Evidence, ImpactCheck, Recommendation

CHECK_IMPACT_AFTER = timedelta(days=182)


class EvidenceNeeded(Exception):
    """An action is not accepted as completed before anything shows that it was done."""


def _next_number(rows: models.QuerySet[Any]) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def recommend(
    case: Case, *, by: Standing, text: str, source: str, review: models.Model | str = "", **facts: Any
) -> Recommendation:
    """Add the next recommendation of the case. `review` is the row that makes it."""
    rights.RECOMMEND.require(by)
    hold(case.trail)
    recommendation = Recommendation.objects.create(
        case=case,
        number=_next_number(Recommendation.objects.filter(case=case)),
        source=source,
        made_by_review=key_of(review) if review else "",
        text=text,
        **facts,
    )
    record(case.trail, "recommendation made", by=by, subject=recommendation)
    return recommendation


def reword(recommendation: Recommendation, *, by: Standing, seen_version: int, **fields: Any) -> None:
    """Change a recommendation; its history is kept. Raises StaleEdit."""
    rights.RECOMMEND.require(by, recommendation)
    amend(recommendation, by=by, verb="recommendation changed", seen_version=seen_version, **fields)


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
    """Give an agency an action with a target date (local date), and its owners sight of it and nothing else."""
    rights.PLAN.require(by, case)
    hold(case.trail)
    action = Action.objects.create(
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
    record(case.trail, "action planned", by=by, subject=action, token=token)
    if lead_person:
        admit(case, Part.OWN_ACTION, by=by, membership=lead_person, row=action)
    else:
        for role in (Role.ACTION_OWNER, Role.AGENCY_LEAD):
            admit(case, Part.OWN_ACTION, by=by, role=role, agency=lead_agency, row=action)
    return action


@transaction.atomic
def report(action: Action, to: str, *, by: Standing, progress: str, seen_version: int | None = None) -> None:
    """Say where an action stands. The same status with new words is an edit; another is a move.

    Only an action still being worked on is reported on: completing, embedding and closing have their own verbs.
    """
    rights.REPORT.require(by, action)
    if to == action.status:
        amend(action, by=by, verb="action reported on", seen_version=seen_version, progress=progress)
        return
    if to not in {ActionStatus.IN_PROGRESS, ActionStatus.AT_RISK, ActionStatus.AWAITING_EVIDENCE}:
        raise AlreadyDone("An action is completed by accepting its evidence.")
    action.progress = progress
    transition(action, to, by=by, verb="action reported on", seen_version=seen_version, changed=("progress",))


@transaction.atomic
def give_evidence(action: Action, *, by: Standing, text: str, upload: Upload | None = None) -> Evidence:
    """Add what shows that the action was done."""
    rights.REPORT.require(by, action)
    hold(action.trail)
    evidence = Evidence.objects.create(action=action, text=text, upload=upload, given_by=by.user, given_at=by.at)
    record(action.trail, "evidence given", by=by, subject=action, changed=["evidence"])
    return evidence


@transaction.atomic
def accept_evidence(action: Action, *, by: Standing, seen_version: int | None = None) -> None:
    """Complete an action whose evidence is enough; a check of its impact falls due six months later.

    Raises EvidenceNeeded when nothing shows that it was done.
    """
    rights.ASSURE.require(by, action)
    hold(action.trail)
    if not action.evidence.exists():
        raise EvidenceNeeded
    Action.objects.filter(pk=action.pk).update(completed_on=by.today, impact_check_on=by.today + CHECK_IMPACT_AFTER)
    action.completed_on, action.impact_check_on = by.today, by.today + CHECK_IMPACT_AFTER
    transition(action, ActionStatus.COMPLETED, by=by, verb="action completed", seen_version=seen_version)


@transaction.atomic
def change_target(
    action: Action, target_on: date, *, by: Standing, reason: str, seen_version: int | None = None
) -> None:
    """Agree a new target date with its reason. The date first agreed stays visible."""
    rights.ASSURE.require(by, action)
    amend(action, by=by, verb="target date changed", reason=reason, seen_version=seen_version, target_on=target_on)


@transaction.atomic
def not_pursue(action: Action, *, by: Standing, reason: str, seen_version: int | None = None) -> None:
    """Close an action that will not be done, with the reason."""
    rights.ASSURE.require(by, action)
    transition(
        action, ActionStatus.NOT_PURSUED, by=by, verb="action not pursued", reason=reason, seen_version=seen_version
    )


@transaction.atomic
def check_impact(action: Action, *, by: Standing, found: str, impact_shown: bool) -> ImpactCheck:
    """Record whether the action made the difference it was meant to. Shown impact embeds it."""
    rights.ASSURE.require(by, action)
    hold(action.trail)
    check = ImpactCheck.objects.create(
        action=action, on=by.today, found=found, impact_shown=impact_shown, checked_by=by.user
    )
    if impact_shown:
        transition(action, ActionStatus.EMBEDDED, by=by, verb="action embedded")
    else:
        record(action.trail, "impact not shown yet", by=by, subject=action)
    return check
