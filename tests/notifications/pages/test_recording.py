"""Recording what was done with a notification: sent, told, copied, corrected, withdrawn."""

from datetime import timedelta

from django.utils import timezone

from notifications.incident.actions import change_route, record_awareness, save_answers
from notifications.incident.panel import panel
from notifications.register.models import Submission

from .conftest import hidden, url_of, when


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
