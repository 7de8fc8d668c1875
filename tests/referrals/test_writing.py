"""The pages of a draft, over HTTP."""

import json

from audit.models import Event
from referrals import actions
from referrals.models import PageAnswers
from tests.referrals.addresses import page, url


def test_a_page_is_saved_and_the_next_one_of_the_task_follows(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    answer = client.post(
        page(draft, "when"),
        {"incident_on-day": "5", "incident_on-month": "sept", "incident_on-year": "2026", "seen_version": "0"},
    )
    assert answer.url == page(draft, "where")
    assert PageAnswers.objects.get(referral=draft, page="when").answers["incident_on"] == "2026-09-05"


def test_what_cannot_be_accepted_is_refused_in_words_and_kept_as_typed(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    typed = {
        "incident_on-day": "31",
        "incident_on-month": "febtober",
        "incident_on-year": "2026",
        "incident_at": "5:30pm",
    }
    answer = client.post(page(draft, "when"), {**typed, "seen_version": "0"})
    assert "Date of the incident must be a real date" in answer.text
    assert "Error: " in answer.text
    # It was saved: correcting it is no clash with oneself.
    assert answer.context["form"]["seen_version"].value() == "1"
    again = client.get(page(draft, "when"))
    assert "febtober" in again.text and "must be a real date" in again.text
    assert PageAnswers.objects.get(referral=draft, page="when").answers == {"incident_on": "", "incident_at": "17:30"}
    assert "There is a problem" in client.get(url("tasks", draft.pk)).text


def test_what_may_be_left_out_is_called_by_its_name_in_an_error(draft, cast, signed_in):
    answer = signed_in(cast.referrer).post(page(draft, "when"), {"incident_at": "half five", "seen_version": "0"})
    assert "Time of the incident must be a real time, like 5:30pm" in answer.text


def test_an_empty_page_is_an_answer_too(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    assert client.post(page(draft, "description"), {"description": "", "seen_version": "0"}).status_code == 302


def test_coming_back_later_saves_and_goes_to_the_task_list(draft, cast, signed_in):
    answer = signed_in(cast.referrer).post(
        page(draft, "when"), {"incident_on-year": "2026", "seen_version": "0", "later": "yes"}
    )
    assert answer.url == url("tasks", draft.pk)


def test_changing_from_the_check_goes_back_to_the_check(draft, cast, signed_in):
    answer = signed_in(cast.referrer).post(f"{page(draft, 'media')}?check", {"media": "no", "seen_version": "0"})
    assert answer.url == url("check", draft.pk)


def test_the_second_of_two_editors_sees_both_texts_and_loses_nothing(draft, cast, signed_in):
    first, second = signed_in(cast.referrer), signed_in(cast.lead)
    first.post(page(draft, "concerns"), {"concerns": "Written first", "seen_version": "0"})
    answer = second.post(page(draft, "concerns"), {"concerns": "Written second", "seen_version": "0"})
    assert answer.status_code == 409
    assert "Written first" in answer.text and "Written second" in answer.text and "Ada Referrer" in answer.text
    assert PageAnswers.objects.get(referral=draft, page="concerns").answers["concerns"] == "Written first"
    second.post(
        page(draft, "concerns"), {"concerns": "Both", "seen_version": answer.context["form"]["seen_version"].value()}
    )
    assert PageAnswers.objects.get(referral=draft, page="concerns").answers["concerns"] == "Both"


def test_what_somebody_else_typed_and_could_not_be_read_is_shown_beside_ones_own(draft, cast, signed_in):
    first, second = signed_in(cast.referrer), signed_in(cast.lead)
    first.post(page(draft, "when"), {"incident_on-month": "febtober", "seen_version": "0"})
    answer = second.post(page(draft, "when"), {"incident_on-year": "2026", "seen_version": "0"})
    assert answer.status_code == 409 and "As it was typed: febtober" in answer.text


def test_a_page_saves_itself_and_says_when_and_at_which_version(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    autosave = url("autosave", draft.pk, "concerns")
    answer = client.post(autosave, {"concerns": "So far", "seen_version": "0"}, headers={"X-Autosave": "1"})
    assert json.loads(answer.content)["version"] == 1
    assert client.post(autosave, {"concerns": "Another tab", "seen_version": "0"}).status_code == 409
    unread = client.post(
        url("autosave", draft.pk, "referrer"), {"contact_email": "not an address", "seen_version": "1"}
    )
    assert unread.status_code == 200
    assert PageAnswers.objects.get(referral=draft, page="referrer").typed["contact_email"] == ["not an address"]


def test_saving_by_itself_adds_no_opening_to_the_record(draft, cast, signed_in):
    signed_in(cast.referrer).post(url("autosave", draft.pk, "media"), {"media": "no", "seen_version": "0"})
    assert not Event.objects.filter(trail=draft.chain, reading=True).exists()


def test_nothing_but_the_questions_of_the_page_is_taken_from_a_form(draft, cast, signed_in):
    signed_in(cast.referrer).post(
        page(draft, "media"),
        {
            "media": "no",
            "seen_version": "0",
            "status": "submitted",
            "author": cast.lead.pk,
            "agency": cast.agencies.hospital.pk,
            "approved_by": cast.lead.pk,
            "full_name": "Somebody",
        },
    )
    draft.refresh_from_db()
    assert (draft.status, draft.author, draft.agency, draft.approved_by) == (
        "draft",
        cast.referrer,
        cast.agencies.school,
        None,
    )
    assert PageAnswers.objects.get(referral=draft, page="media").answers == {"media": "no", "media_details": ""}


def test_a_choice_that_is_not_offered_is_an_error_and_not_an_answer(draft, cast, signed_in):
    answer = signed_in(cast.referrer).post(page(draft, "authorities"), {"incident_la": cast.agencies.school.pk})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert PageAnswers.objects.get(referral=draft, page="authorities").answers["incident_la"] == ""


def test_pages_that_do_not_exist_are_not_found(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    for key in ("nothing", "child-1-identity", "child-9-identity", "child-1-nothing", "aunt-1-who"):
        assert client.get(page(draft, key)).status_code == 404
    assert client.post(url("add", draft.pk, "aunt")).status_code == 404


def test_children_are_added_and_removed(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    assert client.post(url("add", draft.pk, "child")).url == page(draft, "child-1-identity")
    client.post(page(draft, "child-1-identity"), {"born": "unborn", "expected_on-year": "2027", "seen_version": "1"})
    assert "Not born yet" in client.get(url("tasks", draft.pk)).text
    assert "Remove Child 1?" in client.get(url("remove", draft.pk, "child", 1)).text
    client.post(url("remove", draft.pk, "child", 1))
    assert draft.answers().numbers("child") == []


def test_long_odd_and_foreign_text_is_kept_word_for_word(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    words = "“Ünïcode” 🧒 \u200fשלום <b>&amp;</b> {{ 7 }}" + "x" * 19_000
    client.post(page(draft, "description"), {"description": words, "seen_version": "0"})
    assert PageAnswers.objects.get(referral=draft, page="description").answers["description"] == words
    shown = client.get(url("check", draft.pk)).text
    assert "&lt;b&gt;" in shown and "{{ 7 }}" in shown and "<b>&" not in shown


def test_text_that_is_too_long_is_refused_and_still_kept(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    answer = client.post(page(draft, "description"), {"description": "y" * 100_000, "seen_version": "0"})
    assert "must be 20000 characters or fewer" in answer.text
    assert len(PageAnswers.objects.get(referral=draft, page="description").typed["description"][0]) == 100_000


def test_a_nul_byte_is_a_form_error_and_no_crash(draft, cast, signed_in):
    answer = signed_in(cast.referrer).post(page(draft, "concerns"), {"concerns": "a\x00b", "seen_version": "0"})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_what_is_written_on_a_page_while_the_draft_is_sent_on_is_shown_again(draft, cast, signed_in, standing):
    writer = signed_in(cast.referrer)
    actions.send_for_approval(draft, by=standing(cast.referrer))
    late = writer.post(page(draft, "concerns"), {"concerns": "Nobody rang the school back.", "seen_version": "0"})
    assert late.status_code == 409
    assert "What you wrote" in late.text and "Nobody rang the school back." in late.text
    files = writer.post(url("attachments", draft.pk), {"files": []})
    assert files.status_code == 409 and "What you wrote" not in files.text
    assert not PageAnswers.objects.filter(referral=draft, page="concerns").exists()


def test_a_second_answer_to_a_question_is_shown_again_and_no_secret_is(sent, cast, signed_in, standing):
    question = actions.ask(sent, "When was the school told?", by=standing(cast.coordinator))
    writer = signed_in(cast.referrer)
    first = {"text": "On the Friday, by telephone.", "token": "the-first-of-two"}
    assert writer.post(url("answer", sent.pk, question.pk), first).status_code == 302
    late = writer.post(
        url("answer", sent.pk, question.pk),
        {"text": "On the Monday, in writing.", "token": "the-second-of-two", "new_password": "correct horse battery"},
    )
    assert late.status_code == 409
    assert "On the Monday, in writing." in late.text
    assert "correct horse" not in late.text and "the-second-of-two" not in late.text
