"""The partners sign one by one, and what they decide starts the clocks of a local review."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.rights import NotPermitted
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from deadlines.actions import NoSuchClock, clock_of
from decisions.actions import record_position
from decisions.models import CriterionAnswer, Position
from rapid_reviews import actions
from rapid_reviews.lifecycle import ReviewStatus
from rapid_reviews.models import RapidReview


def test_nobody_is_asked_to_sign_before_the_panel_has_met(review, when):
    with pytest.raises(actions.NotReady, match="meeting"):
        actions.open_sign_off(review, by=when("coordinator", 10, 27), recommendation="no_lcspr")


def test_nobody_is_asked_to_sign_before_the_criteria_of_the_regulations_are_answered(met, when):
    met.findings.filter(code="REG11_C").delete()
    with pytest.raises(actions.NotReady, match="two or more agencies"):
        actions.open_sign_off(met, by=when("coordinator", 10, 27), recommendation="no_lcspr")


def test_a_criterion_to_have_regard_to_may_stay_open(met, when):
    met.findings.filter(code="WT_NONE").delete()
    actions.open_sign_off(met, by=when("coordinator", 10, 27), recommendation="no_lcspr")
    assert met.status == ReviewStatus.SIGNING


@pytest.mark.parametrize("who", ["partner_la", "group_member", "la_notifier"])
def test_only_the_business_unit_or_the_chair_puts_the_report_before_the_partners(who, met, when):
    with pytest.raises(NotPermitted):
        actions.open_sign_off(met, by=when(who, 10, 27), recommendation="no_lcspr")


def test_the_partners_have_the_panels_answers_before_them(signing):
    answers = CriterionAnswer.objects.filter(decision=signing.sign_off)
    assert answers.get(code="REG11_A").narrative == "Why REG11_A"
    assert answers.count() == signing.findings.count()


def test_one_person_does_not_sign_for_two_bodies(signing, cast, when):
    by = when("partner_la", 10, 28)
    seats = signing.sign_off.seats
    record_position(seats.get(agency=cast.agencies.westmoor), by=by, view="no_lcspr", reasons="Ours")
    for agency in (cast.agencies.icb, cast.agencies.police):
        with pytest.raises(NotPermitted):
            record_position(seats.get(agency=agency), by=by, view="no_lcspr", reasons="Theirs too")
    assert Position.objects.count() == 1


def test_the_local_authority_alone_does_not_sign_a_rapid_review(signing, sign, conclude, partners):
    sign(signing.sign_off, only=partners.la)
    with pytest.raises(actions.NotReady):
        conclude(signing)
    signing.refresh_from_db()
    assert signing.status == ReviewStatus.SIGNING


def test_a_coordinator_does_not_sign(signing, cast, when):
    seat = signing.sign_off.seats.get(agency=cast.agencies.westmoor)
    with pytest.raises(NotPermitted):
        record_position(seat, by=when("coordinator", 10, 28), view="no_lcspr", reasons="From the minutes")


def test_a_report_the_partners_do_not_sign_goes_back_and_is_signed_anew(signing, sign, conclude, when):
    sign(signing.sign_off, view="not_signed")
    with pytest.raises(actions.NotReady):
        conclude(signing, outcome="not_signed")
    first = signing.sign_off
    actions.return_to_panel(signing, by=when("coordinator", 10, 28), reason="Section 9 is unclear")
    assert (signing.status, signing.sign_off) == (ReviewStatus.PANEL, None)
    first.refresh_from_db()
    assert not first.is_open
    actions.open_sign_off(signing, by=when("coordinator", 10, 28), recommendation="initiate_lcspr")
    assert signing.sign_off != first


def test_initiating_a_local_review_starts_its_six_months_on_the_day_of_the_decision(signed):
    """Specification 9.2, example 1d."""
    assert signed.status == ReviewStatus.SIGNED
    assert signed.initiated_on == date(2026, 10, 28)
    assert clock_of("T09", signed.initiation_occasion).due_on == date(2027, 4, 28)
    for recipient in ("panel", "ofsted", "dfe"):
        assert clock_of("T07", signed.initiation_occasion, recipient).counted_from == date(2026, 10, 28)


def test_the_clocks_count_from_the_day_the_partners_decided_not_the_day_it_was_recorded(signing, sign, conclude):
    sign(signing.sign_off, day=(10, 27))
    review = conclude(signing, day=(10, 29), decided_on=date(2026, 10, 27))
    assert clock_of("T09", review.initiation_occasion).counted_from == date(2026, 10, 27)


@pytest.mark.parametrize("day", [date(2026, 10, 29), date(2026, 10, 26)])
def test_a_decision_is_neither_in_the_future_nor_before_the_partners_were_asked(day, signing, sign, conclude):
    sign(signing.sign_off)
    with pytest.raises(actions.DateOutOfOrder):
        conclude(signing, decided_on=day)


def test_without_a_local_review_there_is_no_such_clock(signing, sign, conclude):
    sign(signing.sign_off, view="no_lcspr")
    review = conclude(signing, outcome="no_lcspr")
    assert review.initiated_on is None
    with pytest.raises(NoSuchClock):
        clock_of("T09", review.initiation_occasion)


def test_an_outcome_the_partners_did_not_sign_is_refused(signing, sign, conclude):
    sign(signing.sign_off, view="no_lcspr")
    with pytest.raises(actions.NotReady):
        conclude(signing, outcome="initiate_lcspr")


def test_concluding_twice_concludes_once(signing, sign, conclude):
    sign(signing.sign_off)
    conclude(signing, token="pressed-twice")
    with pytest.raises(AlreadySubmitted):
        conclude(signing, token="pressed-twice")
    with pytest.raises(AlreadyDone):
        conclude(signing)


def test_a_partner_does_not_conclude_the_review(signing, sign, when):
    sign(signing.sign_off)
    with pytest.raises(NotPermitted):
        actions.conclude(signing, by=when("partner_la", 10, 28), outcome="initiate_lcspr", rationale="Because")


def test_deciding_and_taking_back_at_once_leaves_one_winner(signing, sign, conclude, when):
    sign(signing.sign_off)
    theirs = RapidReview.objects.get(pk=signing.pk)
    conclude(signing)
    with pytest.raises(AlreadyDone):
        actions.return_to_panel(theirs, by=when("panel_chair", 10, 28), reason="One more change")
    theirs.refresh_from_db()
    assert theirs.status == ReviewStatus.SIGNED


@pytest.mark.parametrize(
    "broken",
    [{"outcome": ""}, {"decided_on": None}, {"sign_off": None}, {"report": None}, {"initiated_on": None}],
    ids=lambda broken: next(iter(broken)),
)
def test_the_database_refuses_a_signed_review_that_does_not_say_what_was_decided(broken, signed):
    with pytest.raises(IntegrityError), transaction.atomic():
        RapidReview.objects.filter(pk=signed.pk).update(**broken)
