"""The agency's answer: acknowledged, approved and sent, or nothing known."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.standing import Standing
from agency_returns import rights
from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import AgencyReturn
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, transition
from deadlines.actions import meet

from .asking import DUE


class NothingWritten(ValueError):
    """There is nothing to send: write what is known, or send a nil return."""


class KnownAfterAll(ValueError):
    """A nil return would deny what has been written."""


class ApproverNeeded(ValueError):
    """A correspondent names the senior lead who approved the return."""


@transaction.atomic
def acknowledge(agency_return: AgencyReturn, *, by: Standing, token: str | None = None) -> None:
    """Say that the request has arrived. Raises AlreadyDone when more than that has happened."""
    rights.WRITE.require(by, agency_return)
    transition(agency_return, ReturnStatus.ACKNOWLEDGED, by=by, verb="information request acknowledged", token=token)


@transaction.atomic
def ask_for_approval(agency_return: AgencyReturn, *, by: Standing, token: str | None = None) -> None:
    """Tell the agency's leads that the return is ready for one of them to approve."""
    rights.WRITE.require(by, agency_return)
    hold(agency_return.trail)
    refuse_repeat(token)
    now = AgencyReturn.objects.get(pk=agency_return.pk)
    if now.status not in (ReturnStatus.DRAFT, ReturnStatus.RETURNED):
        raise AlreadyDone("The return is not being written.")
    _check_written(now)
    _set(now, by=by, ready_at=by.at)
    record(now.trail, "return ready for approval", by=by, subject=now, changed=["ready_at"], token=token)


@transaction.atomic
def submit(
    agency_return: AgencyReturn,
    *,
    by: Standing,
    approver_name: str = "",
    approver_role: str = "",
    seen_version: int | None = None,
    token: str | None = None,
) -> None:
    """Approve the return and send it. Whoever wrote any of it is refused (NotPermitted).

    A correspondent has nobody here to approve and names the senior lead who did (ApproverNeeded). By sending it the
    agency confirms that what it shares is necessary, proportionate and accurate. Raises NothingWritten, and
    AlreadyDone when it was sent or changed since `seen_version`.
    """
    rights.APPROVE.require(by, agency_return)
    hold(agency_return.trail)
    refuse_repeat(token)
    _check_written(agency_return)
    if by.is_correspondent and not approver_name.strip():
        raise ApproverNeeded("Enter the name of the senior lead who approved this return.")
    # The approval first: a submitted row without one cannot exist.
    _set(
        agency_return,
        by=by,
        approved_by=None if by.is_correspondent else by.user,
        approver_name=approver_name.strip(),
        approver_role=approver_role.strip(),
        submitted_at=by.at,
        data_protection_confirmed=True,
    )
    transition(
        agency_return,
        ReturnStatus.SUBMITTED,
        by=by,
        verb="return submitted",
        seen_version=seen_version,
        token=token,
    )
    meet(DUE, occasion=agency_return, on=by.today, by=by)


@transaction.atomic
def nil_return(
    agency_return: AgencyReturn,
    *,
    by: Standing,
    records_checked: str,
    seen_version: int | None = None,
    token: str | None = None,
) -> None:
    """Answer that nobody in scope is known to the agency, saying which records were checked.

    Raises KnownAfterAll when the return says otherwise.
    """
    rights.ANSWER.require(by, agency_return)
    hold(agency_return.trail)
    refuse_repeat(token)
    if agency_return.says_something:
        raise KnownAfterAll("This return already says what your agency knows. Submit it instead.")
    _set(agency_return, by=by, records_checked=records_checked, submitted_at=by.at)
    transition(
        agency_return,
        ReturnStatus.NIL_RETURN,
        by=by,
        verb="nil return sent",
        seen_version=seen_version,
        token=token,
    )
    meet(DUE, occasion=agency_return, on=by.today, by=by)


def _check_written(agency_return: AgencyReturn) -> None:
    if not agency_return.says_something:
        raise NothingWritten("Write a summary of your agency's involvement, or send a nil return.")


def _set(agency_return: AgencyReturn, *, by: Standing, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(agency_return, name, value)
    agency_return._history_user = by.user  # type: ignore[attr-defined]
    agency_return.save(update_fields=list(fields))
