"""A duty that does not arise: who said so, why, and that it is taken back; and where a day zero is kept elsewhere."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.rights import NotPermitted
from accounts.standing import Standing
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from audit.models import Event, Untold
from cases.models import TeamMember
from deadlines.actions import applies_after_all, meet, not_applicable, void
from deadlines.bands import Band
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import shown
from notifications.incident.actions import open_notification, withdraw
from notifications.reminders import gathered
from rapid_reviews.actions import record_notification_sent

SAID = {"reason": "The report is not published", "said_by": "Chidi Lowe, chair of the review group"}


@pytest.fixture
def cora(cast, case_one):
    """The coordinator on 12 October 2026, with the case since September."""
    TeamMember.objects.update(starts_on=date(2026, 9, 1))
    return Standing.of(cast.coordinator, datetime(2026, 10, 12, 9, tzinfo=UTC))


@pytest.fixture
def clock(begin):
    return begin("T14", date(2026, 10, 1))


def test_a_duty_that_does_not_arise_says_who_said_so_and_why_in_its_band(clock, cora):
    not_applicable(clock, by=cora, **SAID)
    clock.refresh_from_db()
    row = shown(clock, on=date(2027, 5, 1), calendar=BankHoliday.objects.calendar())
    assert (clock.state(on=date(2027, 5, 1)).band, row.tag) == (Band.NOT_APPLICABLE, "Does not apply")
    assert row.lines == (
        "Chidi Lowe, chair of the review group said that it does not apply: The report is not published",
    )
    event = Event.objects.get(verb="clock does not apply")
    assert event.reason.text == "The report is not published"
    assert clock not in Deadline.objects.open()
    assert gathered.of(event.verb) and Untold.objects.filter(event=event).exists()


def test_it_is_taken_back_with_a_reason_and_counts_by_the_bank_holidays_of_that_day(clock, cora):
    not_applicable(clock, by=cora, **SAID)
    Deadline.objects.update(due_on=date(2026, 9, 1))
    applies_after_all(clock, by=cora, reason="It is published after all")
    clock.refresh_from_db()
    assert (clock.is_open, clock.due_on, clock.not_applicable_said_by) == (True, date(2026, 10, 1), "")
    with pytest.raises(AlreadyDone):
        applies_after_all(clock, by=cora, reason="Again")


@pytest.mark.parametrize("code", ["T01", "T02", "T05", "T09", "T10", "T13"])
def test_what_is_decided_elsewhere_cannot_be_put_aside_from_the_page_of_a_clock(begin, cora, code):
    with pytest.raises(AlreadyDone):
        not_applicable(begin(code, date(2026, 10, 1)), by=cora, **SAID)


def test_a_clock_that_is_over_cannot_be_put_aside(begin, clock, cora):
    meet("T14", occasion=clock.occasion, on=date(2026, 10, 1), by=cora)
    other = begin("T14", date(2026, 10, 1), occasion="other:1")
    void("other:1", by=cora, reason="Withdrawn")
    for over in (clock, other):
        with pytest.raises(AlreadyDone):
            not_applicable(over, by=cora, **SAID)


def test_only_a_coordinator_says_so_once_and_on_what_was_seen(clock, cora, cast, standing):
    with pytest.raises(NotPermitted):
        not_applicable(clock, by=standing(cast.partner_icb), **SAID)
    with pytest.raises(StaleEdit):
        not_applicable(clock, by=cora, seen_version=clock.version + 7, **SAID)
    not_applicable(clock, by=cora, token="one-press-of-the-button", **SAID)
    with pytest.raises(AlreadySubmitted):
        not_applicable(clock, by=cora, token="one-press-of-the-button", **SAID)


def test_the_page_asks_who_said_so_and_why_and_the_clock_shows_both(clock, cast, signed_in):
    pages, address = signed_in(cast.coordinator), reverse("deadlines:applies", args=[clock.pk])
    assert address in pages.get(clock.get_absolute_url()).content.decode()
    refused = pages.post(address, {"token": "t" * 20, "seen_version": clock.version}).content.decode()
    assert "Enter who said that it does not apply" in refused
    assert "Enter why it does not apply" in refused
    page = pages.post(address, {"token": "t" * 20, "seen_version": clock.version, **SAID}, follow=True)
    said = page.content.decode()
    assert "Chidi Lowe, chair of the review group said that it does not apply" in said
    assert "Who said that it does not apply: none became Chidi Lowe" in said
    pages.post(address, {"token": "u" * 20, "reason": "It is after all"})
    clock.refresh_from_db()
    assert clock.is_open


# --- where the day zero of a clock is kept elsewhere ---


def test_from_a_clock_of_becoming_aware_one_is_led_to_where_that_is_corrected(case_one, cast, standing, signed_in):
    by = standing(cast.la_notifier)
    notification = open_notification(case_one, by=by, received_on=by.today, kind="s16c_serious_harm")
    corrected = reverse("incident:awareness", args=[notification.pk])
    t01 = Deadline.objects.get(code="T01")
    for person in (cast.coordinator, cast.la_notifier):
        assert corrected in signed_in(person).get(t01.get_absolute_url()).content.decode()
    partner = signed_in(cast.partner_icb).get(t01.get_absolute_url()).content.decode()
    assert corrected not in partner
    assert notification.get_absolute_url() in partner
    record_notification_sent(notification, by=by, sent_at=by.at)
    withdraw(notification, by=by, reason="The criteria were not met")
    t02a = Deadline.objects.get(code="T02a")
    assert corrected not in signed_in(cast.coordinator).get(t02a.get_absolute_url()).content.decode()


@pytest.mark.parametrize("occasion", ["incident.Notification:999", "incident.Notification:x", "nothing"])
def test_a_clock_of_an_occasion_that_is_not_there_leads_nowhere(begin, cast, signed_in, occasion):
    page = signed_in(cast.coordinator).get(begin("T01", date(2026, 10, 5), occasion=occasion).get_absolute_url())
    assert "/notifications/" not in page.content.decode().split("This clock", 1)[1].split("</nav>")[0]
