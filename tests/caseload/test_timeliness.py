"""How often duties were met: the figures against counting by hand, the drawing, the file."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.standing import Standing
from audit.models import Event
from caseload.chart import COLOURS, chart_of
from caseload.timeliness import Tally, duties, quarter_of, reasons, total, year_of
from deadlines.models import BankHoliday, Deadline, Limit

from .test_pages import text_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def clock(began):
    """`clock(code, due_on, met_on=None, ...)`: one clock of one case, and no other."""
    case = began(days=3).referred().case
    Deadline.objects.filter(case=case).delete()
    made = iter(range(1, 1000))

    def make(code, due_on, met_on=None, **facts):
        limit = Limit.objects.filter(code=code).latest("in_force_from")
        return Deadline.objects.create(
            case=case,
            limit=limit,
            code=code,
            occasion=f"test:{next(made)}",
            convention=limit.as_time_limit().convention,
            counted_from=due_on - timedelta(days=5),
            due_on=due_on,
            met_on=met_on,
            owed_by_role="coordinator",
            **facts,
        )

    return make


def test_what_fell_due_is_in_time_late_or_still_owed_and_nothing_else_counts(clock):
    clock("T01", date(2026, 4, 10), date(2026, 4, 10))
    clock("T01", date(2026, 4, 10), date(2026, 4, 9))
    clock("T01", date(2026, 6, 30), date(2026, 7, 1))
    clock("T01", date(2026, 11, 20))
    clock("T01", TODAY)  # today is not too late
    clock("T01", date(2027, 3, 31))
    clock("T01", date(2026, 5, 5), voided_on=TODAY, void_reason="Withdrawn")
    clock("T01", date(2026, 5, 5), not_applicable=True, not_applicable_reason="Not so")
    clock("T01", date(2026, 3, 31), date(2026, 3, 31))  # the year before
    [duty] = duties(2026, on=TODAY)
    assert [(one.in_time, one.late, one.owed) for one in duty.quarters] == [(2, 1, 0), (0, 0, 0), (0, 0, 1), (0, 0, 0)]
    assert duty.year.share == "50%"
    [before] = duties(2025, on=TODAY)
    assert before.quarters[3].in_time == 1


def test_by_how_much_is_counted_in_the_units_of_the_duty(clock):
    # From the Thursday before Easter 2026 to the Tuesday after it: one working day.
    clock("T01", date(2026, 4, 2), date(2026, 4, 7))
    clock("T01", date(2026, 11, 20))
    [duty] = duties(2026, on=TODAY)
    assert BankHoliday.objects.filter(date=date(2026, 4, 3)).exists()
    assert duty.quarters[0].longest == "1 working day"
    assert duty.quarters[2].longest == "1 working day"
    clock("T09", date(2026, 4, 2), date(2026, 4, 7))
    by_code = {one.code: one for one in duties(2026, on=TODAY)}
    assert by_code["T09"].year.longest == "5 days"


def test_all_duties_together_are_counted_in_days_where_their_units_differ(clock):
    # Over Easter: one working day is five days.
    clock("T01", date(2026, 4, 2), date(2026, 4, 7))
    clock("T09", date(2026, 4, 2), date(2026, 4, 5))
    whole = total(duty.quarters[0] for duty in duties(2026, on=TODAY))
    assert (whole.longest, whole.typical) == ("5 days", "4 days")


def test_beyond_the_bank_holidays_that_are_known_it_is_counted_in_days(clock):
    last = BankHoliday.objects.calendar().known_until
    clock("T01", last - timedelta(days=1))
    [duty] = duties(year_of(last), on=last + timedelta(days=30))
    assert duty.year.longest == "31 days"


def steps_between(first, last, skipped):
    """By walking: how many days after the first, up to the last, are Mondays to Fridays and not bank holidays."""
    day, count = first, 0
    while day < last:
        day += timedelta(days=1)
        count += day.weekday() < 5 and day not in skipped
    return count


def test_the_figures_agree_with_asking_every_clock_by_itself(clock):
    skipped = set(BankHoliday.objects.values_list("date", flat=True))
    quarters = ((4, 5, 6), (7, 8, 9), (10, 11, 12), (1, 2, 3))
    expected = {(code, place): ([], [], []) for code in ("T01", "T05") for place in range(4)}
    for number in range(60):
        due = date(2026, 4, 1) + timedelta(days=number * 6)
        met = None if number % 5 == 0 else due + timedelta(days=number % 13 - 6)
        code = ("T01", "T05")[number % 2]
        clock(code, due, met)
        place = next(place for place, months in enumerate(quarters) if due.month in months)
        in_time, late, owed = expected[code, place]
        if met is None and due < TODAY:
            owed.append(max(steps_between(due, TODAY, skipped), 1))
        elif met is not None and met > due:
            late.append(max(steps_between(due, met, skipped), 1))
        elif met is not None:
            in_time.append(due)
    for duty in duties(2026, on=TODAY):
        for place, found in enumerate(duty.quarters):
            in_time, late, owed = expected[duty.code, place]
            assert (found.in_time, found.late, found.owed) == (len(in_time), len(late), len(owed)), (duty.code, place)
            assert sorted(found.missed_by) == sorted([*late, *owed]), (duty.code, place)
            missed = sorted([*late, *owed])
            if missed:
                middle = (missed[(len(missed) - 1) // 2] + missed[len(missed) // 2]) / 2
                assert found.typical.split()[0] == str(round(middle))
                assert found.longest.split()[0] == str(missed[-1])
    drawn = chart_of(
        [total(column) for column in zip(*(duty.quarters for duty in duties(2026, on=TODAY)), strict=True)]
    )
    assert sum(part.number for part in drawn.parts) == sum(len(kind) for kinds in expected.values() for kind in kinds)


def test_nearly_all_is_not_all_and_hardly_any_is_not_none():
    assert Tally(in_time=999, late=1).share == "99%"
    assert Tally(in_time=1, late=999).share == "1%"
    assert Tally(in_time=3).share == "100%"
    assert Tally(late=3).share == "0%"
    assert Tally().share == "None due"


def test_years_and_quarters_are_those_of_the_reporting_year():
    assert [year_of(date(2026, 3, 31)), year_of(date(2026, 4, 1))] == [2025, 2026]
    assert [quarter_of(month) for month in range(1, 13)] == [3, 3, 3, 0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_the_bars_say_what_the_table_says(clock):
    chart = chart_of([Tally(2, 1, 0), Tally(), Tally(0, 0, 4), Tally(1)])
    by_colour = {colour: sum(part.number for part in chart.parts if part.colour == colour) for *_, colour in COLOURS}
    assert list(by_colour.values()) == [3, 1, 4]
    tallest = max(part.height for part in chart.parts)
    assert [part.number for part in chart.parts if part.height == tallest] == [4]
    assert all(part.y >= 0 and part.y + part.height <= chart.ground + 0.2 for part in chart.parts)


def test_the_page_draws_without_a_style_of_its_own_and_offers_the_file(clock, cora):
    today = timezone.localdate()
    clock("T01", today - timedelta(days=40), today - timedelta(days=30), met_late_reason="Nobody was there")
    answer = cora.get("/timeliness/", {"year": year_of(today - timedelta(days=40))})
    html = answer.content.decode()
    assert "<svg" in html
    assert "style=" not in html
    assert "<desc" in html
    assert "Nobody was there" in text_of(answer)
    assert re.search(r"timeliness/csv/\?year=\d{4}", html)


def test_the_file_holds_counts_and_no_case_and_taking_it_is_recorded(clock, cora):
    clock("T01", date(2026, 4, 10), date(2026, 4, 17), met_late_reason="Nobody was there")
    answer = cora.get("/timeliness/csv/?year=2026")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    first = rows[0]
    assert (first["code"], first["quarter"], first["due"], first["late"]) == ("T01", "April to June", "1", "1")
    assert len(rows) == 4
    assert "WFI-" not in text
    assert "Nobody" not in text
    assert Event.objects.filter(verb="timeliness exported", reading=True).count() == 1


def test_reasons_are_for_those_who_read_them_and_of_their_own_cases(clock, world, signed_in):
    clock("T01", date(2026, 4, 10), date(2026, 4, 17), met_late_reason="Nobody was there")
    assert "Nobody was there" in text_of(signed_in(world.people["partner_la"]).get("/timeliness/?year=2026"))
    assert "Nobody was there" not in text_of(signed_in(world.people["scrutineer"]).get("/timeliness/?year=2026"))
    assert signed_in(world.people["la_notifier"]).get("/timeliness/").status_code == 403
    stranger = Standing.of(world.people["isles_notifier"], timezone.now())
    assert reasons(2026, by=stranger) == []


@pytest.mark.parametrize("query", ["year=x", "year=0000", "year=99999", "year=%00", "duty=__class__", "year=²026"])
def test_a_year_or_duty_that_makes_no_sense_is_this_year_and_all(cora, query):
    assert cora.get(f"/timeliness/?{query}").status_code == 200
    assert cora.get(f"/timeliness/csv/?{query}").status_code == 200
