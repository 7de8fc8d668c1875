"""Given a case whose clocks run, when a coordinator puts them right, then everyone can read why - in a real browser."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.standing import Standing
from cases.actions import add_child, open_case
from deadlines.actions import clock_of
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import short_date
from notifications.incident.actions import open_notification, record_awareness
from rapid_reviews.actions import record_notification_sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def notified(cast):
    """A case whose notification was sent two working days ago, recorded a day too late in the calendar."""
    calendar, now = BankHoliday.objects.calendar(), datetime.now(UTC)
    sent = calendar.subtract_working_days(now.date(), 2)
    by = Standing.of(cast.coordinator, datetime(sent.year, sent.month, sent.day, 9, tzinfo=UTC))
    case = open_case(by=by, incident_la=cast.agencies.westmoor, title="A baby with a head injury", harm="serious_harm")
    add_child(case, by=by, identity={"full_name": "Zephyrine Quillfeather"}, age_years=0)
    by = Standing.of(cast.la_notifier, by.at + timedelta(hours=1))
    notification = open_notification(case, by=by, received_on=sent, kind="s16c_serious_harm")
    record_awareness(notification, by=by, la_first_aware_at=by.at, abuse_first_suspected_at=by.at)
    record_notification_sent(notification, by=by, sent_at=by.at, reference="N-1")
    return notification


def put_right(coordinator, notification):
    """The ledger is read, a first day corrected, a bank holiday added, the plan applied, and reminders looked ahead at."""
    calendar, case = BankHoliday.objects.calendar(), notification.case
    t05 = clock_of("T05", notification)
    coordinator.goes_to(f"/clocks/of-case/{case.pk}/").reads("Every date and how it was worked out").reads(
        "Working day 15"
    )
    coordinator.goes_to(clock_of("T01", notification).get_absolute_url())
    coordinator.follows("Correct when the authority became aware").reads("aware")

    # The notification went out a working day earlier than was recorded.
    earlier = calendar.subtract_working_days(t05.counted_from, 1)
    coordinator.goes_to(t05.get_absolute_url()).follows("Correct the day it is counted from")
    coordinator.fills(counted_from=earlier).is_refused("Correct the date")
    coordinator.fills(reason="The receipt says so").presses("Correct the date")
    moved_to = calendar.add_working_days(earlier, 15)
    coordinator.reads("The receipt says so").reads(short_date(moved_to))

    # A day is proclaimed.
    proclaimed = calendar.add_working_days(earlier, 9)
    coordinator.goes_to("/bank-holidays/").follows("Add a bank holiday")
    coordinator.fills(date=proclaimed, name="Day of mourning", source="The London Gazette").presses("Continue")
    later = short_date(calendar.add_working_days(earlier, 16))
    coordinator.reads(case.reference).reads(later).presses("Add the bank holiday")
    coordinator.reads("Day of mourning was added").reads("What was changed").reads("The London Gazette")
    coordinator.goes_to(t05.get_absolute_url()).reads("Bank holiday: Day of mourning").reads(later)

    coordinator.follows("Apply the working plan").reads("Rapid review meeting").presses("Apply the plan")
    coordinator.goes_to(f"/clocks/of-case/{case.pk}/").reads("Local step, no statutory date")
    step = Deadline.objects.get(code="L01", occasion=t05.occasion)
    coordinator.goes_to(step.get_absolute_url()).follows("Say that it does not apply")
    coordinator.fills(said_by="Chidi Chair", reason="Agencies had their letters before").presses("Record that")
    coordinator.reads("Chidi Chair said that it does not apply").reads("Does not apply")

    coordinator.goes_to("/messages/schedule/").follows("See what would be sent")
    coordinator.fills(day=calendar.add_working_days(earlier, 15)).presses("Show what would be sent")
    coordinator.reads(case.reference).reads("In the morning, from 7am")


def test_a_coordinator_reads_corrects_and_foresees_the_clocks_of_a_case(cast, at_browser, seen, notified):
    put_right(at_browser(cast.coordinator), notified)
    assert {kind: found for kind, found in seen.items() if found} == {}


def test_the_same_is_done_without_scripts_on_a_phone(cast, at_browser, notified):
    put_right(at_browser(cast.coordinator, scripts=False, width=320), notified)
