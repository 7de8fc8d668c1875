"""Writing a draft: nothing typed is lost, nobody overwrites anybody silently."""

import pytest

from audit.lifecycle import AlreadyDone, StaleEdit
from audit.models import Event
from referrals import actions, answers
from referrals.actions.drafts import TooMany
from referrals.forms import choices_for, form_for
from referrals.models import PageAnswers, Referral
from referrals.rights import NotPermitted


def test_the_contact_page_is_filled_in_from_who_starts(draft, cast):
    page = PageAnswers.objects.get(referral=draft, page="referrer")
    assert page.answers["contact_name"] == "Ada Referrer"
    assert page.answers["contact_email"] == cast.referrer.email


def test_nobody_starts_a_referral_for_an_agency_that_is_not_theirs(cast, standing):
    with pytest.raises(NotPermitted):
        actions.start_draft(by=standing(cast.referrer), agency=cast.agencies.hospital)
    with pytest.raises(NotPermitted):
        actions.start_draft(by=standing(cast.coordinator), agency=cast.agencies.business_unit)


def test_a_draft_is_seen_by_its_author_and_its_agencys_leads_only(draft, cast, standing):
    may = {
        name
        for name, person in vars(cast).items()
        if name != "agencies" and Referral.objects.visible_to(standing(person)).exists()
    }
    assert may == {"referrer", "lead"}


def test_a_page_is_replaced_only_at_the_version_that_was_seen(draft, cast, standing):
    by, lead = standing(cast.referrer), standing(cast.lead)
    actions.save_page(draft, "concerns", {"concerns": "Hers"}, by=by, seen_version=0)
    with pytest.raises(StaleEdit) as stale:
        actions.save_page(draft, "concerns", {"concerns": "His"}, by=lead, seen_version=0)
    assert stale.value.theirs["answers"] == {"concerns": "Hers"}
    assert stale.value.mine["answers"] == {"concerns": "His"}
    actions.save_page(draft, "concerns", {"concerns": "Both"}, by=lead, seen_version=1)
    assert PageAnswers.objects.get(referral=draft, page="concerns").answers == {"concerns": "Both"}


def test_saving_what_is_saved_already_is_no_edit_and_never_stale(draft, cast, standing):
    by = standing(cast.referrer)
    actions.save_page(draft, "concerns", {"concerns": "The same"}, by=by, seen_version=0)
    actions.save_page(draft, "concerns", {"concerns": "The same"}, by=by, seen_version=0)
    assert PageAnswers.objects.get(referral=draft, page="concerns").version == 1


def test_typing_on_one_page_is_one_event_and_another_page_another(draft, cast, standing):
    by = standing(cast.referrer)
    for words in ("a", "ab", "abc"):
        actions.save_page(draft, "concerns", {"concerns": words}, by=by)
    actions.save_page(draft, "media", {"media": "no"}, by=by)
    saved = Event.objects.filter(trail=draft.chain, verb="page saved")
    assert [event.changed for event in saved] == [["concerns"], ["media"]]


def test_what_is_not_asked_or_does_not_fit_is_refused(draft, cast, standing):
    by = standing(cast.referrer)
    with pytest.raises(answers.UnknownPage):
        actions.save_page(draft, "child-0-identity", {}, by=by)
    for given in ({"status": "submitted"}, {"media": "perhaps"}, {"media": ["yes"]}):
        with pytest.raises(ValueError, match=r".+"):
            actions.save_page(draft, "media", given, by=by)
    with pytest.raises(ValueError, match=r".+"):
        actions.save_page(draft, "when", {"incident_on": "last spring"}, by=by)


def test_a_nul_character_is_left_out(draft, cast, standing):
    row = actions.save_page(
        draft, "concerns", {"concerns": "a\x00b"}, typed={"concerns": ["a\x00b"]}, by=standing(cast.referrer)
    )
    assert (row.answers, row.typed) == ({"concerns": "ab"}, {"concerns": ["ab"]})


def test_a_number_is_never_given_out_twice(draft, cast, standing):
    by = standing(cast.referrer)
    assert [actions.add_one(draft, "child", by=by) for _ in range(2)] == [1, 2]
    actions.remove_one(draft, "child", 2, by=by)
    assert actions.add_one(draft, "child", by=by) == 3
    assert draft.answers().numbers("child") == [1, 3]
    with pytest.raises(AlreadyDone):
        actions.remove_one(draft, "child", 2, by=by)


def test_a_referral_holds_thirty_children(draft, cast, standing):
    by = standing(cast.referrer)
    for _ in range(30):
        actions.add_one(draft, "child", by=by)
    with pytest.raises(TooMany):
        actions.add_one(draft, "child", by=by)


def test_unknown_not_asked_and_withheld_are_different_from_no_answer(draft, cast, standing):
    by = standing(cast.referrer)
    for number, known in enumerate(("not_known", "not_asked", "withheld"), 1):
        actions.save_page(draft, f"child-{number}-numbers", {"nhs_known": known}, by=by)
    actions.add_one(draft, "child", by=by)
    said = [str(gap) for gap in draft.answers().gaps() if gap.words == "the NHS number"]
    assert said == [
        "Child 1: the NHS number (not known)",
        "Child 2: the NHS number (not asked)",
        "Child 3: the NHS number (withheld)",
        "Child 4: the NHS number",
    ]


def test_nobody_misses_the_name_and_school_of_a_child_not_born_yet(draft, cast, standing):
    actions.save_page(draft, "child-1-identity", {"born": "unborn"}, by=standing(cast.referrer))
    missing = {gap.words for gap in draft.answers().gaps() if gap.whose == "Child 1"}
    assert "the expected date of delivery" in missing
    assert not missing & {
        "the child’s name",
        "the date of birth",
        "the NHS number",
        "whether the child is in education",
    }


def test_details_of_abuse_are_asked_only_where_it_is_known_or_suspected(draft, cast, standing):
    by = standing(cast.referrer)
    asked = {}
    for answer in ("no", "suspected"):
        actions.save_page(draft, "abuse", {"abuse": answer}, by=by)
        asked[answer] = "abuse-details" in {place.key for place in draft.answers().places()}
    assert asked == {"no": False, "suspected": True}


def test_every_question_of_every_page_has_its_field_and_its_kind_of_answer(draft, cast, standing):
    by = standing(cast.referrer)
    for group in ("child", "child", "person", "agency", "process"):
        actions.add_one(draft, group, by=by)
    actions.save_page(draft, "abuse", {"abuse": "known"}, by=by)
    given = draft.answers()
    seen = set()
    for place in given.places():
        form = form_for(place, title=given.title(place), choices=choices_for(place, given, by.today), today=by.today)
        assert set(form.fields) == {*place.page.names, "seen_version"}
        str(form.helper.layout)
        seen.add(place.page)
    every = {page for section in answers.SECTIONS for _, pages in section.tasks for page in pages}
    every |= {page for group in answers.GROUPS.values() for page in group.pages}
    assert seen == every


def test_withdrawing_needs_a_reason_and_keeps_what_was_written(written, cast, standing):
    by = standing(cast.referrer)
    with pytest.raises(ValueError, match="why"):
        actions.withdraw(written, by=by, reason=" ")
    actions.withdraw(written, by=by, reason="Another agency has referred it")
    assert written.is_withdrawn
    assert PageAnswers.objects.filter(referral=written).count() > 20


def test_a_returned_referral_is_changed_and_sent_on_again(waiting, cast, standing):
    author, lead = standing(cast.referrer), standing(cast.lead)
    with pytest.raises(AlreadyDone):
        actions.save_page(waiting, "media", {"media": "yes"}, by=author)
    actions.return_to_author(waiting, by=lead, comments="Say who was told")
    assert waiting.comments == "Say who was told"
    actions.save_page(waiting, "media", {"media": "yes"}, by=author)
    actions.send_for_approval(waiting, by=author)
    assert (waiting.awaits_approval, waiting.comments) == (True, "Say who was told")
    actions.approve(waiting, by=lead)
    assert waiting.frozen["pages"]["media"]["answers"] == {"media": "yes"}
