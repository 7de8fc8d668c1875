"""Joining: a second referral of one incident is considered in the case of the first. Nothing submitted is altered."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend, transition
from cases.models import Case, CaseStatus, Child
from decisions import actions as decisions
from notifications.incident.actions import record_awareness, stand_down, stand_up
from notifications.incident.actions.preparing import count_again
from notifications.incident.models import Notification
from notifications.incident.models import Status as NotificationStatus
from referrals import rights
from referrals.models import Joining, Referral, Status

JOINED = "Considered in another case"


@transaction.atomic
def join(
    referral: Referral,
    into: Case,
    *,
    by: Standing,
    reason: str,
    children: Mapping[int, int | None],
    token: str | None = None,
) -> Joining:
    """Consider the referral in another case, which `by` must see too. Only the referral's pointer moves.

    `children` names, for each child of the case the referral opened, the same child of the other case, or None. The
    case it opened becomes "joined" and keeps its reference, chain and children; its clocks are void with the reason;
    where it knew of an earlier date of becoming aware, the other's clock is corrected. Raises AlreadyDone when a
    notification of it was sent, NotPermitted, and ValueError for children that do not match.
    """
    rights.JOIN.require(by, referral)
    if not Case.objects.visible_to(by).filter(pk=into.pk).exists():
        raise rights.NotPermitted("You cannot join a referral to this case.")
    out_of = referral.opened
    if out_of is None or into == out_of:
        raise ValueError("A referral is joined to another case than its own.")
    hold(out_of.trail, into.trail)
    refuse_repeat(token)
    referral.refresh_from_db()
    out_of.refresh_from_db()
    into.refresh_from_db()
    if into.status != CaseStatus.OPEN or referral.case_id != out_of.pk:
        raise AlreadyDone("One of the two cases has changed since you opened this page.")
    _check_children(out_of, into, children)
    _end_what_runs(referral, out_of, into, by=by, reason=reason)
    joining = Joining.objects.create(
        referral=referral,
        out_of=out_of,
        into=into,
        children={str(own): other for own, other in children.items()},
        joined_by=by.user,
        joined_at=by.at,
    )
    out_of.joined_into = into
    transition(out_of, CaseStatus.JOINED, by=by, verb="case joined to another", reason=reason, changed=("joined_into",))
    referral.case = into
    transition(referral, Status.JOINED, by=by, verb="referral joined", reason=reason, changed=("case",), token=token)
    # On its own chain, so that its agency is written to under the reference it knows, not under another agency's.
    record(referral.chain, "referral considered with another", by=by, subject=referral)
    return joining


def _check_children(out_of: Case, into: Case, children: Mapping[int, int | None]) -> None:
    own = set(Child.objects.filter(case=out_of).values_list("pk", flat=True))
    theirs = set(Child.objects.filter(case=into).values_list("pk", flat=True))
    named = [other for other in children.values() if other is not None]
    if set(children) != own or not set(named) <= theirs or len(named) != len(set(named)):
        raise ValueError("Each child is matched with one child of the other case, or with none.")


def _end_what_runs(referral: Referral, out_of: Case, into: Case, *, by: Standing, reason: str) -> None:
    if (
        Notification.objects.filter(case=out_of)
        .exclude(status__in=[NotificationStatus.PREPARING, NotificationStatus.NOT_NEEDED])
        .exists()
    ):
        raise AlreadyDone("A notification of this case has been sent, so it is not joined to another.")
    for notification in Notification.objects.filter(case=out_of, status=NotificationStatus.PREPARING):
        _tell_earlier_date(notification, into, by=by, reason=reason)
        stand_down(notification, by=by, reason=f"{JOINED} ({into.reference}): {reason}")
    if referral.decision is not None and referral.decision.is_open:
        decisions.abandon(referral.decision, by=by, reason=f"{JOINED} ({into.reference}): {reason}")


def _tell_earlier_date(known: Notification, into: Case, *, by: Standing, reason: str) -> None:
    """The duty counts from the first day anybody knew: an earlier date corrects the clock of the case joined."""
    theirs = Notification.objects.filter(case=into, status=NotificationStatus.PREPARING).first()
    if theirs is None:
        return
    earlier = {
        name: mine
        for name in ("la_first_aware_at", "abuse_first_suspected_at")
        if (mine := getattr(known, name)) and (getattr(theirs, name) is None or mine < getattr(theirs, name))
    }
    note = f"Known from {known.case.reference}, which was joined: {reason}"
    if earlier:
        record_awareness(theirs, by=by, note=note, **earlier)
    elif theirs.is_provisional and known.received_on < theirs.received_on:
        amend(theirs, by=by, verb="earlier date received", reason=note, received_on=known.received_on)
        count_again(theirs, by=by, was_provisional=True, reason=note)


@transaction.atomic
def undo_join(joining: Joining, *, by: Standing, reason: str, token: str | None = None) -> Referral:
    """Take the referral out again: it goes back to the case it opened, and is looked at there.

    What was put right in the other case's clock stays: the date was known. Raises AlreadyDone when it was undone.
    """
    referral = joining.referral
    rights.JOIN.require(by, referral)
    hold(joining.out_of.trail, joining.into.trail)
    refuse_repeat(token)
    joining.refresh_from_db()
    if joining.undone_at is not None:
        raise AlreadyDone("The referral has been taken out of that case already.")
    referral.refresh_from_db()
    joining.undone_at, joining.undone_by = by.at, by.user
    joining.save(update_fields=["undone_at", "undone_by"])
    referral.case = joining.out_of
    transition(referral, Status.TRIAGE, by=by, verb="joining undone", reason=reason, changed=("case",), token=token)
    out_of = Case.objects.get(pk=joining.out_of_id)
    out_of.joined_into = None
    transition(out_of, CaseStatus.OPEN, by=by, verb="case taken up again", reason=reason, changed=("joined_into",))
    for notification in Notification.objects.filter(case=out_of, status=NotificationStatus.NOT_NEEDED):
        stand_up(notification, by=by, reason=reason)
    return referral
