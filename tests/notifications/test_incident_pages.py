"""The pages on which a notification is opened, written, recorded, corrected and withdrawn."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from cases.actions import add_child, open_case
from cases.models import Case
from cases.panel import Doing
from notifications.incident import doings
from notifications.incident.actions import change_route, open_notification, record_awareness, record_sent, save_answers
from notifications.incident.models import Notification
from notifications.incident.panel import panel
from notifications.register.models import Submission


@pytest.fixture
def case(cast, standing):
    """Westmoor's case, opened three days ago."""
    by = standing(cast.coordinator, timezone.now() - timedelta(days=3))
    made = open_case(by=by, incident_la=cast.agencies.westmoor, harm="serious_harm")
    add_child(made, by=by, identity={"full_name": "Zephyrine Quillfeather", "born_on": date(2026, 3, 2)}, age_years=0)
    return made


@pytest.fixture
def notification(case, cast, standing):
    return open_notification(case, by=standing(cast.la_notifier, timezone.now() - timedelta(days=3)))


@pytest.fixture
def sent(notification, cast, standing):
    by = standing(cast.la_notifier)
    return record_sent(notification, by=by, sent_at=by.at - timedelta(hours=2), reference="N-1")


def hidden(client, url, *names):
    page = client.get(url).content.decode()
    found = {}
    for name in names:
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        value = re.search(r'value="([^"]*)"', tag.group(0)) if tag else None
        found[name] = value.group(1) if value else ""
    return found


def when(name, instant=None):
    """An instant as the three boxes and the time of a form; by default yesterday at midday."""
    day = instant or timezone.localtime() - timedelta(days=1)
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
        f"{name}-time": "midday",
    }


def url_of(notification, rest=""):
    return f"/notifications/{notification.pk}/{rest}"


SEE = ["la_notifier", "la_approver", "coordinator", "partner_la", "partner_police"]
SEE_NOTHING = [
    "referrer",
    "lead",
    "isles_notifier",
    "partner_isles",
    "system_administrator",
    "reviewer",
    "comms_officer",
]
WRITING = ["route/", "form/incident/", "partners/", "withdraw/", "correct/", "late/", "reference/"]


@pytest.mark.parametrize("person", SEE)
def test_those_entitled_read_the_notification_and_no_name(notification, cast, signed_in, person):
    client = signed_in(getattr(cast, person))
    for page in ("", "read/"):
        response = client.get(url_of(notification, page))
        assert response.status_code == 200
        assert "Quillfeather" not in response.content.decode()
    assert "Date not confirmed" in client.get(url_of(notification)).content.decode()


@pytest.mark.parametrize("person", SEE_NOTHING)
def test_the_others_are_told_it_does_not_exist(sent, cast, signed_in, person):
    client = signed_in(getattr(cast, person))
    pages = ["", "read/", "aware/", "copy/", "versions/1/paper/", "versions/1/json/", "versions/0/json/", *WRITING]
    for page in pages:
        assert client.get(url_of(sent, page)).status_code == 404, page
    assert client.post(url_of(sent, "draft/")).status_code == 404
    listed = client.get("/notifications/")
    assert sent.case.reference not in listed.content.decode()


@pytest.mark.parametrize("person", ["coordinator", "partner_la", "partner_police"])
def test_colleagues_who_read_may_not_write_send_or_withdraw(sent, cast, signed_in, person):
    client = signed_in(getattr(cast, person))
    for page in WRITING:
        assert client.get(url_of(sent, page)).status_code == 403, page
        assert client.post(url_of(sent, page), {"reason": "x"}).status_code == 403, page
    sent.refresh_from_db()
    assert sent.is_sent


def test_a_notifier_opens_a_case_with_its_notification(cast, signed_in):
    client = signed_in(cast.la_notifier)
    today = timezone.localdate()
    form = {
        "kind": "s16c_serious_harm",
        "notifying_la": cast.agencies.westmoor.pk,
        "title": "Baby with a head injury",
        "outside_england": "no",
        "received_on-day": today.day,
        "received_on-month": today.month,
        "received_on-year": today.year,
        **hidden(client, "/notifications/open/", "token"),
    }
    first, second = client.post("/notifications/open/", form), client.post("/notifications/open/", form)
    opened = Notification.objects.get()
    assert first["Location"] == second["Location"] == url_of(opened)
    assert Case.objects.count() == 1
    assert (opened.case.harm, opened.case.incident_la) == ("serious_harm", cast.agencies.westmoor)


def test_another_authority_is_the_same_form_error_as_one_that_does_not_exist(cast, signed_in):
    client = signed_in(cast.la_notifier)
    answers = []
    for foreign in (cast.agencies.fell_isles.pk, cast.agencies.icb.pk, 999999):
        page = client.post("/notifications/open/", {"kind": "s16c_death", "notifying_la": foreign}).content.decode()
        assert "Select which local authority notifies" in page
        answers.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[^"]*"|nonce', "", page))
    assert answers[0] == answers[1] == answers[2]
    assert not Case.objects.exists()


@pytest.mark.parametrize("person", ["coordinator", "partner_la", "referrer"])
def test_nobody_else_opens_a_case_this_way(cast, signed_in, person):
    assert signed_in(getattr(cast, person)).get("/notifications/open/").status_code == 403


def test_a_section_is_saved_and_leads_to_the_next(notification, cast, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(notification, "form/notifier/")
    response = client.post(url, {"notifier_name": "Nia", "criteria_rationale": "Because", "seen_version": ""})
    assert response["Location"] == url_of(notification, "form/incident/")
    assert notification.answer_sets.get().answers["notifier_name"] == "Nia"
    child = notification.case.child_set.get()
    response = client.post(
        url_of(notification, f"form/child/{child.pk}/"), {"sex": "female", "disabilities": ["LD", "VIS"]}
    )
    assert response["Location"] == url_of(notification, "form/family/")
    assert notification.answer_sets.get(section="child").answers["disabilities"] == ["LD", "VIS"]
    response = client.post(url_of(notification, "form/agreement/"), {"approver": "Alma"})
    assert response["Location"] == url_of(notification)


def test_an_answer_that_is_not_on_the_list_is_refused_and_keeps_the_rest(notification, cast, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(notification, "form/incident/")
    page = client.post(url, {"nature": "sent", "narrative": "Half a story", "incident_on-year": "20"}).content.decode()
    assert "Half a story" in page and "There is a problem" in page
    assert not notification.answer_sets.exists()


def test_two_tabs_on_one_section_show_both_texts(notification, cast, standing, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(notification, "form/incident/")
    client.get(url)
    save_answers(notification, "incident", {"narrative": "Theirs"}, by=standing(cast.la_approver))
    response = client.post(url, {"narrative": "Mine", "seen_version": "0"})
    page = response.content.decode()
    assert response.status_code == 409 and "Theirs: Theirs" in page and "Yours: Mine" in page
    again = re.search(r'name="seen_version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="seen_version"', page)
    version = again.group(1) or again.group(2)
    assert client.post(url, {"narrative": "Both", "seen_version": version}).status_code == 302
    assert notification.answer_sets.get().answers["narrative"] == "Both"


def test_a_child_of_another_case_has_no_section_here(notification, cast, standing, signed_in):
    other = open_case(by=standing(cast.coordinator), incident_la=cast.agencies.westmoor)
    foreign = add_child(other, by=standing(cast.coordinator))
    client = signed_in(cast.la_notifier)
    assert client.get(url_of(notification, f"form/child/{foreign.pk}/")).status_code == 404
    for page in ("form/child/", "form/nothing/", "form/child/999999/"):
        assert client.get(url_of(notification, page)).status_code == 404


def test_dates_recorded_on_the_page_confirm_the_clock(notification, cast, signed_in):
    client = signed_in(cast.coordinator)
    url = url_of(notification, "aware/")
    form = {**when("la_first_aware_at"), "note": "Call log", **hidden(client, url, "seen_version")}
    future = {**form, **when("la_first_aware_at", timezone.localtime() + timedelta(days=2))}
    assert "must be today or in the past" in client.post(url, future).content.decode()
    assert client.post(url, form).status_code == 302
    notification.refresh_from_db()
    assert notification.la_first_aware_recorded_by == cast.coordinator
    page = client.get(url_of(notification)).content.decode()
    assert "Date not confirmed" not in page and "Recorded by Cora Coordinator" in page
    other = {
        **when("la_first_aware_at", timezone.localtime() - timedelta(days=2)),
        "seen_version": form["seen_version"],
    }
    assert client.post(url, other).status_code == 409


def test_the_stages_offer_what_follows_and_this_room_points_at_none(notification, cast, standing, signed_in):
    def offers(about, by):
        return [Doing(f"Go on with {about.pk}", "/somewhere/")] if by.holds("la_notifier") else []

    before = list(doings._offers)
    doings.register(offers)
    doings.register(offers)
    try:
        page = signed_in(cast.la_notifier).get(url_of(notification)).content.decode()
        assert page.count(f"Go on with {notification.pk}") == 1
        assert "Go on with" not in signed_in(cast.coordinator).get(url_of(notification)).content.decode()
        by = standing(cast.la_notifier)
        assert f"Go on with {notification.pk}" in repr(panel(notification.case, by, by.today))
    finally:
        doings._offers[:] = before


def test_a_stage_that_followed_ends_with_the_withdrawal_or_neither_happens(sent, cast, standing):
    from notifications.incident.actions import withdraw

    def follows(about, by, reason):
        raise RuntimeError("it could not end")

    doings.when_withdrawn(follows)
    try:
        with pytest.raises(RuntimeError):
            withdraw(sent, by=standing(cast.la_notifier), reason="Not met")
    finally:
        doings._withdrawals.remove(follows)
    sent.refresh_from_db()
    assert sent.is_sent


def test_a_serious_incident_is_not_recorded_as_sent_on_the_page_of_the_notify_only_routes(
    notification, cast, signed_in
):
    assert signed_in(cast.la_notifier).get(url_of(notification, "sent/")).status_code == 404


def test_a_death_without_suspected_abuse_ends_with_its_own_record(notification, cast, standing, signed_in):
    change_route(notification, by=standing(cast.la_notifier), kind="lac_death_no_abuse")
    client = signed_in(cast.la_notifier)
    url = url_of(notification, "sent/")
    assert "Enter when it was sent" in client.post(url, {"reference": "N-9"}).content.decode()
    form = {**when("sent_at"), "reference": "N-9", **hidden(client, url, "token")}
    first, second = client.post(url, form), client.post(url, form)
    assert first["Location"] == second["Location"] == url_of(notification)
    assert Submission.objects.count() == 2
    assert signed_in(cast.coordinator).get(url).status_code == 403
    page = client.get(url_of(notification)).content.decode()
    assert "No rapid review follows" in page and "T05" not in page


def test_one_sent_late_is_not_recorded_on_its_page_without_the_reason(notification, cast, standing, signed_in):
    record_awareness(notification, by=standing(cast.la_notifier), la_first_aware_at=timezone.now() - timedelta(days=30))
    client = signed_in(cast.la_notifier)
    url = next(doing.url for doing in panel(notification.case, standing(cast.la_notifier), timezone.localdate()).doings
               if doing.text == "Record that it was sent")  # fmt: skip
    form = {**when("sent_at"), "reference": "N-9", "late_reason": "", **hidden(client, url, "token")}
    page = client.post(url, form).content.decode()
    assert "Enter why it was sent late. It was due on" in page
    notification.refresh_from_db()
    assert notification.is_preparing
    assert client.post(url, {**form, "late_reason": "The post-mortem took two weeks"}).status_code == 302
    notification.refresh_from_db()
    assert (notification.is_sent, notification.late_reason) == (True, "The post-mortem took two weeks")
    assert "The post-mortem took two weeks" in client.get(url_of(notification)).content.decode()


def test_whoever_was_told_before_is_marked_and_another_area_may_be_all_that_is_new(sent, cast, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(sent, "partners/")
    form = {"partners": [str(cast.agencies.police)], "channel": "meeting", **when("told_at")}
    client.post(url, {**form, **hidden(client, url, "token")})
    page = client.get(url_of(sent)).content.decode()
    assert "Not told yet" in page and "Meeting or call, recorded by Nia Notifier" in page
    assert "Wrenshire Police (told before)" in client.get(url).content.decode()
    nobody = {**form, "partners": [], **hidden(client, url, "token")}
    assert "Select who was told" in client.post(url, nobody).content.decode()
    client.post(url, {**nobody, "other_areas": "Next County"})
    assert "Next County (another area)" in client.get(url_of(sent)).content.decode()


def test_telling_the_partners_writes_a_row_for_each_and_a_repeat_writes_none(sent, cast, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(sent, "partners/")
    assert "Select who was told" in client.post(url, {"token": ""}).content.decode()
    form = {
        "partners": [str(cast.agencies.icb), str(cast.agencies.police)],
        "other_areas": "Next County\n\nFar County",
        "channel": "secure_email",
        **when("told_at"),
        **hidden(client, url, "token"),
    }
    client.post(url, form)
    assert client.post(url, form)["Location"] == url_of(sent)
    told = Submission.objects.filter(return_type="notification_copy")
    assert [row.recipient_name for row in told] == [
        "Wrenshire Integrated Care Board",
        "Wrenshire Police",
        "Next County",
        "Far County",
    ]
    outsider = {**form, "partners": ["Somebody else"], **hidden(client, url, "token")}
    assert client.post(url, outsider).status_code == 200
    assert told.count() == 4


def test_the_coordinator_records_the_copy(sent, cast, signed_in):
    client = signed_in(cast.coordinator)
    url = url_of(sent, "copy/")
    form = {**when("received_at"), **hidden(client, url, "token")}
    assert client.post(url, form)["Location"] == client.post(url, form)["Location"] == url_of(sent)
    again = {**form, **hidden(client, url, "token")}
    assert client.post(url, again).status_code == 409


def test_withdrawing_needs_a_reason_and_is_done_once(sent, cast, signed_in):
    client = signed_in(cast.la_approver)
    url = url_of(sent, "withdraw/")
    assert "Enter why the notification is withdrawn" in client.post(url, {"token": ""}).content.decode()
    form = {"reason": "The criteria are not met", **hidden(client, url, "token")}
    assert client.post(url, form).status_code == 302
    assert client.post(url, {"reason": "Again", "token": "another-token"}).status_code == 409
    page = client.get(url_of(sent)).content.decode()
    assert "The criteria are not met" in page and "Void" in page
    assert client.get(url_of(sent, "form/incident/")).status_code == 409


def test_a_correction_is_recorded_on_its_page(sent, cast, standing, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(sent, "correct/")
    assert "Nothing differs" in client.get(url).content.decode()
    version = sent.answer_sets.get(section="incident").version
    save_answers(sent, "incident", {"narrative": "More is known"}, by=standing(cast.la_notifier), seen_version=version)
    assert "More is known" in client.get(url).content.decode()
    form = {"reason": "More is known now", **hidden(client, url, "token")}
    assert client.post(url, form)["Location"] == client.post(url, form)["Location"] == url_of(sent)
    assert [one.number for one in sent.versions.all()] == [1, 2]


def test_json_holds_the_content_its_hash_and_no_name_and_taking_it_is_recorded(sent, cast, signed_in):
    client = signed_in(cast.partner_police)
    response = client.get(url_of(sent, "versions/1/json/"))
    text = b"".join(response.streaming_content).decode()
    said = json.loads(text)
    assert said["content"] == sent.frozen and said["sha256"] == sent.versions.get().sha256
    assert "Quillfeather" not in text
    assert "attachment" in response["Content-Disposition"]
    assert Event.objects.filter(trail=sent.case.chain, verb="exported", actor=cast.partner_police).count() == 1
    assert client.get(url_of(sent, "versions/2/json/")).status_code == 404


def test_the_paper_is_downloaded_as_pdf_and_a_draft_is_marked_as_one(notification, cast, signed_in):
    from documents.papers import html_of, render_waiting

    client = signed_in(cast.la_notifier)
    assert client.get(url_of(notification, "versions/0/paper/")).status_code == 404
    client.post(url_of(notification, "draft/"))
    notification.refresh_from_db()
    assert "This is a draft. It has not been sent." in html_of(notification.draft)
    render_waiting(at=timezone.now())
    response = client.get(url_of(notification, "versions/0/paper/"))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert signed_in(cast.coordinator).post(url_of(notification, "draft/")).status_code == 403


def test_the_list_asks_the_same_number_of_questions_however_many_there_are(cast, standing, signed_in):
    by = standing(cast.la_notifier)
    client = signed_in(cast.la_notifier)

    def add(number):
        for _ in range(number):
            open_notification(open_case(by=by, incident_la=cast.agencies.westmoor), by=by)

    def queries():
        client.get("/notifications/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/notifications/")
        return len(asked)

    add(2)
    few = queries()
    add(6)
    assert queries() == few


def test_the_panel_offers_to_open_one_and_to_confirm_the_date(case, cast, standing):
    notifier, police = standing(cast.la_notifier), standing(cast.partner_police)
    assert panel(case, police, police.today) is None
    assert panel(case, notifier, notifier.today).doings[0].text == "Open a notification"
    open_notification(case, by=notifier)
    shown = panel(case, notifier, notifier.today)
    assert shown.doings[0].text == "Confirm when the authority became aware"
    assert panel(case, police, police.today).doings == ()
