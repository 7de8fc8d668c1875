"""Asking agencies for what they know, and following it up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.urls import reverse

from accounts.codes import NotACorrespondent, correspondent_for, may_use_codes
from accounts.letters import NotSent, address_of_site, send_letter
from accounts.models import Agency, Membership, User, normal_address
from accounts.roles import Role
from accounts.standing import Standing
from agency_returns import rights
from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import AgencyReturn, InformationRequest
from audit.events import hold, key_of, record, refuse_repeat
from audit.lifecycle import AlreadyDone, transition
from cases.actions import admit
from cases.models import Case, Child, Person
from cases.parts import Part
from deadlines.actions import start, void
from deadlines.models import BankHoliday, Deadline, Limit
from deadlines.statutory import UnknownLimit
from deadlines.statutory import due_on as due_date
from deadlines.working_days import BeyondKnownHolidays

DUE = "L07"


class AlreadyAsked(ValueError):
    """This agency has been asked on this occasion, and the request stands."""


class ContactElsewhere(ValueError):
    """The address belongs to somebody who works for another agency."""


@transaction.atomic
def send_request(
    case: Case,
    agency: Agency,
    *,
    by: Standing,
    occasion: models.Model | str,
    due_on: date,
    counted_from: date | None = None,
    questions: str = "",
    scope_from: date | None = None,
    scope_until: date | None = None,
    children: Iterable[Child] | None = None,
    people: Iterable[Person] = (),
    contact_email: str = "",
    criminal_enquiry: bool = False,
    token: str | None = None,
) -> InformationRequest:
    """Ask one agency for what it knows (Children Act 2004 s16H), and give its safeguarding leads their return.

    `due_on` and `counted_from` (day zero of the plan; today unless given) are local dates. Every child of the case
    is asked about unless `children` names some. Whoever reads `contact_email` may answer by e-mailed code and reaches
    this request and nothing else; `tell_contact` writes to them. Raises AlreadyAsked while another request to the
    agency on that occasion stands, and ContactElsewhere.
    """
    rights.ASK.require(by, case)
    hold(case.trail)
    refuse_repeat(token)
    key = key_of(occasion)
    standing = AgencyReturn.objects.filter(request__case=case, request__agency=agency, request__occasion=key)
    if standing.exclude(status=ReturnStatus.WITHDRAWN).exists():
        raise AlreadyAsked(f"{agency} has already been asked.")
    colleague = _colleague_at(contact_email, agency, by) if contact_email else None
    request = InformationRequest(
        case=case,
        agency=agency,
        occasion=key,
        scope_from=scope_from,
        scope_until=scope_until,
        questions=questions,
        due_on=due_on,
        contact_email=normal_address(contact_email),
        criminal_enquiry=criminal_enquiry,
        sent_at=by.at,
        sent_by=by.user,
    )
    request._history_user = by.user  # type: ignore[attr-defined]
    request.save()
    request.children.set(Child.objects.filter(case=case) if children is None else children)
    request.people.set(people)
    agency_return = AgencyReturn(request=request)
    agency_return._history_user = by.user  # type: ignore[attr-defined]
    agency_return.save()
    # Recorded first: a second click must not find the parts and the clock already given.
    record(case.trail, "information requested", by=by, subject=agency_return, token=token)
    admit(case, Part.OWN_RETURN, by=by, role=Role.AGENCY_LEAD, agency=agency, row=agency_return)
    if colleague:
        admit(case, Part.OWN_RETURN, by=by, membership=colleague, row=agency_return)
    start(
        case,
        DUE,
        occasion=agency_return,
        counted_from=counted_from or by.today,
        by=by,
        owed_by_role=Role.AGENCY_LEAD,
        owed_by_agency=agency,
        due_on=due_on,
    )
    return request


def _colleague_at(email: str, agency: Agency, by: Standing) -> Membership | None:
    """The membership of whoever has this address, where they work for the agency; None for somebody new here."""
    user = User.objects.filter(email=normal_address(email)).first()
    found = Membership.objects.on(by.today).filter(user=user, agency=agency).order_by("pk").first() if user else None
    if found is None and not may_use_codes(email, agency):
        raise ContactElsewhere(f"This person does not answer for {agency}. Enter another address, or leave it empty.")
    return found


def tell_contact(request: InformationRequest, *, by: Standing) -> bool:
    """Write to a contact who has never signed in here; whoever holds the return is told by the reminders instead.

    Sent at once and outside any transaction: call it after the verb that made it necessary. False when the mail
    server did not take it; the page then says so, and reminding the agency tries again.
    """
    rights.FOLLOW_UP.require(by, request.agency_return)
    known = User.objects.filter(email=request.contact_email, memberships__agency=request.agency)
    if not request.contact_email or known.exists():
        return True
    reference = request.case.reference
    page = address_of_site(reverse("agency_returns:reply"))
    try:
        send_letter("agency_returns/mail/contact", request.contact_email, {"reference": reference, "link": page})
    except NotSent:
        return False
    record(request.trail, "contact told of the request", by=by, subject=request.agency_return)
    return True


@transaction.atomic
def let_in(email: str, *, at: datetime) -> User | None:
    """The correspondent behind an address that has just been proved, holding the returns asked of it.

    None when nothing that stands was asked of it.
    """
    asked = list(InformationRequest.objects.answerable_from(email).select_related("case", "agency"))
    user = None
    for request in asked:
        try:
            user = correspondent_for(email, request.agency, at=at)
        except NotACorrespondent:
            continue
        by = Standing.of(user, at)
        membership = Membership.objects.on(by.today).filter(user=user, agency=request.agency).get()
        admit(request.case, Part.OWN_RETURN, by=by, membership=membership, row=request.agency_return)
    return user


@transaction.atomic
def chase(agency_return: AgencyReturn, *, by: Standing, token: str | None = None) -> None:
    """Remind the agency. Raises AlreadyDone when it has answered."""
    rights.FOLLOW_UP.require(by, agency_return)
    hold(agency_return.trail)
    refuse_repeat(token)
    agency_return.refresh_from_db(fields=["status"])
    if not agency_return.may_be_written:
        raise AlreadyDone("The agency has answered.")
    record(agency_return.trail, "information request chased", by=by, subject=agency_return, token=token)


@transaction.atomic
def withdraw(
    agency_return: AgencyReturn,
    *,
    by: Standing,
    reason: str,
    seen_version: int | None = None,
    token: str | None = None,
) -> None:
    """Take the request back. What the agency has written is kept, and its clock is void with the reason."""
    rights.FOLLOW_UP.require(by, agency_return)
    _take_back(agency_return, by=by, reason=reason, seen_version=seen_version, token=token)


@dataclass(frozen=True)
class Plan:
    """What a request made today is counted from. `due_on` is None where the plan has no date still to come."""

    occasion: str
    counted_from: date
    due_on: date | None


def plan_for(case: Case, *, by: Standing) -> Plan:
    """The occasion a request would belong to, and the working plan's date for agencies' returns.

    The occasion is that of the newest standing clock of a rapid review, or of a local review; the case itself while
    there is neither.
    """
    clocks = Deadline.objects.filter(case=case, code__in=["T05", "T09"], voided_on=None)
    clock = clocks.order_by("-counted_from", "-pk").first()
    if clock is None or clock.code != "T05":
        return Plan(clock.occasion if clock else key_of(case), by.today, _planned(by.today))
    due_on = _planned(clock.counted_from)
    return Plan(clock.occasion, clock.counted_from, due_on if due_on and due_on >= by.today else None)


def _planned(counted_from: date) -> date | None:
    try:
        limit = Limit.objects.in_force(DUE, counted_from).as_time_limit()
        return due_date(limit, counted_from, BankHoliday.objects.calendar())
    except (BeyondKnownHolidays, UnknownLimit):
        return None


def withdraw_all(occasion: str, *, by: Standing, reason: str) -> None:
    """Withdraw every request of an occasion that nobody has answered. Called by a stage's verb, in its transaction."""
    waiting = AgencyReturn.objects.filter(request__occasion=occasion).waiting().select_related("request__case__chain")
    for agency_return in waiting:
        _take_back(agency_return, by=by, reason=reason)


def _take_back(agency_return: AgencyReturn, *, by: Standing, reason: str, **seen: Any) -> None:
    transition(
        agency_return, ReturnStatus.WITHDRAWN, by=by, verb="information request withdrawn", reason=reason, **seen
    )
    void(key_of(agency_return), by=by, reason=reason)
