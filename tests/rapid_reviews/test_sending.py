"""Sending the report, the national body's answer, and deciding again."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.rights import NotPermitted
from audit.events import AlreadySubmitted, key_of
from audit.lifecycle import AlreadyDone
from deadlines.actions import LateReasonNeeded, NoSuchClock, clock_of
from deadlines.bands import Band
from notifications.register.models import Submission
from rapid_reviews import actions
from rapid_reviews.lifecycle import ReviewStatus
from rapid_reviews.models import PanelResponse, RapidReview
from tests.rapid_reviews.conftest import at


def test_sending_on_the_last_day_meets_the_clock_and_starts_waiting_for_the_answer(sent, when):
    clock = clock_of("T05", sent.notification)
    assert (clock.met_on, clock.state(on=date(2026, 10, 29)).band) == (date(2026, 10, 29), Band.MET)
    assert clock_of("T08", sent).counted_from == date(2026, 10, 29)


def test_what_was_sent_stands_in_the_register_with_its_paper(sent):
    row = Submission.objects.get(return_type="rapid_review")
    assert (row.recipient, row.occasion, row.paper) == ("panel", key_of(sent), sent.report)
    assert row.due_on == date(2026, 10, 29)


def test_a_late_review_needs_a_reason_and_keeps_it(signed, when):
    by = when("coordinator", 11, 2)
    with pytest.raises(LateReasonNeeded):
        actions.record_sent_to_panel(signed, by=by, sent_at=at(2026, 11, 2, 9))
    signed.refresh_from_db()
    assert signed.status == ReviewStatus.SIGNED
    actions.record_sent_to_panel(signed, by=by, sent_at=at(2026, 11, 2, 9), late_reason="A partner was away")
    clock = clock_of("T05", signed.notification)
    assert clock.met_late_reason == "A partner was away"
    assert clock.state(on=date(2026, 11, 2)).band == Band.MET_LATE


def test_the_day_of_sending_is_londons(met, sign, conclude, when):
    """Half past eleven at night in UTC is half past midnight in London until the clocks go back on 25 October."""
    actions.open_sign_off(met, by=when("coordinator", 10, 24), recommendation="initiate_lcspr")
    sign(met.sign_off, day=(10, 24))
    conclude(met, day=(10, 24))
    actions.record_sent_to_panel(met, by=when("coordinator", 10, 25), sent_at=at(2026, 10, 24, 23, 30))
    assert clock_of("T05", met.notification).met_on == date(2026, 10, 25)
    assert clock_of("T08", met).counted_from == date(2026, 10, 25)


def test_nothing_is_sent_in_the_future_or_before_it_was_decided(signed, when):
    by = when("coordinator", 10, 29)
    for instant in (at(2026, 10, 30), at(2026, 10, 27)):
        with pytest.raises(ValueError, match="When it was sent must be"):
            actions.record_sent_to_panel(signed, by=by, sent_at=instant)


def test_a_review_that_is_not_signed_is_not_sent(signing, when):
    with pytest.raises(AlreadyDone):
        actions.record_sent_to_panel(signing, by=when("coordinator", 10, 29), sent_at=at(2026, 10, 29, 9))


def test_recording_the_sending_twice_records_it_once(signed, when):
    by = when("coordinator", 10, 29)
    actions.record_sent_to_panel(signed, by=by, sent_at=at(2026, 10, 29, 9), token="pressed-twice")
    with pytest.raises(AlreadySubmitted):
        actions.record_sent_to_panel(signed, by=by, sent_at=at(2026, 10, 29, 9), token="pressed-twice")
    assert Submission.objects.filter(return_type="rapid_review").count() == 1


def answer(review, by, **more):
    given = {
        "answers": ["DISAGREE_SHOULD_LCSPR", "RR_QUALITY_FEEDBACK"],
        "letter_on": date(2026, 11, 24),
        "received_on": date(2026, 11, 26),
        **more,
    }
    return actions.record_panel_response(review, by=by, **given)


def test_the_answer_says_several_things_and_stops_the_waiting(sent, when):
    answer(sent, when("coordinator", 11, 26))
    assert sent.status == ReviewStatus.ANSWERED
    assert sent.panel_response == ["DISAGREE_SHOULD_LCSPR", "RR_QUALITY_FEEDBACK"]
    assert clock_of("T08", sent).met_on == date(2026, 11, 26)


def test_a_second_letter_adds_to_the_first(sent, when):
    answer(sent, when("coordinator", 11, 26))
    answer(sent, when("coordinator", 11, 30), answers=["NATIONAL_REVIEW"])
    assert PanelResponse.objects.count() == 2
    assert sent.panel_response == ["DISAGREE_SHOULD_LCSPR", "NATIONAL_REVIEW", "RR_QUALITY_FEEDBACK"]


def test_the_letter_is_kept(sent, when):
    letter = SimpleUploadedFile("letter.txt", b"Dear partners")
    response = answer(sent, when("coordinator", 11, 26), file=letter)
    assert response.letter.name == "letter.txt"


def test_a_letter_does_not_arrive_before_it_is_written_or_tomorrow(sent, when):
    by = when("coordinator", 11, 26)
    for received in (date(2026, 11, 23), date(2026, 11, 27)):
        with pytest.raises(ValueError, match="letter"):
            answer(sent, by, received_on=received)


def test_something_else_is_not_an_answer(sent, when):
    with pytest.raises(ValueError, match="not a valid"):
        answer(sent, when("coordinator", 11, 26), answers=["APPLAUSE"])


@pytest.fixture
def not_initiated(signing, sign, conclude, when):
    """Sent on 29 October with the decision that there is no local review."""
    sign(signing.sign_off, view="no_lcspr")
    conclude(signing, outcome="no_lcspr")
    return actions.record_sent_to_panel(signing, by=when("coordinator", 10, 29), sent_at=at(2026, 10, 29, 11))


def test_a_decision_reversed_after_the_letter_counts_from_the_new_day(not_initiated, sign, when):
    """Specification 9.2, example 15."""
    review = not_initiated
    answer(review, when("coordinator", 11, 26))
    first = review.sign_off
    decision = actions.redecide(review, by=when("coordinator", 11, 27), reason="The letter asks us to reconsider")
    sign(decision, view="initiate_lcspr", day=(12, 3))
    actions.conclude_again(
        review, by=when("coordinator", 12, 3), outcome="initiate_lcspr", rationale="Persuaded by the letter"
    )
    assert review.initiated_on == date(2026, 12, 3)
    clock = clock_of("T09", review.initiation_occasion)
    assert (clock.counted_from, clock.due_on) == (date(2026, 12, 3), date(2027, 6, 3))
    for recipient in ("panel", "ofsted", "dfe"):
        assert clock_of("T07", review.initiation_occasion, recipient).counted_from == date(2026, 12, 3)
    first.refresh_from_db()
    assert (first.outcome, first.is_concluded) == ("no_lcspr", True)
    assert clock_of("T05", review.notification).met_on == date(2026, 10, 29)


def test_deciding_again_against_a_review_voids_its_clocks_and_initiating_starts_them_anew(sent, sign, when):
    def again(outcome, day, month=11):
        decision = actions.redecide(sent, by=when("coordinator", month, day), reason="Again")
        sign(decision, view=outcome, day=(month, day))
        actions.conclude_again(sent, by=when("coordinator", month, day), outcome=outcome, rationale="Thought again")

    again("no_lcspr", 10)
    assert clock_of("T09", sent.initiation_occasion).voided_on == date(2026, 11, 10)
    again("initiate_lcspr", 20)
    clock = clock_of("T09", sent.initiation_occasion)
    assert (clock.voided_on, clock.counted_from) == (None, date(2026, 11, 20))


def test_confirming_the_first_decision_moves_no_clock(sent, sign, when):
    decision = actions.redecide(sent, by=when("coordinator", 11, 27), reason="To be sure")
    sign(decision, day=(11, 27))
    actions.conclude_again(sent, by=when("coordinator", 11, 27), outcome="initiate_lcspr", rationale="Still so")
    assert sent.initiated_on == date(2026, 10, 28)
    assert clock_of("T09", sent.initiation_occasion).counted_from == date(2026, 10, 28)


def test_the_partners_decide_again_only_once_the_report_was_sent(signed, when):
    with pytest.raises(AlreadyDone):
        actions.redecide(signed, by=when("coordinator", 10, 29), reason="Too soon")


def test_one_new_decision_at_a_time(sent, when):
    actions.redecide(sent, by=when("coordinator", 11, 27), reason="The letter")
    with pytest.raises(AlreadyDone):
        actions.redecide(sent, by=when("coordinator", 11, 28), reason="The letter")


def test_agencies_read_the_finished_report_only_once_it_is_released(sent, when, cast, standing, case_one):
    from agency_returns.actions import send_request

    send_request(
        case_one,
        cast.agencies.school,
        by=when("coordinator", 10, 9),
        occasion=sent.requests_occasion,
        due_on=date(2026, 10, 19),
    )
    later = when("lead", 11, 2)
    assert not RapidReview.objects.visible_to(later).exists()
    actions.release(sent, by=when("coordinator", 11, 2))
    assert RapidReview.objects.visible_to(later).get() == sent
    assert not RapidReview.objects.read_by(later).exists()
    assert not RapidReview.objects.visible_to(when("other_lead", 11, 2)).exists()


def test_a_partner_does_not_record_what_the_business_unit_sends(signed, when):
    with pytest.raises(NotPermitted):
        actions.record_sent_to_panel(signed, by=when("partner_la", 10, 29), sent_at=at(2026, 10, 29, 9))


def test_a_local_review_not_initiated_has_no_clock(not_initiated):
    with pytest.raises(NoSuchClock):
        clock_of("T09", not_initiated.initiation_occasion)
