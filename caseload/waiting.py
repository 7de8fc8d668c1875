"""What a person waits for: what others owe in the cases open to them, the soonest due first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse

from accounts.roles import Role
from accounts.standing import Standing
from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import AgencyReturn
from agency_returns.rights import FOLLOW_UP
from audit.events import key_of
from caseload import rights
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import shown_state, title_of
from deadlines.working_days import long_date
from decisions.lifecycle import RUNNING
from decisions.models import Decision
from improvements.lifecycle import ActionStatus
from improvements.models import Action
from lcspr.lifecycle import ReviewStatus
from lcspr.models import Review
from referrals import lifecycle as referral
from referrals.models import Referral

from .desk import disagreements, turns_of, when_due
from .items import MOST, Found, Item
from .owed import (
    Owed,
    actions_of_others,
    answers_of_others,
    clocks_of_others,
    positions_of_others,
    reminded_on,
    returns_of_others,
)

# What can be chased from the desk, by its name in the address.
CHASED: dict[str, type[Owed]] = {
    "clock": Deadline,
    "return": AgencyReturn,
    "referral": Referral,
    "decision": Decision,
    "action": Action,
}


def waiting_on_others(by: Standing) -> list[Item]:
    """Everything this person waits for, the overdue first, each with whether somebody was reminded of it today."""
    found = [item for roles, of in WAITING if by.holds(*roles) for item in of(by)]
    # A coordinator who is a chair too waits for a thing once.
    items = sorted(
        dict.fromkeys(found), key=lambda item: (item.colour != "red", item.due_on, item.reference, item.what)
    )
    keys = [item.chase_key for item in items if item.chase_key]
    if not keys:
        return items
    chased = reminded_on(by.today, keys)
    return [
        replace(item, chase_url=_address(item.chase_key), chased=item.chase_key in chased) if item.chase_key else item
        for item in items
    ]


@lru_cache(maxsize=1000)
def _address(key: str) -> str:
    label, _, pk = key.partition(":")
    kind = next((name for name, model in CHASED.items() if model._meta.label == label), "")
    return reverse("caseload:chase", args=[kind, int(pk)]) if kind else ""


def _clocks(by: Standing) -> Iterator[Item]:
    yield from _lines_of(clocks_of_others(by), by, chase=True)


def _clocks_of_the_authority(by: Standing) -> Iterator[Item]:
    """What the notifiers of one's own authority owe: whoever approves answers for it."""
    own = clocks_of_others(by).filter(owed_by_agency__in=by.agencies(Role.LA_APPROVER))
    yield from _lines_of(own, by, chase=rights.CHASE.allows(by))


def _lines_of(clocks: QuerySet[Deadline], by: Standing, *, chase: bool) -> Iterator[Item]:
    calendar = BankHoliday.objects.calendar()
    for clock in clocks[:MOST]:
        words, colour = shown_state(clock.state(on=by.today, calendar=calendar))
        whose = clock.owed_by_agency or Role(clock.owed_by_role).label
        yield Item(
            f"{title_of(clock)}: {whose}",
            clock.case.reference if clock.case else "The partnership",
            clock.get_absolute_url(),
            when=when_due(clock),
            tag=f"{words}, date not confirmed" if clock.provisional else words,
            colour=colour,
            due_on=clock.due_on or date.max,
            chase_key=key_of(clock) if chase else "",
        )


def _returns(by: Standing) -> Iterator[Item]:
    for row in returns_of_others(by)[:MOST]:
        late = row.is_overdue(on=by.today)
        yield Item(
            f"Return from {row.request.agency}",
            row.request.case.reference,
            row.get_absolute_url(),
            when=f"due {long_date(row.request.due_on)}",
            tag="Overdue" if late else row.get_status_display(),
            colour="red" if late else row.colour,
            due_on=row.request.due_on,
            chase_key=key_of(row) if FOLLOW_UP.allows(by) else "",
        )


def _answers(by: Standing) -> Iterator[Item]:
    for row in answers_of_others(by)[:MOST]:
        yield Item(
            f"Answers about the referral: {row.agency}",
            row.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour=row.colour,
            chase_key=key_of(row),
        )


def _disagreements(by: Standing) -> Iterator[Item]:
    yield from disagreements(by, set(RUNNING) - turns_of(by), "A disagreement about notifying to be settled")


def _positions(by: Standing) -> Iterator[Item]:
    for row in positions_of_others(by)[:MOST]:
        yield Item(
            f"Partners' positions: {row.get_kind_display().lower()}",
            row.case.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour=row.colour,
            chase_key=key_of(row) if rights.CHASE.allows(by) else "",
        )


def _actions(by: Standing) -> Iterator[Item]:
    for row in actions_of_others(by)[:MOST]:
        late = row.is_overdue(on=by.today)
        yield Item(
            f"Action {row.number}: {row.lead_agency}",
            row.case.reference,
            row.get_absolute_url(),
            when=f"due {long_date(row.target_on)}",
            tag="Overdue" if late else row.get_status_display(),
            colour="red" if late else "blue",
            due_on=row.target_on,
            chase_key=key_of(row) if rights.CHASE.allows(by) else "",
        )


def _own_referrals(by: Standing) -> Iterator[Item]:
    waiting = (referral.Status.AWAITING_APPROVAL, *referral.OPEN)
    rows = Referral.objects.visible_to(by).filter(agency__in=by.agencies(Role.REFERRER, Role.AGENCY_LEAD))
    # To an agency that was asked for more, answering is a thing to do.
    rows = rows.filter(status__in=set(waiting)).exclude(status=referral.Status.MORE_INFORMATION)
    if not by.holds(Role.REFERRER):
        # To an agency's lead this is a thing to do.
        rows = rows.exclude(status=referral.Status.AWAITING_APPROVAL)
    for row in rows.select_related("opened", "case").order_by("started_at", "pk")[:MOST]:
        yield Item(
            "Outcome of your agency's referral",
            row.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour=row.colour,
        )


def _sent_returns(by: Standing) -> Iterator[Item]:
    rows = AgencyReturn.objects.own(by).filter(status=ReturnStatus.SUBMITTED)
    for row in rows.select_related("request__case").order_by("submitted_at", "pk")[:MOST]:
        yield Item(
            "Your agency's return to be accepted",
            row.request.case.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour=row.colour,
        )


def _given_evidence(by: Standing) -> Iterator[Item]:
    rows = Action.objects.visible_to(by).filter(status=ActionStatus.AWAITING_EVIDENCE)
    rows = rows.filter(lead_agency__in=by.agencies(Role.ACTION_OWNER, Role.AGENCY_LEAD))
    for row in rows.select_related("case").order_by("target_on", "pk")[:MOST]:
        yield Item(
            f"Evidence of action {row.number} to be accepted",
            row.case.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour="blue",
        )


def _handed_in(by: Standing) -> Iterator[Item]:
    rows = Review.objects.visible_to(by).filter(
        reviewers__membership__in=by.membership_ids,
        reviewers__removed_on=None,
        status__in=[ReviewStatus.DRAFT_QA, ReviewStatus.SIGNING],
    )
    for row in rows.select_related("case").order_by("pk")[:MOST]:
        yield Item(
            "Your report",
            row.case.reference,
            row.get_absolute_url(),
            tag=row.get_status_display(),
            colour="blue",
        )


CHASING = (Role.COORDINATOR, Role.PANEL_CHAIR)
DECIDING = (*CHASING, Role.PARTNER, Role.SENIOR_PARTNER, Role.LA_NOTIFIER, Role.LA_APPROVER)
WAITING: tuple[tuple[tuple[Role, ...], Found], ...] = (
    (CHASING, _clocks),
    ((Role.LA_APPROVER,), _clocks_of_the_authority),
    (CHASING, _returns),
    (CHASING, _answers),
    (DECIDING, _disagreements),
    (DECIDING, _positions),
    (CHASING, _actions),
    ((Role.REFERRER, Role.AGENCY_LEAD), _own_referrals),
    ((Role.AGENCY_LEAD, Role.REFERRER), _sent_returns),
    ((Role.ACTION_OWNER, Role.AGENCY_LEAD), _given_evidence),
    ((Role.REVIEWER,), _handed_in),
)
