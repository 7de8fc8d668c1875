"""Verbs of the register. Stage verbs call `record_submission` and `expect` inside their own transaction."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models, transaction

from accounts.standing import Standing
from audit.events import hold, key_of, record, refuse_repeat
from audit.lifecycle import AlreadyDone
from audit.models import Trail
from cases.models import Case
from documents.models import IssuedDocument

from . import rights
from .models import Submission
from .recipients import address_of


def _trail(case: Case | None) -> Trail:
    return case.chain if case else Trail.of_the_house()


@transaction.atomic
def expect(
    case: Case | None,
    return_type: str,
    recipient: str,
    *,
    occasion: models.Model | str,
    by: Standing,
    due_on: date | None = None,
    recipient_name: str = "",
) -> Submission:
    """Say that something is to be sent, so that it is seen to be missing. Expecting it twice changes nothing."""
    hold(_trail(case))
    row, made = Submission.objects.get_or_create(
        case=case,
        return_type=return_type,
        recipient=recipient,
        recipient_name=recipient_name,
        occasion=key_of(occasion),
        defaults={"due_on": due_on},
    )
    if made:
        record(_trail(case), "submission expected", by=by, subject=row)
    return row


@transaction.atomic
def record_submission(
    case: Case | None,
    return_type: str,
    recipient: str,
    *,
    occasion: models.Model | str,
    by: Standing,
    sent_at: datetime,
    reference: str = "",
    paper: IssuedDocument | None = None,
    channel: str = "",
    recipient_name: str = "",
    due_on: date | None = None,
    token: str | None = None,
) -> Submission:
    """Record that one thing was sent to one recipient at an instant (UTC); fills the row that expected it.

    Raises ValueError for an instant that has not come yet, NotPermitted.
    """
    rights.RECORD.require(by, case)
    if sent_at > by.at:
        raise ValueError("What was sent was sent in the past.")
    hold(_trail(case))
    refuse_repeat(token)
    expected = {
        "case": case,
        "return_type": return_type,
        "recipient": recipient,
        "recipient_name": recipient_name,
        "occasion": key_of(occasion),
    }
    row = Submission.objects.filter(sent_at=None, **expected).first() or Submission(**expected)
    row.channel = channel
    row.address = address_of(recipient)
    row.due_on = due_on or row.due_on
    row.sent_at, row.sent_by = sent_at, by.user
    row.method_reference, row.paper = reference, paper
    row.save()
    record(_trail(case), "submission recorded", by=by, subject=row, changed=["sent_at"], token=token)
    return row


@transaction.atomic
def send(
    submission: Submission,
    *,
    by: Standing,
    sent_at: datetime,
    channel: str,
    reference: str = "",
    token: str | None = None,
) -> Submission:
    """Record that what was only expected has been sent, at an instant (UTC). Raises AlreadyDone, ValueError."""
    rights.RECORD.require(by, submission.case)
    hold(submission.trail)
    refuse_repeat(token)
    row = Submission.objects.get(pk=submission.pk)
    if row.is_sent:
        raise AlreadyDone("The register already says that it was sent.")
    return record_submission(
        row.case,
        row.return_type,
        row.recipient,
        occasion=row.occasion,
        by=by,
        sent_at=sent_at,
        reference=reference,
        paper=row.paper,
        channel=channel,
        recipient_name=row.recipient_name,
        token=token,
    )


@transaction.atomic
def acknowledge(submission: Submission, *, by: Standing, at: datetime, token: str | None = None) -> Submission:
    """Record that the recipient has it, at an instant (UTC). Raises AlreadyDone when that is known already."""
    rights.ACKNOWLEDGE.require(by, submission)
    hold(submission.trail)
    refuse_repeat(token)
    row = Submission.objects.get(pk=submission.pk)
    if row.acknowledged_at or not row.sent_at:
        raise AlreadyDone("The register already says so.")
    if not row.sent_at <= at <= by.at:
        raise ValueError("It was received after it was sent, and not in the future.")
    row.acknowledged_at, row.acknowledged_by = at, by.user
    row.save(update_fields=["acknowledged_at", "acknowledged_by"])
    record(row.trail, "submission acknowledged", by=by, subject=row, token=token)
    return row
