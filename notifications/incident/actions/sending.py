"""Recording that it was sent, and what follows: the partners told, the copy received, corrections, withdrawal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from accounts.roles import Role
from accounts.standing import LONDON, Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend, transition
from cases.models import Case
from deadlines.actions import LateReasonNeeded, NoSuchClock, clock_of, is_late, meet, start, void
from deadlines.actions import give_late_reason as explain_lateness
from deadlines.models import Secondary
from deadlines.statutory import is_after_cut_off
from decisions.actions import end_by_notifying
from notifications.incident import areas, doings, papers, rights
from notifications.incident.composing import compose, sha256_of, sheets_of
from notifications.incident.lifecycle import Status
from notifications.incident.models import Answers, FrozenContent, Notification
from notifications.incident.routes import Route
from notifications.register.actions import acknowledge, expect, record_submission
from notifications.register.recipients import Channel, Recipient, ReturnType


@transaction.atomic
def record_sent(
    notification: Notification,
    *,
    by: Standing,
    sent_at: datetime,
    reference: str = "",
    late_reason: str = "",
    token: str | None = None,
) -> Notification:
    """Record that it was sent at an instant (UTC). Nothing that is missing prevents it.

    Freezes the whole content per child as version 1, with its hash and paper. Stops T01 (T03, T04); where a serious
    incident was notified, starts T05 (the older reading from becoming aware is shown beside it) and T02a, and ends a
    disagreement of the partners about notifying. Raises LateReasonNeeded for a late one without its reason (where it
    turns out only afterwards, the reason is asked for then), AlreadyDone, ValueError for an instant that has not come
    yet, NotPermitted.
    """
    rights.RECORD_SENT.require(by, notification)
    if sent_at > by.at:
        raise ValueError("It was sent in the past.")
    hold(notification.trail)
    refuse_repeat(token)
    notification.refresh_from_db()
    if not notification.is_preparing:
        raise AlreadyDone("The notification is no longer being prepared.")
    if not late_reason.strip():
        _refuse_unexplained_lateness(notification, notification.clock, _day(sent_at))
    notification.sent_at, notification.sent_reference, notification.sent_by = sent_at, reference, by.user
    notification.late_reason = late_reason
    transition(
        notification,
        Status.SENT,
        by=by,
        verb="notification recorded as sent",
        changed=("sent_at", "sent_reference", "sent_by", "late_reason"),
        token=token,
    )
    _keep_every_section(notification, by=by)
    frozen = _freeze(notification, by=by)
    _move_clocks(notification, by=by)
    if not notification.is_notify_only:
        end_by_notifying(notification.case, by=by)
    for recipient in _recipients(notification):
        record_submission(
            notification.case,
            ReturnType.DEATH_NOTIFICATION if notification.is_notify_only else ReturnType.NOTIFICATION,
            recipient,
            occasion=notification,
            by=by,
            sent_at=sent_at,
            reference=reference,
            paper=frozen.paper,
            channel=Channel.NATIONAL_FORM,
        )
    return notification


def _refuse_unexplained_lateness(notification: Notification, code: str, day: date) -> None:
    try:
        clock = clock_of(code, notification)
    except NoSuchClock:
        return
    if clock.is_open and is_late(clock, day):
        raise LateReasonNeeded(clock)


def _recipients(notification: Notification) -> list[Recipient]:
    return [Recipient.SECRETARY_OF_STATE, Recipient.OFSTED] if notification.is_notify_only else [Recipient.PANEL]


def _keep_every_section(notification: Notification, *, by: Standing) -> None:
    # From now on the form answers from its own rows: what the case learns later is a correction, not a change.
    for sheet in sheets_of(notification, by.user):
        if not sheet.saved:
            row = Answers(
                notification=notification, section=sheet.section.key, child=sheet.child, answers=sheet.answers
            )
            row._history_user = by.user  # type: ignore[attr-defined]
            row.save()
        elif sheet.answers != _saved(notification, sheet).answers:
            amend(_saved(notification, sheet), by=by, verb="notification written", answers=sheet.answers)


def _saved(notification: Notification, sheet: object) -> Answers:
    return notification.answer_sets.get(section=sheet.section.key, child=sheet.child)  # type: ignore[attr-defined]


def _freeze(notification: Notification, *, by: Standing, reason: str = "") -> FrozenContent:
    content = compose(notification)
    sha256 = sha256_of(content)
    number = notification.versions.count() + 1
    return FrozenContent.objects.create(
        notification=notification,
        number=number,
        content=content,
        sha256=sha256,
        frozen_at=by.at,
        frozen_by=by.user,
        reason=reason,
        paper=papers.issue_notification(notification, content, sha256=sha256, by=by, version=number, correction=reason),
    )


def _move_clocks(notification: Notification, *, by: Standing) -> None:
    sent_at = notification.sent_at or by.at
    _meet_if_open(notification, notification.clock, sent_at, by=by, reason=notification.late_reason)
    if notification.is_notify_only:
        return
    beside = None if notification.is_provisional else Secondary(notification.counted_from, "LA_AWARE")
    start(
        notification.case,
        "T05",
        occasion=notification,
        counted_from=_day(sent_at),
        after_cut_off=is_after_cut_off(sent_at),
        by=by,
        secondary=beside,
    )
    start(
        notification.case,
        "T02a",
        occasion=notification,
        counted_from=_day(sent_at),
        by=by,
        owed_by_role=Role.LA_NOTIFIER,
        owed_by_agency=notification.notifying_la,
    )


def is_late_without_reason(notification: Notification) -> bool:
    """Whether it was sent after its due date and nobody has said why: a task, never an obstacle."""
    if not notification.sent_at or notification.late_reason:
        return False
    try:
        clock = clock_of(notification.clock, notification)
    except NoSuchClock:
        return False
    return bool(clock.met_on and clock.due_on and clock.met_on > clock.due_on)


@transaction.atomic
def give_late_reason(notification: Notification, *, by: Standing, reason: str) -> None:
    """Say afterwards why it was sent late. Raises ValueError without a reason."""
    rights.RECORD_SENT.require(by, notification)
    if not reason.strip():
        raise ValueError("Enter why it was sent late.")
    amend(notification, by=by, verb="lateness explained", reason=reason, late_reason=reason)
    explain_lateness(clock_of(notification.clock, notification), by=by, reason=reason)


def give_reference(notification: Notification, *, by: Standing, reference: str) -> None:
    """Add the national form's reference, where it was not known when sending was recorded."""
    rights.RECORD_SENT.require(by, notification)
    amend(notification, by=by, verb="notification reference added", sent_reference=reference)


@transaction.atomic
def correct(notification: Notification, *, by: Standing, reason: str, token: str | None = None) -> FrozenContent:
    """Freeze what the form says now as a new version, with the reason. Earlier versions stay as they were.

    A serious incident of which the form now says that a child died is from then on the notification of a death. Raises
    AlreadyDone when it was not sent or nothing differs from the last version, ValueError without a reason.
    """
    rights.CORRECT.require(by, notification)
    if not reason.strip():
        raise ValueError("A correction needs its reason.")
    hold(notification.trail)
    refuse_repeat(token)
    notification.refresh_from_db()
    last = notification.latest
    if not notification.is_sent or last is None:
        raise AlreadyDone("Only a notification that was sent is corrected.")
    content = compose(notification)
    if sha256_of(content) == last.sha256:
        raise AlreadyDone("Nothing differs from what was sent.")
    died = any(child["answers"].get("harm") == Case.Harm.DEATH for child in content["children"])
    if died and not notification.is_notify_only:
        amend(notification, by=by, verb="notification route changed", reason=reason, kind=Route.S16C_DEATH)
    version = _freeze(notification, by=by, reason=reason)
    record(notification.trail, "notification corrected", by=by, subject=notification, reason=reason, token=token)
    return version


@transaction.atomic
def tell_partners(
    notification: Notification,
    *,
    by: Standing,
    told_at: datetime,
    recipients: Iterable[tuple[str, str]],
    channel: str,
    late_reason: str = "",
    token: str | None = None,
) -> None:
    """Record that the safeguarding partners (and those of other areas) were told: one row of the register each.

    `recipients` are (code, name) pairs. Once the last of this area's partners has been told T02 stops, counted by that
    day, whether or not the notification has been sent. Raises LateReasonNeeded when the day is after T02's and no
    reason is given.
    """
    rights.TELL_PARTNERS.require(by, notification)
    if told_at > by.at:
        raise ValueError("They were told in the past.")
    hold(notification.trail)
    refuse_repeat(token)
    if not late_reason.strip():
        _refuse_unexplained_lateness(notification, "T02", _day(told_at))
    latest = notification.latest
    for recipient, name in recipients:
        record_submission(
            notification.case,
            ReturnType.NOTIFICATION_COPY,
            recipient,
            occasion=notification,
            by=by,
            sent_at=told_at,
            recipient_name=name,
            paper=latest.paper if latest else None,
            channel=channel,
        )
    record(notification.trail, "partners told", by=by, subject=notification, reason=late_reason, token=token)
    complete = areas.all_told_at(notification, by.today)
    if complete and notification.partners_told_at is None:
        amend(notification, by=by, verb="every partner told", partners_told_at=complete)
        if not notification.is_notify_only:
            _meet_if_open(notification, "T02", complete, by=by, reason=late_reason)


@transaction.atomic
def copy_received(
    notification: Notification, *, by: Standing, at: datetime, late_reason: str = "", token: str | None = None
) -> None:
    """Record that the business unit has its copy: stops T02a.

    Raises AlreadyDone when it was recorded before, and LateReasonNeeded for a late one without its reason.
    """
    rights.RECORD_DATES.require(by, notification)
    if at > by.at:
        raise ValueError("It was received in the past.")
    hold(notification.trail)
    refuse_repeat(token)
    notification.refresh_from_db()
    if not notification.is_sent or notification.copy_received_at:
        raise AlreadyDone("The copy has been recorded already.")
    if not late_reason.strip():
        _refuse_unexplained_lateness(notification, "T02a", _day(at))
    latest = notification.latest
    sent = record_submission(
        notification.case,
        ReturnType.NOTIFICATION_COPY,
        Recipient.BUSINESS_UNIT,
        occasion=notification,
        by=by,
        sent_at=at,
        paper=latest.paper if latest else None,
        channel=Channel.APP,
    )
    acknowledge(sent, by=by, at=at)
    amend(notification, by=by, verb="copy received", copy_received_at=at, token=token)
    if not notification.is_notify_only:
        _meet_if_open(notification, "T02a", at, by=by, reason=late_reason)


@transaction.atomic
def withdraw(notification: Notification, *, by: Standing, reason: str, token: str | None = None) -> None:
    """The criteria were found not to be met: its open clocks are void, with the reason, and stay to be read.

    A stage that followed from it ends in the same transaction (`doings.when_withdrawn`). Another notification of the
    case is another occasion with clocks of its own; these are never resumed.
    """
    rights.WITHDRAW.require(by, notification)
    if not reason.strip():
        raise ValueError("A withdrawal needs its reason.")
    hold(notification.trail)
    refuse_repeat(token)
    notification.refresh_from_db()
    if not notification.is_sent:
        raise AlreadyDone("Only a notification that was sent is withdrawn.")
    notification.withdrawn_at, notification.withdrawal_reason = by.at, reason
    transition(
        notification,
        Status.WITHDRAWN,
        by=by,
        verb="notification withdrawn",
        reason=reason,
        changed=("withdrawn_at", "withdrawal_reason"),
        token=token,
    )
    for recipient in _recipients(notification):
        # Whoever was notified is to hear of it: the register shows the gap until that is recorded.
        expect(notification.case, ReturnType.NOTIFICATION_WITHDRAWN, recipient, occasion=notification, by=by)
    for copy in areas.other_areas_told(notification):
        # This area's partners hear of it here; those of another had their copy by some other way.
        expect(
            notification.case,
            ReturnType.NOTIFICATION_WITHDRAWN,
            copy.recipient,
            occasion=notification,
            by=by,
            recipient_name=copy.recipient_name,
        )
    void(notification, by=by, reason=reason)
    doings.withdrawn(notification, by, reason)


def _meet_if_open(notification: Notification, code: str, at: datetime, *, by: Standing, reason: str) -> None:
    # A clock that is void or does not apply is no reason not to record what was done.
    if clock_of(code, notification).is_open:
        meet(code, occasion=notification, on=_day(at), by=by, reason=reason, require_reason=False)


def _day(instant: datetime) -> date:
    return instant.astimezone(LONDON).date()
