"""Agreeing a referral in its own agency before it is sent."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold
from audit.lifecycle import transition
from referrals import rights
from referrals.models import Referral, Status

RETURNED, WITHDRAWN = "referral returned", "referral withdrawn"


@transaction.atomic
def send_for_approval(
    referral: Referral, *, by: Standing, seen_version: int | None = None, token: str | None = None
) -> None:
    """Ask a safeguarding lead of the agency to approve. Nothing that is missing prevents it.

    What a lead asked to be changed before stays beside it, to be compared with.
    Raises AlreadyDone when it is no longer a draft.
    """
    rights.WRITE.require(by, referral)
    hold(referral.trail)
    referral.touched_at = by.at
    transition(
        referral,
        Status.AWAITING_APPROVAL,
        by=by,
        verb="referral sent for approval",
        seen_version=seen_version,
        changed=("touched_at",),
        token=token,
    )


@transaction.atomic
def return_to_author(
    referral: Referral, *, by: Standing, comments: str, seen_version: int | None = None, token: str | None = None
) -> None:
    """Send it back to its author with what to change, which the record keeps. Raises ValueError without comments."""
    rights.APPROVE.require(by, referral)
    if not comments.strip():
        raise ValueError("Say what to change.")
    hold(referral.trail)
    referral.comments = comments
    referral.touched_at = by.at
    transition(
        referral,
        Status.RETURNED,
        by=by,
        verb=RETURNED,
        reason=comments,
        seen_version=seen_version,
        changed=("comments", "touched_at"),
        token=token,
    )


@transaction.atomic
def withdraw(
    referral: Referral, *, by: Standing, reason: str, seen_version: int | None = None, token: str | None = None
) -> None:
    """Give up a referral that has not been sent, with a reason. What was written is kept."""
    rights.WITHDRAW.require(by, referral)
    if not reason.strip():
        raise ValueError("Say why it is withdrawn.")
    transition(
        referral,
        Status.WITHDRAWN,
        by=by,
        verb=WITHDRAWN,
        reason=reason,
        seen_version=seen_version,
        token=token,
    )
