"""The worked examples of the domain, counted."""

from datetime import UTC, date, datetime

import pytest

from deadlines.statutory import (
    SEED,
    Kind,
    due_on,
    limit_in_force,
    work_out,
)
from deadlines.working_days import london_date
from tests.deadlines.counting import CALENDAR, day, due

VECTORS = [
    ("T01", "2026-10-05", "2026-10-12"),
    ("T05", "2026-10-08", "2026-10-29"),
    ("T01", "2026-04-02", "2026-04-13"),
    ("T05", "2026-04-02", "2026-04-27"),
    ("T05", "2026-04-09", "2026-04-30"),
    ("T01", "2026-12-23", "2027-01-04"),
    ("T01", "2026-12-24", "2027-01-05"),
    ("T05", "2026-12-23", "2027-01-18"),
    ("T05", "2026-12-14", "2027-01-07"),
    ("T05", "2027-12-21", "2028-01-14"),
    ("T01", "2027-12-23", "2028-01-04"),
    ("T01", "2026-11-21", "2026-11-27"),
    ("T01", "2026-11-20", "2026-11-27"),
    ("T01", "2026-05-01", "2026-05-11"),
    ("T05", "2026-05-08", "2026-06-01"),
    ("T01", "2026-08-27", "2026-09-04"),
    ("T05", "2026-08-28", "2026-09-21"),
    ("T09", "2026-08-31", "2027-02-28"),
    ("T09", "2027-08-31", "2028-02-29"),
    ("T09", "2028-02-29", "2028-08-29"),
    ("T09", "2027-12-31", "2028-06-30"),
    ("T09", "2026-03-31", "2026-09-30"),
    ("T10", "2027-04-28", "2027-04-19"),
    ("T10", "2027-04-07", "2027-03-25"),
    ("T10", "2027-01-06", "2026-12-23"),
    ("T10", "2026-12-03", "2026-11-24"),
]


@pytest.mark.parametrize(("code", "trigger", "expected"), VECTORS)
def test_the_vectors_of_the_register(code, trigger, expected):
    assert due(code, date.fromisoformat(trigger)).isoformat() == expected


# The worked examples: scenario, limit, trigger, way of counting, due date.
EXAMPLES = [
    ("1 plain", "T01", "5 Oct 2026", None, "12 Oct 2026"),
    ("1 plain inclusive", "T01", "5 Oct 2026", "INCLUSIVE", "9 Oct 2026"),
    ("1b rapid review", "T05", "8 Oct 2026", None, "29 Oct 2026"),
    ("1b from awareness", "T05", "5 Oct 2026", "LA_AWARE", "26 Oct 2026"),
    ("1b inclusive", "T05", "8 Oct 2026", "INCLUSIVE", "28 Oct 2026"),
    ("1b unused days are not carried over", "T05", "12 Oct 2026", None, "2 Nov 2026"),
    ("1d six months", "T09", "28 Oct 2026", None, "28 Apr 2027"),
    ("1d sending before publication", "T10", "28 Apr 2027", None, "19 Apr 2027"),
    ("1d clear days", "T10", "28 Apr 2027", "CLEAR_DAYS", "16 Apr 2027"),
    ("2 easter", "T01", "2 Apr 2026", None, "13 Apr 2026"),
    ("2 easter inclusive", "T01", "2 Apr 2026", "INCLUSIVE", "10 Apr 2026"),
    ("2b easter rapid review", "T05", "2 Apr 2026", None, "27 Apr 2026"),
    ("2b a week later", "T05", "9 Apr 2026", None, "30 Apr 2026"),
    ("3 christmas with a saturday boxing day", "T01", "23 Dec 2026", None, "4 Jan 2027"),
    ("3b", "T05", "23 Dec 2026", None, "18 Jan 2027"),
    ("3b earlier", "T05", "14 Dec 2026", None, "7 Jan 2027"),
    ("3c two substitute days", "T05", "21 Dec 2027", None, "14 Jan 2028"),
    ("3c", "T01", "23 Dec 2027", None, "4 Jan 2028"),
    ("4 month end", "T09", "31 Aug 2026", None, "28 Feb 2027"),
    ("4 30 august", "T09", "30 Aug 2026", None, "28 Feb 2027"),
    ("4 29 august", "T09", "29 Aug 2026", None, "28 Feb 2027"),
    ("4 28 august", "T09", "28 Aug 2026", None, "28 Feb 2027"),
    ("4 publishing on the last practical day", "T10", "26 Feb 2027", None, "17 Feb 2027"),
    ("5 leap year", "T09", "31 Aug 2027", None, "29 Feb 2028"),
    ("5 from 29 august", "T09", "29 Aug 2027", None, "29 Feb 2028"),
    ("5 sending", "T10", "29 Feb 2028", None, "18 Feb 2028"),
    ("5b from leap day", "T09", "29 Feb 2028", None, "29 Aug 2028"),
    ("5b sending", "T10", "29 Aug 2028", None, "17 Aug 2028"),
    ("5b a year on the website", "T13", "29 Feb 2028", None, "28 Feb 2029"),
    ("5c new year's eve", "T09", "31 Dec 2027", None, "30 Jun 2028"),
    ("5c sending", "T10", "30 Jun 2028", None, "21 Jun 2028"),
    ("6 saturday", "T01", "21 Nov 2026", None, "27 Nov 2026"),
    ("6 saturday rolled", "T01", "21 Nov 2026", "ROLL_THEN_EXCLUDE", "30 Nov 2026"),
    ("6 sunday", "T01", "22 Nov 2026", None, "27 Nov 2026"),
    ("6 sunday rolled", "T01", "22 Nov 2026", "ROLL_THEN_EXCLUDE", "30 Nov 2026"),
    ("7 a minute to midnight", "T01", "20 Nov 2026", None, "27 Nov 2026"),
    ("9 late notification", "T01", "2 Nov 2026", None, "9 Nov 2026"),
    ("9 from the notification", "T05", "12 Nov 2026", None, "3 Dec 2026"),
    ("9 from awareness", "T05", "2 Nov 2026", "LA_AWARE", "23 Nov 2026"),
    ("10 early may", "T01", "1 May 2026", None, "11 May 2026"),
    ("10 late may", "T05", "8 May 2026", None, "1 Jun 2026"),
    ("11 august", "T01", "27 Aug 2026", None, "4 Sep 2026"),
    ("11 august rapid review", "T05", "28 Aug 2026", None, "21 Sep 2026"),
    ("12 publication across easter", "T10", "7 Apr 2027", None, "25 Mar 2027"),
    ("12 clear days", "T10", "7 Apr 2027", "CLEAR_DAYS", "24 Mar 2027"),
    ("12b publication after new year", "T10", "6 Jan 2027", None, "23 Dec 2026"),
    ("12b clear days", "T10", "6 Jan 2027", "CLEAR_DAYS", "22 Dec 2026"),
    ("13 first notification", "T05", "6 Oct 2026", None, "27 Oct 2026"),
    ("13 awareness of the second occasion", "T01", "13 Nov 2026", None, "20 Nov 2026"),
    ("13 second notification", "T05", "16 Nov 2026", None, "7 Dec 2026"),
    ("14 published after a trial", "T10", "20 Sep 2027", None, "9 Sep 2027"),
    ("15 decided again", "T09", "3 Dec 2026", None, "3 Jun 2027"),
    ("15 from the rapid review", "T09", "29 Oct 2026", "RR_SENT", "29 Apr 2027"),
    ("16 care leaver", "T04", "15 Mar 2027", None, "22 Mar 2027"),
    ("17 anniversary", "T13", "3 Dec 2026", None, "3 Dec 2027"),
]


@pytest.mark.parametrize(
    ("code", "trigger", "convention", "expected"), [row[1:] for row in EXAMPLES], ids=[row[0] for row in EXAMPLES]
)
def test_the_worked_examples(code, trigger, convention, expected):
    assert due(code, trigger, convention) == day(expected)


def test_example_1c_the_working_plan_of_a_rapid_review():
    plan = {
        1: "9 Oct 2026",
        2: "12 Oct 2026",
        7: "19 Oct 2026",
        8: "20 Oct 2026",
        10: "22 Oct 2026",
        12: "26 Oct 2026",
        13: "27 Oct 2026",
        14: "28 Oct 2026",
        15: "29 Oct 2026",
        16: "30 Oct 2026",
    }
    assert {n: CALENDAR.add_working_days(date(2026, 10, 8), n) for n in plan} == {n: day(on) for n, on in plan.items()}
    local = {limit.code: limit for limit in SEED if not limit.statutory}
    for n in (1, 7, 8, 10, 12, 13, 14):
        assert due_on(local[f"L{n:02}"], date(2026, 10, 8), CALENDAR) == day(plan[n])


def test_example_4_names_the_last_practical_working_day_and_warns_of_a_bank_holiday_decision():
    worked = work_out(limit_in_force("T09", date(2026, 8, 31)), date(2026, 8, 31), CALENDAR)
    assert [row.date for row in worked.days] == [date(2026, 8, 31), date(2027, 2, 28), date(2027, 2, 26)]
    assert "last practical working day" in worked.days[2].reason
    assert any("31 August 2026 is not a working day (bank holiday: Summer" in caution for caution in worked.cautions)


def test_example_7_after_the_cut_off_hour_the_trigger_is_deemed_to_happen_on_the_next_working_day():
    assert due("T01", "20 Nov 2026", "ROLL_THEN_EXCLUDE", after_cut_off=True) == day("30 Nov 2026")
    assert due("T01", "20 Nov 2026", "ROLL_THEN_EXCLUDE") == day("27 Nov 2026")


def test_example_8_the_london_date_is_counted_from_and_not_the_utc_date():
    instant = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert due("T01", london_date(instant)) == day("8 Jul 2026")
    assert due("T01", instant.date()) == day("7 Jul 2026")


def test_example_12_counts_seven_days_and_leaves_out_easter():
    worked = work_out(limit_in_force("T10", date(2027, 4, 7)), date(2027, 4, 7), CALENDAR)
    not_counted = {row.date: row.reason for row in worked.days if not row.counted}
    assert sum(row.counted for row in worked.days) == 7
    assert not_counted[date(2027, 3, 26)] == "bank holiday: Good Friday"
    assert not_counted[date(2027, 3, 29)] == "bank holiday: Easter Monday"
    assert any("send by 24 March 2027" in caution for caution in worked.cautions)


def test_example_17_a_report_may_be_removed_from_the_day_after_the_anniversary():
    worked = work_out(limit_in_force("T13", date(2026, 12, 3)), date(2026, 12, 3), CALENDAR)
    assert worked.limit.kind is Kind.NOT_BEFORE
    assert "May be removed from 4 December 2027, the day after the anniversary." in worked.cautions
