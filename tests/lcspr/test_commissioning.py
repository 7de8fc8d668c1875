"""Opening the review, its clocks, its reviewers and its terms of reference."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.rights import NotPermitted
from audit.events import AlreadySubmitted, key_of
from audit.lifecycle import AlreadyDone, StaleEdit
from cases.actions import admit
from cases.parts import Part
from deadlines.models import Deadline
from lcspr import actions
from lcspr.models import Review, Reviewer
from rapid_reviews import actions as rapid_reviews
from tests.lcspr.conftest import DECIDED, SUITABLE, at


# --- day zero ---
def test_six_months_and_the_first_notices_count_from_the_decision_never_from_the_opening(local, clocks):
    assert local.initiated_on == DECIDED
    six_months = clocks("T09")[""]
    assert (six_months.counted_from, six_months.due_on) == (DECIDED, date(2027, 4, 28))
    assert six_months.occasion == local.occasion
    told = clocks("T07")
    assert set(told) == {"panel", "ofsted", "dfe"}
    assert {clock.counted_from for clock in told.values()} == {DECIDED}
    assert not Deadline.objects.filter(code__in=["T09", "T07"], occasion=key_of(local)).exists()


def test_a_review_decided_on_after_the_letter_of_the_panel_counts_from_that_day(signing, sign, conclude, when, clocks):
    """Example 15: sent on 29 October without a local review; decided again on 3 December."""
    sign(signing.sign_off, view="no_lcspr")
    conclude(signing, outcome="no_lcspr")
    with pytest.raises(AlreadyDone):
        actions.open_review(signing, by=when("coordinator", 10, 28, hour=13))
    rapid_reviews.record_sent_to_panel(signing, by=when("coordinator", 10, 29), sent_at=at(2026, 10, 29, 11))
    rapid_reviews.record_panel_response(
        signing,
        by=when("coordinator", 11, 26),
        answers=["DISAGREE_SHOULD_LCSPR"],
        letter_on=date(2026, 11, 25),
        received_on=date(2026, 11, 26),
    )
    decision = rapid_reviews.redecide(signing, by=when("coordinator", 11, 27), reason="The letter")
    sign(decision, day=(12, 3))
    rapid_reviews.conclude_again(
        signing, by=when("coordinator", 12, 3), outcome="initiate_lcspr", rationale="Persuaded by the letter"
    )
    opened = actions.open_review(signing, by=when("coordinator", 12, 10))
    assert opened.initiated_on == date(2026, 12, 3)
    assert clocks("T09")[""].due_on == date(2027, 6, 3)
    assert {clock.counted_from for clock in clocks("T07").values()} == {date(2026, 12, 3)}


def test_one_decision_opens_one_review(local, signed, when):
    with pytest.raises(AlreadyDone):
        actions.open_review(signed, by=when("coordinator", 11, 12))
    assert Review.objects.count() == 1


@pytest.mark.parametrize("who", ["partner_la", "panel_chair", "la_notifier", "reviewer", "auditor"])
def test_only_a_coordinator_opens(signed, when, who):
    with pytest.raises(NotPermitted):
        actions.open_review(signed, by=when(who, 11, 11))


def test_looking_at_progress_is_advised_each_month(local, when, clocks):
    first = clocks("T15")[""]
    assert (first.counted_from, first.due_on) == (date(2026, 11, 11), date(2026, 12, 11))
    looked = actions.monitor(local, by=when("partner_la", 12, 14), found="Interviews are late", requested="A plan")
    first.refresh_from_db()
    assert first.met_on == date(2026, 12, 14)
    following = Deadline.objects.get(code="T15", occasion=key_of(looked))
    assert following.due_on == date(2027, 1, 14)


def test_looking_at_one_review_leaves_the_clocks_of_another_alone(local, when, clocks):
    other = Review.objects.create(
        case=local.case,
        rapid_review=local.rapid_review,
        occasion="another",
        initiated_on=DECIDED,
        draft=actions.commissioning.new_draft("Another", (), by=when("coordinator", 11, 11)),
    )
    from deadlines.actions import start

    start(local.case, "T15", occasion=other, counted_from=DECIDED, by=when("coordinator", 11, 11))
    actions.monitor(local, by=when("coordinator", 11, 20), found="Well")
    assert Deadline.objects.get(code="T15", occasion=key_of(other)).is_open


# --- reviewers ---
def test_appointing_starts_a_notice_for_each_recipient(reviewer, clocks):
    told = clocks("T07", occasion=key_of(reviewer))
    assert set(told) == {"panel", "ofsted", "dfe"}
    assert {(clock.counted_from, clock.due_on) for clock in told.values()} == {(date(2026, 11, 12), date(2026, 11, 19))}


def test_telling_one_recipient_leaves_the_others_owed(local, reviewer, when, clocks):
    by = when("coordinator", 11, 13)
    actions.record_reviewer_notice(reviewer, "panel", by=by, sent_at=at(2026, 11, 13, 9), reference="E-mail of Friday")
    actions.record_decision_notice(local, "ofsted", by=by, sent_at=at(2026, 11, 13, 9))
    assert {to: clock.is_open for to, clock in clocks("T07", occasion=key_of(reviewer)).items()} == {
        "panel": False,
        "ofsted": True,
        "dfe": True,
    }
    assert {to: clock.is_open for to, clock in clocks("T07", occasion=local.occasion).items()} == {
        "panel": True,
        "ofsted": False,
        "dfe": True,
    }


def test_a_notice_is_recorded_once(local, when):
    said = {"by": when("coordinator", 11, 13), "sent_at": at(2026, 11, 13, 9)}
    actions.record_decision_notice(local, "panel", **said)
    with pytest.raises(AlreadyDone):
        actions.record_decision_notice(local, "panel", **said)


@pytest.mark.parametrize("sent_at", [at(2026, 10, 27, 12), at(2026, 11, 14, 12)])
def test_a_notice_was_sent_after_the_decision_and_before_now(local, when, sent_at):
    with pytest.raises(actions.DateOutOfOrder):
        actions.record_decision_notice(local, "panel", by=when("coordinator", 11, 13), sent_at=sent_at)


def test_a_reviewer_reads_the_papers_from_the_day_of_appointment(local, cast, when):
    assert not Review.objects.visible_to(when("reviewer", 11, 12)).exists()
    actions.appoint_reviewer(
        local, cast.reviewer.memberships.get(), by=when("partner_icb", 11, 12), suitability=SUITABLE
    )
    assert Review.objects.visible_to(when("reviewer", 11, 12)).get() == local


@pytest.mark.parametrize("on", [date(2026, 10, 27), date(2026, 11, 13)])
def test_a_reviewer_is_appointed_after_the_decision_and_not_in_the_future(local, cast, when, on):
    with pytest.raises(actions.DateOutOfOrder):
        actions.appoint_reviewer(
            local,
            cast.reviewer.memberships.get(),
            by=when("coordinator", 11, 12),
            suitability=SUITABLE,
            appointed_on=on,
        )


def test_a_reviewer_is_appointed_once(local, reviewer, when):
    with pytest.raises(AlreadyDone):
        actions.appoint_reviewer(local, reviewer.membership, by=when("coordinator", 11, 13), suitability=SUITABLE)


def test_removal_ends_access_at_once_and_nobody_is_owed_the_name(begun, reviewer, when, cast, clocks, write):
    by = when("coordinator", 11, 14)
    # Given until a later day as well, by hand.
    admit(begun.case, Part.REVIEW_PAPERS, by=by, membership=reviewer.membership, ends_on=date(2027, 6, 1))
    assert Review.objects.visible_to(when("reviewer", 11, 14)).exists()
    actions.remove_reviewer(reviewer, by=by, reason="A conflict of interest came to light")
    same_minute = when("reviewer", 11, 14)
    assert not Review.objects.visible_to(same_minute).exists()
    with pytest.raises(NotPermitted):
        write(begun, "analysis", "<p>Still me</p>", day=(11, 14))
    assert {clock.voided_on for clock in clocks("T07", occasion=key_of(reviewer)).values()} == {date(2026, 11, 14)}
    assert not begun.recipients("reviewers", date(2026, 11, 15)).exists()
    reviewer.refresh_from_db()
    assert reviewer.removed_reason == "A conflict of interest came to light"
    with pytest.raises(AlreadyDone):
        actions.remove_reviewer(reviewer, by=by, reason="Again")


def test_a_removed_reviewer_may_be_appointed_again(local, reviewer, when):
    actions.remove_reviewer(reviewer, by=when("coordinator", 11, 13), reason="By mistake")
    again = actions.appoint_reviewer(local, reviewer.membership, by=when("coordinator", 11, 14), suitability=SUITABLE)
    assert Review.objects.visible_to(when("reviewer", 11, 14)).exists()
    assert Reviewer.objects.filter(removed_on=None).get() == again


# --- terms of reference ---
def test_a_stale_edit_of_the_terms_keeps_both_texts(local, when):
    seen = local.terms.version
    actions.set_terms(local.terms, by=when("coordinator", 11, 12), seen_version=seen, purpose="Theirs")
    mine = Review.objects.get(pk=local.pk).terms
    with pytest.raises(StaleEdit) as stale:
        actions.set_terms(mine, by=when("coordinator", 11, 12), seen_version=seen, purpose="Mine")
    assert (stale.value.mine["purpose"], stale.value.theirs["purpose"]) == ("Mine", "Theirs")
    assert Review.objects.get(pk=local.pk).terms.purpose == "Theirs"


def test_every_version_of_the_terms_is_kept(local, when):
    for text in ("First", "Second"):
        actions.set_terms(local.terms, by=when("coordinator", 11, 12), seen_version=local.terms.version, purpose=text)
    assert [row.purpose for row in local.terms.history.order_by("history_id")] == ["", "First", "Second"]


def test_terms_that_do_not_say_what_to_find_out_are_not_agreed(local, when, now):
    actions.set_terms(local.terms, by=when("coordinator", 11, 12), seen_version=1, purpose="To learn", method=" ")
    with pytest.raises(actions.TermsIncomplete) as incomplete:
        actions.agree_terms(local, by=when("partner_la", 11, 12))
    assert incomplete.value.missing == ["key lines of enquiry", "method"]
    assert now(local).status == "commissioning"


def test_terms_changed_since_they_were_read_are_not_agreed(local, when, now):
    seen = local.terms.version
    actions.set_terms(
        local.terms,
        by=when("coordinator", 11, 12),
        seen_version=seen,
        purpose="Changed",
        lines_of_enquiry="Changed",
        method="Changed",
    )
    with pytest.raises(StaleEdit):
        actions.agree_terms(local, by=when("partner_la", 11, 12), seen_version=seen)
    assert now(local).status == "commissioning"


def test_agreed_terms_begin_the_review_once(begun, when, now):
    assert now(begun).status == "in_progress"
    assert now(begun).terms.agreed_on == date(2026, 11, 12)
    with pytest.raises(AlreadyDone):
        actions.agree_terms(begun, by=when("coordinator", 11, 13))


# --- discontinuing ---
def test_discontinuing_voids_every_clock_and_taking_up_again_counts_from_the_same_day(
    begun, reviewer, when, clocks, now
):
    looked = actions.monitor(begun, by=when("coordinator", 11, 13), found="Well")
    actions.discontinue(begun, by=when("coordinator", 11, 14), reason="The Panel reviews it nationally")
    for code, occasion in (
        ("T09", begun.occasion),
        ("T07", begun.occasion),
        ("T07", key_of(reviewer)),
        ("T15", key_of(looked)),
    ):
        assert all(clock.voided_on for clock in clocks(code, occasion=occasion).values()), code
    actions.take_up_again(begun, by=when("coordinator", 11, 20), reason="It does not after all")
    assert now(begun).status == "commissioning"
    six_months = clocks("T09")[""]
    assert (six_months.voided_on, six_months.due_on) == (None, date(2027, 4, 28))
    assert all(clock.is_open for clock in clocks("T07", occasion=key_of(reviewer)).values())


def test_nothing_is_recorded_on_a_review_that_is_over(begun, when):
    actions.discontinue(begun, by=when("coordinator", 11, 14), reason="A national review")
    by = when("coordinator", 11, 15)
    for verb in (
        lambda: actions.monitor(begun, by=by, found="Something"),
        lambda: actions.give_delay_notice(
            begun, by=by, sent_at=at(2026, 11, 15, 9), reasons=["criminal"], explanation="Trial"
        ),
        lambda: actions.set_terms(begun.terms, by=by, seen_version=begun.terms.version, purpose="Other"),
        lambda: actions.record_decision_notice(begun, "panel", by=by, sent_at=at(2026, 11, 15, 9)),
    ):
        with pytest.raises(AlreadyDone):
            verb()


def test_the_same_submit_twice_acts_once(signed, cast, when):
    coordinator = when("coordinator", 11, 12)
    opened = actions.open_review(signed, by=coordinator, token="open-twice")
    with pytest.raises(AlreadySubmitted):
        actions.open_review(signed, by=coordinator, token="open-twice")
    said = {"by": coordinator, "suitability": SUITABLE, "token": "appoint-twice"}
    appointed = actions.appoint_reviewer(opened, cast.reviewer.memberships.get(), **said)
    with pytest.raises(AlreadySubmitted):
        actions.appoint_reviewer(opened, cast.reviewer.memberships.get(), **said)
    notice = {"by": coordinator, "sent_at": at(2026, 11, 12, 9), "token": "notice-twice"}
    actions.record_reviewer_notice(appointed, "panel", **notice)
    with pytest.raises(AlreadySubmitted):
        actions.record_reviewer_notice(appointed, "panel", **notice)
    assert timezone.is_aware(notice["sent_at"])
