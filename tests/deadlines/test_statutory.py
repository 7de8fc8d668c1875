from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.bank_holidays import seed_calendar
from deadlines.statutory import (
    EDITIONS,
    SEED,
    STATUTORY_LIMITS,
    Convention,
    Kind,
    NoDateOfItsOwn,
    NotItsConvention,
    Unit,
    UnknownLimit,
    WrongTrigger,
    alternatives,
    due_on,
    limit_in_force,
    work_out,
)
from deadlines.working_days import BeyondKnownHolidays, london_date
from tests.deadlines import oracle

CALENDAR = seed_calendar()
CODES = ["T01", "T02", "T02a", *(f"T{n:02}" for n in range(3, 18))]


def day(text):
    return datetime.strptime(text, "%d %b %Y").replace(tzinfo=UTC).date()


def due(code, trigger, convention=None, **kwargs):
    trigger = day(trigger) if isinstance(trigger, str) else trigger
    return work_out(limit_in_force(code, trigger), trigger, CALENDAR, convention, **kwargs).due_on


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


# --- the register ---


@pytest.mark.parametrize("edition", [edition.name for edition in EDITIONS])
def test_every_limit_stands_in_every_edition(edition):
    assert [limit.code for limit in STATUTORY_LIMITS if limit.edition == edition] == CODES


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (date(2018, 6, 29), "WT 2018"),
        (date(2023, 12, 14), "WT 2018"),
        (date(2023, 12, 15), "WT 2023"),
        (date(2026, 3, 17), "WT 2023"),
        (date(2026, 3, 18), "WT 2026"),
        (date(2028, 12, 31), "WT 2026"),
    ],
)
def test_the_edition_is_the_one_in_force_on_day_zero(on, edition):
    assert limit_in_force("T05", on).edition == edition


def test_before_the_first_edition_no_limit_is_in_force():
    with pytest.raises(UnknownLimit, match="the first is from 29 June 2018"):
        limit_in_force("T05", date(2018, 6, 28))


@pytest.mark.parametrize("code", ["T18", "T0", "", "T5"])
def test_a_limit_that_is_not_in_the_register_is_unknown(code):
    with pytest.raises(UnknownLimit):
        limit_in_force(code, date(2026, 10, 5))


def test_limits_may_be_named_in_either_case():
    assert limit_in_force("t02A", date(2026, 10, 5)).code == "T02a"


@given(st.dates(date(2018, 6, 29), date(2040, 1, 1)), st.sampled_from(CODES))
def test_exactly_one_edition_of_a_limit_is_in_force_on_any_day(on, code):
    assert sum(limit.code == code and limit.in_force(on) for limit in STATUTORY_LIMITS) == 1


def test_the_2026_edition_says_that_its_chapter_is_not_yet_checked():
    for limit in STATUTORY_LIMITS:
        if "Working Together" in limit.authority:
            assert ("chapter 5 not yet checked" in limit.authority) == (limit.edition == "WT 2026")


def test_no_paragraph_of_working_together_is_cited():
    assert not any("para" in limit.authority.lower() for limit in SEED)


def test_the_kinds_and_amounts_of_the_register():
    register = {limit.code: (limit.amount, limit.unit, limit.kind) for limit in STATUTORY_LIMITS}
    days, months = Unit.WORKING_DAYS, Unit.MONTHS
    assert register == {
        "T01": (5, days, Kind.DUE),
        "T02": (5, days, Kind.DUE),
        "T02a": (0, days, Kind.DUE),
        "T03": (5, days, Kind.DUE),
        "T04": (5, days, Kind.DUE),
        "T05": (15, days, Kind.DUE),
        "T06": (0, Unit.NONE, Kind.AS_SOON_AS),
        "T07": (5, days, Kind.ADVISORY),
        "T08": (20, days, Kind.ADVISORY),
        "T09": (6, months, Kind.DUE),
        "T10": (7, days, Kind.DUE),
        "T11": (7, days, Kind.DUE),
        "T12": (0, days, Kind.ADVISORY),
        "T13": (1, Unit.YEARS, Kind.NOT_BEFORE),
        "T14": (0, days, Kind.ADVISORY),
        "T15": (1, months, Kind.ADVISORY),
        "T16": (0, Unit.NONE, Kind.CONTINUOUS),
        "T17": (9, Unit.END_OF_MONTH, Kind.DUE),
    }


@pytest.mark.parametrize("code", ["T06", "T16"])
def test_a_duty_without_a_date_of_its_own_has_nothing_to_work_out(code):
    with pytest.raises(NoDateOfItsOwn, match="no date of its own"):
        due(code, "5 Oct 2026")


def test_the_same_thing_owed_to_several_names_each_of_them():
    assert limit_in_force("T07", date(2026, 10, 5)).recipients == ("panel", "ofsted", "dfe")
    assert limit_in_force("T10", date(2026, 10, 5)).recipients == ("panel", "secretary_of_state", "ofsted")


# --- the other limits and ways of counting ---


@pytest.mark.parametrize(
    ("code", "trigger", "convention", "expected"),
    [
        ("T02a", "5 Oct 2026", None, "5 Oct 2026"),
        ("T02a", "3 Oct 2026", None, "5 Oct 2026"),
        ("T02a", "5 Oct 2026", "NEXT_WORKING_DAY", "6 Oct 2026"),
        ("T07", "28 Oct 2026", None, "4 Nov 2026"),
        ("T08", "29 Oct 2026", None, "26 Nov 2026"),
        ("T11", "28 Apr 2027", None, "19 Apr 2027"),
        ("T12", "15 Feb 2027", None, "15 Feb 2027"),
        ("T12", "15 Feb 2027", "THREE_MONTHLY", "15 May 2027"),
        ("T14", "25 Dec 2026", None, "29 Dec 2026"),
        ("T15", "31 Jan 2027", None, "28 Feb 2027"),
        ("T17", "31 Mar 2026", None, "30 Sep 2026"),
    ],
)
def test_the_limits_that_no_worked_example_covers(code, trigger, convention, expected):
    assert due(code, trigger, convention) == day(expected)


def test_a_yearly_report_is_counted_only_from_the_end_of_its_year():
    with pytest.raises(WrongTrigger, match="31 March"):
        due("T17", "30 Sep 2026")


def test_close_of_business_keeps_the_day_and_brings_the_hour_forward():
    limit = limit_in_force("T01", date(2026, 10, 5))
    assert work_out(limit, date(2026, 10, 5), CALENDAR).due_by == "the end of the day"
    worked = work_out(limit, date(2026, 10, 5), CALENDAR, "CLOSE_OF_BUSINESS")
    assert (worked.due_on, worked.due_by) == (date(2026, 10, 12), "5pm")


@pytest.mark.parametrize(
    ("code", "convention"), [("T01", "PUB_MINUS_N"), ("T09", "INCLUSIVE"), ("T01", "LA_AWARE"), ("T05", "nonsense")]
)
def test_a_way_of_counting_that_the_limit_does_not_offer_is_refused(code, convention):
    with pytest.raises(NotItsConvention, match=f"{code} is not counted by {convention}"):
        due(code, "5 Oct 2026", convention)


def test_the_alternatives_beside_an_answer_count_from_the_same_event():
    limit = limit_in_force("T05", date(2026, 10, 8))
    found = {worked.convention: worked.due_on for worked in alternatives(limit, date(2026, 10, 8), CALENDAR)}
    assert found == {
        "INCLUSIVE": date(2026, 10, 28),
        "ROLL_THEN_EXCLUDE": date(2026, 10, 29),
        "CLOSE_OF_BUSINESS": date(2026, 10, 29),
        "WORKING_DAY_16": date(2026, 10, 30),
    }


@pytest.mark.parametrize(
    ("code", "trigger"),
    [
        ("T01", "22 Dec 2028"),
        ("T05", "11 Dec 2028"),
        ("T09", "1 Jul 2028"),
        ("T10", "2 Jan 2029"),
        ("T13", "1 Jan 2029"),
        ("T15", "30 Dec 2028"),
    ],
)
def test_beyond_the_known_bank_holidays_nothing_is_worked_out(code, trigger):
    with pytest.raises(BeyondKnownHolidays):
        due(code, trigger)


IN_FORCE = st.dates(date(2018, 6, 29), date(2028, 5, 31))


@given(IN_FORCE, st.sampled_from([code for code in CODES if code not in ("T06", "T16", "T17")]))
def test_every_limit_agrees_with_counting_day_by_day(trigger, code):
    limit = limit_in_force(code, trigger)
    if limit.unit is Unit.MONTHS:
        expected = oracle.months_later(trigger, limit.amount)
    elif limit.unit is Unit.YEARS:
        expected = oracle.months_later(trigger, 12)
    elif limit.convention == Convention.PUB_MINUS_N:
        expected = oracle.before(trigger, limit.amount)
    elif limit.amount == 0:
        expected = trigger if oracle.works(trigger) else oracle.after(trigger, 1)
    else:
        expected = oracle.after(trigger, limit.amount)
    worked = work_out(limit, trigger, CALENDAR)
    assert worked.due_on == expected == due_on(limit, trigger, CALENDAR)
    if limit.unit is Unit.WORKING_DAYS:
        assert worked.days[-1].date == expected
        assert sum(row.counted for row in worked.days) == max(limit.amount, 1)
    else:
        last_practical = worked.days[2].date
        if expected.year <= 2028:
            assert oracle.works(last_practical)
            assert last_practical <= expected < oracle.after(last_practical, 1)


@given(IN_FORCE, st.sampled_from(["T01", "T05", "T08"]), st.booleans())
def test_the_ways_of_counting_keep_their_order(trigger, code, late):
    limit = limit_in_force(code, trigger)

    def by(convention):
        return work_out(limit, trigger, CALENDAR, convention, after_cut_off=late)

    default, inclusive, rolled = by("EXCLUDE_TRIGGER"), by("INCLUSIVE"), by("ROLL_THEN_EXCLUDE")
    works = oracle.works(trigger)
    assert inclusive.due_on == (oracle.after(trigger, limit.amount - 1) if works else default.due_on)
    assert default.due_on == by("CLOSE_OF_BUSINESS").due_on
    if works and not late:
        assert rolled.due_on == default.due_on
    else:
        assert rolled.due_on == oracle.after(default.due_on, 1)
    for worked in (default, inclusive, rolled):
        assert worked.days[0].date == trigger
        assert worked.days[-1].date == worked.due_on
        assert [row.date for row in worked.days] == [trigger + timedelta(days=n) for n in range(len(worked.days))]
        assert sum(row.counted for row in worked.days) == limit.amount
        assert all(row.reason for row in worked.days)


@given(IN_FORCE)
def test_clear_days_is_one_working_day_earlier_than_counting_back_from_publication(publication):
    limit = limit_in_force("T10", publication)
    sending = work_out(limit, publication, CALENDAR, "CLEAR_DAYS").due_on
    assert sending == oracle.before(work_out(limit, publication, CALENDAR).due_on, 1)
    assert oracle.between(sending, publication - timedelta(days=1)) == 7
