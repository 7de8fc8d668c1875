"""The first person of a new installation: nobody is there yet who could invite them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Agency, AgencyType, Membership, User
from accounts.roles import MANAGING, Role
from accounts.standing import Standing
from audit.events import hold, record
from audit.models import Trail


class SomebodyIsThere(Exception):
    """Somebody manages people already: they invite whoever comes next."""


def begin(email: str, *, name: str, agency_name: str, at: datetime) -> User:
    """Make the first coordinator, in the partnership's business unit. Raises SomebodyIsThere."""
    by = Standing.scheduler(at)
    with transaction.atomic():
        hold(Trail.of_the_house())
        if Membership.objects.on(by.today).filter(role__in=MANAGING).exists():
            raise SomebodyIsThere("Somebody manages people here already. Ask them for an invitation.")
        agency = Agency.objects.on(by.today).filter(name=agency_name).first()
        if agency is None:
            agency = Agency.objects.create(name=agency_name, kind=AgencyType.BUSINESS_UNIT)
            record(agency.trail, "agency added", by=by, subject=agency)
        user = User.objects.create_user(email, name=name)
        record(user.trail, "person invited", by=by, subject=user)
        membership = Membership.objects.create(
            user=user, agency=agency, role=Role.COORDINATOR, starts_on=by.today, approved_at=at
        )
        record(membership.trail, "role given", by=by, subject=membership)
        return user
