"""The pages of a referral, over HTTP."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from cases.models import Case
from documents.models import Upload
from referrals import actions
from referrals.models import Attachment, PageAnswers, Question, Referral
from tests.answers import answers_to
from tests.referrals.conftest import NAME, NHS_NUMBER


def page(referral, key):
    return reverse("referrals:page", args=[referral.pk, key])


def url(name, *args):
    return reverse(f"referrals:{name}", args=args)


# --- the right way, and starting ----------------------------------------------------------------------------------
def test_somebody_with_a_child_at_risk_now_is_sent_to_the_front_door(cast, signed_in):
    client = signed_in(cast.referrer)
    answer = client.post(url("start"), {"at_risk_now": "yes"}, follow=True)
    assert answer.redirect_chain == [(url("child_at_risk"), 302)]
    assert "999" in answer.text and "01632 960000" in answer.text
    assert not Referral.objects.exists()


def test_starting_twice_with_one_form_makes_one_draft(cast, signed_in):
    client = signed_in(cast.referrer)
    sent = {"kind": "serious_incident", "agency": cast.agencies.school.pk, "token": "one-and-only-form"}
    first, second = client.post(url("begin"), sent), client.post(url("begin"), sent)
    assert first.url == second.url == url("tasks", Referral.objects.get().pk)


def test_a_referral_cannot_be_started_for_another_agency_whether_or_not_it_exists(cast, signed_in):
    client = signed_in(cast.referrer)
    answers = [
        client.post(url("begin"), {"kind": "serious_incident", "agency": pk, "token": "a-token-of-mine"})
        for pk in (cast.agencies.hospital.pk, 999_999)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].context["form"].errors == answers[1].context["form"].errors
    assert not Referral.objects.exists()


def test_people_who_do_not_refer_are_told_so(cast, signed_in):
    for person in (cast.coordinator, cast.partner_la, cast.system_administrator):
        assert signed_in(person).get(url("start")).status_code == 403


# --- writing ------------------------------------------------------------------------------------------------------
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


# --- files --------------------------------------------------------------------------------------------------------
def test_a_file_is_attached_tagged_as_not_scanned_and_removed_with_its_bytes(draft, cast, signed_in):
    client = signed_in(cast.referrer)
    files = [SimpleUploadedFile("notes.txt", b"Words"), SimpleUploadedFile("more.txt", b"More words")]
    answer = client.post(url("attachments", draft.pk), {"files": files}, follow=True)
    assert "2 files attached." in answer.text and "Not virus scanned" in answer.text
    first = Attachment.objects.first()
    got = client.get(url("attachment", draft.pk, first.pk))
    assert got["Content-Disposition"].startswith("attachment")
    client.post(url("detach", draft.pk, first.pk))
    assert (Attachment.objects.count(), Upload.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", b"<script>alert(1)</script>", "must be a"),
        ("picture.svg", b"<svg onload=alert(1)>", "must be a"),
        ("picture.png", b"MZ\x90\x00", "picture.png"),
        ("empty.txt", b"", "is empty"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_with_the_reason(draft, cast, signed_in, name, content, said):
    answer = signed_in(cast.referrer).post(url("attachments", draft.pk), {"files": [SimpleUploadedFile(name, content)]})
    assert answer.status_code == 200
    assert said in " ".join(answer.context["form"].errors["files"])
    assert not Attachment.objects.exists()


def test_nobody_reaches_a_file_by_another_referrals_address(draft, cast, signed_in, standing):
    client = signed_in(cast.referrer)
    client.post(url("attachments", draft.pk), {"files": [SimpleUploadedFile("notes.txt", b"Words")]})
    other = actions.start_draft(by=standing(cast.other_referrer), agency=cast.agencies.hospital)
    attached = Attachment.objects.get()
    stranger = signed_in(cast.other_referrer)
    for address in (url("attachment", other.pk, attached.pk), url("attachment", draft.pk, attached.pk)):
        assert stranger.get(address).status_code == 404
    assert stranger.post(url("detach", other.pk, attached.pk)).status_code == 404


# --- approving ----------------------------------------------------------------------------------------------------
def test_the_way_from_check_to_confirmation(written, cast, signed_in):
    author, lead = signed_in(cast.referrer), signed_in(cast.lead)
    check = author.get(url("check", written.pk))
    assert NAME in check.text and "Still needed" in check.text
    sent = author.post(
        url("send_for_approval", written.pk), {"token": check.context["form"]["token"].value()}, follow=True
    )
    assert "with your safeguarding lead for approval" in sent.text
    assert author.get(url("tasks", written.pk)).url == url("referral", written.pk)
    approving = lead.get(url("referral", written.pk), follow=True)
    assert approving.redirect_chain[-1][0] == url("approve", written.pk)
    token = approving.context["form"]["token"].value()
    done = lead.post(url("approve", written.pk), {"token": token})
    again = lead.post(url("approve", written.pk), {"token": token})
    assert done.url == again.url == url("confirmation", written.pk)
    confirmation = lead.get(done.url)
    assert Case.objects.get().reference in confirmation.text
    assert "Being prepared" in confirmation.text
    assert "<title>Referral sent (CIOS-" in confirmation.text


def test_the_author_is_not_shown_a_way_to_approve(waiting, cast, signed_in, standing):
    assert signed_in(cast.referrer).post(url("approve", waiting.pk), {"token": "a-token-of-mine"}).status_code == 403
    assert Case.objects.count() == 0


def test_a_lead_returns_a_referral_with_what_to_change(waiting, cast, signed_in):
    lead = signed_in(cast.lead)
    empty = lead.post(url("return_to_author", waiting.pk), {"comments": "", "token": "a-token-of-mine"})
    assert "Enter what the author should change" in empty.text
    lead.post(url("return_to_author", waiting.pk), {"comments": "Say who was told", "token": "a-token-of-mine"})
    assert "Say who was told" in signed_in(cast.referrer).get(url("tasks", waiting.pk)).text


def test_a_confirmation_is_not_there_before_it_is_sent(waiting, cast, signed_in):
    assert signed_in(cast.lead).get(url("confirmation", waiting.pk)).status_code == 404


# --- afterwards ---------------------------------------------------------------------------------------------------
def test_another_agency_is_told_the_referral_does_not_exist(sent, written, cast, signed_in):
    stranger = signed_in(cast.other_lead)
    for name in ("referral", "paper", "confirmation", "triage", "tasks", "check", "approve"):
        assert stranger.get(url(name, sent.pk)).status_code == stranger.get(url(name, 999_999)).status_code == 404


def test_the_referrer_reads_status_paper_and_outcome_and_never_the_case(sent, cast, signed_in):
    client = signed_in(cast.referrer)
    read = client.get(url("referral", sent.pk)).text
    assert "Received" in read and sent.reference in read and "Being prepared" in read
    assert "What it says" not in read and "head injury" not in read
    for name in ("triage", "ask", "open_decision", "conclude", "join"):
        assert client.get(url(name, sent.pk)).status_code == 403


def test_whoever_sees_the_case_reads_the_answers_but_not_who_anybody_is(sent, cast, signed_in):
    for person in (cast.coordinator, cast.partner_police, cast.la_notifier):
        read = signed_in(person).get(url("referral", sent.pk)).text
        assert "head injury" in read and "Given, and held apart" in read
        assert "Quillfeather" not in read and NHS_NUMBER not in read and "943 476" not in read and "Gannet" not in read


def test_reading_and_downloading_are_recorded(sent, cast, signed_in):
    client = signed_in(cast.coordinator)
    client.get(url("referral", sent.pk))
    client.get(url("paper", sent.pk))
    read = Event.objects.filter(trail=sent.chain, reading=True, actor=cast.coordinator)
    assert list(read.values_list("verb", flat=True)) == ["opened", "downloaded"]


def test_a_question_is_asked_and_answered_on_the_pages(sent, cast, signed_in):
    coordinator, author = signed_in(cast.coordinator), signed_in(cast.referrer)
    coordinator.post(url("ask", sent.pk), {"text": "Who saw the child last?", "token": "a-token-of-mine"})
    question = Question.objects.get()
    assert "Who saw the child last?" in author.get(url("referral", sent.pk)).text
    answer = url("answer", sent.pk, question.pk)
    assert "Enter your answer" in author.post(answer, {"text": "", "token": "another-token"}).text
    author.post(answer, {"text": "The health visitor.", "token": "another-token"})
    assert "The health visitor." in coordinator.get(url("triage", sent.pk)).text
    assert signed_in(cast.coordinator).get(answer).status_code == 403


def test_the_partners_are_asked_and_the_referrer_is_told(sent, cast, signed_in, standing):
    from decisions.actions import record_position
    from decisions.models import Seat

    client = signed_in(cast.coordinator)
    client.post(url("open_decision", sent.pk), {"token": "ask-the-partners"})
    concluding = {
        "outcome": "notify_and_rapid_review",
        "rationale": "The criteria are met",
        "told": "It goes forward to a rapid review.",
        "token": "conclude-it-now",
    }
    early = client.post(url("conclude", sent.pk), concluding)
    assert early.status_code == 200 and early.context["form"].errors["outcome"]
    sent.refresh_from_db()
    for seat in Seat.objects.filter(decision=sent.decision):
        partner = {"la": cast.partner_la, "icb": cast.partner_icb, "police": cast.partner_police}[seat.body]
        record_position(
            seat,
            by=standing(partner),
            view="notify_and_rapid_review",
            reasons="A secret reason",
            answers=answers_to(seat),
        )
    assert client.post(url("conclude", sent.pk), concluding).url == url("triage", sent.pk)
    told = signed_in(cast.referrer).get(url("referral", sent.pk)).text
    assert "It goes forward to a rapid review." in told
    assert "The criteria are met" not in told and "A secret reason" not in told


def test_joining_by_a_reference_answers_alike_whether_hidden_or_absent(sent, cast, signed_in, standing):
    from cases.actions import declare_conflict, open_case

    by = standing(cast.coordinator)
    hidden = open_case(by=by, incident_la=cast.agencies.westmoor)
    declare_conflict(hidden, cast.coordinator, by=by, what="A relative")
    client = signed_in(cast.coordinator)
    said = [
        client.post(url("join", sent.pk), {"reference": reference}).context["form"].errors["reference"]
        for reference in (hidden.reference, "CIOS-1999-0001", sent.reference)
    ]
    assert said[0] == said[1] == said[2]
    assert client.get(url("match", sent.pk, hidden.pk)).status_code == 404


def test_joining_and_undoing_on_the_pages(sent, cast, signed_in, standing):
    from cases.actions import add_child, open_case

    by = standing(cast.coordinator)
    earlier = open_case(by=by, incident_la=cast.agencies.westmoor)
    baby = add_child(earlier, by=by, identity={"full_name": NAME})
    client = signed_in(cast.coordinator)
    assert "the same or almost the same name" in client.get(url("triage", sent.pk)).text
    assert client.post(url("join", sent.pk), {"reference": earlier.reference.lower()}).url == url(
        "match", sent.pk, earlier.pk
    )
    matching = client.get(url("match", sent.pk, earlier.pk))
    assert NAME not in matching.text
    fields = [name for name in matching.context["form"].fields if name.startswith("child_")]
    chosen = dict.fromkeys(fields, "none") | {fields[0]: str(baby.pk)}
    twice = client.post(
        url("match", sent.pk, earlier.pk),
        {**dict.fromkeys(fields, str(baby.pk)), "reason": "Same", "token": "join-token"},
    )
    assert "Select a different child for each" in twice.text
    client.post(url("match", sent.pk, earlier.pk), {**chosen, "reason": "The same baby", "token": "join-token"})
    sent.refresh_from_db()
    assert sent.case == earlier
    client.post(url("undo_join", sent.pk), {"reason": "Not the same", "token": "undo-token"})
    sent.refresh_from_db()
    assert sent.case == sent.opened


# --- lists --------------------------------------------------------------------------------------------------------
def test_each_sees_their_own_list(sent, draft, cast, signed_in, standing):
    other = actions.start_draft(by=standing(cast.other_referrer), agency=cast.agencies.hospital)
    lists = {
        name: signed_in(getattr(cast, name)).get(url("list")).text for name in ("referrer", "coordinator", "partner_la")
    }
    assert sent.reference in lists["referrer"] and f"Draft {other.pk}" not in lists["referrer"]
    assert sent.reference in lists["coordinator"] and "Draft" not in lists["coordinator"].split("Apply filters")[1]
    assert sent.reference in lists["partner_la"]


def test_a_list_is_narrowed_and_says_by_what(sent, cast, signed_in, standing):
    actions.start_draft(by=standing(cast.referrer), agency=cast.agencies.school)
    client = signed_in(cast.referrer)
    assert "2 referrals" in client.get(url("list")).text
    narrowed = client.get(url("list"), {"status": "draft"}).text
    assert "1 referral" in narrowed and "Status: Draft" in narrowed
    assert "No results." in client.get(url("list"), {"status": "withdrawn"}).text


def test_a_lead_finds_what_waits_for_their_approval(waiting, cast, signed_in):
    assert "Waiting for your approval" in signed_in(cast.lead).get(url("list")).text
    assert "Waiting for your approval" not in signed_in(cast.referrer).get(url("list")).text


def test_lists_take_as_many_queries_for_one_referral_as_for_many(sent, cast, signed_in, standing):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.coordinator)

    def queries(name):
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get(url(name)).status_code == 200
        return len(counted)

    queries("list")
    one = {name: queries(name) for name in ("list", "queue")}
    for _ in range(4):
        more = actions.start_draft(by=standing(cast.referrer), agency=cast.agencies.school)
        actions.send_for_approval(more, by=standing(cast.referrer))
        actions.approve(more, by=standing(cast.lead))
    assert {name: queries(name) for name in ("list", "queue")} == one


def test_the_queue_shows_age_completeness_and_the_clock(sent, cast, signed_in):
    shown = signed_in(cast.coordinator).get(url("queue")).text
    assert "Received today" in shown and "facts missing" in shown
    assert "T01 due" in shown and "date not confirmed" in shown
    assert signed_in(cast.referrer).get(url("queue")).status_code == 403
