"""Who acts: what a person holds at an instant, and what that lets them do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Agency, AgencyType, Cover, Membership, User
from accounts.rights import NotPermitted, Right
from accounts.roles import Role
from accounts.standing import Standing


def test_everything_held_is_read_in_one_query(cast, django_assert_num_queries):
    at = timezone.now()
    for agency in (cast.agencies.school, cast.agencies.hospital, cast.agencies.police):
        Membership.objects.create(
            user=cast.referrer, agency=agency, role=Role.ACTION_OWNER, starts_on=date(2020, 1, 1), approved_at=at
        )
    with django_assert_num_queries(1):
        by = Standing.of(cast.referrer, at)
        assert len(by.held) == 4
        assert by.capacity.count(";") == 3
        assert by.holds(Role.ACTION_OWNER)
        assert by.agencies(Role.REFERRER) == {cast.agencies.school.pk}
        assert by.bodies(Role.ACTION_OWNER) == {"police"}


@pytest.mark.parametrize(
    ("starts", "ends", "holds"),
    [(0, None, True), (-5, 0, True), (0, 0, True), (1, None, False), (-5, -1, False)],
    ids=["from today", "until today", "today only", "from tomorrow", "until yesterday"],
)
def test_a_role_is_held_between_its_dates(cast, starts, ends, holds):
    at = timezone.now()
    today = Standing.of(cast.referrer, at).today
    Membership.objects.filter(user=cast.referrer).update(
        starts_on=today + timedelta(days=starts), ends_on=None if ends is None else today + timedelta(days=ends)
    )
    assert bool(Standing.of(cast.referrer, at).held) is holds


def test_the_day_is_londons(cast):
    """Half past midnight on 1 June in London is still 31 May in UTC."""
    Membership.objects.filter(user=cast.referrer).update(starts_on=date(2026, 6, 1))
    assert Standing.of(cast.referrer, datetime(2026, 5, 31, 23, 30, tzinfo=UTC)).held
    assert not Standing.of(cast.referrer, datetime(2026, 5, 31, 22, 30, tzinfo=UTC)).held


def test_a_role_that_waits_or_was_refused_is_not_held(cast):
    Membership.objects.filter(user=cast.referrer).update(approved_at=None)
    assert not Standing.of(cast.referrer, timezone.now()).held


def test_a_deactivated_person_holds_nothing(cast):
    cast.referrer.is_active = False
    cast.referrer.save()
    assert not Standing.of(cast.referrer, timezone.now()).held


def test_when_agencies_merge_the_roles_in_the_old_one_end_with_it(cast):
    at = timezone.now()
    today = Standing.of(cast.lead, at).today
    cast.agencies.school.valid_until = today
    cast.agencies.school.save()
    merged = Agency.objects.create(
        name="Harbour and Quay Academies", kind=AgencyType.SCHOOL, valid_from=today + timedelta(days=1)
    )
    Membership.objects.create(
        user=cast.lead, agency=merged, role=Role.AGENCY_LEAD, starts_on=today - timedelta(days=9), approved_at=at
    )
    assert Standing.of(cast.lead, at).agencies() == {cast.agencies.school.pk}
    assert Standing.of(cast.lead, at + timedelta(days=1)).agencies() == {merged.pk}


# --- cover --------------------------------------------------------------------------------------------------------
@pytest.fixture
def covered(cast):
    """Nia covers for Alma, from today for three days; returns today."""
    today = Standing.of(cast.la_approver, timezone.now()).today
    Cover.objects.create(
        membership=cast.la_approver.memberships.get(),
        deputy=cast.la_notifier,
        starts_on=today,
        ends_on=today + timedelta(days=2),
    )
    return today


@pytest.mark.parametrize(("days", "covers"), [(-1, False), (0, True), (2, True), (3, False)])
def test_a_deputy_holds_the_role_on_the_days_of_cover(cast, covered, days, covers):
    by = Standing.of(cast.la_notifier, timezone.now() + timedelta(days=days))
    assert by.holds(Role.LA_APPROVER) is covers


def test_the_capacity_says_for_whom_a_deputy_acts(cast, covered):
    by = Standing.of(cast.la_notifier, timezone.now())
    assert "Local authority approver, Westmoor Council (covering for Alma Approver)" in by.capacity
    assert cast.la_approver.memberships.get().pk in by.membership_ids


def test_whoever_is_covered_keeps_the_role(cast, covered):
    assert Standing.of(cast.la_approver, timezone.now()).holds(Role.LA_APPROVER)


def test_cover_ends_with_what_it_covers(cast, covered):
    at = timezone.now()
    cast.la_approver.memberships.update(ends_on=covered - timedelta(days=1))
    assert not Standing.of(cast.la_notifier, at).holds(Role.LA_APPROVER)
    cast.la_approver.memberships.update(ends_on=None)
    User.objects.filter(pk=cast.la_approver.pk).update(is_active=False)
    assert not Standing.of(cast.la_notifier, at).holds(Role.LA_APPROVER)


def test_two_covers_of_one_role_are_one_role(cast, covered):
    Cover.objects.create(
        membership=cast.la_approver.memberships.get(), deputy=cast.la_notifier, starts_on=covered, ends_on=covered
    )
    by = Standing.of(cast.la_notifier, timezone.now())
    assert len(by.held) == 2


# --- the fixed actors ---------------------------------------------------------------------------------------------
def test_the_scheduler_and_nobody_hold_nothing_and_cannot_sign_in(db, client):
    at = timezone.now()
    for by in (Standing.scheduler(at), Standing.anonymous(at)):
        assert by.held == ()
        assert by.capacity == ""
        client.force_login(by.user, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get("/account/").status_code == 302
    assert Standing.scheduler(at).user == Standing.scheduler(at).user
    assert Standing.scheduler(at).user != Standing.anonymous(at).user


def test_an_address_is_one_person_however_it_is_spelt(db):
    user = User.objects.create_user("  Ada@Example.ORG ", "x")
    assert user.email == "ada@example.org"
    assert User.objects.get_by_natural_key("ADA@example.org") == user


def test_djangos_own_superuser_is_above_nobody(db, standing):
    user = User.objects.create_superuser("root@example.org", "x")
    assert standing(user).held == ()
    assert not user.is_superuser


# --- rights -------------------------------------------------------------------------------------------------------
@pytest.fixture
def tidy():
    right = Right(
        "tidy the shelves", held_by={Role.AGENCY_LEAD}, where=lambda by, subject: subject != "locked", unseen=True
    )
    yield right
    del Right.every["tidy the shelves"]


def test_a_right_is_held_by_its_roles_and_nobody_else(cast, standing, tidy):
    assert tidy.allows(standing(cast.lead))
    assert not tidy.allows(standing(cast.referrer))
    assert not tidy.allows(None)


def test_a_right_may_be_narrowed_by_what_it_is_about(cast, standing, tidy):
    assert tidy.allows(standing(cast.lead), "open")
    assert not tidy.allows(standing(cast.lead), "locked")


def test_what_is_refused_says_what_cannot_be_done(cast, standing, tidy):
    with pytest.raises(NotPermitted, match=r"You cannot tidy the shelves\."):
        tidy.require(standing(cast.referrer))


def test_whoever_may_not_see_a_thing_may_do_nothing_to_it(cast, standing):
    right = Right("greet a person", held_by=Role)
    try:
        assert right.allows(standing(cast.coordinator), cast.referrer)
        assert right.allows(standing(cast.referrer), cast.referrer)
        assert not right.allows(standing(cast.referrer), cast.lead)
    finally:
        del Right.every["greet a person"]


def test_two_rights_cannot_have_one_name(tidy):
    with pytest.raises(ValueError, match="already"):
        Right("tidy the shelves", held_by={Role.PARTNER})
