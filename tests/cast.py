"""The named cast: who they are by what they may see.

Partnership with two local authorities (Westmoor, and the Fell Isles), an integrated care board and police.
Ada refers from a school (agency A); Lena leads safeguarding there. Bert and Berta are the same at a hospital
(agency B) and must never see agency A's. Case one is Westmoor's.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Agency, AgencyType, Body, EmailDomain, Membership, Partnership, User
from accounts.roles import Role
from accounts.standing import Standing

AGENCIES = (
    # attribute, name, kind, body, e-mail domain
    ("westmoor", "Westmoor Council", AgencyType.LA_CSC, Body.LA, "westmoor.example.org"),
    ("fell_isles", "Council of the Fell Isles", AgencyType.LA_CSC, Body.LA, "fellisles.example.org"),
    ("icb", "Wrenshire Integrated Care Board", AgencyType.ICB, Body.ICB, "icb.example.org"),
    ("police", "Wrenshire Police", AgencyType.POLICE, Body.POLICE, "police.example.org"),
    ("business_unit", "Partnership Business Unit", AgencyType.BUSINESS_UNIT, Body.NONE, "partnership.example.org"),
    ("school", "Harbour Lane Academy", AgencyType.SCHOOL, Body.NONE, "harbourlane.example.org"),
    ("hospital", "Wrenshire Hospitals Trust", AgencyType.ACUTE, Body.NONE, "hospitals.example.org"),
    ("independent", "Independent people", AgencyType.OTHER, Body.NONE, "independent.example.org"),
)
PEOPLE = (
    # attribute, full name, role, agency
    ("referrer", "Ada Referrer", Role.REFERRER, "school"),
    ("lead", "Lena Lead", Role.AGENCY_LEAD, "school"),
    ("other_referrer", "Bert Other", Role.REFERRER, "hospital"),
    ("other_lead", "Berta Other", Role.AGENCY_LEAD, "hospital"),
    ("coordinator", "Cora Coordinator", Role.COORDINATOR, "business_unit"),
    ("second_coordinator", "Colm Coordinator", Role.COORDINATOR, "business_unit"),
    ("la_notifier", "Nia Notifier", Role.LA_NOTIFIER, "westmoor"),
    ("la_approver", "Alma Approver", Role.LA_APPROVER, "westmoor"),
    ("isles_notifier", "Ivor Isles", Role.LA_NOTIFIER, "fell_isles"),
    ("partner_la", "Petra Council", Role.PARTNER, "westmoor"),
    ("partner_icb", "Piers Health", Role.PARTNER, "icb"),
    ("partner_police", "Paul Police", Role.PARTNER, "police"),
    ("partner_isles", "Pia Isles", Role.PARTNER, "fell_isles"),
    ("senior_partner", "Sena Senior", Role.SENIOR_PARTNER, "westmoor"),
    ("group_member", "Gail Group", Role.GROUP_MEMBER, "hospital"),
    ("panel_chair", "Chidi Chair", Role.PANEL_CHAIR, "icb"),
    ("scrutineer", "Skye Scrutineer", Role.SCRUTINEER, "independent"),
    ("reviewer", "Rhea Reviewer", Role.REVIEWER, "independent"),
    ("legal_adviser", "Levi Legal", Role.LEGAL_ADVISER, "westmoor"),
    ("comms_officer", "Cleo Comms", Role.COMMS_OFFICER, "business_unit"),
    ("action_owner", "Otis Owner", Role.ACTION_OWNER, "hospital"),
    ("auditor", "Asa Auditor", Role.AUDITOR, "independent"),
    ("child_death_liaison", "Dara Liaison", Role.CHILD_DEATH_LIAISON, "icb"),
    ("system_administrator", "Sol System", Role.SYSTEM_ADMINISTRATOR, "business_unit"),
)
EVER = date(2020, 1, 1)
PASSWORD = "correct horse battery staple"


def make_person(attribute: str, name: str, role: str, agency: Agency, domain: str = "example.org") -> User:
    """A person with one approved membership in force since 2020."""
    user = User.objects.create_user(f"{attribute}@{domain}", PASSWORD, name=name)
    Membership.objects.create(
        user=user, agency=agency, role=role, starts_on=EVER, approved_at=datetime(2020, 1, 1, tzinfo=UTC)
    )
    return user


@pytest.fixture
def partnership(db) -> Partnership:
    return Partnership.objects.create(
        name="Wrenshire and the Fell Isles Safeguarding Children Partnership",
        short_name="Wrenshire SCP",
        reference_prefix="CIOS",
        front_door="Call the front door on 01632 960000",
        contact_email="partnership@example.org",
    )


@pytest.fixture
def agencies(partnership) -> SimpleNamespace:
    made = {}
    for attribute, name, kind, body, domain in AGENCIES:
        made[attribute] = Agency.objects.create(name=name, kind=kind, body=body)
        EmailDomain.objects.create(agency=made[attribute], domain=domain)
    return SimpleNamespace(**made)


@pytest.fixture
def cast(agencies) -> SimpleNamespace:
    """Everyone, by attribute; `cast.agencies` are the agencies."""
    domains = {attribute: domain for attribute, _, _, _, domain in AGENCIES}
    people = {
        attribute: make_person(attribute, name, role, getattr(agencies, agency), domains[agency])
        for attribute, name, role, agency in PEOPLE
    }
    return SimpleNamespace(**people, agencies=agencies)


@pytest.fixture
def standing():
    """`standing(user, at=None)`: the Standing of a person, now or at an instant (UTC)."""

    def of(user: User, at: datetime | None = None) -> Standing:
        return Standing.of(user, at or timezone.now())

    return of


@pytest.fixture
def signed_in():
    """`signed_in(user)`: a test client of the person's own."""

    def of(user: User, **kwargs) -> Client:
        client = Client(**kwargs)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        # Signing in is tested in tests/accounts; everywhere else the second factor has been shown.
        session = client.session
        session["second_factor"] = True
        session.save()
        return client

    return of


@pytest.fixture
def case_one(cast, standing):
    """Westmoor's case, with one child whose name is never to be seen outside a reveal."""
    from cases.actions import add_child, open_case

    by = standing(cast.coordinator)
    case = open_case(by=by, incident_la=cast.agencies.westmoor, title="A baby with a head injury")
    add_child(
        case,
        by=by,
        identity={"full_name": "Zephyrine Quillfeather", "born_on": date(2026, 3, 2), "nhs_number": "9434765919"},
        age_years=0,
    )
    return case


@pytest.fixture
def case_two(cast, standing):
    """The Fell Isles' case: Westmoor's notifier and approver have no part of it."""
    from cases.actions import add_child, open_case

    by = standing(cast.coordinator)
    case = open_case(by=by, incident_la=cast.agencies.fell_isles, title="A young person's death")
    add_child(case, by=by, identity={"full_name": "Ptolemy Underwillow", "born_on": date(2010, 5, 6)}, age_years=15)
    return case
