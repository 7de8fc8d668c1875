"""The worked timelines of the domain, and more of our own, lived through by the verbs of the stages.

Every date that is expected was counted by hand, beside the list of bank holidays.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.standing import LONDON, Standing
from audit.models import Event
from cases.actions import open_case
from deadlines.actions import add_bank_holiday, clock_of
from deadlines.bands import Band
from deadlines.explanation import explanation, other_readings
from deadlines.models import BankHoliday, Deadline, Limit
from deadlines.models.limits import row_of
from lcspr.actions import plan_publication
from notifications.incident.actions import open_notification, record_awareness, withdraw
from rapid_reviews import actions as rapid_reviews
from tests.lcspr.conftest import (  # noqa: F401
    agree,
    approved,
    asked,
    begun,
    case_one,
    conclude,
    handed_in,
    local,
    met,
    prepared,
    review,
    reviewer,
    sign,
    signed,
    signing,
    when,
    write,
    written,
)


def london(text):
    """ "5 Oct 2026 10:00" on the clocks of London, as an instant."""
    return datetime.strptime(text, "%d %b %Y %H:%M").replace(tzinfo=LONDON).astimezone(UTC)


def day(text):
    return london(f"{text} 12:00").date() if text else None


# When the authority became aware; when it was sent; then T01, T05, and T05 by the older reading from awareness.
TIMELINES = {
    "1, 1b plain": ("5 Oct 2026 10:00", "8 Oct 2026 15:00", "12 Oct 2026", "29 Oct 2026", "26 Oct 2026"),
    "2, 2b easter, sent at once": ("2 Apr 2026 09:00", "2 Apr 2026 17:00", "13 Apr 2026", "27 Apr 2026", "27 Apr 2026"),
    "2b sent a week later": ("2 Apr 2026 09:00", "9 Apr 2026 10:00", "13 Apr 2026", "30 Apr 2026", "27 Apr 2026"),
    "3, 3b christmas": ("23 Dec 2026 09:00", "23 Dec 2026 16:00", "4 Jan 2027", "18 Jan 2027", "18 Jan 2027"),
    "3b earlier": ("14 Dec 2026 09:00", "14 Dec 2026 16:00", "21 Dec 2026", "7 Jan 2027", "7 Jan 2027"),
    "3c two substitutes": ("21 Dec 2027 09:00", "21 Dec 2027 16:00", "30 Dec 2027", "14 Jan 2028", "14 Jan 2028"),
    "3c aware on the 23rd": ("23 Dec 2027 09:00", None, "4 Jan 2028", None, None),
    "christmas eve": ("24 Dec 2026 09:00", None, "5 Jan 2027", None, None),
    "6 saturday": ("21 Nov 2026 11:00", None, "27 Nov 2026", None, None),
    "6 sunday": ("22 Nov 2026 11:00", None, "27 Nov 2026", None, None),
    "7 a minute to midnight": ("20 Nov 2026 23:59", None, "27 Nov 2026", None, None),
    "8 half past midnight in summer": ("1 Jul 2026 00:30", None, "8 Jul 2026", None, None),
    "9 late": ("2 Nov 2026 09:00", "12 Nov 2026 09:00", "9 Nov 2026", "3 Dec 2026", "23 Nov 2026"),
    "10 may": ("1 May 2026 09:00", "8 May 2026 09:00", "11 May 2026", "1 Jun 2026", "26 May 2026"),
    "11 august": ("27 Aug 2026 09:00", "28 Aug 2026 09:00", "4 Sep 2026", "21 Sep 2026", "18 Sep 2026"),
    # --- our own ---
    # 2 and 3 June 2022 are bank holidays one after the other.
    "jubilee": ("31 May 2022 09:00", "1 Jun 2022 09:00", "9 Jun 2022", "24 Jun 2022", "23 Jun 2022"),
    # 1, 8 and 29 May 2023.
    "coronation": ("28 Apr 2023 09:00", "5 May 2023 09:00", "9 May 2023", "30 May 2023", "23 May 2023"),
    # Monday 3 January 2028 stands in for New Year's Day.
    "new year": ("30 Dec 2027 09:00", "31 Dec 2027 09:00", "7 Jan 2028", "24 Jan 2028", "21 Jan 2028"),
    # Good Friday 26, Easter Monday 29 March 2027; sent on Good Friday itself.
    "easter 2027": ("25 Mar 2027 09:00", "26 Mar 2027 09:00", "5 Apr 2027", "19 Apr 2027", "19 Apr 2027"),
    "leap day": ("29 Feb 2028 09:00", "29 Feb 2028 18:00", "7 Mar 2028", "21 Mar 2028", "21 Mar 2028"),
    "a minute before midnight in summer": ("30 Jun 2027 23:59", "30 Jun 2027 23:59", "7 Jul 2027", "21 Jul 2027", "21 Jul 2027"),
    "a minute after midnight in summer": ("1 Jul 2027 00:01", "1 Jul 2027 00:01", "8 Jul 2027", "22 Jul 2027", "22 Jul 2027"),
    "the last minutes of the night the clocks go back": ("25 Oct 2026 23:45", None, "30 Oct 2026", None, None),
    "the first minutes after it": ("26 Oct 2026 00:15", None, "2 Nov 2026", None, None),
    "the hour that comes twice": ("25 Oct 2026 01:30", None, "30 Oct 2026", None, None),
}  # fmt: skip


@pytest.fixture
def lived(cast):
    """`lived(aware, sent)`: a case of Westmoor's whose notification lived through this."""

    def through(aware, sent_at=None):
        by = Standing.of(cast.la_notifier, aware + timedelta(minutes=1))
        opening = Standing.of(cast.coordinator, aware + timedelta(minutes=1))
        case = open_case(by=opening, incident_la=cast.agencies.westmoor, title="A baby", harm="serious_harm")
        notification = open_notification(case, by=by, received_on=by.today, kind="s16c_serious_harm")
        record_awareness(notification, by=by, la_first_aware_at=aware, abuse_first_suspected_at=aware)
        if sent_at:
            by = Standing.of(cast.la_notifier, sent_at + timedelta(minutes=2))
            rapid_reviews.record_notification_sent(
                notification, by=by, sent_at=sent_at, late_reason="The officer was on leave"
            )
        return notification

    return through


def test_every_timeline_from_becoming_aware_to_the_rapid_review(lived):
    found = {}
    for name, (aware, sent_at, *_) in TIMELINES.items():
        notification = lived(london(aware), london(sent_at) if sent_at else None)
        t01, t02 = clock_of("T01", notification), clock_of("T02", notification)
        assert t02.due_on == t01.due_on
        t05 = clock_of("T05", notification) if sent_at else None
        found[name] = (t01.due_on, t05 and t05.due_on, t05 and t05.secondary_due_on)
    assert found == {name: tuple(map(day, expected)) for name, (_, _, *expected) in TIMELINES.items()}


def test_by_the_other_ways_of_counting_the_same_clocks_read_as_the_examples_say(lived):
    def read(code, notification):
        readings = other_readings(clock_of(code, notification), calendar=BankHoliday.objects.calendar())
        return {reading.way.name: reading.due_on for reading in readings}

    plain = lived(london("5 Oct 2026 10:00"), london("8 Oct 2026 15:00"))
    assert read("T01", plain)["INCLUSIVE"] == day("9 Oct 2026")
    assert read("T05", plain)["INCLUSIVE"] == day("28 Oct 2026")
    assert read("T05", plain)["LA_AWARE"] == day("26 Oct 2026")
    assert read("T01", lived(london("2 Apr 2026 09:00")))["INCLUSIVE"] == day("10 Apr 2026")
    for weekend in ("21 Nov 2026 11:00", "22 Nov 2026 11:00"):
        assert read("T01", lived(london(weekend)))["ROLL_THEN_EXCLUDE"] == day("30 Nov 2026")
    # Example 7: a minute to midnight is after five.
    late = lived(london("20 Nov 2026 23:59"), london("26 Nov 2026 17:01"))
    assert read("T01", late)["ROLL_THEN_EXCLUDE"] == day("30 Nov 2026")
    assert clock_of("T01", late).due_on == day("27 Nov 2026")
    assert read("T05", late)["ROLL_THEN_EXCLUDE"] == day("18 Dec 2026")
    at_five = lived(london("20 Nov 2026 17:00"))
    assert read("T01", at_five)["ROLL_THEN_EXCLUDE"] == day("27 Nov 2026")


def test_where_a_partnership_counts_by_five_o_clock_the_hour_decides(lived, cast):
    row = Limit.objects.get(code="T01", edition="WT 2026").as_time_limit()
    ways = sorted(row.counting, key=lambda way: way.name != "ROLL_THEN_EXCLUDE")
    ours = replace(row, edition="Ours", variant_of="WT 2026", in_force_from=date(2026, 4, 1), counting=tuple(ways))
    Limit.objects.bulk_create([Limit(**row_of(ours))])
    notification = lived(london("20 Nov 2026 10:00"))
    assert clock_of("T01", notification).due_on == day("27 Nov 2026")
    by = Standing.of(cast.la_notifier, london("24 Nov 2026 10:00"))
    record_awareness(notification, by=by, la_first_aware_at=london("20 Nov 2026 18:30"), note="It was the evening")
    t01, t02 = clock_of("T01", notification), clock_of("T02", notification)
    assert (t01.due_on, t01.after_cut_off) == (day("30 Nov 2026"), True)
    assert (t02.due_on, t02.after_cut_off) == (day("27 Nov 2026"), True)
    said = {event.subject: event.verb for event in Event.objects.filter(at=by.at, verb__contains="clock")}
    assert said == {f"deadlines.Deadline:{t01.pk}": "clock corrected"}, "whose date is the same is not written of"
    account = explanation(t01).worked_out.days
    assert account[0].reason == "after 5pm: treated as happening on the next working day"
    add_bank_holiday(date(2026, 11, 25), "Proclaimed", by=Standing.of(cast.coordinator, by.at))
    assert clock_of("T01", notification).due_on == day("1 Dec 2026")


def test_example_9_sent_three_working_days_late_with_its_reason(lived):
    t01 = clock_of("T01", lived(london("2 Nov 2026 09:00"), london("12 Nov 2026 09:00")))
    state = t01.state(on=date(2026, 11, 12))
    assert (state.band, state.working_days_late, t01.met_late_reason) == (Band.MET_LATE, 3, "The officer was on leave")


def test_what_is_recorded_a_month_late_was_overdue_all_along(lived, cast):
    recorded = london("5 Nov 2026 09:00")
    notification = lived(recorded)
    t01 = clock_of("T01", notification)
    assert t01.due_on == day("12 Nov 2026")
    by = Standing.of(cast.coordinator, recorded + timedelta(hours=1))
    aware = london("5 Oct 2026 23:30")
    record_awareness(notification, by=by, la_first_aware_at=aware, abuse_first_suspected_at=aware, note="Found since")
    t01.refresh_from_db()
    state = t01.state(on=by.today)
    # 13-16, 19-23, 26-30 October, 2-5 November.
    assert (t01.due_on, state.band, state.working_days_late) == (day("12 Oct 2026"), Band.OVERDUE, 18)


def test_example_13_withdrawn_and_notified_again_runs_by_clocks_of_its_own(lived, cast):
    first = lived(london("5 Oct 2026 10:00"), london("6 Oct 2026 10:00"))
    assert clock_of("T05", first).due_on == day("27 Oct 2026")
    withdraw(first, by=Standing.of(cast.la_notifier, london("15 Oct 2026 10:00")), reason="A natural cause")
    suspected = london("13 Nov 2026 16:00")
    by = Standing.of(cast.la_notifier, suspected + timedelta(minutes=1))
    second = open_notification(first.case, by=by, received_on=by.today, kind="s16c_serious_harm")
    record_awareness(
        second, by=by, la_first_aware_at=london("5 Oct 2026 10:00"), abuse_first_suspected_at=suspected, note="Found"
    )
    by = Standing.of(cast.la_notifier, london("16 Nov 2026 11:00"))
    rapid_reviews.record_notification_sent(second, by=by, sent_at=london("16 Nov 2026 10:00"))
    assert (clock_of("T01", second).due_on, clock_of("T05", second).due_on) == (day("20 Nov 2026"), day("7 Dec 2026"))
    assert second.reopened_from == first
    ended = clock_of("T05", first)
    assert (ended.state(on=date(2026, 12, 1)).band, ended.due_on) == (Band.VOID, day("27 Oct 2026"))


# The day the partners decided on a local review, and six months later.
SIX_MONTHS = {
    "28 Oct 2026": "28 Apr 2027",
    "31 Dec 2027": "30 Jun 2028",
    "29 Aug 2027": "29 Feb 2028",
    "31 Aug 2027": "29 Feb 2028",
    "29 Feb 2028": "29 Aug 2028",
    "3 Dec 2026": "3 Jun 2027",
    # --- our own ---
    "31 Oct 2026": "30 Apr 2027",
    "30 Nov 2026": "30 May 2027",
    "31 May 2027": "30 Nov 2027",
    "28 Feb 2027": "28 Aug 2027",
    "30 Aug 2028": "28 Feb 2029",
}


def test_six_months_from_the_day_the_partners_decided(signing, sign, cast):
    assert concluded(signing, sign, cast, SIX_MONTHS) == {day(on): day(due) for on, due in SIX_MONTHS.items()}


def concluded(signing, sign, cast, days):
    """The due date of T09 for each day on which the partners might have decided; all but the dates is undone again."""
    found = {}
    for on in map(day, days):
        undo = transaction.savepoint()
        sign(signing.sign_off, day=(on.month, on.day, on.year))
        by = Standing.of(cast.coordinator, datetime(on.year, on.month, on.day, 15, tzinfo=UTC))
        done = rapid_reviews.conclude(
            signing, by=by, outcome="initiate_lcspr", rationale="The learning is not yet known"
        )
        found[on] = clock_of("T09", done.initiation_occasion).due_on
        transaction.savepoint_rollback(undo)
        signing.refresh_from_db()
    return found


# The day of publication; by when it is sent; and by when where neither day is counted.
PUBLICATIONS = {
    "28 Apr 2027": ("19 Apr 2027", "16 Apr 2027"),
    "26 Feb 2027": ("17 Feb 2027", "16 Feb 2027"),
    "29 Feb 2028": ("18 Feb 2028", "17 Feb 2028"),
    "29 Aug 2028": ("17 Aug 2028", "16 Aug 2028"),
    "30 Jun 2028": ("21 Jun 2028", "20 Jun 2028"),
    "7 Apr 2027": ("25 Mar 2027", "24 Mar 2027"),
    "6 Jan 2027": ("23 Dec 2026", "22 Dec 2026"),
    "20 Sep 2027": ("9 Sep 2027", "8 Sep 2027"),
    "3 Dec 2026": ("24 Nov 2026", "23 Nov 2026"),
    # --- our own: both substitutes of 2027 and that of 2028 lie between; a Sunday ---
    "4 Jan 2028": ("21 Dec 2027", "20 Dec 2027"),
    "2 May 2027": ("22 Apr 2027", "21 Apr 2027"),
}


def test_the_report_is_sent_seven_working_days_before_publication(approved, cast, when, signed_in):
    calendar, found = BankHoliday.objects.calendar(), {}
    for on in PUBLICATIONS:
        approved.refresh_from_db()
        plan_publication(approved, day(on), by=when("coordinator", 11, 19), public_title="A bruise seen twice")
        approved.refresh_from_db()
        clocks = Deadline.objects.for_occasion(approved.publication_occasion).filter(code="T10")
        assert {clock.recipient for clock in clocks} == {"panel", "secretary_of_state", "ofsted"}
        (due,) = {clock.due_on for clock in clocks}
        readings = {reading.way.name: reading.due_on for reading in other_readings(clocks[0], calendar=calendar)}
        found[on] = (due, readings["CLEAR_DAYS"])
    assert found == {on: tuple(map(day, expected)) for on, expected in PUBLICATIONS.items()}
    # The notice periods of earlier plans are void, and lead to the review; that of the last to where it is planned.
    assert set(Deadline.objects.open().filter(code="T10").values_list("due_on", flat=True)) == {day("22 Apr 2027")}
    pages, planning = signed_in(cast.coordinator), reverse("lcspr:plan_publication", args=[approved.pk])
    last, earlier = clocks[0], Deadline.objects.filter(code="T10").exclude(voided_on=None)[0]
    assert planning in pages.get(last.get_absolute_url()).content.decode()
    assert planning not in pages.get(earlier.get_absolute_url()).content.decode()
    assert approved.get_absolute_url() in pages.get(earlier.get_absolute_url()).content.decode()
