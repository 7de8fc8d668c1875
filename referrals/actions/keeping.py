"""Drafts that nobody works on: their agency is reminded, then warned, and only then are they removed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import amend, transition
from audit.models import Reason
from documents.uploads import discard
from referrals import lifecycle, rights
from referrals.models import Attachment, DraftKeeping, PageAnswers, Referral, Status, Unsaved

from .approval import RETURNED

AT_A_TIME = 200


@transaction.atomic
def change_keeping(
    *, by: Standing, remind_days: int, approval_days: int, kept_days: int, warning_days: int, seen_version: int
) -> DraftKeeping:
    """Decide how long drafts are kept. A draft whose agency was warned already keeps the days it was promised.

    Raises ValueError where a draft would be removed without a warning, and StaleEdit.
    """
    rights.KEEP_DRAFTS.require(by)
    days = (remind_days, approval_days, kept_days, warning_days)
    if min(days) < 1 or kept_days <= warning_days:
        raise ValueError("A draft is removed after a warning.")
    rule, _ = DraftKeeping.objects.get_or_create(pk=DraftKeeping.this().pk or 1)
    amend(
        rule,
        by=by,
        verb="keeping of drafts changed",
        seen_version=seen_version,
        remind_days=remind_days,
        approval_days=approval_days,
        kept_days=kept_days,
        warning_days=warning_days,
    )
    return rule


def tend_drafts(*, at: datetime) -> int:
    """Remind of, warn about and remove what lies unfinished in the agencies. Twice, or in two places, is as once.

    Returns how many drafts something was done about. After an outage a draft is still warned first, and kept for the
    whole time between warning and removal. One that cannot be dealt with keeps none of the others waiting; the first
    such error is raised at the end.
    """
    rule, by = DraftKeeping.this(), Standing.scheduler(at)
    done, failed = 0, []
    for pk in list(_lying(rule, at).values_list("pk", flat=True)[:AT_A_TIME]):
        try:
            done += _tend(pk, rule, by=by)
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]
    return done


def _lying(rule: DraftKeeping, at: datetime) -> Any:
    """Everything in the agencies about which something is due now, the longest first; one query."""

    def before(days: int) -> datetime:
        return at - timedelta(days=days)

    writing, waiting = Q(status__in=lifecycle.WRITING), Q(status=Status.AWAITING_APPROVAL)
    unwarned = Q(warned_at=None) | Q(warned_at__lt=F("touched"))
    return (
        Referral.objects.annotate(touched=Coalesce("touched_at", "started_at"))
        .annotate(last_told=Coalesce("reminded_at", "touched"))
        .filter(
            (writing & unwarned & Q(touched__lte=before(rule.kept_days - rule.warning_days)))
            | (writing & ~unwarned & Q(warned_at__lte=before(rule.warning_days)))
            | (writing & unwarned & Q(touched__lte=before(rule.remind_days), last_told__lte=before(rule.remind_days)))
            | (waiting & Q(touched__lte=before(rule.approval_days), last_told__lte=before(rule.approval_days)))
        )
        .order_by("touched", "pk")
    )


@transaction.atomic
def _tend(pk: int, rule: DraftKeeping, *, by: Standing) -> bool:
    """What is due for one, looked at again once its chain is held: somebody may be typing."""
    referral = Referral.objects.get(pk=pk)
    hold(referral.trail)
    still = _lying(rule, by.at).filter(pk=pk).first()
    if still is None:
        return False
    if still.awaits_approval:
        _tell(still, "approval waited for", by=by, reminded_at=by.at)
    elif still.warning_stands:
        _remove(still, by=by)
    elif still.last_touched <= by.at - timedelta(days=rule.kept_days - rule.warning_days):
        _tell(still, "removal of draft announced", by=by, reminded_at=by.at, warned_at=by.at)
    else:
        _tell(still, "draft left alone", by=by, reminded_at=by.at)
    return True


def _tell(referral: Referral, verb: str, *, by: Standing, **stamps: datetime) -> None:
    Referral.objects.filter(pk=referral.pk).update(**stamps)
    record(referral.chain, verb, by=by, subject=referral)


def _remove(referral: Referral, *, by: Standing) -> None:
    """All that was written goes, with the files. That there was a draft, whose, and why it went, stays."""
    for attachment in Attachment.objects.filter(referral=referral).select_related("upload"):
        record(referral.chain, "file removed", by=by, subject=attachment)
        upload = attachment.upload
        attachment.delete()
        discard(upload)
    PageAnswers.objects.filter(referral=referral).delete()
    Unsaved.objects.filter(referral=referral).delete()
    referral.comments = ""
    # The chain keeps that it was returned, and a keyed hash of why.
    Reason.objects.filter(event__trail=referral.chain, event__verb=RETURNED).delete()
    transition(
        referral,
        Status.REMOVED,
        by=by,
        verb="draft removed",
        reason="Nobody worked on it for as long as drafts are kept, and its agency had been warned.",
        changed=("comments",),
    )
