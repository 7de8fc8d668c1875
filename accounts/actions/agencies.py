"""The organisations of the partnership and the addresses of their people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Agency, EmailDomain
from accounts.rights import MANAGE_AGENCIES
from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone, amend
from audit.models import Trail

from .once import not_twice


def add_agency(*, by: Standing, token: str | None = None, **facts: Any) -> Agency:
    """Add an organisation."""
    MANAGE_AGENCIES.require(by)
    with transaction.atomic():
        hold(Trail.of_the_house())
        not_twice(token)
        agency = Agency(**facts)
        agency._history_user = by.user  # type: ignore[attr-defined]
        agency.save()
        record(agency.trail, "agency added", by=by, subject=agency, token=token)
        return agency


def change_agency(agency: Agency, *, by: Standing, seen_version: int, **facts: Any) -> None:
    """Correct what is said about an organisation. Raises StaleEdit."""
    MANAGE_AGENCIES.require(by, agency)
    amend(agency, by=by, verb="agency changed", seen_version=seen_version, **facts)


def end_agency(agency: Agency, *, last_day: date, by: Standing, reason: str = "") -> None:
    """The organisation exists until this local date: what its people hold in it ends with that day.

    A merger is the end of one row and the beginning of another; cases go on naming the agency of their time.
    """
    MANAGE_AGENCIES.require(by, agency)
    with transaction.atomic():
        hold(Trail.of_the_house())
        now = Agency.objects.get(pk=agency.pk)
        if now.valid_until is not None and now.valid_until <= last_day:
            raise AlreadyDone("This agency ends by then already.")
        amend(now, by=by, verb="agency ended", reason=reason, valid_until=last_day)


def approve_domain(agency: Agency, domain: str, *, by: Standing) -> None:
    """People with an address in this domain may ask for access to the agency. Twice is once."""
    MANAGE_AGENCIES.require(by, agency)
    with transaction.atomic():
        hold(Trail.of_the_house())
        _, is_new = EmailDomain.objects.get_or_create(agency=agency, domain=domain.lower())
        if is_new:
            record(agency.trail, "email domain approved", by=by, subject=agency)


def withdraw_domain(domain: EmailDomain, *, by: Standing) -> None:
    """Nobody new may ask with it; whoever is in stays in."""
    MANAGE_AGENCIES.require(by, domain.agency)
    with transaction.atomic():
        hold(Trail.of_the_house())
        agency = domain.agency
        domain.delete()
        record(agency.trail, "email domain withdrawn", by=by, subject=agency)
