"""Opening a notification, with its clocks; changing its route; finding that none is needed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Agency, Body
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend, transition
from cases.actions import admit, open_case
from cases.models import Case
from cases.parts import Part
from deadlines.actions import revive, start, void
from notifications.incident import rights
from notifications.incident.areas import rule_for
from notifications.incident.lifecycle import Status
from notifications.incident.models import Answers, Notification
from notifications.incident.national_form import INCIDENT
from notifications.incident.routes import route_of_harm
from notifications.incident.scope import not_in_scope


class NotInScope(ValueError):
    """The route is not for this child. The message says why."""


@transaction.atomic
def open_notification(
    case: Case,
    *,
    by: Standing,
    received_on: date | None = None,
    kind: str = "",
    notifying_la: Agency | None = None,
    incident: dict[str, Any] | None = None,
) -> Notification:
    """Make the next notification of the case, and start its clocks from the day received (London), provisionally.

    Called by a verb that has checked its own right (a referral submitted, an authority's own page). The authority that
    notifies is that of the incident, or of the child's home where it happened outside England (Children Act 2004
    s16C(1)), unless another is named. `incident` is what is known already in answer to the national form's questions
    about the incident, so that nobody types it again. Raises AlreadyDone while another is being prepared.
    """
    hold(case.trail)
    so_far = list(Notification.objects.filter(case=case).order_by("occasion"))
    if any(one.is_preparing for one in so_far):
        raise AlreadyDone("A notification of this case is being prepared.")
    last = so_far[-1] if so_far else None
    notification = Notification(
        case=case,
        occasion=len(so_far) + 1,
        kind=kind or route_of_harm(case.harm),
        notifying_la=notifying_la or authority_that_notifies(case, kind or route_of_harm(case.harm)),
        opened_at=by.at,
        opened_by=by.user,
        received_on=received_on or case.received_on,
        reopened_from=last if last and last.is_withdrawn else None,
    )
    notification._history_user = by.user  # type: ignore[attr-defined]
    notification.save()
    record(case.trail, "notification opened", by=by, subject=notification)
    _fill_in(notification, incident or {}, by=by)
    admit_notifiers(notification, by=by)
    start_clocks(notification, by=by)
    return notification


def _fill_in(notification: Notification, incident: dict[str, Any], *, by: Standing) -> None:
    answers = {one.key: incident[one.key] for one in INCIDENT.questions if incident.get(one.key)}
    if answers:
        row = Answers(notification=notification, section=INCIDENT.key, answers=answers)
        row._history_user = by.user  # type: ignore[attr-defined]
        row.save()


def authority_that_notifies(case: Case, kind: str) -> Agency:
    """The authority that the rules name for this route, where it has anybody here; otherwise that of the incident."""
    named = rule_for(case, kind).notifies
    # An authority elsewhere that the rules name has nobody here: the page says so, and the case's own prepares.
    return named if named and (not named.out_of_area or case.outside_england) else case.incident_la


def admit_notifiers(notification: Notification, *, by: Standing) -> None:
    """Give the whole case to the notifiers of the authority that notifies, where it is not the incident's."""
    for role in rights.NOTIFIES:
        admit(notification.case, Part.WHOLE_CASE, by=by, role=role, agency=notification.notifying_la)


def start_clocks(notification: Notification, *, by: Standing) -> None:
    """T01 and T02, or T03 or T04 on the notify-only routes, counted from the day of becoming aware."""
    codes = [notification.clock] if notification.is_notify_only else ["T01", "T02"]
    for code in codes:
        start(
            notification.case,
            code,
            occasion=notification,
            counted_from=notification.counted_from,
            after_cut_off=notification.is_after_cut_off,
            provisional=notification.is_provisional,
            by=by,
            owed_by_role=Role.LA_NOTIFIER,
            owed_by_agency=notification.notifying_la,
        )


@transaction.atomic
def begin_notification(
    case: Case, *, by: Standing, kind: str, notifying_la: Agency, received_on: date, token: str | None = None
) -> Notification:
    """A notifier opens a notification in a case there is: the first, or another occasion."""
    rights.OPEN.require(by, case)
    hold(case.trail)
    refuse_repeat(token)
    if not by.holds_in(notifying_la.pk, *rights.NOTIFIES):
        raise rights.NotPermitted("You cannot open a notification for another authority.")
    check_scope(case, kind)
    notification = open_notification(case, by=by, received_on=received_on, kind=kind, notifying_la=notifying_la)
    record(case.trail, "notification begun", by=by, subject=notification, token=token)
    return notification


@transaction.atomic
def open_case_and_notification(
    *, by: Standing, notifying_la: Agency, kind: str, received_on: date, token: str | None = None, **facts: Any
) -> Notification:
    """A notifier opens a case of which nobody has made a referral. `facts` are fields of the Case."""
    rights.OPEN_CASE.require(by)
    refuse_repeat(token)
    if not by.holds_in(notifying_la.pk, *rights.NOTIFIES) or notifying_la.body != Body.LA:
        raise rights.NotPermitted("You cannot open a notification for another authority.")
    facts.setdefault("incident_la", notifying_la)
    case = open_case(by=by, received_on=received_on, **facts)
    return begin_notification(case, by=by, kind=kind, notifying_la=notifying_la, received_on=received_on, token=token)


def check_scope(case: Case, kind: str) -> None:
    """The routes without a rapid review have their ages. Raises NotInScope by the dates; not known is in scope."""
    if why := not_in_scope(case, kind, by_dates=True):
        raise NotInScope(why)


@transaction.atomic
def change_route(
    notification: Notification,
    *,
    by: Standing,
    kind: str,
    notifying_la: Agency | None = None,
    seen_version: int | None = None,
) -> Notification:
    """Choose another kind of notification, or another authority. Clocks that no longer apply become void."""
    rights.PREPARE.require(by, notification)
    check_scope(notification.case, kind)
    if not notification.is_preparing:
        raise AlreadyDone("The notification is no longer being prepared.")
    was = notification.clock
    amend(
        notification,
        by=by,
        verb="notification route changed",
        seen_version=seen_version,
        kind=kind,
        notifying_la=notifying_la or notification.notifying_la,
    )
    admit_notifiers(notification, by=by)
    if notification.clock != was:
        void(notification, by=by, reason=f"The kind of notification is now: {notification.get_kind_display()}")
        start_clocks(notification, by=by)
    return notification


@transaction.atomic
def stand_down(notification: Notification, *, by: Standing, reason: str) -> None:
    """No notification is needed: its clocks are void, with the reason. Called by a stage's verb."""
    rights.STAND_DOWN.require(by, notification)
    transition(notification, Status.NOT_NEEDED, by=by, verb="notification not needed", reason=reason)
    void(notification, by=by, reason=reason)


@transaction.atomic
def stand_up(notification: Notification, *, by: Standing, reason: str) -> None:
    """A notification may be needed after all: its clocks run from the day zero they had."""
    rights.STAND_DOWN.require(by, notification)
    transition(notification, Status.PREPARING, by=by, verb="notification taken up again", reason=reason)
    revive(notification, by=by, reason=reason)
