"""Writing the notification, and saying when the authority became aware."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.standing import LONDON, Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone, StaleEdit, amend
from cases.models import Child
from deadlines.actions import confirm, set_secondary
from deadlines.actions import correct as correct_clock
from deadlines.models import Deadline, Secondary
from documents.models import IssuedDocument
from notifications.incident import papers, rights
from notifications.incident.composing import compose, derived, sha256_of
from notifications.incident.models import Answers, Notification
from notifications.incident.national_form import BY_KEY

CLOCKS = ("T01", "T02", "T03", "T04")
SAY_HOW = "Enter how these times are known: the clock counts from the later day"


@transaction.atomic
def save_answers(
    notification: Notification,
    section: str,
    answers: dict[str, Any],
    *,
    by: Standing,
    child: Child | None = None,
    seen_version: int = 0,
) -> Answers:
    """Keep what was written in one section. After sending this prepares a correction: what was sent stays as it was.

    Until it is sent, an answer that only repeats the case is not kept apart from it: it follows what the case learns.
    `seen_version` is 0 for a section nobody had saved. Raises StaleEdit when somebody else saved it since.
    """
    rights.PREPARE.require(by, notification)
    hold(notification.trail)
    notification.refresh_from_db(fields=["status"])
    if not (notification.is_preparing or notification.is_sent):
        raise AlreadyDone("The notification is closed.")
    known = {question.key for question in BY_KEY[section].questions}
    answers = {key: value for key, value in answers.items() if key in known}
    known_already = derived(notification, BY_KEY[section], child)
    own = answers
    if notification.is_preparing:
        own = {key: value for key, value in answers.items() if (value or "") != (known_already.get(key) or "")}
    row = Answers.objects.filter(notification=notification, section=section, child=child).first()
    if row is None:
        row = Answers(notification=notification, section=section, child=child, answers=own)
        row._history_user = by.user  # type: ignore[attr-defined]
        row.save()
        record(notification.trail, "notification written", by=by, subject=row, changed=["answers"])
        return row
    if row.version != seen_version:
        raise StaleEdit(row, mine=answers, theirs=known_already | row.answers)
    amend(row, by=by, verb="notification written", seen_version=seen_version, answers=own)
    return row


@transaction.atomic
def record_awareness(
    notification: Notification,
    *,
    by: Standing,
    la_first_aware_at: datetime | None = None,
    abuse_first_suspected_at: datetime | None = None,
    note: str = "",
    seen_version: int | None = None,
) -> Notification:
    """Say when the authority knew of the incident, and when abuse or neglect was known or suspected (UTC instants).

    Each keeps who recorded it; one that is not given stays as it is. The clocks count again from the later of the two
    and are no longer provisional. Raises ValueError for an instant that has not come yet, and where abuse or neglect
    was suspected on a later day than the authority knew and nobody says how that is known: the clocks count from then.
    """
    rights.RECORD_DATES.require(by, notification)
    fields: dict[str, Any] = {}
    for name, instant in (
        ("la_first_aware", la_first_aware_at),
        ("abuse_first_suspected", abuse_first_suspected_at),
    ):
        if instant is None or instant == getattr(notification, f"{name}_at"):
            continue
        if instant > by.at:
            raise ValueError("Nobody was aware of it in the future.")
        fields |= {f"{name}_at": instant, f"{name}_recorded_by": by.user}
    if note:
        fields["awareness_note"] = note
    if not (note or notification.awareness_note) and counts_from_suspicion(notification, fields):
        raise ValueError(SAY_HOW)
    was_provisional = notification.is_provisional
    if not amend(notification, by=by, verb="awareness recorded", seen_version=seen_version, reason=note, **fields):
        return notification
    count_again(notification, by=by, was_provisional=was_provisional, reason=note)
    return notification


def counts_from_suspicion(notification: Notification, recorded: dict[str, Any]) -> bool:
    """Whether, with these instants recorded, the clocks count from a later day than the authority knew of the harm."""
    knew = recorded.get("la_first_aware_at") or notification.la_first_aware_at
    suspected = recorded.get("abuse_first_suspected_at") or notification.abuse_first_suspected_at
    if notification.is_notify_only or knew is None or suspected is None:
        return False
    return bool(suspected.astimezone(LONDON).date() > knew.astimezone(LONDON).date())


def count_again(notification: Notification, *, by: Standing, was_provisional: bool, reason: str = "") -> None:
    """Bring the clocks of becoming aware to the day zero that is known now, and the date shown beside T05."""
    day_zero, late = notification.counted_from, notification.is_after_cut_off
    reason = reason or "The date of becoming aware was recorded"
    for clock in Deadline.objects.for_occasion(f"{notification._meta.label}:{notification.pk}").filter(voided_on=None):
        if clock.code in CLOCKS:
            if was_provisional and not notification.is_provisional:
                confirm(clock, day_zero, by=by, after_cut_off=late, reason=reason)
            elif (clock.counted_from, clock.after_cut_off) != (day_zero, late):
                correct_clock(clock, day_zero, by=by, after_cut_off=late, reason=reason)
        elif clock.code == "T05":
            set_secondary(clock, Secondary(day_zero, "LA_AWARE"), by=by)


@transaction.atomic
def issue_draft(notification: Notification, *, by: Standing) -> IssuedDocument:
    """Make a paper of what is written so far, to be read and approved before it is sent. It is marked a draft."""
    rights.PREPARE.require(by, notification)
    hold(notification.trail)
    content = compose(notification)
    paper = papers.issue_notification(notification, content, sha256=sha256_of(content), by=by, version=0)
    amend(notification, by=by, verb="notification draft issued", draft=paper)
    return paper
