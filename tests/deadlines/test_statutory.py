"""The other limits, and the other ways of counting them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.statutory import (
    Convention,
    NotItsConvention,
    Unit,
    WrongTrigger,
    alternatives,
    due_on,
    limit_in_force,
    work_out,
)
from deadlines.working_days import BeyondKnownHolidays
from tests.deadlines import oracle
from tests.deadlines.counting import CALENDAR, CODES, day, due


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
