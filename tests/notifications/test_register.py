"""The register of what is sent: one row per recipient."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.rights import NotPermitted
from audit.lifecycle import AlreadyDone
from cases.actions import open_case
from notifications.register.actions import acknowledge, expect, record_submission
from notifications.register.models import Submission
from notifications.register.recipients import Recipient, ReturnType, address_of, name_of


@pytest.fixture
def case(cast, standing):
    return open_case(by=standing(cast.coordinator), incident_la=cast.agencies.westmoor)


@pytest.fixture
def by(cast, standing):
    return standing(cast.coordinator)


@pytest.fixture
def submission(case, by):
    return record_submission(
        case,
        ReturnType.RAPID_REVIEW,
        Recipient.PANEL,
        occasion=case,
        by=by,
        sent_at=by.at - timedelta(hours=1),
        reference="RR-1",
        channel="secure_email",
    )


def test_what_went_to_the_panel_and_not_to_ofsted_is_seen(case, by):
    for recipient in (Recipient.PANEL, Recipient.OFSTED):
        expect(case, ReturnType.FULL_REPORT, recipient, occasion=case, by=by, due_on=by.today)
        expect(case, ReturnType.FULL_REPORT, recipient, occasion=case, by=by, due_on=by.today)
    record_submission(case, ReturnType.FULL_REPORT, Recipient.PANEL, occasion=case, by=by, sent_at=by.at)
    assert [row.recipient for row in Submission.objects.sent()] == ["panel"]
    assert [row.recipient for row in Submission.objects.waiting()] == ["ofsted"]
    assert Submission.objects.sent().get().due_on == by.today


def test_addresses_are_the_partnerships_to_enter_and_blank_until_then(partnership):
    assert address_of(Recipient.PANEL) == address_of(Recipient.NSPCC) == ""
    partnership.panel_email, partnership.national_body = "panel@example.org", "Child Protection Authority"
    partnership.save()
    assert address_of("panel") == "panel@example.org"
    assert name_of("panel") == "Child Protection Authority"


def test_nothing_was_sent_in_the_future(case, by):
    with pytest.raises(ValueError, match="past"):
        record_submission(
            case, ReturnType.RAPID_REVIEW, "panel", occasion=case, by=by, sent_at=by.at + timedelta(hours=1)
        )


@pytest.mark.parametrize("person", ["referrer", "isles_notifier", "auditor", "partner_isles"])
def test_others_record_nothing(case, cast, standing, person):
    by = standing(getattr(cast, person))
    with pytest.raises(NotPermitted):
        record_submission(case, ReturnType.RAPID_REVIEW, "panel", occasion=case, by=by, sent_at=by.at)
    assert not Submission.objects.exists()


def test_it_is_received_once_after_it_was_sent(submission, by):
    with pytest.raises(ValueError, match="after it was sent"):
        acknowledge(submission, by=by, at=submission.sent_at - timedelta(hours=1))
    acknowledge(submission, by=by, at=by.at)
    with pytest.raises(AlreadyDone):
        acknowledge(submission, by=by, at=by.at)


def test_the_page_says_what_was_sent_and_records_that_it_was_received(submission, cast, signed_in):
    client = signed_in(cast.coordinator)
    page = client.get(f"/register/{submission.pk}/").content.decode()
    assert "RR-1" in page and "Rapid review and decision" in page and "Record that it was received" in page
    url = f"/register/{submission.pk}/received/"
    token = re.search(
        r'name="token"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="token"', client.get(url).content.decode()
    )
    now = timezone.localtime()
    form = {
        "received_at-day": now.day,
        "received_at-month": now.month,
        "received_at-year": now.year,
        "received_at-time": f"{now:%H:%M}",
        "token": token.group(1) or token.group(2),
    }
    assert "Enter when it was received" in client.post(url, {"token": form["token"]}).content.decode()
    first, second = client.post(url, form), client.post(url, form)
    assert first["Location"] == second["Location"] == f"/register/{submission.pk}/"
    submission.refresh_from_db()
    assert submission.acknowledged_by == cast.coordinator


def test_who_may_see_the_row_follows_the_case(submission, cast, signed_in):
    for person, expected in (("partner_police", 200), ("la_notifier", 200), ("referrer", 404), ("isles_notifier", 404)):
        client = signed_in(getattr(cast, person))
        assert client.get(f"/register/{submission.pk}/").status_code == expected
    assert signed_in(cast.partner_police).get(f"/register/{submission.pk}/received/").status_code == 403
    assert signed_in(cast.referrer).get(f"/register/{submission.pk}/paper/").status_code == 404
