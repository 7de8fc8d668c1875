"""Nobody types into the notification what the referral said, or who they are."""

from datetime import timedelta

import pytest

from notifications.incident.actions import record_sent, save_answers
from notifications.incident.composing import sheets_of
from notifications.incident.models import Notification
from tests.journeys.begun import a_referral_sent


@pytest.fixture
def notification(cast, standing):
    return Notification.objects.get(case=a_referral_sent(cast, standing).case)


def sheet(notification, key, notifier=None):
    return next(one for one in sheets_of(notification, notifier) if one.section.key == key)


def test_what_the_referral_said_of_the_incident_is_in_the_form(notification, cast, signed_in):
    incident = sheet(notification, "incident")
    said = {question.key: words for question, words in incident.lines if words}
    assert (
        said["narrative"] == "The child was brought to hospital with a head injury.\n\nThe injury has no explanation."
    )
    assert (said["abuse_known"], said["abuse"], said["media"]) == ("Suspected", "Physical abuse", "None known")
    assert not {"narrative", "harm_types", "abuse", "abuse_known"} & {question.key for question in incident.missing}
    page = signed_in(cast.la_notifier).get(f"/notifications/{notification.pk}/read/").content.decode()
    assert "The injury has no explanation." in page


def test_what_the_notifier_writes_instead_stands(notification, cast, standing):
    before = sheet(notification, "incident")
    save_answers(
        notification,
        "incident",
        before.answers | {"narrative": "A fall, as both parents say."},
        by=standing(cast.la_notifier),
        seen_version=before.version,
    )
    assert sheet(notification, "incident").answers["narrative"] == "A fall, as both parents say."


def test_the_notifiers_own_name_and_address_are_filled_in_for_them_and_kept_when_it_is_sent(
    notification, cast, standing, signed_in
):
    cast.la_notifier.job_title, cast.la_notifier.phone = "Service manager", "01632 960123"
    cast.la_notifier.save()
    url = f"/notifications/{notification.pk}/"
    assert "01632 960123" in signed_in(cast.la_notifier).get(f"{url}form/notifier/").content.decode()
    assert "01632 960123" in signed_in(cast.la_notifier).get(f"{url}read/").content.decode()
    assert "01632 960123" not in signed_in(cast.coordinator).get(f"{url}read/").content.decode()
    by = standing(cast.la_notifier)
    record_sent(notification, by=by, sent_at=by.at - timedelta(minutes=1))
    kept = notification.frozen["sections"]["notifier"]
    assert (kept["notifier_name"], kept["notifier_role"]) == ("Nia Notifier", "Service manager")
    assert kept["notifier_email"] == cast.la_notifier.email
