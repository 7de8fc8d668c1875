"""Delay is explained, and moves nothing."""

from datetime import date

import pytest

from accounts.rights import NotPermitted
from audit.events import key_of
from deadlines.bands import Band
from deadlines.models import Deadline
from lcspr import actions
from lcspr.models import DelayNotice
from notifications.register.models import Submission
from tests.lcspr.conftest import at

TRIAL = {"reasons": ["criminal"], "explanation": "The trial is listed for June", "new_target": date(2027, 9, 20)}


@pytest.fixture
def explained(approved, when):
    """Example 14: told on 15 February 2027."""
    by = when("coordinator", 2, 15, year=2027)
    return actions.give_delay_notice(approved, by=by, sent_at=at(2027, 2, 15, 9), **TRIAL)


def test_a_delay_explains_and_never_moves_the_date(approved, explained, clocks):
    six_months = clocks("T09")[""]
    assert six_months.due_on == date(2027, 4, 28)
    assert six_months.agreed_target == date(2027, 9, 20)
    assert six_months.state(on=date(2027, 4, 28)).band is Band.DUE_TODAY
    assert six_months.state(on=date(2027, 4, 29)).band is Band.EXPLAINED


def test_a_delayed_review_is_met_late_without_another_reason(approved, explained, when, clocks, now):
    actions.plan_publication(
        approved, date(2027, 9, 20), by=when("coordinator", 8, 2, year=2027), public_title="A bruise seen twice"
    )
    for recipient in ("panel", "secretary_of_state", "ofsted"):
        by = when("coordinator", 9, 9, year=2027, hour=14)
        actions.record_copy_sent(now(approved), recipient, by=by, sent_at=at(2027, 9, 9, 11))
    actions.publish(now(approved), by=when("coordinator", 9, 20, year=2027), summary="Two agencies")
    six_months = clocks("T09")[""]
    state = six_months.state(on=date(2027, 9, 20))
    assert (state.band, state.elapsed_days) == (Band.MET_LATE, 327)
    assert (six_months.due_on, six_months.met_late_reason) == (date(2027, 4, 28), "The trial is listed for June")


def test_each_of_the_two_is_recorded_as_told(explained):
    rows = Submission.objects.filter(return_type="delay_notice")
    assert {row.recipient for row in rows} == {"panel", "secretary_of_state"}
    assert {row.occasion for row in rows} == {key_of(explained)}


def test_the_next_notice_is_advised_after_three_months_and_meets_this_one(approved, explained, when):
    following = Deadline.objects.filter(code="T12", occasion=key_of(explained))
    assert {clock.recipient: clock.due_on for clock in following} == {
        "panel": date(2027, 5, 15),
        "secretary_of_state": date(2027, 5, 15),
    }
    second = actions.give_delay_notice(
        approved, by=when("coordinator", 5, 14, year=2027), sent_at=at(2027, 5, 14, 9), **TRIAL
    )
    assert {clock.met_on for clock in following.all()} == {date(2027, 5, 14)}
    assert Deadline.objects.filter(code="T12", occasion=key_of(second)).open().count() == 2


@pytest.mark.parametrize("sent_at", [at(2026, 10, 1, 9), at(2027, 2, 16, 9)])
def test_a_notice_was_given_after_the_decision_and_before_now(approved, when, sent_at):
    with pytest.raises(actions.DateOutOfOrder):
        actions.give_delay_notice(approved, by=when("coordinator", 2, 15, year=2027), sent_at=sent_at, **TRIAL)
    assert not DelayNotice.objects.exists()


@pytest.mark.parametrize("who", ["partner_la", "reviewer", "panel_chair"])
def test_only_a_coordinator_records_a_notice(approved, when, who):
    with pytest.raises(NotPermitted):
        actions.give_delay_notice(approved, by=when(who, 2, 15, year=2027), sent_at=at(2027, 2, 15, 9), **TRIAL)


def test_contact_with_the_family_is_recorded_by_whoever_writes(begun, when):
    by = when("reviewer", 11, 13)
    contact = actions.record_family_contact(
        begun, by=by, who="Child A's mother", on=date(2026, 11, 12), answer="took_part", note="At home"
    )
    assert begun.family_contacts.get() == contact
    with pytest.raises(actions.DateOutOfOrder):
        actions.record_family_contact(begun, by=by, who="Father", on=date(2026, 11, 14), answer="invited")
    with pytest.raises(NotPermitted):
        actions.record_family_contact(
            begun, by=when("partner_la", 11, 13), who="Father", on=date(2026, 11, 12), answer="invited"
        )
