"""The pages of a rapid review, as each person meets them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.standing import LONDON
from agency_returns.actions import send_request
from deadlines.actions import clock_of
from documents.drafts import save_section
from govuk.fields.text import new_submit_token
from rapid_reviews import actions
from rapid_reviews.lifecycle import ReviewStatus
from rapid_reviews.models import CriterionFinding, ImmediateAction, Meeting, PanelResponse, RapidReview
from tests.rapid_reviews.conftest import at


def page(name, *args):
    return reverse(f"rapid_reviews:{name}", args=args)


def text_of(response):
    return response.content.decode()


def when_parts(name, instant):
    """A date and time as the form's four boxes post them, in London."""
    local = instant.astimezone(LONDON)
    return {
        f"{name}-day": str(local.day),
        f"{name}-month": str(local.month),
        f"{name}-year": str(local.year),
        f"{name}-time": f"{local:%H:%M}",
    }


def date_parts(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def test_the_authority_records_its_notification_as_sent_and_arrives_at_the_review(prepared, cast, signed_in):
    client = signed_in(cast.la_notifier)
    given = {**when_parts("sent_at", at(2026, 10, 8, 14)), "reference": "CSINS-1", "token": new_submit_token()}
    first = client.post(page("record_sent", prepared.pk), given)
    review = RapidReview.objects.get()
    assert first.url == page("review", review.pk)
    assert clock_of("T05", prepared).due_on == date(2026, 10, 29)
    again = client.post(page("record_sent", prepared.pk), given)
    assert (again.status_code, again.url) == (302, first.url)


def test_the_notification_offers_its_authority_the_page_to_record_it_as_sent(prepared, cast, signed_in):
    address = page("record_sent", prepared.pk)
    notification = reverse("incident:notification", args=[prepared.pk])
    assert address in text_of(signed_in(cast.la_notifier).get(notification))
    assert address not in text_of(signed_in(cast.partner_icb).get(notification))
    assert signed_in(cast.partner_icb).get(address).status_code == 403


def test_nothing_is_recorded_as_sent_in_the_future(prepared, cast, signed_in):
    given = {**when_parts("sent_at", timezone.now() + timedelta(days=2)), "token": new_submit_token()}
    answer = signed_in(cast.la_notifier).post(page("record_sent", prepared.pk), given)
    assert "must be today or in the past" in text_of(answer)
    assert not RapidReview.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("panel_chair", 200),
        ("group_member", 200),
        ("partner_police", 200),
        ("la_notifier", 200),
        ("lead", 404),
        ("other_lead", 404),
        ("referrer", 404),
        ("isles_notifier", 404),
        ("reviewer", 404),
        ("system_administrator", 404),
    ],
)
def test_the_review_is_there_for_those_who_work_on_it(who, status, review, cast, signed_in):
    assert signed_in(getattr(cast, who)).get(page("review", review.pk)).status_code == status


def test_the_plan_shows_the_working_days_of_the_worked_example(review, cast, signed_in):
    """Specification 9.2, example 1c."""
    shown = text_of(signed_in(cast.coordinator).get(page("plan", review.pk)))
    for day in ("9 October 2026", "13 October 2026", "19 October 2026", "20 October 2026", "22 October 2026",
                "26 October 2026", "27 October 2026", "28 October 2026", "29 October 2026"):  # fmt: skip
        assert day in shown


def test_a_coordinator_writes_a_section_and_a_group_member_reads_and_comments(review, cast, signed_in):
    address = page("section", review.pk, "analysis")
    writer, reader = signed_in(cast.coordinator), signed_in(cast.group_member)
    writer.post(address, {"html": "<p>What happened and <em>why</em></p>", "seen_version": 0})
    shown = text_of(reader.get(address))
    assert "What happened and <em>why</em>" in shown
    assert "Save section" not in shown
    given = {"text": "Say when", "token": new_submit_token()}
    for _ in range(2):
        assert reader.post(page("comment", review.pk, "analysis"), given).status_code == 302
    assert text_of(writer.get(address)).count("Say when") == 2  # the remark, and its name for screen readers
    assert reader.post(address, {"html": "x", "seen_version": 1}).status_code == 403


def test_a_stale_section_is_shown_with_both_texts(review, cast, signed_in, when):
    address = page("section", review.pk, "analysis")
    section = review.draft.sections.get(key="analysis")
    save_section(section, "<p>Their words</p>", by=when("panel_chair", 10, 12), seen_version=0)
    client = signed_in(cast.coordinator)
    answer = client.post(address, {"html": "<p>My words</p>", "seen_version": 0})
    assert answer.status_code == 409
    assert "Their words" in text_of(answer) and "My words" in text_of(answer)
    again = client.post(
        address, {"html": "<p>Both</p>", "seen_version": answer.context["form"]["seen_version"].value()}
    )
    assert again.status_code == 302
    section.refresh_from_db()
    assert section.html == "<p>Both</p>"


def test_an_unwritten_heading_is_not_a_page(review, cast, signed_in):
    assert signed_in(cast.coordinator).get(page("section", review.pk, "appendix")).status_code == 404


def test_a_comment_of_another_review_is_not_settled_here(review, cast, signed_in, when):
    from documents.drafts import comment, new_draft

    other = new_draft("x", [("analysis", "Analysis")], by=when("coordinator", 10, 8)).sections.get()
    remark = comment(other, "Elsewhere", by=when("coordinator", 10, 8))
    answer = signed_in(cast.coordinator).post(page("settle_comment", review.pk, remark.pk))
    assert answer.status_code == 404


def test_a_meeting_is_recorded_with_who_was_there(review, cast, signed_in):
    client = signed_in(cast.coordinator)
    given = {**date_parts("held_on", date(2026, 10, 22)), "discussion": "What we heard", "token": new_submit_token()}
    client.post(page("meeting", review.pk), given)
    meeting = Meeting.objects.get()
    person = {
        "name": "Gail Group", "agency": cast.agencies.hospital.pk, "role": "Named doctor", "presence": "present",
        "token": new_submit_token(),
    }  # fmt: skip
    client.post(page("attendance", meeting.pk), person)
    shown = text_of(client.get(page("meetings", review.pk)))
    assert "Gail Group, Named doctor, Wrenshire Hospitals Trust (present)" in shown
    row = meeting.attendance.get()
    client.post(page("attendance_remove", row.pk))
    assert not meeting.attendance.exists()


def test_a_stale_meeting_is_shown_with_both_texts(met, cast, signed_in, when):
    meeting = met.meetings.get()
    actions.change_meeting(meeting, by=when("panel_chair", 10, 24), seen_version=1, discussion="As the chair heard it")
    given = {
        **date_parts("held_on", meeting.held_on), "discussion": "As I heard it", "seen_version": 1,
        "token": new_submit_token(),
    }  # fmt: skip
    answer = signed_in(cast.coordinator).post(page("meeting_edit", meeting.pk), given)
    assert answer.status_code == 409
    assert "As the chair heard it" in text_of(answer) and "As I heard it" in text_of(answer)


def test_a_criterion_is_answered_on_a_page_of_its_own(review, cast, signed_in):
    client = signed_in(cast.panel_chair)
    address = page("criterion", review.pk, "REG11_C")
    assert "Enter why" in text_of(client.post(address, {"answer": "met", "narrative": ""}))
    client.post(address, {"answer": "met", "narrative": "Two agencies held half each"})
    assert CriterionFinding.objects.get().narrative == "Two agencies held half each"
    assert "Two agencies held half each" in text_of(client.get(page("criteria", review.pk)))
    assert client.get(page("criterion", review.pk, "S16C_HARM")).status_code == 404


def test_an_immediate_action_needs_an_agency_and_a_date(review, cast, signed_in):
    client = signed_in(cast.coordinator)
    answer = client.post(page("action", review.pk), {"text": "Check plans", "owner": 987654, "token": "t" * 12})
    assert {"owner", "due_on"} <= set(answer.context["form"].errors)
    given = {
        "text": "Check plans", "owner": cast.agencies.icb.pk, **date_parts("due_on", date(2026, 11, 2)),
        "token": new_submit_token(),
    }  # fmt: skip
    client.post(page("action", review.pk), given)
    action = ImmediateAction.objects.get()
    assert "2 November 2026" in text_of(client.get(page("learning", review.pk)))
    client.post(page("action_remove", action.pk))
    assert client.get(page("action_edit", action.pk)).status_code == 404


def test_the_sign_off_page_names_what_is_missing(review, cast, signed_in):
    shown = text_of(signed_in(cast.coordinator).get(page("open_sign_off", review.pk)))
    assert "Record the panel&#x27;s meeting." in shown
    assert "Freeze the report" not in shown


def test_the_partners_sign_on_their_own_page_and_the_coordinator_concludes(met, cast, signed_in):
    coordinator = signed_in(cast.coordinator)
    coordinator.post(page("open_sign_off", met.pk), {"recommendation": "initiate_lcspr", "token": new_submit_token()})
    met.refresh_from_db()
    decision = met.sign_off
    assert "Not all of the partners have signed" in text_of(coordinator.get(page("conclude", met.pk)))
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        client = signed_in(person)
        seat = decision.seats.get(agency=person.memberships.get().agency)
        assert reverse("decisions:decision", args=[decision.pk]) in text_of(client.get(page("review", met.pk)))
        given = {"view": "initiate_lcspr", "reasons": "Learning to be had", "token": new_submit_token()}
        answer = client.post(reverse("decisions:sign", args=[decision.pk, seat.pk]), given)
        assert answer.status_code == 302, text_of(answer)
    decision_page = text_of(coordinator.get(reverse("decisions:decision", args=[decision.pk])))
    assert page("conclude", met.pk) in decision_page
    shown = coordinator.get(page("conclude", met.pk))
    assert shown.context["form"]["outcome"].value() == "initiate_lcspr"
    today = timezone.now().astimezone(LONDON).date()
    given = {
        "outcome": "initiate_lcspr", "rationale": "Because", "token": new_submit_token(),
        **date_parts("decided_on", today),
    }  # fmt: skip
    assert coordinator.post(page("conclude", met.pk), given).status_code == 302
    met.refresh_from_db()
    assert (met.status, met.initiated_on) == (ReviewStatus.SIGNED, today)


def test_an_outcome_that_was_not_signed_is_an_error_on_the_form(signing, sign, cast, signed_in):
    sign(signing.sign_off, view="no_lcspr")
    given = {
        "outcome": "initiate_lcspr", "rationale": "Because", "token": new_submit_token(),
        **date_parts("decided_on", date(2026, 10, 28)),
    }  # fmt: skip
    answer = signed_in(cast.coordinator).post(page("conclude", signing.pk), given)
    assert "There is a problem" in text_of(answer)
    signing.refresh_from_db()
    assert signing.status == ReviewStatus.SIGNING


def test_a_late_sending_asks_for_the_reason_beside_its_field(signed, cast, signed_in):
    client = signed_in(cast.coordinator)
    given = {
        **when_parts("sent_at", at(2026, 11, 2, 9)), "channel": "secure_email", "reference": "RR/1", "late_reason": "",
        "token": new_submit_token(),
    }  # fmt: skip
    answer = client.post(page("send", signed.pk), given)
    assert answer.context["form"].errors["late_reason"] == [
        "Enter why it was late: Rapid review completed and sent to the Panel"
    ]
    assert client.post(page("send", signed.pk), {**given, "late_reason": "A partner was away"}).status_code == 302
    assert "A partner was away" in text_of(client.get(page("review", signed.pk)))


def test_a_second_coordinator_who_sends_meets_409(signed, cast, signed_in):
    given = {**when_parts("sent_at", at(2026, 10, 29, 9)), "channel": "secure_email", "reference": "RR/1"}
    first = signed_in(cast.coordinator).post(page("send", signed.pk), {**given, "token": new_submit_token()})
    second = signed_in(cast.second_coordinator).post(page("send", signed.pk), {**given, "token": new_submit_token()})
    assert (first.status_code, second.status_code) == (302, 409)


def test_the_answer_is_recorded_with_its_letter(sent, cast, signed_in):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(cast.coordinator)
    given = {
        "answers": ["AGREE_LCSPR", "RR_QUALITY_FEEDBACK"], "summary": "Well done",
        **date_parts("letter_on", date(2026, 11, 10)), **date_parts("received_on", date(2026, 11, 12)),
        "letter": SimpleUploadedFile("letter.txt", b"Dear partners"), "token": new_submit_token(),
    }  # fmt: skip
    assert client.post(page("response", sent.pk), given).status_code == 302
    response = PanelResponse.objects.get()
    assert b"".join(client.get(page("letter", response.pk)).streaming_content) == b"Dear partners"
    assert signed_in(cast.other_lead).get(page("letter", response.pk)).status_code == 404


def test_no_comment_stands_alone(sent, cast, signed_in):
    given = {
        "answers": ["AGREE_LCSPR", "NO_COMMENT"], "token": new_submit_token(),
        **date_parts("letter_on", date(2026, 11, 10)), **date_parts("received_on", date(2026, 11, 12)),
    }  # fmt: skip
    answer = signed_in(cast.coordinator).post(page("response", sent.pk), given)
    assert "answers" in answer.context["form"].errors


def test_an_agency_is_shown_the_finished_report_and_nothing_else(sent, cast, when, signed_in, case_one):
    send_request(
        case_one,
        cast.agencies.school,
        by=when("coordinator", 10, 9),
        occasion=sent.requests_occasion,
        due_on=date(2026, 10, 19),
    )
    client = signed_in(cast.lead)
    assert client.get(page("review", sent.pk)).status_code == 404
    signed_in(cast.coordinator).post(page("release", sent.pk), {"token": new_submit_token()})
    shown = text_of(client.get(page("review", sent.pk)))
    assert "The report of this rapid review has been shared with you" in shown
    assert "Why REG11_A" not in shown
    for hidden in ("plan", "meetings", "criteria", "learning", "paper_for_signing"):
        assert client.get(page(hidden, sent.pk)).status_code == 403, hidden
    assert client.get(page("section", sent.pk, "analysis")).status_code == 403
    assert signed_in(cast.other_lead).get(page("review", sent.pk)).status_code == 404


def test_a_withdrawn_notification_leaves_a_review_to_be_read_only(review, cast, signed_in, when):
    from notifications.incident.actions import withdraw

    withdraw(review.notification, by=when("la_notifier", 10, 15), reason="Not abuse")
    client = signed_in(cast.coordinator)
    shown = text_of(client.get(page("review", review.pk)))
    assert "Void" in shown and "Ask the partners to sign" not in shown
    assert client.post(page("section", review.pk, "analysis"), {"html": "x", "seen_version": 0}).status_code == 409


def test_the_list_costs_the_same_for_many_as_for_one(review, cast, signed_in, when, case_one):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from notifications.incident.actions import open_notification, withdraw

    client = signed_in(cast.coordinator)
    with CaptureQueriesContext(connection) as one:
        client.get(page("list"))
    withdraw(review.notification, by=when("la_notifier", 10, 15), reason="Not abuse")
    second = open_notification(
        case_one, by=when("la_notifier", 10, 16), received_on=date(2026, 10, 16), kind="s16c_death"
    )
    actions.record_notification_sent(second, by=when("la_notifier", 10, 19), sent_at=at(2026, 10, 19, 9))
    with CaptureQueriesContext(connection) as many:
        shown = text_of(client.get(page("list")))
    assert "2 rapid reviews" in shown
    assert len(many) == len(one)
