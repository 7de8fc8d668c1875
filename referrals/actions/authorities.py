"""Settling whose case it is: the referral may not have known, and then the case went to the likeliest authority."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Agency
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, amend
from cases.actions import admit, unassign
from cases.models import Case, TeamMember
from cases.parts import Part
from deadlines.models import Deadline
from notifications.incident.actions.opening import admit_notifiers, authority_that_notifies
from notifications.incident.models import Notification
from notifications.incident.models import Status as NotificationStatus
from referrals import rights
from referrals.models import Referral

SETTLED = "authority of the incident settled"
# Whose part of the case comes from their authority being that of the incident.
OF_THE_AUTHORITY = (Role.PARTNER, Role.LA_NOTIFIER, Role.LA_APPROVER)


@transaction.atomic
def settle_authorities(
    referral: Referral,
    *,
    by: Standing,
    incident_la: Agency,
    home_la: Agency | None,
    reason: str,
    token: str | None = None,
) -> Case:
    """Say in whose area it happened and where the child lives, before the partners are asked.

    The case goes to the partner, notifiers and approvers of that authority, and is taken from those of an authority
    that has no more to do with it; the notification being prepared, and its clocks, become that authority's. Raises
    AlreadyDone once the referral is with the partners.
    """
    rights.TRIAGE.require(by, referral)
    hold(referral.trail)
    refuse_repeat(token)
    referral.refresh_from_db()
    case = referral.case
    if not referral.is_being_triaged or case is None:
        raise AlreadyDone("The authorities are settled before the partners are asked.")
    was = case.incident_la
    amend(case, by=by, verb="authorities changed", reason=reason, incident_la=incident_la, home_la=home_la)
    record(case.trail, SETTLED, by=by, subject=case, reason=reason, token=token)
    for role in OF_THE_AUTHORITY:
        admit(case, Part.WHOLE_CASE, by=by, role=role, agency=incident_la)
    notifying = _hand_over_notification(case, by=by, reason=reason)
    if was not in (incident_la, home_la, *notifying):
        _take_away(case, was, by=by, reason=reason)
    return case


def _hand_over_notification(case: Case, *, by: Standing, reason: str) -> list[Agency]:
    """Give what is being prepared to the authority that notifies by the rules of its route, and say which it is."""
    authorities = []
    for notification in Notification.objects.filter(case=case, status=NotificationStatus.PREPARING):
        notifying = authority_that_notifies(case, notification.kind)
        amend(notification, by=by, verb="notifying authority changed", reason=reason, notifying_la=notifying)
        admit_notifiers(notification, by=by)
        clocks = Deadline.objects.for_occasion(f"{notification._meta.label}:{notification.pk}").open()
        for clock in clocks.exclude(owed_by_agency=None):
            amend(clock, by=by, verb="clock owed by another authority", reason=reason, owed_by_agency=notifying)
        authorities.append(notifying)
    return authorities


def _take_away(case: Case, authority: Agency, *, by: Standing, reason: str) -> None:
    held = TeamMember.objects.filter(
        case=case, part=Part.WHOLE_CASE, role__in=OF_THE_AUTHORITY, agency=authority, ends_on=None
    )
    for member in held:
        unassign(member, by=by, reason=reason)
