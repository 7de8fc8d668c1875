from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.bank_holidays import BANK_HOLIDAYS, seed_calendar
from deadlines.working_days import BeyondKnownHolidays, Calendar, add_months, add_years, london_date
from tests.deadlines import oracle

CALENDAR = seed_calendar()
# Far enough from both ends that fifteen working days either way stay inside.
KNOWN = st.dates(date(2018, 2, 1), date(2028, 11, 30))
WHOLE = [date(2018, 2, 1) + timedelta(days=n) for n in range((date(2028, 11, 30) - date(2018, 2, 1)).days + 1)]


@pytest.mark.parametrize("year", range(2018, 2029))
def test_the_bank_holidays_of_each_year_agree_with_the_holidays_package(year):
    ours = {day for day in BANK_HOLIDAYS if day.year == year}
    assert ours == {day for day in oracle.bank_holidays() if day.year == year}


def test_no_listed_bank_holiday_falls_on_a_weekend():
    assert [day for day in BANK_HOLIDAYS if day.isoweekday() > 5] == []


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2020, 5, 8), "the early may bank holiday moved for VE Day"),
        (date(2022, 6, 2), "the spring bank holiday moved for the jubilee"),
        (date(2022, 6, 3), "the platinum jubilee"),
        (date(2022, 9, 19), "the state funeral"),
        (date(2023, 5, 8), "the coronation"),
        (date(2026, 12, 28), "the substitute for a Saturday boxing day"),
        (date(2028, 1, 3), "the substitute for a Saturday new year's day"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_one_off_and_substitute_bank_holidays_are_not_working_days(day, why):
    assert not CALENDAR.is_working_day(day)
    assert CALENDAR.why_not_working(day).startswith("bank holiday: ")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2022, 5, 30), "the spring bank holiday that was moved away"),
        (date(2020, 5, 4), "the early may bank holiday that was moved away"),
        (date(2026, 1, 2), "a bank holiday in Scotland"),
        (date(2026, 3, 5), "St Piran's Day"),
        (date(2026, 7, 13), "a bank holiday in Northern Ireland"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_days_that_are_holidays_only_elsewhere_are_working_days(day, why):
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize("count", [1, 5, 7, 10, 15])
def test_every_start_of_eleven_years_agrees_with_counting_day_by_day(count):
    assert [CALENDAR.add_working_days(day, count) for day in WHOLE] == [oracle.after(day, count) for day in WHOLE]
    assert [CALENDAR.subtract_working_days(day, count) for day in WHOLE] == [oracle.before(day, count) for day in WHOLE]


@given(KNOWN, st.integers(1, 15))
def test_a_due_day_is_a_working_day_and_the_trigger_itself_is_never_counted(trigger, count):
    due = CALENDAR.add_working_days(trigger, count)
    assert due > trigger
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.working_days_between(trigger, due) == count == oracle.between(trigger, due)


@given(KNOWN, KNOWN)
def test_working_days_between_two_dates_change_sign_with_their_order(one, other):
    assert CALENDAR.working_days_between(one, other) == -CALENDAR.working_days_between(other, one)
    if one <= other:
        assert CALENDAR.working_days_between(one, other) == oracle.between(one, other)


def test_the_day_of_the_trigger_shows_nought_elapsed():
    assert CALENDAR.working_days_between(date(2026, 10, 5), date(2026, 10, 5)) == 0


@given(KNOWN, st.integers(1, 15))
def test_the_account_counts_as_many_days_as_the_answer_and_ends_on_it(trigger, count):
    rows = CALENDAR.explain_adding(trigger, count)
    assert [row.date for row in rows] == [trigger + timedelta(days=n) for n in range(len(rows))]
    assert rows[-1].date == CALENDAR.add_working_days(trigger, count)
    assert sum(row.counted for row in rows) == count
    assert all(row.counted == oracle.works(row.date) for row in rows[1:])
    back = CALENDAR.explain_subtracting(trigger, count)
    assert back[-1].date == CALENDAR.subtract_working_days(trigger, count)
    assert sum(row.counted for row in back) == count


def test_the_account_says_why_each_day_of_easter_is_not_counted():
    rows = CALENDAR.explain_adding(date(2026, 4, 2), 1)
    assert [row.reason for row in rows] == [
        "day 0: the day of the trigger is not counted",
        "bank holiday: Good Friday",
        "weekend",
        "weekend",
        "bank holiday: Easter Monday",
        "working day 1",
    ]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: CALENDAR.add_working_days(date(2028, 12, 29), 1),
        lambda: CALENDAR.add_working_days(date(2028, 12, 20), 15),
        lambda: CALENDAR.add_working_days(date(2029, 1, 2), 1),
        lambda: CALENDAR.add_working_days(date(2017, 12, 31), 1),
        lambda: CALENDAR.add_working_days(date(2017, 6, 1), 1),
        lambda: CALENDAR.subtract_working_days(date(2017, 6, 1), 1),
        lambda: CALENDAR.subtract_working_days(date(2018, 1, 5), 7),
        lambda: CALENDAR.subtract_working_days(date(2029, 1, 2), 1),
        lambda: CALENDAR.subtract_working_days(date(2017, 12, 29), 1),
        lambda: CALENDAR.working_days_between(date(2028, 12, 1), date(2029, 1, 1)),
        lambda: CALENDAR.working_days_between(date(2017, 12, 1), date(2018, 2, 1)),
        lambda: CALENDAR.is_working_day(date(2029, 1, 1)),
        lambda: CALENDAR.is_working_day(date(2017, 12, 31)),
        lambda: CALENDAR.why_not_working(date(2029, 6, 2)),
        lambda: CALENDAR.working_day_on_or_before(date(2018, 1, 1)),
        lambda: CALENDAR.explain_adding(date(2028, 12, 20), 15),
    ],
)
def test_outside_the_years_whose_bank_holidays_are_known_it_refuses(ask):
    with pytest.raises(BeyondKnownHolidays, match="from 1 January 2018 to 31 December 2028"):
        ask()


def test_the_last_working_day_that_is_known_can_still_be_counted_to():
    assert CALENDAR.add_working_days(date(2028, 12, 28), 1) == date(2028, 12, 29)
    assert CALENDAR.subtract_working_days(date(2018, 1, 3), 1) == date(2018, 1, 2)


def test_a_bank_holiday_proclaimed_for_a_year_not_yet_entered_does_not_make_that_year_known():
    calendar = Calendar({**BANK_HOLIDAYS, date(2029, 1, 1): "New Year's Day"}, date(2028, 12, 31))
    with pytest.raises(BeyondKnownHolidays):
        calendar.add_working_days(date(2028, 12, 29), 1)


def test_an_instant_is_refused_because_its_date_is_not_the_london_date():
    midnight = datetime(2026, 10, 5, tzinfo=UTC)
    for ask in (
        lambda: CALENDAR.add_working_days(midnight, 5),
        lambda: CALENDAR.subtract_working_days(midnight, 5),
        lambda: CALENDAR.is_working_day(midnight),
    ):
        with pytest.raises(TypeError):
            ask()


@pytest.mark.parametrize("count", [0, -1])
def test_counting_no_days_is_refused(count):
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.add_working_days(date(2026, 10, 5), count)
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.subtract_working_days(date(2026, 10, 5), count)


def test_a_calendar_cannot_be_changed():
    with pytest.raises(AttributeError):
        CALENDAR.known_until = date(2030, 12, 31)


def test_a_new_bank_holiday_makes_the_day_a_day_later_and_leaves_the_old_calendar_alone():
    changed = Calendar({**BANK_HOLIDAYS, date(2026, 10, 8): "Proclaimed"}, date(2028, 12, 31))
    assert changed.add_working_days(date(2026, 10, 5), 5) == date(2026, 10, 13)
    assert CALENDAR.add_working_days(date(2026, 10, 5), 5) == date(2026, 10, 12)


# --- months and years ---


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(1, 36))
def test_months_land_on_the_corresponding_date_or_the_last_day_of_a_shorter_month(day, months):
    assert add_months(day, months) == oracle.months_later(day, months)


def test_the_28th_29th_30th_and_31st_of_august_all_give_the_28th_of_february():
    assert {add_months(date(2026, 8, day), 6) for day in (28, 29, 30, 31)} == {date(2027, 2, 28)}


def test_the_anniversary_of_a_leap_day_is_the_28th():
    assert add_years(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert add_years(date(2026, 12, 3), 1) == date(2027, 12, 3)


# --- instants ---


def test_half_past_eleven_at_night_utc_in_summer_is_already_the_next_day_in_london():
    assert london_date(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert london_date(datetime(2026, 5, 31, 23, 30, tzinfo=UTC)) == date(2026, 6, 1)
    assert london_date(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == date(2026, 12, 31)


def test_an_instant_without_a_time_zone_has_no_london_date():
    with pytest.raises(ValueError, match="time zone"):
        london_date(datetime(2026, 6, 30, 23, 30))


@pytest.mark.parametrize(
    ("midnight", "before", "after"),
    [
        # The clocks go forward at 01:00 UTC on 29 March and back at 01:00 UTC on 25 October 2026.
        (datetime(2026, 3, 29, 0, 0, tzinfo=UTC), date(2026, 3, 28), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 29), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 24), date(2026, 10, 25)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 25), date(2026, 10, 26)),
    ],
)
def test_the_date_turns_at_london_midnight_on_the_days_the_clocks_change(midnight, before, after):
    for minute in range(240):
        step = timedelta(minutes=minute)
        assert london_date(midnight + step) == after
        assert london_date(midnight - timedelta(minutes=1) - step) == before


def test_every_minute_of_the_nights_the_clocks_change_gives_the_same_due_date():
    for day, night in ((date(2026, 3, 29), 0), (date(2026, 10, 25), -1)):
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=night)
        dues = {
            CALENDAR.add_working_days(london_date(start + timedelta(minutes=minute)), 15) for minute in range(4 * 60)
        }
        assert dues == {oracle.after(day, 15)}
