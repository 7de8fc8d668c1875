"""The ledger: every due date opens its day-by-day account, with what other sources make of it."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Event
from deadlines.actions import add_bank_holiday, correct, meet
from deadlines.changes import changes_of
from deadlines.explanation import other_readings
from deadlines.models import BankHoliday, Deadline
from deadlines.working_days import long_date

DECISION = "decisions.Decision:1"


@pytest.fixture
def read(cast, signed_in):
    def page(clock, person=None):
        return signed_in(person or cast.coordinator).get(clock.get_absolute_url()).content.decode()

    return page


def due_by(clock):
    readings = other_readings(clock, calendar=BankHoliday.objects.calendar())
    return {reading.way.name: reading.due_on for reading in readings}


def test_a_bank_holiday_in_the_account_is_named_with_its_source(begin, cora, read):
    add_bank_holiday(date(2026, 10, 16), "Day of mourning", by=cora, source="Proclamation of 9 October")
    page = read(begin("T05", date(2026, 10, 8)))
    assert "Bank holiday: Day of mourning" in page
    assert "Source: Proclamation of 9 October" in page


def test_the_readings_of_the_fifteen_days_stand_beside_the_due_date(begin):
    begin("T01", date(2026, 10, 5))
    found = due_by(begin("T05", date(2026, 10, 8)))
    assert found["LA_AWARE"] == date(2026, 10, 26)
    assert found["INCLUSIVE"] == date(2026, 10, 28)
    assert found["WORKING_DAY_16"] == date(2026, 10, 30)
    assert found["REFERRAL_ACCEPTED"] is None
    assert "EXCLUDE_TRIGGER" not in found


def test_an_awareness_that_is_not_confirmed_is_no_day_to_count_from(begin):
    begin("T01", date(2026, 10, 5), provisional=True)
    assert due_by(begin("T05", date(2026, 10, 8)))["LA_AWARE"] is None


def test_the_awareness_of_another_notification_is_not_taken_for_this_one(begin):
    begin("T01", date(2026, 10, 5), occasion="other:1")
    assert due_by(begin("T05", date(2026, 10, 8)))["LA_AWARE"] is None


def test_the_five_days_by_the_day_of_the_incident_and_by_the_day_the_partnership_was_told(begin, case_one):
    case_one.incident_on, case_one.received_on = date(2026, 10, 1), date(2026, 10, 6)
    case_one.save()
    found = due_by(begin("T01", date(2026, 10, 5)))
    assert found["INCIDENT_DATE"] == date(2026, 10, 8)
    assert found["PARTNERSHIP_TOLD"] == date(2026, 10, 13)


def test_example_15_six_months_from_the_new_decision_and_beside_it_from_the_sending_and_the_letter(begin, cora):
    begin("T05", date(2026, 10, 8))
    meet("T05", occasion="notifications.Notification:1", on=date(2026, 10, 29), by=cora)
    begin("T08", date(2026, 10, 29))
    meet("T08", occasion="notifications.Notification:1", on=date(2026, 11, 26), by=cora)
    clock = begin("T09", date(2026, 12, 3), occasion=DECISION)
    begin("T07", date(2026, 12, 3), occasion=DECISION, recipient="panel")
    assert clock.due_on == date(2027, 6, 3)
    assert due_by(clock) == {
        "RR_SENT": date(2027, 4, 29),
        "PANEL_LETTER": date(2027, 5, 26),
        "REVIEWER_APPOINTED": None,
    }
    begin("T07", date(2027, 1, 11), occasion="lcspr.Reviewer:1", recipient="panel")
    assert due_by(clock)["REVIEWER_APPOINTED"] == date(2027, 7, 11)


def test_a_review_sent_after_the_decision_in_it_is_counted_from_too(begin, cora):
    begin("T05", date(2026, 10, 8))
    meet("T05", occasion="notifications.Notification:1", on=date(2026, 10, 29), by=cora)
    assert due_by(begin("T09", date(2026, 10, 28), occasion=DECISION))["RR_SENT"] == date(2027, 4, 29)
    # Months later another incident of the same case has a review of its own.
    begin("T05", date(2027, 1, 11), occasion="notifications.Notification:2")
    meet("T05", occasion="notifications.Notification:2", on=date(2027, 1, 29), by=cora)
    assert due_by(begin("T09", date(2027, 1, 28), occasion="another:1"))["RR_SENT"] == date(2027, 7, 29)
    assert due_by(Deadline.objects.get(occasion=DECISION))["RR_SENT"] == date(2027, 4, 29)


def test_clear_days_stand_beside_the_date_before_publication(begin):
    assert due_by(begin("T10", date(2027, 4, 7), recipient="panel")) == {"CLEAR_DAYS": date(2027, 3, 24)}


def test_a_page_says_that_the_other_readings_change_nothing(begin, read):
    page = read(begin("T05", date(2026, 10, 8)))
    assert "By other ways of counting" in page
    assert "None of them changes the date of this clock." in page


def test_old_and_new_stay_to_be_read_with_who_and_why(begin, cora, cast, standing, read):
    clock = begin("T05", date(2026, 10, 8))
    correct(clock, date(2026, 10, 9), by=cora, reason="Sent after midnight")
    started, corrected = changes_of(clock)
    assert started.what == "clock started" and started.facts == ()
    assert corrected.why == "Sent after midnight" and corrected.who == str(cast.coordinator)
    facts = {fact.name: (fact.was, fact.became) for fact in corrected.facts}
    assert facts["Counted from"] == ("8 October 2026", "9 October 2026")
    assert facts["Due date"] == ("29 October 2026", "30 October 2026")
    page = read(clock)
    for day in (8, 9, 29, 30):
        assert long_date(date(2026, 10, day)) in page
    assert "Sent after midnight" in page


def test_the_ledger_of_a_case_holds_every_clock_and_its_reading_is_recorded(begin, cast, signed_in, case_one):
    begin("T01", date(2026, 10, 5))
    begin("T09", date(2026, 10, 28), occasion=DECISION)
    begin("T05", date(2026, 10, 8), case=None, occasion="elsewhere:1")
    page = signed_in(cast.partner_icb).get(reverse("deadlines:ledger", args=[case_one.pk])).content.decode()
    assert "Monday 12 October 2026" in page
    assert "Wednesday 28 April 2027" in page
    assert "Thursday 29 October 2026" not in page
    assert Event.objects.filter(verb="clocks read", actor=cast.partner_icb, trail=case_one.chain).count() == 1


def test_the_ledger_of_a_case_is_not_for_those_outside_it(cast, signed_in, case_one):
    address = reverse("deadlines:ledger", args=[case_one.pk])
    for person in (cast.isles_notifier, cast.lead, cast.system_administrator):
        assert signed_in(person).get(address).status_code == 404
