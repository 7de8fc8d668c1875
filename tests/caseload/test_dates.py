"""The month, and the calendar read by a program that is not ours."""

import re
from datetime import date, datetime, timedelta

import icalendar
import pytest
from django.utils import timezone

from accounts.standing import Standing
from audit.models import Event
from caseload.actions import make_feed, revoke_feed
from caseload.calendar_file import calendar_file
from caseload.dates import Dated, due_between
from caseload.models import CalendarFeed
from caseload.month import month_named, month_of
from deadlines.models import BankHoliday, Deadline

from .test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(world):
    return lambda person: Standing.of(world.people[person], timezone.now())


@pytest.fixture
def late(began):
    """Not notified, and late."""
    return began(days=8).referred().decided().awareness_known().case


def read(client, secret):
    """The events of the feed, as the independent parser reads them."""
    answer = client.get(f"/calendar/{secret}.ics")
    assert answer.status_code == 200
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_program_reads_whole_days_with_reference_and_link_only(late, by, client):
    clock = Deadline.objects.get(case=late, code="T01")
    events = read(client, make_feed(by=by("la_notifier")))
    found = [event for event in events if str(event["UID"]).startswith(f"deadlines-deadline-{clock.pk}@")]
    assert len(found) == 1
    event = found[0]
    assert event.decoded("DTSTART") == clock.due_on
    assert type(event.decoded("DTSTART")) is date
    assert event.decoded("DTEND") == clock.due_on + timedelta(days=1)
    assert str(event["SUMMARY"]) == late.reference
    assert str(event["URL"]).endswith(f"/messages/clock/{clock.pk}/")
    assert "DESCRIPTION" not in event
    assert event.decoded("DTSTAMP").utcoffset() == timedelta(0)


def test_what_happened_to_whom_is_nowhere_in_the_feed(late, by, client):
    body = client.get(f"/calendar/{make_feed(by=by('coordinator'))}.ics").content.decode()
    unfolded = body.replace("\r\n ", "")
    assert late.reference in unfolded
    assert late.title not in unfolded
    assert "Robin" not in unfolded
    assert "Serious incident" not in unfolded


def test_a_moved_date_keeps_its_name_and_counts_up(late, by, client):
    secret = make_feed(by=by("la_notifier"))
    before = {str(event["UID"]): event for event in read(client, secret)}
    clock = Deadline.objects.get(case=late, code="T01")
    clock.due_on, clock.version = clock.due_on + timedelta(days=7), clock.version + 1
    clock.save()
    after = {str(event["UID"]): event for event in read(client, secret)}
    assert before.keys() == after.keys()
    uid = next(uid for uid in after if uid.startswith(f"deadlines-deadline-{clock.pk}@"))
    assert after[uid].decoded("DTSTART") - before[uid].decoded("DTSTART") == timedelta(days=7)
    assert after[uid]["SEQUENCE"] == before[uid]["SEQUENCE"] + 1


def test_one_thing_has_one_name_in_everybodys_calendar_and_no_two_share_it(late, by, client):
    mine = {str(event["UID"]): event for event in read(client, make_feed(by=by("coordinator")))}
    events = read(client, make_feed(by=by("la_notifier")))
    assert len({str(event["UID"]) for event in events}) == len(events) > 0
    shared = [event for event in events if str(event["UID"]) in mine]
    assert shared
    for event in shared:
        assert event.decoded("DTSTART") == mine[str(event["UID"])].decoded("DTSTART")
        # A day, and no instant: nothing that a time zone could move.
        assert event["DTSTART"].params["VALUE"] == "DATE"
        assert "TZID" not in event["DTSTART"].params


def test_a_date_is_the_same_day_on_both_sides_of_the_change_of_clocks():
    days = [date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25), date(2026, 12, 31)]
    entries = [Dated(f"a.B:{n}", 1, "CIOS-2026-0001", "", day, "/x/", "", "") for n, day in enumerate(days)]
    for at in (datetime(2026, 3, 28, 23, 30), datetime(2026, 7, 1, 23, 30)):
        body = calendar_file(entries, name="Dates", site="https://reviews.example.org", at=at.astimezone())
        events = icalendar.Calendar.from_ical(body).walk("VEVENT")
        assert [event.decoded("DTSTART") for event in events] == days
        assert all(event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1) for event in events)


def test_long_lines_and_odd_letters_survive_the_parser():
    name = "Réviews, of; the \\ \U0001f600 " + "ü" * 90
    entry = Dated("a.B:1", 3, name, "", date(2026, 3, 2), "/" + "x" * 200, "", "", is_provisional=True)
    body = calendar_file([entry], name=name, site="https://reviews.example.org", at=timezone.now())
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    read_back = icalendar.Calendar.from_ical(body)
    event = read_back.walk("VEVENT")[0]
    assert str(event["SUMMARY"]) == name
    assert str(event["STATUS"]) == "TENTATIVE"
    assert str(event["URL"]) == "https://reviews.example.org/" + "x" * 200


def test_the_feed_shows_only_what_its_person_may_see_and_follows_what_they_may_see(late, by, client, world):
    stranger = make_feed(by=by("isles_notifier"))
    assert read(client, stranger) == []
    mine = make_feed(by=by("la_notifier"))
    assert read(client, mine)
    world.people["la_notifier"].memberships.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(f"/calendar/{mine}.ics").status_code == 404


def test_the_address_is_shown_once_and_only_its_hash_is_kept(late, cora):
    token = re.search(r'name="token"[^>]*value="([^"]+)"', cora.get("/desk/calendar/address/").content.decode())[1]
    page = cora.post("/desk/calendar/address/", {"token": token}).content.decode()
    secret = re.search(r"/calendar/([\w-]+)\.ics", page)[1]
    assert secret not in cora.get("/desk/calendar/address/").content.decode()
    feed = CalendarFeed.objects.get()
    assert secret not in str(vars(feed))
    assert len(secret) >= 43
    assert not Event.objects.filter(subject__contains=secret).exists()


def test_a_new_address_ends_the_one_before_and_switching_off_ends_all(late, by, client, cora):
    first, second = make_feed(by=by("coordinator")), make_feed(by=by("coordinator"))
    assert client.get(f"/calendar/{first}.ics").status_code == 404
    assert client.get(f"/calendar/{second}.ics").status_code == 200
    cora.post("/desk/calendar/address/off/")
    assert client.get(f"/calendar/{second}.ics").status_code == 404
    revoke_feed(by=by("coordinator"))
    assert Event.objects.filter(verb="calendar address switched off").count() == 1


def test_whoever_may_no_longer_sign_in_has_no_calendar_either(late, by, client, world):
    secret = make_feed(by=by("coordinator"))
    world.people["coordinator"].is_active = False
    world.people["coordinator"].save()
    assert client.get(f"/calendar/{secret}.ics").status_code == 404
    assert client.get("/calendar/nobodys.ics").status_code == 404
    assert client.post(f"/calendar/{secret}.ics").status_code == 405


def test_reading_is_recorded_once_a_day(late, by, client):
    secret = make_feed(by=by("coordinator"))
    for _ in range(3):
        answer = client.get(f"/calendar/{secret}.ics")
    assert Event.objects.filter(verb="calendar read").count() == 1
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]


def test_the_month_is_a_table_of_whole_weeks_with_what_is_due(late, by, cora):
    clock = Deadline.objects.get(case=late, code="T01")
    month = month_of(clock.due_on.replace(day=1), by=by("coordinator"))
    assert all(len(week) == 7 and week[0].on.weekday() == 0 for week in month.weeks)
    inside = [day.on for week in month.weeks for day in week if day.inside]
    assert [day.day for day in inside] == list(range(1, len(inside) + 1))
    html = cora.get(f"/desk/calendar/?month={clock.due_on:%Y-%m}").content.decode()
    assert html.count('scope="col"') == 7
    assert "<caption" in html
    assert f"/messages/clock/{clock.pk}/" in html
    assert late.reference in html


def test_bank_holidays_stand_in_the_month(cora):
    BankHoliday.objects.get_or_create(date=date(2026, 12, 25), defaults={"name": "Christmas Day"})
    assert "Christmas Day" in text_of(cora.get("/desk/calendar/?month=2026-12"))


@pytest.mark.parametrize(
    "month", ["", "x", "2026-13", "2026-00", "0000-01", "99999-01", "2026", "%00", "-1-1", f"{10**17}-1"]
)
def test_a_month_that_makes_no_sense_is_this_month(cora, month):
    assert month_named(month, otherwise=date(2026, 11, 23)) == date(2026, 11, 1)
    assert cora.get("/desk/calendar/", {"month": month}).status_code == 200


def test_what_is_done_is_no_longer_due(notified, by):
    ever = (date(2020, 1, 1), date(2040, 1, 1))
    clock = Deadline.objects.get(case=notified.case, code="T01")
    assert f"deadlines.Deadline:{clock.pk}" not in {entry.key for entry in due_between(by("coordinator"), *ever)}


def test_an_agency_has_its_own_return_and_nobody_elses(notified, by):
    notified.asked_agencies()
    ever = (date(2020, 1, 1), date(2040, 1, 1))
    assert [entry.what for entry in due_between(by("lead"), *ever)] == ["Your agency's return"]
