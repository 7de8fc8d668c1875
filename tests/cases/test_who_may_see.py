"""Who may see a case, and which part of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Cover, Membership
from accounts.roles import Role
from accounts.standing import Standing
from cases.actions import CannotHold, add_person, admit, assign, declare_conflict, lift_conflict, unassign
from cases.models import Case, CaseInPart, CasePeople, Child, Conflict, Identity, Person, TeamMember
from cases.parts import HOLDERS, ONE_ROW, Part
from cases.rights import NotPermitted

WHOLE_FROM_THE_START = {
    "coordinator",
    "second_coordinator",
    "la_notifier",
    "la_approver",
    "partner_la",
    "partner_icb",
    "partner_police",
}


def everyone(cast):
    return {name: person for name, person in vars(cast).items() if name != "agencies"}


def who_sees(model, cast, standing):
    return {name for name, person in everyone(cast).items() if model.objects.visible_to(standing(person)).exists()}


def membership_of(user):
    return Membership.objects.get(user=user)


def test_a_new_case_is_open_to_coordinators_deciding_partners_and_the_incident_authority(cast, case_one, standing):
    assert who_sees(Case, cast, standing) == WHOLE_FROM_THE_START


def test_the_notifier_of_the_other_council_is_told_nothing_of_the_case(cast, case_one, case_two, standing):
    seen = Case.objects.visible_to(standing(cast.isles_notifier))
    assert [case.reference for case in seen] == [case_two.reference]


@pytest.mark.parametrize("part", [part for part in Part if part != Part.WHOLE_CASE])
def test_holding_a_part_never_opens_the_whole_case(cast, case_one, standing, part):
    by = standing(cast.coordinator)
    row = "lcspr.Review:1" if part in ONE_ROW else ""
    admit(case_one, part, by=by, membership=membership_of(cast.reviewer), row=row)
    reviewer = standing(cast.reviewer)
    assert not Case.objects.visible_to(reviewer).exists()
    assert CaseInPart.objects.visible_to(reviewer).exists()
    sees_people = part == Part.REVIEW_PAPERS
    for model in (CasePeople, Child, Identity):
        assert model.objects.visible_to(reviewer).exists() is sees_people


@pytest.mark.parametrize("part", list(HOLDERS))
def test_each_part_can_be_given_to_the_roles_the_domain_names_and_to_no_other(cast, case_one, standing, part):
    by = standing(cast.coordinator)
    given = set()
    for person in everyone(cast).values():
        membership = membership_of(person)
        try:
            assign(case_one, part, membership, by=by)
            given.add(membership.role)
        except CannotHold:
            pass
    assert given == set(HOLDERS[part])


def test_a_part_held_by_a_role_follows_the_people_who_hold_the_role(cast, case_one, standing):
    newcomer = cast.group_member
    assert not Case.objects.visible_to(standing(newcomer)).exists()
    Membership.objects.create(
        user=newcomer,
        agency=cast.agencies.police,
        role=Role.PARTNER,
        starts_on=date(2020, 1, 1),
        approved_at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    assert Case.objects.visible_to(standing(newcomer)).exists()


def test_the_same_role_in_another_agency_opens_nothing(cast, case_one, standing):
    assert not Case.objects.visible_to(standing(cast.partner_isles)).exists()


@pytest.fixture
def long_open(case_one):
    """The case, as open to its team since the new year."""
    TeamMember.objects.update(starts_on=date(2026, 1, 1))
    return case_one


def test_access_ends_on_its_date_without_a_job(cast, long_open, standing):
    now = datetime(2026, 7, 1, 12, tzinfo=UTC)
    by = standing(cast.coordinator, now)
    assign(long_open, Part.REVIEW_PAPERS, membership_of(cast.reviewer), by=by, ends_on=date(2026, 7, 31))
    last_minute = datetime(2026, 7, 31, 22, 59, tzinfo=UTC)
    assert Child.objects.visible_to(standing(cast.reviewer, last_minute)).exists()
    # 23:00 UTC is midnight in London in summer.
    assert not Child.objects.visible_to(standing(cast.reviewer, last_minute + timedelta(minutes=1))).exists()


def test_access_given_from_a_later_day_has_not_begun(cast, long_open, standing):
    by = standing(cast.coordinator, datetime(2026, 7, 1, 12, tzinfo=UTC))
    assign(long_open, Part.REVIEW_PAPERS, membership_of(cast.reviewer), by=by, starts_on=date(2026, 7, 10))
    assert not Child.objects.visible_to(standing(cast.reviewer, datetime(2026, 7, 9, 12, tzinfo=UTC))).exists()
    assert Child.objects.visible_to(standing(cast.reviewer, datetime(2026, 7, 10, 12, tzinfo=UTC))).exists()


def test_access_taken_away_is_gone_at_once(cast, case_one, standing):
    by = standing(cast.coordinator)
    member = assign(case_one, Part.REVIEW_PAPERS, membership_of(cast.reviewer), by=by)
    unassign(member, by=by, reason="The appointment ended.")
    assert not Child.objects.visible_to(standing(cast.reviewer)).exists()


def test_a_leaver_sees_nothing_from_the_next_request(cast, case_one, standing):
    cast.partner_icb.is_active = False
    cast.partner_icb.save()
    assert not Case.objects.visible_to(standing(cast.partner_icb)).exists()


def test_a_deputy_sees_what_the_person_they_cover_for_sees_and_only_between_the_dates(cast, long_open, standing):
    Cover.objects.create(
        membership=membership_of(cast.partner_police),
        deputy=cast.group_member,
        starts_on=date(2026, 8, 3),
        ends_on=date(2026, 8, 14),
    )
    during, after = datetime(2026, 8, 14, 12, tzinfo=UTC), datetime(2026, 8, 15, 12, tzinfo=UTC)
    assert Case.objects.visible_to(standing(cast.group_member, during)).exists()
    assert not Case.objects.visible_to(standing(cast.group_member, after)).exists()


@pytest.mark.parametrize("name", sorted(WHOLE_FROM_THE_START))
def test_a_conflict_of_interest_bars_whoever_has_it_whatever_they_hold(cast, case_one, standing, name):
    person = everyone(cast)[name]
    add_person(case_one, by=standing(cast.coordinator))
    declare_conflict(case_one, person, by=standing(person), what="I know the family.")
    by = standing(person)
    for model in (Case, CaseInPart, CasePeople, Child, Person, Identity, TeamMember, Conflict):
        assert not model.objects.visible_to(by).exists(), model


def test_a_conflict_in_one_case_bars_from_no_other(cast, case_one, case_two, standing):
    declare_conflict(case_one, cast.partner_icb, by=standing(cast.partner_icb), what="I know the family.")
    seen = Case.objects.visible_to(standing(cast.partner_icb))
    assert [case.reference for case in seen] == [case_two.reference]


def test_a_deputy_with_a_conflict_is_barred_while_the_person_they_cover_for_is_not(cast, case_one, standing):
    today = standing(cast.coordinator).today
    Cover.objects.create(
        membership=membership_of(cast.partner_police), deputy=cast.group_member, starts_on=today, ends_on=today
    )
    declare_conflict(case_one, cast.group_member, by=standing(cast.group_member), what="My neighbour.")
    assert not Case.objects.visible_to(standing(cast.group_member)).exists()
    assert Case.objects.visible_to(standing(cast.partner_police)).exists()


def test_a_lifted_conflict_lets_the_person_back_in(cast, case_one, standing):
    conflict = declare_conflict(case_one, cast.partner_icb, by=standing(cast.partner_icb), what="By mistake.")
    lift_conflict(conflict, by=standing(cast.coordinator), reason="Declared in the wrong case.")
    assert Case.objects.visible_to(standing(cast.partner_icb)).exists()


def test_nobody_lifts_a_conflict_of_their_own(cast, case_one, standing):
    by = standing(cast.coordinator)
    conflict = declare_conflict(case_one, cast.coordinator, by=by, what="My sister.")
    with pytest.raises(NotPermitted):
        lift_conflict(conflict, by=by, reason="It is fine.")
    assert not Case.objects.visible_to(standing(cast.coordinator)).exists()


def test_only_a_coordinator_records_the_conflict_of_somebody_else(cast, case_one, standing):
    with pytest.raises(NotPermitted):
        declare_conflict(case_one, cast.partner_icb, by=standing(cast.partner_police), what="A rumour.")
    declare_conflict(case_one, cast.partner_icb, by=standing(cast.coordinator), what="Told on the telephone.")
    assert not Case.objects.visible_to(standing(cast.partner_icb)).exists()


def test_declaring_twice_is_declaring_once(cast, case_one, standing):
    by = standing(cast.coordinator)
    first = declare_conflict(case_one, cast.partner_icb, by=by, what="Told on the telephone.")
    assert declare_conflict(case_one, cast.partner_icb, by=by, what="Told again.") == first


def test_a_reviewer_who_holds_only_the_papers_can_say_they_know_the_family(cast, case_one, standing):
    assign(case_one, Part.REVIEW_PAPERS, membership_of(cast.reviewer), by=standing(cast.coordinator))
    declare_conflict(case_one, cast.reviewer, by=standing(cast.reviewer), what="I taught the child.")
    assert not Child.objects.visible_to(standing(cast.reviewer)).exists()


def test_somebody_without_any_part_cannot_declare_a_conflict_in_a_case_they_may_not_know_of(cast, case_one, standing):
    with pytest.raises(NotPermitted):
        declare_conflict(case_one, cast.other_lead, by=standing(cast.other_lead), what="Is there a case?")


def test_nobody_signed_in_sees_nothing(case_one):
    assert not Case.objects.visible_to(None).exists()


def test_the_scheduler_sees_nothing(case_one):
    assert not Case.objects.visible_to(Standing.scheduler(datetime(2026, 7, 1, tzinfo=UTC))).exists()


def test_whether_a_case_is_seen_is_asked_in_one_query(cast, case_one, standing, django_assert_num_queries):
    by = standing(cast.partner_la)
    with django_assert_num_queries(1):
        assert len(Case.objects.visible_to(by)) == 1
    with django_assert_num_queries(1):
        assert len(Child.objects.visible_to(by)) == 1
