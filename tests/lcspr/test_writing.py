"""Writing the report: who may, what is kept, what is needed before it is handed in."""

import pytest

from accounts.rights import NotPermitted
from audit.events import AlreadySubmitted, key_of
from audit.lifecycle import AlreadyDone, StaleEdit
from audit.models import Event
from cases.actions import admit
from cases.parts import Part
from improvements.models import Recommendation
from lcspr import actions
from tests.cast import make_person


@pytest.fixture
def other_reviewer(case_one, cast, when):
    """Holds the papers, as one who is not appointed to this review may."""
    person = make_person("other_reviewer", "Ravi Reviewer", "reviewer", cast.agencies.independent)
    admit(case_one, Part.REVIEW_PAPERS, by=when("coordinator", 11, 12), membership=person.memberships.get())
    cast.other_reviewer = person
    return person


@pytest.mark.parametrize("who", ["coordinator", "panel_chair", "reviewer"])
def test_the_appointed_reviewer_writes_and_the_chair_and_coordinator_help(begun, write, who):
    assert write(begun, "analysis", "<p>Why</p>", who=who).version == 1


@pytest.mark.parametrize(
    "who", ["other_reviewer", "partner_la", "group_member", "la_notifier", "second_coordinator_of_no_case", "auditor"]
)
def test_nobody_else_writes(begun, write, cast, other_reviewer, who):
    cast.second_coordinator_of_no_case = make_person("c3", "Cyd", "panel_chair", cast.agencies.icb)
    with pytest.raises(NotPermitted):
        write(begun, "analysis", "<p>Not mine</p>", who=who)
    assert begun.draft.sections.get(key="analysis").version == 0


def test_an_unappointed_reviewer_neither_recommends_nor_hands_in(written, other_reviewer, when):
    by = when("other_reviewer", 11, 14)
    with pytest.raises(NotPermitted):
        actions.recommend(written, by=by, text="Mine too")
    with pytest.raises(NotPermitted):
        actions.hand_in(written, by=by)


def test_nothing_is_written_before_the_terms_are_agreed(local, reviewer, write):
    with pytest.raises(AlreadyDone):
        write(local, "analysis", "<p>Too early</p>")


def test_two_tabs_lose_nothing(begun, when):
    by = when("reviewer", 11, 13)
    section = begun.draft.sections.get(key="analysis")
    in_another_tab = begun.draft.sections.get(key="analysis")
    actions.write(begun, section, "<p>First tab</p>", by=by, seen_version=0)
    with pytest.raises(StaleEdit) as stale:
        actions.write(begun, in_another_tab, "<p>Second tab</p>", by=by, seen_version=0)
    assert stale.value.mine == {"html": "<p>Second tab</p>"}
    assert stale.value.theirs == {"html": "<p>First tab</p>"}
    actions.write(begun, in_another_tab, "<p>Both</p>", by=by, seen_version=1)
    assert list(section.versions.values_list("number", "html")) == [(2, "<p>Both</p>"), (1, "<p>First tab</p>")]


def test_saving_what_is_there_already_is_no_event(begun, write):
    write(begun, "analysis", "<p>Why</p>")
    write(begun, "analysis", "<p>Why</p>")
    events = Event.objects.filter(verb="report section saved")
    assert [(event.subject, event.changed) for event in events] == [(key_of(begun), ["analysis"])]


def test_a_section_of_another_report_is_not_written(begun, when):
    other = begun.rapid_review.draft.sections.first()
    with pytest.raises(ValueError, match="another report"):
        actions.write(begun, other, "<p>Smuggled</p>", by=when("reviewer", 11, 13), seen_version=other.version)


def test_formatting_that_is_not_allowed_is_gone_before_it_is_kept(begun, write):
    write(begun, "analysis", '<p onclick="x()">Why<script>alert(1)</script><img src=x onerror=y> <em>so</em></p>')
    assert begun.draft.sections.get(key="analysis").html == "<p>Why <em>so</em></p>"


# --- comments ---
@pytest.mark.parametrize("who", ["partner_police", "panel_chair", "group_member", "reviewer", "coordinator"])
def test_whoever_reads_the_papers_for_the_partnership_comments(written, when, who):
    section = written.draft.sections.get(key="analysis")
    remark = actions.comment_on(written, section, "Say how", by=when(who, 11, 13))
    actions.settle_comment(written, remark, by=when("reviewer", 11, 14))
    remark.refresh_from_db()
    assert remark.resolved_at is not None
    with pytest.raises(AlreadyDone):
        actions.settle_comment(written, remark, by=when("reviewer", 11, 14))


def test_nobody_comments_on_a_signed_report(approved, when):
    section = approved.draft.sections.get(key="analysis")
    with pytest.raises(AlreadyDone):
        actions.comment_on(approved, section, "Too late", by=when("coordinator", 11, 19))


# --- recommendations ---
def test_recommendations_belong_to_their_review_and_are_changed_while_it_is_written(written, when):
    one, two = Recommendation.objects.made_by(key_of(written))
    assert (one.number, two.number, one.source) == (1, 2, "lcspr")
    by = when("reviewer", 11, 13)
    actions.reword(written, one, by=by, seen_version=one.version, text="Agree one chronology by May")
    actions.take_back(written, two, by=by, reason="Said in the first")
    assert [row.text for row in Recommendation.objects.standing().made_by(key_of(written))] == [
        "Agree one chronology by May"
    ]


def test_nothing_is_recommended_or_changed_once_the_partners_are_asked(asked, when):
    one = Recommendation.objects.made_by(key_of(asked)).first()
    for who in ("reviewer", "coordinator"):
        by = when(who, 11, 16)
        for verb in (
            lambda by=by: actions.recommend(asked, by=by, text="One more"),
            lambda by=by: actions.reword(asked, one, by=by, seen_version=one.version, text="Other"),
            lambda by=by: actions.take_back(asked, one, by=by, reason="No"),
        ):
            with pytest.raises(AlreadyDone):
                verb()


# --- handing in ---
@pytest.mark.parametrize("empty", ["", "<p></p>", "<p>&nbsp; </p>"])
def test_what_regulation_15_asks_for_is_needed_before_handing_in(written, write, when, now, empty):
    write(written, "analysis", empty)
    with pytest.raises(actions.NotComplete) as incomplete:
        actions.hand_in(written, by=when("reviewer", 11, 14))
    assert incomplete.value.missing == ["Analysis"]
    assert now(written).status == "in_progress"


def test_a_report_that_can_name_no_reviewer_is_not_handed_in(written, reviewer, when):
    actions.remove_reviewer(reviewer, by=when("coordinator", 11, 13), reason="Ill")
    with pytest.raises(actions.NotComplete) as incomplete:
        actions.hand_in(written, by=when("coordinator", 11, 14))
    assert incomplete.value.reviewer_missing and incomplete.value.missing == []


def test_a_draft_is_handed_in_once_and_may_be_given_back(handed_in, when, now):
    assert now(handed_in).status == "draft_qa"
    with pytest.raises(AlreadyDone):
        actions.hand_in(handed_in, by=when("reviewer", 11, 14))
    with pytest.raises(NotPermitted):
        actions.hand_back(handed_in, by=when("reviewer", 11, 14), reason="Mine")
    actions.hand_back(handed_in, by=when("panel_chair", 11, 15), reason="Say more of the fathers")
    assert now(handed_in).status == "in_progress"
    assert Event.objects.get(verb="draft report handed back").reason.text == "Say more of the fathers"


def test_the_same_submit_twice_acts_once(written, when):
    by, section = when("reviewer", 11, 14), written.draft.sections.first()
    for verb in (
        lambda: actions.comment_on(written, section, "Once", by=by, token="comment-twice"),
        lambda: actions.recommend(written, by=by, text="Once", token="recommend-twice"),
        lambda: actions.hand_in(written, by=by, token="hand-in-twice"),
    ):
        verb()
        with pytest.raises(AlreadySubmitted):
            verb()
    assert section.comments.count() == 1
    assert Recommendation.objects.filter(text="Once").count() == 1
