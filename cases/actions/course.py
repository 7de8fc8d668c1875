"""Closing and reopening a case, and keeping it from disposal."""

from __future__ import annotations

from accounts.standing import Standing
from audit.lifecycle import AlreadyDone, amend, transition
from cases import rights
from cases.models import Case, CaseStatus


def close(case: Case, *, by: Standing, reason: str, seen_version: int | None = None, token: str | None = None) -> None:
    """Close the case from today. Raises AlreadyDone when it is not open."""
    rights.CLOSE.require(by, case)
    case.closed_on = by.today
    transition(
        case,
        CaseStatus.CLOSED,
        by=by,
        verb="case closed",
        reason=reason,
        seen_version=seen_version,
        token=token,
        changed=("closed_on",),
    )


def reopen(case: Case, *, by: Standing, reason: str, seen_version: int | None = None, token: str | None = None) -> None:
    """Open a closed case again. Its clocks are not resumed: a stage starts new ones.

    Raises AlreadyDone when it is open, or joined to another case (that is undone where it was joined).
    """
    rights.CLOSE.require(by, case)
    if case.status == CaseStatus.JOINED:
        raise AlreadyDone("The case is joined to another one.")
    case.closed_on = None
    transition(
        case,
        CaseStatus.OPEN,
        by=by,
        verb="case reopened",
        reason=reason,
        seen_version=seen_version,
        token=token,
        changed=("closed_on",),
    )


def set_legal_hold(case: Case, on: bool, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Keep everything of the case from disposal, or let it go. The reason is kept."""
    rights.HOLD.require(by, case)
    amend(case, by=by, verb="legal hold set" if on else "legal hold lifted", reason=reason, token=token, legal_hold=on)
