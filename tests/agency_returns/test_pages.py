"""The pages of this room, as each person meets them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import AgencyReturn, ChronologyEntry, InformationRequest
from govuk.fields.text import new_submit_token


def page(name, *args):
    return reverse(f"agency_returns:{name}", args=args)


def text_of(response):
    return response.content.decode()


@pytest.fixture
def asked_for(case_one):
    """What the coordinator sends to ask the school, as the form posts it."""

    def of(agency, **changes):
        return {
            "agency": agency.pk,
            "due_on-day": "1",
            "due_on-month": "mar",
            "due_on-year": "2090",
            "children": [child.pk for child in case_one.child_set.all()],
            "questions": "What did you know?",
            "contact_email": "",
            "criminal_enquiry": "no",
            "token": new_submit_token(),
            **changes,
        }

    return of


def test_a_coordinator_asks_an_agency_and_sees_it_among_those_asked(case_one, cast, signed_in, asked_for):
    client = signed_in(cast.coordinator)
    answer = client.post(page("request", case_one.pk), asked_for(cast.agencies.school))
    asked = InformationRequest.objects.get()
    assert answer.url == page("return", asked.agency_return.pk)
    assert cast.agencies.school.name in text_of(client.get(page("request", case_one.pk)))


def test_pressing_send_request_twice_leads_to_the_one_request(case_one, cast, signed_in, asked_for):
    client, given = signed_in(cast.coordinator), asked_for(cast.agencies.school)
    first = client.post(page("request", case_one.pk), given)
    again = client.post(page("request", case_one.pk), given)
    assert (again.status_code, again.url) == (302, first.url)
    assert InformationRequest.objects.count() == 1


def test_a_child_of_another_case_is_a_form_error_like_one_that_does_not_exist(
    case_one, case_two, cast, signed_in, asked_for
):
    client = signed_in(cast.coordinator)
    theirs = client.post(
        page("request", case_one.pk), asked_for(cast.agencies.school, children=[case_two.child_set.get().pk])
    )
    nobodys = client.post(page("request", case_one.pk), asked_for(cast.agencies.school, children=[987654]))
    assert theirs.status_code == nobodys.status_code == 200
    assert "There is a problem" in text_of(theirs)
    assert theirs.context["form"].errors == nobodys.context["form"].errors
    assert not InformationRequest.objects.exists()


def test_the_period_ends_after_it_begins(case_one, cast, signed_in, asked_for):
    given = asked_for(
        cast.agencies.school,
        **{f"scope_{end}-{part}": value for end, day in (("from", "2"), ("until", "1")) for part, value in
           (("day", day), ("month", "3"), ("year", "2025"))},
    )  # fmt: skip
    answer = signed_in(cast.coordinator).post(page("request", case_one.pk), given)
    assert "End of the period to look at must be after its start" in text_of(answer)


def test_another_agency_is_told_the_return_does_not_exist(school_return, cast, signed_in):
    client = signed_in(cast.other_lead)
    theirs = client.get(page("return", school_return.pk))
    nobodys = client.get(page("return", 987654))
    assert theirs.status_code == nobodys.status_code == 404
    masked = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    assert masked.sub(b"", theirs.content) == masked.sub(b"", nobodys.content)


@pytest.mark.parametrize(
    "name",
    ["section", "submit", "nil", "accept", "clarify", "withdraw", "colleague", "entry"],
)
def test_no_page_of_a_return_is_there_for_another_agency(name, school_return, cast, signed_in):
    args = (school_return.pk, "involvement") if name == "section" else (school_return.pk,)
    assert signed_in(cast.other_lead).get(page(name, *args)).status_code == 404


@pytest.mark.parametrize("name", ["acknowledge", "who", "ready", "release", "chase"])
def test_no_act_on_a_return_is_open_to_another_agency(name, school_return, cast, signed_in):
    given = {"token": new_submit_token()}
    assert signed_in(cast.other_lead).post(page(name, school_return.pk), given).status_code == 404


def test_a_coordinator_may_read_but_not_write_a_return(school_return, cast, signed_in):
    client = signed_in(cast.coordinator)
    assert client.get(page("return", school_return.pk)).status_code == 200
    assert client.get(page("section", school_return.pk, "involvement")).status_code == 403
    assert client.get(page("submit", school_return.pk)).status_code == 403


def test_the_list_of_an_agency_holds_its_own_requests_only(school_return, hospital_return, cast, signed_in):
    shown = text_of(signed_in(cast.lead).get(page("list")))
    assert page("return", school_return.pk) in shown
    assert page("return", hospital_return.pk) not in shown
    assert "1 request<" in shown


def test_the_list_costs_the_same_for_many_requests_as_for_one(
    ask, cast, signed_in, django_assert_num_queries, case_one, case_two
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.coordinator)
    ask(cast.agencies.school)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(page("list"))
    for agency in (cast.agencies.hospital, cast.agencies.police, cast.agencies.icb):
        ask(agency)
        ask(agency, case=case_two)
    with CaptureQueriesContext(connection) as many:
        client.get(page("list"))
    assert len(many) == len(one)


def test_an_agency_writes_a_section_and_finds_it_again(school_return, cast, signed_in):
    client = signed_in(cast.lead)
    address = page("section", school_return.pk, "child")
    client.post(address, {"lived_experience": "She laughed at the mobile.", "seen_version": school_return.version})
    assert "She laughed at the mobile." in text_of(client.get(address))


def test_a_stale_save_shows_both_texts_and_saving_again_keeps_the_later(written, cast, signed_in):
    client = signed_in(cast.referrer)
    address, seen = page("section", written.pk, "family"), written.version
    client.post(address, {"family_and_risk": "The first tab's text", "seen_version": seen})
    answer = client.post(address, {"family_and_risk": "The second tab's text", "seen_version": seen})
    assert answer.status_code == 409
    assert "The first tab&#x27;s text" in text_of(answer)
    assert "The second tab&#x27;s text" in text_of(answer)
    written.refresh_from_db()
    assert written.family_and_risk == "The first tab's text"
    again = {"family_and_risk": "Both together", "seen_version": answer.context["form"]["seen_version"].value()}
    assert client.post(address, again).status_code == 302


def test_a_section_saves_itself_and_says_which_version_it_is(school_return, cast, signed_in):
    client, address = signed_in(cast.lead), page("section", school_return.pk, "child")
    answer = client.post(
        address,
        {"lived_experience": "Half a sent", "seen_version": school_return.version},
        headers={"X-Autosave": "1"},
    )
    school_return.refresh_from_db()
    assert answer.json()["version"] == school_return.version
    stale = client.post(address, {"lived_experience": "x", "seen_version": 1}, headers={"X-Autosave": "1"})
    assert stale.status_code == 409


def test_each_criterion_is_asked_one_by_one(school_return, cast, signed_in):
    client, address = signed_in(cast.lead), page("section", school_return.pk, "criteria")
    given = {"criterion_REG11_A": "met", "criterion_WT_NONE": "not_met", "seen_version": school_return.version}
    client.post(address, given)
    school_return.refresh_from_db()
    assert school_return.criteria_views == {"REG11_A": "met", "WT_NONE": "not_met"}


def test_what_was_typed_is_shown_as_text(written, cast, signed_in):
    nasty = '"><svg/onload=alert(1)> {{7*7}} =HYPERLINK("x")'
    client = signed_in(cast.referrer)
    client.post(page("section", written.pk, "good-practice"), {"good_practice": nasty, "seen_version": written.version})
    shown = text_of(client.get(page("section", written.pk, "good-practice")))
    assert "<svg/onload" not in shown
    assert "{{7*7}}" in shown


def test_an_entry_is_added_changed_and_removed(school_return, cast, signed_in):
    client = signed_in(cast.lead)
    given = {
        "on-day": "", "on-month": "3", "on-year": "2025", "time": "5:30pm", "event": "A visit", "child_seen": "yes",
        "token": new_submit_token(),
    }  # fmt: skip
    client.post(page("entry", school_return.pk), given)
    entry = ChronologyEntry.objects.get()
    assert (entry.when, entry.sorts_as) == ("March 2025", "2025-03-01 17:30")
    given |= {"on-day": "4", "seen_version": entry.version}
    client.post(page("entry_edit", entry.pk), given)
    entry.refresh_from_db()
    assert entry.when == "4 March 2025"
    client.post(page("entry_remove", entry.pk))
    assert client.get(page("entry_edit", entry.pk)).status_code == 404


def test_an_entry_needs_a_date_and_what_happened(school_return, cast, signed_in):
    answer = signed_in(cast.lead).post(page("entry", school_return.pk), {"token": new_submit_token()})
    assert {"on", "event", "child_seen"} <= set(answer.context["form"].errors)
    assert "Enter what happened" in text_of(answer)


def test_a_lead_who_wrote_is_told_that_another_must_approve(school_return, cast, signed_in):
    client = signed_in(cast.lead)
    client.post(
        page("section", school_return.pk, "involvement"),
        {"involvement_summary": "Known since birth", "seen_version": school_return.version},
    )
    shown = client.get(page("submit", school_return.pk))
    assert "another safeguarding lead of your agency must approve it" in text_of(shown)
    given = {"confirmed": "on", "seen_version": shown.context["form"]["seen_version"].value(), "token": "t" * 12}
    assert client.post(page("submit", school_return.pk), given).status_code == 403


def test_a_lead_approves_what_a_colleague_wrote(written, cast, signed_in):
    client = signed_in(cast.lead)
    shown = client.get(page("submit", written.pk))
    assert "Two meetings with the family in spring." in text_of(shown)
    given = {"confirmed": "on", "seen_version": written.version, "token": new_submit_token()}
    assert client.post(page("submit", written.pk), given).url == page("return", written.pk)
    assert client.post(page("submit", written.pk), given).url == page("return", written.pk)
    written.refresh_from_db()
    assert written.status == ReturnStatus.SUBMITTED


def test_a_second_decision_on_a_return_is_answered_with_409(sent, cast, signed_in):
    first, second = signed_in(cast.coordinator), signed_in(cast.second_coordinator)
    seen = sent.version
    first.post(page("accept", sent.pk), {"releasing": "yes", "seen_version": seen, "token": new_submit_token()})
    answer = second.post(
        page("clarify", sent.pk), {"question": "Which?", "seen_version": seen, "token": new_submit_token()}
    )
    assert answer.status_code == 409
    sent.refresh_from_db()
    assert sent.status == ReturnStatus.ACCEPTED and sent.released_at


def test_the_agency_reads_the_question_it_is_asked(sent, cast, standing, signed_in):
    signed_in(cast.coordinator).post(
        page("clarify", sent.pk),
        {"question": "Who saw the child on 4 May?", "seen_version": sent.version, "token": new_submit_token()},
    )
    assert "Who saw the child on 4 May?" in text_of(signed_in(cast.lead).get(page("return", sent.pk)))


def test_a_nil_return_names_the_records_checked(school_return, cast, signed_in):
    client = signed_in(cast.lead)
    given = {"records_checked": "", "seen_version": school_return.version, "token": new_submit_token()}
    assert "Enter which records and systems were checked" in text_of(client.post(page("nil", school_return.pk), given))
    client.post(page("nil", school_return.pk), {**given, "records_checked": "CPOMS"})
    school_return.refresh_from_db()
    assert school_return.is_nil


def test_names_are_shown_only_in_answer_to_asking_for_them(school_return, cast, signed_in):
    client = signed_in(cast.lead)
    assert "Quillfeather" not in text_of(client.get(page("return", school_return.pk)))
    assert "Zephyrine Quillfeather" in text_of(client.post(page("who", school_return.pk)))
    assert school_return.trail.events.filter(verb="identity revealed").count() == 1


def test_a_file_is_attached_downloaded_and_removed(school_return, cast, signed_in):
    client = signed_in(cast.lead)
    file = SimpleUploadedFile("notes.txt", b"Minutes of the meeting", content_type="text/plain")
    client.post(page("attach", school_return.pk), {"documents": [file]})
    attachment = school_return.attachments.get()
    sent = client.get(page("attachment", attachment.pk))
    assert b"".join(sent.streaming_content) == b"Minutes of the meeting"
    assert sent["Content-Disposition"].startswith("attachment")
    assert signed_in(cast.other_lead).get(page("attachment", attachment.pk)).status_code == 404
    client.post(page("detach", attachment.pk))
    assert client.get(page("attachment", attachment.pk)).status_code == 404


def test_a_disguised_file_is_refused_in_words(school_return, cast, signed_in):
    file = SimpleUploadedFile("report.pdf", b"MZ\x90 not a pdf", content_type="application/pdf")
    answer = signed_in(cast.lead).post(page("attach", school_return.pk), {"documents": [file]})
    assert "There is a problem" in text_of(answer)
    assert not school_return.attachments.exists()


def test_readers_of_the_review_read_the_merged_chronology_of_released_returns(
    accepted, hospital_return, panel_papers, cast, standing, signed_in
):
    from agency_returns import actions

    actions.add_entry(hospital_return, by=standing(cast.other_lead), on="2025-01-01", event="Not released")
    client = signed_in(cast.group_member)
    assert "Not released" not in text_of(client.get(page("chronology", accepted.request.case_id)))
    assert "Not released" in text_of(signed_in(cast.coordinator).get(page("chronology", accepted.request.case_id)))
    assert signed_in(cast.lead).get(page("chronology", accepted.request.case_id)).status_code == 404


def test_opening_a_return_is_recorded(school_return, cast, signed_in):
    signed_in(cast.lead).get(page("return", school_return.pk))
    opened = school_return.trail.events.filter(verb="opened", subject=f"agency_returns.AgencyReturn:{school_return.pk}")
    assert opened.get().actor == cast.lead


def test_a_request_of_another_state_offers_no_button_that_would_be_refused(accepted, cast, signed_in):
    shown = text_of(signed_in(cast.lead).get(page("return", accepted.pk)))
    assert page("submit", accepted.pk) not in shown
    assert page("nil", accepted.pk) not in shown
    assert AgencyReturn.objects.get(pk=accepted.pk).status == ReturnStatus.ACCEPTED
