"""Sending a referral to the partnership: one transaction makes the case of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import Agency, Membership
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, StaleEdit, transition
from cases.actions import add_child, add_person, admit, link_siblings, open_case
from cases.models import Case, ParallelProcess
from cases.parts import Part
from documents.freezing import sha256_of
from documents.papers import issue
from notifications.incident.actions import open_notification
from notifications.incident.actions.opening import NotInScope, check_scope
from referrals import facts, rights
from referrals.answers.given import Answers
from referrals.models import Attachment, EventKind, PageAnswers, Referral, Status, Unsaved
from referrals.models.referrals import REFERRING
from referrals.papers import ReferralPaper


@transaction.atomic
def approve(referral: Referral, *, by: Standing, seen_version: int | None = None, token: str | None = None) -> Referral:
    """Approve a referral for its agency, and send it.

    Freezes the answers with their hash, takes the reference, makes the case with its children, people and team, opens
    the notification, and issues the paper. Nothing that is unknown or could not be accepted prevents it. Raises
    AlreadySubmitted when this very form was sent before, AlreadyDone when somebody else was first, StaleEdit when it
    was returned and changed since the version that was read, and NotPermitted for the author.
    """
    rights.APPROVE.require(by, referral)
    hold(referral.trail)
    refuse_repeat(token)
    referral.refresh_from_db()
    if not referral.awaits_approval:
        raise AlreadyDone(f"This referral is {referral.get_status_display().lower()}.")
    if seen_version is not None and seen_version != referral.version:
        raise StaleEdit(referral, mine={}, theirs={})
    answers = referral.answers().in_force()
    _freeze(referral, answers, by=by)
    case = _case_of(referral, answers, by=by)
    _give_parts(referral, case, by=by)
    if referral.kind != EventKind.LEARNING:
        open_notification(
            case,
            by=by,
            received_on=case.received_on,
            kind=_route_of(referral, case, answers),
            incident=facts.incident_as_notified(answers),
        )
    referral.case = referral.opened = case
    referral.paper = _issue(referral, case, answers, by=by)
    PageAnswers.objects.filter(referral=referral).delete()
    Unsaved.objects.filter(referral=referral).delete()
    transition(
        referral,
        Status.SUBMITTED,
        by=by,
        verb="referral submitted",
        changed=_SENT,
        token=token,
    )
    return referral


_SENT = (
    "approved_by",
    "approved_at",
    "in_the_leads_place",
    "submitted_at",
    "frozen",
    "frozen_sha256",
    "still_needed",
    "case",
    "opened",
    "paper",
)


def _freeze(referral: Referral, answers: Answers, *, by: Standing) -> None:
    """Set what was sent on the row. It is never changed again."""
    referral.approved_by, referral.approved_at = by.user, by.at
    referral.in_the_leads_place = not by.holds_in(referral.agency_id, Role.AGENCY_LEAD)
    referral.submitted_at = by.at
    referral.frozen = {
        "kind": referral.kind,
        "agency": str(referral.agency),
        "pages": {
            key: {
                "answers": row.answers,
                "typed": row.typed,
                "version": row.version,
                "saved_at": row.saved_at.isoformat(),
                "saved_by": row.saved_by_id,
            }
            for key, row in referral.pages().items()
            if key in answers.pages
        },
        "files": [
            {"sha256": attachment.upload.sha256, "size": attachment.upload.size}
            for attachment in Attachment.objects.filter(referral=referral).select_related("upload")
        ],
    }
    referral.frozen_sha256 = sha256_of(referral.frozen)
    referral.still_needed = len(answers.gaps())


def _case_of(referral: Referral, answers: Answers, *, by: Standing) -> Case:
    incident_la, _ = facts.authority_of_incident(answers, referral.agency, by.today)
    said = facts.case_facts(answers, referral.kind_in_short)
    case = open_case(by=by, incident_la=incident_la, trail=referral.chain, received_on=by.today, **said)
    primary = facts.primary_subject(answers)
    children = {}
    for number in answers.numbers("child"):
        children[number] = add_child(
            case,
            by=by,
            identity=facts.child_identity(answers, number),
            primary_subject=number == primary,
            **facts.child_facts(answers, number),
        )
    for number, child in children.items():
        if siblings := answers.siblings(number):
            link_siblings(child, [children[one] for one in siblings], by=by)
    for number in answers.numbers("person"):
        add_person(case, by=by, identity=facts.person_identity(answers, number), **facts.person_facts(answers, number))
    for number in answers.numbers("process"):
        if process := facts.process_facts(answers, number):
            row = ParallelProcess(case=case, **process)
            row._history_user = by.user  # type: ignore[attr-defined]
            row.save()
            record(case.trail, "parallel process added", by=by, subject=row)
    return case


def _route_of(referral: Referral, case: Case, answers: Answers) -> str:
    """The kind of notification that was referred, and with it the clock; that of the harm where the facts differ."""
    route = facts.notify_only_route(referral.kind, answers)
    try:
        check_scope(case, route)
    except NotInScope:
        return ""
    return route


def _give_parts(referral: Referral, case: Case, *, by: Standing) -> None:
    """Their own referral, and nothing else, to its author and to the agency's leads."""
    membership = (
        Membership.objects.on(by.today)
        .filter(user=referral.author_id, agency=referral.agency_id, role__in=REFERRING)
        .order_by("pk")
        .first()
    )
    if membership:
        admit(case, Part.OWN_REFERRAL, by=by, membership=membership, row=referral)
    agency: Agency = referral.agency
    admit(case, Part.OWN_REFERRAL, by=by, role=Role.AGENCY_LEAD, agency=agency, row=referral)


def _issue(referral: Referral, case: Case, answers: Answers, *, by: Standing) -> Any:
    author = Standing.of(referral.author, by.at)
    approved = "; ".join(str(held) for held in by.held if held.role in (Role.AGENCY_LEAD, Role.COORDINATOR))
    paper = ReferralPaper.of(
        referral,
        case=case,
        answers=answers,
        author_capacity="; ".join(str(held) for held in author.held if held.agency_id == referral.agency_id),
        approved_capacity=approved,
        submitted_at=by.at,
    )
    return issue(
        paper,
        kind="referral",
        title="Referral for consideration of a review",
        reference=case.reference,
        template="referrals/papers/referral.html",
        by=by,
    )
