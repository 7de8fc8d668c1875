"""Recommendations: who makes them, how they are numbered, changed and taken back."""

import pytest

from accounts.rights import NotPermitted
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from cases.actions import admit
from cases.parts import Part
from improvements import actions
from improvements.models import Recommendation


def test_recommendations_are_numbered_within_what_makes_them(case_one, case_two, cast, standing):
    by = standing(cast.coordinator)
    numbers = [
        actions.recommend(case_one, by=by, source="other", text="One").number,
        actions.recommend(case_one, by=by, source="other", text="Two").number,
        actions.recommend(case_one, by=by, source="lcspr", review="lcspr.Something:1", text="Its first").number,
        actions.recommend(case_two, by=by, source="other", text="Another case's first").number,
    ]
    assert numbers == [1, 2, 1, 1]


@pytest.mark.parametrize("who", ["panel_chair", "reviewer"])
def test_a_reviewer_recommends_only_in_a_case_whose_papers_they_hold(case_one, cast, standing, who):
    person = getattr(cast, who)
    with pytest.raises(NotPermitted):
        actions.recommend(case_one, by=standing(person), source="lcspr", text="From outside")
    admit(case_one, Part.REVIEW_PAPERS, by=standing(cast.coordinator), membership=person.memberships.get())
    assert actions.recommend(case_one, by=standing(person), source="lcspr", text="From inside").number == 1


@pytest.mark.parametrize("who", ["partner_la", "agency_owner", "lead", "auditor", "system_administrator"])
def test_nobody_else_recommends(case_one, cast, standing, who):
    person = getattr(cast, who, cast.action_owner)
    with pytest.raises(NotPermitted):
        actions.recommend(case_one, by=standing(person), source="other", text="No")


def test_a_change_keeps_what_was_said_and_a_stale_one_is_refused(recommendation, cast, standing):
    by = standing(cast.coordinator)
    seen = recommendation.version
    actions.reword(recommendation, by=by, seen_version=seen, text="Agencies must keep one chronology")
    assert [row.text for row in recommendation.history.order_by("history_id")] == [
        "Agencies should keep one chronology by the end of the year",
        "Agencies must keep one chronology",
    ]
    with pytest.raises(StaleEdit) as stale:
        actions.reword(recommendation, by=by, seen_version=seen, text="My own words")
    assert stale.value.mine["text"] == "My own words"
    assert stale.value.theirs["text"] == "Agencies must keep one chronology"


def test_a_withdrawn_recommendation_keeps_its_number_and_is_changed_no_more(case_one, recommendation, cast, standing):
    by = standing(cast.coordinator)
    actions.withdraw(recommendation, by=by, reason="Said twice")
    recommendation.refresh_from_db()
    assert recommendation.is_withdrawn and recommendation not in Recommendation.objects.standing()
    assert actions.recommend(case_one, by=by, source="audit", text="The next").number == 2
    for again in (
        lambda: actions.withdraw(recommendation, by=by, reason="Again"),
        lambda: actions.reword(recommendation, by=by, seen_version=recommendation.version, text="Other"),
    ):
        with pytest.raises(AlreadyDone):
            again()


def test_a_recommendation_that_is_being_carried_out_is_not_withdrawn(action, recommendation, cast, standing):
    by = standing(cast.coordinator)
    with pytest.raises(AlreadyDone):
        actions.withdraw(recommendation, by=by, reason="No longer wanted")
    actions.not_pursue(action, by=by, reason="Overtaken")
    actions.withdraw(recommendation, by=by, reason="No longer wanted")


def test_the_same_submit_twice_recommends_once(case_one, cast, standing):
    by = standing(cast.coordinator)
    actions.recommend(case_one, by=by, source="other", text="Once", token="a-token-of-mine")
    with pytest.raises(AlreadySubmitted):
        actions.recommend(case_one, by=by, source="other", text="Once", token="a-token-of-mine")
    assert Recommendation.objects.count() == 1
