"""What the panel writes and records."""

from datetime import date

import pytest

from accounts.rights import NotPermitted
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from rapid_reviews import actions
from rapid_reviews.lifecycle import ReviewStatus
from rapid_reviews.models import CriterionFinding, LearningPoint, Meeting, RapidReview


@pytest.fixture
def analysis(review):
    return review.draft.sections.get(key="analysis")


def test_the_chair_and_the_coordinator_write(review, analysis, when):
    actions.save_section(review, analysis, "<p>First</p>", by=when("panel_chair", 10, 12), seen_version=0)
    actions.save_section(review, analysis, "<p>Second</p>", by=when("coordinator", 10, 12), seen_version=1)
    assert [version.html for version in analysis.versions.all()] == ["<p>Second</p>", "<p>First</p>"]


@pytest.mark.parametrize("who", ["group_member", "partner_la", "la_notifier"])
def test_others_who_read_it_do_not_write(who, review, analysis, when):
    with pytest.raises(NotPermitted):
        actions.save_section(review, analysis, "Mine", by=when(who, 10, 12), seen_version=0)


def test_a_stale_save_keeps_both_texts(review, analysis, when):
    actions.save_section(review, analysis, "<p>Theirs</p>", by=when("panel_chair", 10, 12), seen_version=0)
    with pytest.raises(StaleEdit) as stale:
        actions.save_section(review, analysis, "<p>Mine</p>", by=when("coordinator", 10, 12), seen_version=0)
    assert (stale.value.mine["html"], stale.value.theirs["html"]) == ("<p>Mine</p>", "<p>Theirs</p>")


def test_what_is_not_allowed_in_text_is_gone(review, analysis, when):
    nasty = '<p>Text<img src=x onerror="alert(1)"><script>alert(2)</script></p>'
    actions.save_section(review, analysis, nasty, by=when("coordinator", 10, 12), seen_version=0)
    analysis.refresh_from_db()
    assert analysis.html == "<p>Text</p>"


def test_a_section_of_another_report_is_refused(review, when, prepared):
    from documents.drafts import new_draft

    other = new_draft("x", [("analysis", "Analysis")], by=when("coordinator", 10, 8)).sections.get()
    with pytest.raises(ValueError, match="another report"):
        actions.save_section(review, other, "x", by=when("coordinator", 10, 8), seen_version=0)


def test_group_members_comment_and_the_chair_settles(review, analysis, when):
    remark = actions.comment(review, analysis, "Say when the visits were", by=when("group_member", 10, 12))
    with pytest.raises(NotPermitted):
        actions.settle_comment(review, remark, by=when("group_member", 10, 12))
    actions.settle_comment(review, remark, by=when("panel_chair", 10, 13))
    with pytest.raises(AlreadyDone):
        actions.settle_comment(review, remark, by=when("coordinator", 10, 13))


def test_an_agency_does_not_see_the_review(review, standing, cast):
    for person in (cast.lead, cast.other_lead, cast.referrer):
        assert not RapidReview.objects.visible_to(standing(person)).exists()


def test_the_first_meeting_passes_the_review_to_the_panel(review, when):
    actions.record_meeting(review, by=when("coordinator", 10, 22), held_on=date(2026, 10, 22))
    review.refresh_from_db()
    assert review.status == ReviewStatus.PANEL
    actions.record_meeting(review, by=when("coordinator", 10, 26), held_on=date(2026, 10, 26))
    assert Meeting.objects.count() == 2


def test_a_meeting_is_recorded_once_however_often_the_button_is_pressed(review, when):
    by = when("coordinator", 10, 22)
    actions.record_meeting(review, by=by, held_on=date(2026, 10, 22), token="pressed-twice")
    with pytest.raises(AlreadySubmitted):
        actions.record_meeting(review, by=by, held_on=date(2026, 10, 22), token="pressed-twice")
    assert Meeting.objects.count() == 1


def test_each_criterion_is_answered_with_its_reasons(review, when):
    by = when("coordinator", 10, 22)
    with pytest.raises(ValueError, match="reasons"):
        actions.answer_criterion(review, "REG11_A", by=by, answer="met", narrative=" ")
    finding = actions.answer_criterion(review, "REG11_A", by=by, answer="met", narrative="Seen before")
    actions.answer_criterion(
        review, "REG11_A", by=by, answer="may_be_met", narrative="On reflection", seen_version=finding.version
    )
    assert CriterionFinding.objects.get().answer == "may_be_met"
    with pytest.raises(StaleEdit):
        actions.answer_criterion(review, "REG11_A", by=by, answer="met", narrative="Too late", seen_version=1)


def test_a_criterion_for_notifying_is_not_one_for_reviewing(review, when):
    with pytest.raises(ValueError, match="not a criterion"):
        actions.answer_criterion(
            review, "S16C_HARM", by=when("coordinator", 10, 22), answer="met", narrative="Does not belong here"
        )


def test_learning_and_actions_are_added_changed_and_removed(review, when, cast):
    by = when("coordinator", 10, 22)
    point = actions.add_learning_point(review, by=by, text="Ask who else lives there")
    actions.change_learning_point(point, by=by, seen_version=point.version, text="Ask who else stays there")
    action = actions.add_action(
        review, by=by, text="Check every open plan", owner=cast.agencies.westmoor, due_on=date(2026, 11, 2)
    )
    actions.remove_action(action, by=by)
    with pytest.raises(AlreadyDone):
        actions.change_action(action, by=by, seen_version=action.version, text="Again")
    assert LearningPoint.objects.get().text == "Ask who else stays there"
    assert "Ask who else lives there" in point.history.values_list("text", flat=True)


def test_what_the_partners_are_signing_is_not_changed(signing, when, cast):
    by = when("coordinator", 10, 27)
    section = signing.draft.sections.get(key="analysis")
    for attempt in (
        lambda: actions.save_section(signing, section, "x", by=by, seen_version=section.version),
        lambda: actions.add_learning_point(signing, by=by, text="x"),
        lambda: actions.add_action(signing, by=by, text="x", owner=cast.agencies.icb, due_on=date(2026, 11, 1)),
        lambda: actions.record_meeting(signing, by=by, held_on=date(2026, 10, 27)),
        lambda: actions.answer_criterion(signing, "REG11_A", by=by, answer="not_met", narrative="x"),
    ):
        with pytest.raises(AlreadyDone):
            attempt()


def test_every_act_on_the_review_is_on_the_chain_without_its_words(review, analysis, when):
    actions.save_section(review, analysis, "<p>Secret words</p>", by=when("coordinator", 10, 12), seen_version=0)
    event = review.trail.events.get(verb="rapid review written")
    assert event.changed == ["analysis"]
    assert "Secret" not in str(event.__dict__)
