"""The one condition of who may see what of a case, put together once and asked in many tables."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Exists, OuterRef, Q

from accounts.models import Membership
from cases.actions import declare_conflict
from cases.models import Case, Child, Conflict, TeamMember, part_held
from cases.parts import Part


@pytest.fixture
def notifier(cast, case_one, case_two, standing):
    """Holds the first case whole, and nothing of the second. Both have children, teams and a conflict."""
    for case in (case_one, case_two):
        declare_conflict(case, cast.other_lead, by=standing(cast.second_coordinator), what="Knows the family.")
    return cast.la_notifier


def cases_of(rows):
    return set(rows.values_list("case_id", flat=True))


@pytest.mark.parametrize("model", [TeamMember, Conflict])
def test_the_team_and_the_conflicts_themselves_are_asked_about_their_own_case(model, notifier, case_one, standing):
    assert model.objects.exclude(case=case_one).exists()
    assert cases_of(model.objects.visible_to(standing(notifier))) == {case_one.pk}


def test_it_is_asked_about_the_right_case_however_deep_it_stands(notifier, case_one, standing):
    by = standing(notifier)
    whole = part_held("case", by, Part.WHOLE_CASE)
    in_a_team_of_mine = TeamMember.objects.filter(whole, case=OuterRef("pk"))
    barred_too = Conflict.objects.filter(Exists(TeamMember.objects.filter(whole, case=OuterRef("case"))))
    assert list(Case.objects.filter(Exists(in_a_team_of_mine))) == [case_one]
    assert cases_of(barred_too) == {case_one.pk}
    assert not Case.objects.filter(~Exists(in_a_team_of_mine), pk=case_one.pk).exists()


def test_it_can_be_turned_round_and_put_beside_other_conditions(notifier, case_one, case_two, standing):
    whole = part_held("pk", standing(notifier), Part.WHOLE_CASE)
    assert list(Case.objects.filter(~Q(whole))) == [case_two]
    assert set(Case.objects.filter(whole | Q(pk=case_two.pk))) == {case_one, case_two}
    assert not Case.objects.filter(whole & Q(pk=case_two.pk)).exists()


def test_whoever_holds_nothing_meets_it_nowhere(cast, case_one, standing):
    assert not Child.objects.filter(part_held("case", None, Part.WHOLE_CASE)).exists()
    assert not Case.objects.filter(part_held("pk", standing(cast.coordinator))).exists()


def test_what_was_asked_before_answers_nothing_later(notifier, case_one, standing):
    """The words of the question are kept, never an answer: the same person, later on the same day, may be barred."""
    morning, evening = datetime(2027, 3, 1, 8, tzinfo=UTC), datetime(2027, 3, 1, 18, tzinfo=UTC)
    assert list(Case.objects.visible_to(standing(notifier, morning))) == [case_one]
    declare_conflict(case_one, notifier, by=standing(notifier, morning), what="Knows the family.")
    assert not Case.objects.visible_to(standing(notifier, evening)).exists()


def test_another_day_or_another_membership_is_another_question(cast, notifier, case_one, case_two, standing):
    noon = datetime(2027, 3, 1, 12, tzinfo=UTC)
    TeamMember.objects.filter(case=case_one).update(ends_on=date(2027, 3, 1))
    assert list(Case.objects.visible_to(standing(notifier, noon))) == [case_one]
    assert not Case.objects.visible_to(standing(notifier, datetime(2027, 3, 2, 12, tzinfo=UTC))).exists()
    isles = Membership.objects.get(user=cast.isles_notifier)
    Membership.objects.create(
        user=notifier, agency=isles.agency, role=isles.role, starts_on=date(2020, 1, 1), approved_at=noon
    )
    assert set(Case.objects.visible_to(standing(notifier, noon))) == {case_one, case_two}
