"""Who sees a notification and who may write it; its list, panel, papers and JSON."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from cases.actions import open_case
from notifications.incident.actions import open_notification
from notifications.incident.panel import panel

from .conftest import url_of

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
