"""The documents that go with a notification: with the whole case, checked, and kept once it was sent."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.standing import Standing
from audit.lifecycle import AlreadyDone
from audit.models import Event
from cases.actions import assign, open_case
from cases.parts import Part
from documents.uploads import accept
from notifications.incident.actions import attach, detach, open_notification, record_sent, withdraw
from notifications.incident.models import Attachment
from notifications.register.models import Submission


@pytest.fixture
def by(cast):
    return Standing.of(cast.la_notifier, timezone.now())


@pytest.fixture
def opened(cast, standing):
    early = standing(cast.la_notifier, timezone.now() - timedelta(days=1))
    return open_notification(open_case(by=early, incident_la=cast.agencies.westmoor, harm="death"), by=early)


def paper(name="Form A.txt", content=b"What the hospital wrote.", kind="text/plain"):
    return SimpleUploadedFile(name, content, kind)


@pytest.fixture
def attached(opened, by):
    return attach(opened, accept(paper(), by=by), by=by)


def test_a_document_is_attached_and_read_and_removed_on_the_pages(opened, cast, signed_in):
    client = signed_in(cast.la_notifier)
    url = f"/notifications/{opened.pk}/files/"
    assert "Select a file" in client.post(url, {}).content.decode()
    assert client.post(url, {"files": [paper(), paper("Order.txt")]})["Location"] == url
    first, second = Attachment.objects.filter(notification=opened)
    page = client.get(f"/notifications/{opened.pk}/").content.decode()
    assert "Form A.txt" in page and "Order.txt" in page
    response = client.get(f"{url}{first.pk}/")
    assert b"".join(response.streaming_content) == b"What the hospital wrote."
    assert response["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(verb="downloaded", subject=f"incident.Attachment:{first.pk}").exists()
    assert client.post(f"{url}{second.pk}/remove/")["Location"] == url
    assert Attachment.objects.get() == first


def test_what_is_not_what_its_name_says_is_refused_and_keeps_the_others(opened, cast, signed_in):
    client = signed_in(cast.la_notifier)
    page = client.post(
        f"/notifications/{opened.pk}/files/",
        {"files": [paper(), paper("letter.pdf", b"<svg onload=alert(1)>", "application/pdf")]},
    ).content.decode()
    assert "letter.pdf" in page and "There is a problem" in page
    assert [row.upload.name for row in Attachment.objects.all()] == ["Form A.txt"]


def test_readers_of_the_papers_see_neither_the_document_nor_its_name(attached, opened, cast, standing, signed_in):
    membership = cast.group_member.memberships.get()
    assign(opened.case, Part.REVIEW_PAPERS, by=standing(cast.coordinator), membership=membership)
    client = signed_in(cast.group_member)
    page = client.get(f"/notifications/{opened.pk}/")
    assert page.status_code == 200 and "Form A.txt" not in page.content.decode()
    assert client.get(f"/notifications/{opened.pk}/files/{attached.pk}/").status_code == 404
    partner = signed_in(cast.partner_police)
    assert partner.get(f"/notifications/{opened.pk}/files/{attached.pk}/").status_code == 200
    assert partner.get(f"/notifications/{opened.pk}/files/").status_code == 403
    assert partner.post(f"/notifications/{opened.pk}/files/{attached.pk}/remove/").status_code == 403


def test_a_document_of_another_notification_is_not_found_here(attached, cast, standing, signed_in):
    early = standing(cast.la_notifier)
    other = open_notification(open_case(by=early, incident_la=cast.agencies.westmoor), by=early)
    client = signed_in(cast.la_notifier)
    assert client.get(f"/notifications/{other.pk}/files/{attached.pk}/").status_code == 404
    assert client.post(f"/notifications/{other.pk}/files/{attached.pk}/remove/").status_code == 404


def test_what_went_with_it_stays_and_nothing_is_added_to_one_that_was_withdrawn(attached, opened, by):
    record_sent(opened, by=by, sent_at=by.at)
    with pytest.raises(AlreadyDone):
        detach(attached, by=by)
    attach(opened, accept(paper("Later.txt"), by=by), by=by)
    withdraw(opened, by=by, reason="Natural causes")
    with pytest.raises(AlreadyDone):
        attach(opened, accept(paper("Too late.txt"), by=by), by=by)
    assert Attachment.objects.count() == 2


def test_whoever_was_notified_is_to_be_told_of_the_withdrawal_and_the_gap_is_seen(opened, by, cast, signed_in):
    record_sent(opened, by=by, sent_at=by.at)
    withdraw(opened, by=by, reason="Natural causes")
    row = Submission.objects.get(return_type="notification_withdrawn")
    assert (row.recipient, row.is_sent) == ("panel", False)
    client = signed_in(cast.coordinator)
    assert "Not sent yet" in client.get(f"/notifications/{opened.pk}/").content.decode()
    assert "Record that it was sent" in client.get(f"/register/{row.pk}/").content.decode()
    url = f"/register/{row.pk}/sent/"
    assert "Select how it was sent" in client.post(url, {"token": ""}).content.decode()
    day = timezone.localdate() - timedelta(days=1)
    form = {
        "sent_at-day": day.day,
        "sent_at-month": day.month,
        "sent_at-year": day.year,
        "sent_at-time": "midday",
        "channel": "secure_email",
        "reference": "W-1",
        "token": "once-and-once-only",
    }
    assert client.post(url, form)["Location"] == client.post(url, form)["Location"] == f"/register/{row.pk}/"
    row.refresh_from_db()
    assert (row.is_sent, row.channel, row.method_reference) == (True, "secure_email", "W-1")
    assert client.post(url, {**form, "token": "another-one"}).status_code == 409
    assert "Not sent yet" not in client.get(f"/notifications/{opened.pk}/").content.decode()
    assert signed_in(cast.referrer).get(url).status_code == 404


@pytest.mark.parametrize("kind", ["lac_death_no_abuse", "care_leaver_death"])
def test_a_withdrawn_death_is_told_to_both_who_were_notified(cast, standing, kind):
    by = standing(cast.la_notifier)
    case = open_case(by=by, incident_la=cast.agencies.westmoor, harm="death")
    opened = open_notification(case, by=by, kind=kind, notifying_la=cast.agencies.westmoor)
    record_sent(opened, by=by, sent_at=by.at)
    withdraw(opened, by=by, reason="Reported twice")
    waiting = Submission.objects.filter(return_type="notification_withdrawn", sent_at=None)
    assert {row.recipient for row in waiting} == {"secretary_of_state", "ofsted"}
