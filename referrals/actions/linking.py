"""Saying that a referral and a case are related, where they are not one incident."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone
from cases.models import Case
from referrals import rights
from referrals.models import Link, Referral


@transaction.atomic
def link(referral: Referral, case: Case, *, by: Standing, reason: str, token: str | None = None) -> Link:
    """Note that the two are related; each is considered by itself. Recorded in both.

    Raises NotPermitted for a case that `by` does not see, ValueError for its own case or without a reason, and
    AlreadyDone when they are linked already.
    """
    rights.JOIN.require(by, referral)
    if referral.case is None or not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise rights.NotPermitted("You cannot link a referral to this case.")
    if case.pk in (referral.case_id, referral.opened_id):
        raise ValueError("A referral is linked to another case than its own.")
    if not reason.strip():
        raise ValueError("Say how they are related.")
    hold(referral.trail, case.trail)
    refuse_repeat(token)
    made, new = Link.objects.get_or_create(
        referral=referral,
        case=case,
        removed_at=None,
        defaults={"reason": reason, "linked_by": by.user, "linked_at": by.at},
    )
    if not new:
        raise AlreadyDone("They are linked already.")
    record(referral.trail, "related case linked", by=by, subject=referral, reason=reason, token=token)
    record(case.trail, "related referral linked", by=by, subject=case, reason=reason)
    return made


@transaction.atomic
def unlink(referral: Referral, case: Case, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Take a link back, with a reason. Raises AlreadyDone when there is none."""
    rights.JOIN.require(by, referral)
    hold(referral.trail, case.trail)
    refuse_repeat(token)
    link = Link.objects.visible_to(by).in_force().filter(referral=referral, case=case).first()
    if link is None:
        raise AlreadyDone("They are not linked.")
    link.removed_at, link.removed_by = by.at, by.user
    link.save(update_fields=["removed_at", "removed_by"])
    record(referral.trail, "related case unlinked", by=by, subject=referral, reason=reason, token=token)
    record(case.trail, "related referral unlinked", by=by, subject=case, reason=reason)
