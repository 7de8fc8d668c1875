"""What the business unit does with a return."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from agency_returns import rights
from agency_returns.lifecycle import ANSWERED, ReturnStatus
from agency_returns.models import AgencyReturn
from audit.lifecycle import AlreadyDone, amend, transition
from deadlines.actions import clock_of, reopen

from .asking import DUE


@transaction.atomic
def return_for_clarification(
    agency_return: AgencyReturn,
    *,
    by: Standing,
    question: str,
    seen_version: int | None = None,
    token: str | None = None,
) -> None:
    """Send the return back with a question. It is approved again, and is no longer open to the review group."""
    rights.JUDGE.require(by, agency_return)
    transition(
        agency_return,
        ReturnStatus.RETURNED,
        by=by,
        verb="return sent back for clarification",
        reason=question,
        seen_version=seen_version,
        token=token,
    )
    agency_return.approved_by, agency_return.approver_name, agency_return.approver_role = None, "", ""
    agency_return.released_at = agency_return.ready_at = None
    agency_return._history_user = by.user  # type: ignore[attr-defined]
    agency_return.save(
        update_fields=["approved_by", "approver_name", "approver_role", "released_at", "ready_at"],
    )
    reopen(clock_of(DUE, agency_return), by=by, reason="Returned for clarification")


@transaction.atomic
def accept(
    agency_return: AgencyReturn,
    *,
    by: Standing,
    releasing: bool = False,
    seen_version: int | None = None,
    token: str | None = None,
) -> None:
    """Take the return as it is; with `releasing` it is opened to the review group at the same time."""
    rights.JUDGE.require(by, agency_return)
    transition(
        agency_return,
        ReturnStatus.ACCEPTED,
        by=by,
        verb="return accepted",
        seen_version=seen_version,
        token=token,
    )
    if releasing:
        release(agency_return, by=by)


@transaction.atomic
def release(agency_return: AgencyReturn, *, by: Standing, token: str | None = None) -> None:
    """Open an accepted or nil return to those who read the review's papers. Raises AlreadyDone otherwise."""
    rights.RELEASE.require(by, agency_return)
    now = AgencyReturn.objects.get(pk=agency_return.pk)
    if now.status not in ANSWERED or now.released_at is not None:
        raise AlreadyDone("The return has not been accepted, or was released before.")
    amend(now, by=by, verb="return released", token=token, released_at=by.at)
    agency_return.released_at, agency_return.version = now.released_at, now.version
