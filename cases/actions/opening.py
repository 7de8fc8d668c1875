"""Opening a case, and giving it to those the law and the domain name."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Q

from accounts.models import Agency, Body, Membership, Partnership
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import hold, record
from audit.models import Trail
from cases.models import Case, ReferenceSeries
from cases.parts import Part

from .team import admit


@transaction.atomic
def next_reference(year: int) -> str:
    """Take the next reference of the year, such as CIOS-2026-0003. The series row is held to commit.

    A transaction that rolls back gives its number back: references have no gaps.
    """
    prefix = Partnership.this().reference_prefix
    ReferenceSeries.objects.get_or_create(prefix=prefix, year=year)
    ReferenceSeries.objects.filter(prefix=prefix, year=year).update(last=F("last") + 1)
    taken = ReferenceSeries.objects.get(prefix=prefix, year=year)
    return f"{prefix}-{year}-{taken.last:04d}"


@transaction.atomic
def open_case(*, by: Standing, incident_la: Agency, trail: Trail | None = None, **facts: Any) -> Case:
    """Make the Case and give the whole of it to those the law and the domain name.

    These are the coordinators, the deciding partners, and the incident authority's notifiers and approvers.
    `trail` is a draft referral's chain, taken over by the case. Called by a stage's verb, which has
    checked its own right.
    """
    trail = trail or Trail.mint()
    hold(trail)
    case = Case(
        reference=next_reference(by.today.year),
        chain=trail,
        incident_la=incident_la,
        received_on=facts.pop("received_on", by.today),
        **facts,
    )
    case._history_user = by.user  # type: ignore[attr-defined]
    case.save()
    record(trail, "case opened", by=by, subject=case)
    _admit_those_entitled(case, by=by)
    return case


def _admit_those_entitled(case: Case, *, by: Standing) -> None:
    agencies = Agency.objects.on(by.today)
    coordinators = Membership.objects.on(by.today).filter(role=Role.COORDINATOR)
    for agency in agencies.filter(pk__in=coordinators.values("agency")):
        admit(case, Part.WHOLE_CASE, by=by, role=Role.COORDINATOR, agency=agency)
    deciding = Q(body__in=[Body.ICB, Body.POLICE], out_of_area=False) | Q(pk=case.incident_la_id)
    for agency in agencies.filter(deciding):
        admit(case, Part.WHOLE_CASE, by=by, role=Role.PARTNER, agency=agency)
    for role in (Role.LA_NOTIFIER, Role.LA_APPROVER):
        admit(case, Part.WHOLE_CASE, by=by, role=role, agency=case.incident_la)
