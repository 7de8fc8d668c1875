"""Who sees a return: its own agency and the coordinators; once released, those who read the review's papers."""

import pytest

from accounts.models import Membership
from agency_returns import actions
from agency_returns.models import AgencyReturn, InformationRequest
from cases.models import Case, Conflict


def sees(standing, user, agency_return):
    return AgencyReturn.objects.visible_to(standing(user)).filter(pk=agency_return.pk).exists()


def test_the_leads_of_the_agency_asked_see_its_return(school_return, cast, standing):
    assert sees(standing, cast.lead, school_return)


def test_another_agency_never_sees_a_return_even_with_the_review_papers(
    accepted, hospital_return, panel_papers, cast, standing
):
    actions.release(accepted, by=standing(cast.coordinator))
    assert not sees(standing, cast.other_lead, accepted)
    assert sees(standing, cast.other_lead, hospital_return)


def test_a_practitioner_of_the_agency_sees_nothing_until_asked_to_write(school_return, cast, standing):
    assert not sees(standing, cast.referrer, school_return)
    actions.ask_to_write(school_return, cast.referrer.memberships.get(), by=standing(cast.lead))
    assert sees(standing, cast.referrer, school_return)


def test_holding_ones_own_return_never_opens_the_case(school_return, cast, standing):
    assert not Case.objects.visible_to(standing(cast.lead)).exists()


@pytest.mark.parametrize("who", ["partner_la", "partner_icb", "group_member", "panel_chair"])
def test_readers_of_the_review_see_a_return_only_once_it_is_released(who, accepted, panel_papers, cast, standing):
    reader = getattr(cast, who)
    assert not sees(standing, reader, accepted)
    actions.release(accepted, by=standing(cast.coordinator))
    assert sees(standing, reader, accepted)


def test_the_authority_that_notifies_has_no_part_of_the_returns(accepted, cast, standing):
    actions.release(accepted, by=standing(cast.coordinator))
    assert not sees(standing, cast.la_notifier, accepted)
    assert not sees(standing, cast.la_approver, accepted)


def test_a_return_sent_back_is_closed_to_the_review_group_again(accepted, cast, standing):
    actions.release(accepted, by=standing(cast.coordinator))
    actions.return_for_clarification(accepted, by=standing(cast.coordinator), question="Which clinic?")
    assert not sees(standing, cast.partner_la, accepted)


def test_a_request_is_seen_by_whoever_sees_its_return(school_return, cast, standing):
    seen = InformationRequest.objects.visible_to
    assert seen(standing(cast.lead)).exists()
    assert not seen(standing(cast.other_lead)).exists()
    assert not seen(None).exists()


def test_two_requests_to_one_agency_are_two_parts(school_return, ask, cast, standing, case_one):
    """Whoever was asked to write one return of the agency does not reach its other one in the same case."""
    other = ask(cast.agencies.school, occasion="rapid_reviews.Second:1")
    actions.ask_to_write(other, cast.referrer.memberships.get(), by=standing(cast.lead))
    assert sees(standing, cast.referrer, other)
    assert not sees(standing, cast.referrer, school_return)


def test_a_conflict_of_interest_bars_the_lead(school_return, cast, standing, case_one):
    Conflict.objects.create(case=case_one, user=cast.lead, declared_on=standing(cast.lead).today, what="Relative")
    assert not sees(standing, cast.lead, school_return)


def test_a_lead_who_left_sees_nothing_any_more(school_return, cast, standing):
    day = standing(cast.lead).today
    Membership.objects.filter(user=cast.lead).update(ends_on=day.replace(year=day.year - 1))
    assert not sees(standing, cast.lead, school_return)


def test_a_return_accepted_a_second_time_is_released_a_second_time(accepted, cast, standing):
    coordinator = standing(cast.coordinator)
    actions.release(accepted, by=coordinator)
    actions.return_for_clarification(accepted, by=coordinator, question="Which clinic?")
    actions.submit(accepted, by=standing(cast.lead))
    actions.accept(accepted, by=coordinator)
    assert not sees(standing, cast.partner_la, accepted)
