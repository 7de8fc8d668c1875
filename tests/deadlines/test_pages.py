"""The public calculator, the page of a clock, and the list of clocks."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from audit.models import Event
from deadlines.actions import explain_delay, meet, void
from deadlines.bands import Band
from deadlines.models import BankHoliday, Deadline, Secondary
from deadlines.presenter import SHOWN, clocks, clocks_of

OCCASION = "notifications.Notification:1"


def asked(limit, day, month, year, convention=""):
    return {
        "limit": limit,
        "date-day": day,
        "date-month": month,
        "date-year": year,
        "convention": convention,
    }


@pytest.fixture
def calculator(client, partnership):
    def ask(*question):
        answer = client.get(reverse("deadlines:calculator"), asked(*question) if question else None)
        assert answer.status_code == 200
        return answer.content.decode()

    return ask


def test_anyone_may_open_the_calculator(calculator):
    page = calculator()
    assert "Work out a due date" in page
    assert "Exit this page" in page
    assert "There is a problem" not in page


def test_the_answer_stands_with_its_reasons_and_with_the_other_ways_of_counting(calculator):
    page = calculator("T01", "2", "apr", "2026")
    assert "Monday 13 April 2026" in page
    assert "Bank holiday: Good Friday" in page
    assert "Fri 10 Apr 2026" in page
    assert "Friday 10 April 2026" in page
    assert "INCLUSIVE" in page
    assert "Children Act 2004, section 16C(1)" in page
    assert "Chapter 5 of Working Together 2026 is not yet checked" in page


def test_a_way_of_counting_can_be_chosen(calculator):
    assert "Friday 16 April 2027" in calculator("T10", "28", "4", "2027", "CLEAR_DAYS")


def test_what_happened_after_five_can_be_said(client, partnership):
    address, friday = reverse("deadlines:calculator"), asked("T01", "20", "11", "2026")
    before = client.get(address, friday).content.decode()
    after = client.get(address, friday | {"after_5pm": "on"}).content.decode()
    assert "Monday 30 November 2026" not in before
    assert "Friday 27 November 2026" in after, "the usual way does not ask"
    assert "Monday 30 November 2026" in after, "the other way does"
    assert "Friday 20 November 2026, after 5pm" in after


def test_the_calculator_and_the_command_give_the_same_answer(calculator):
    from tests.deadlines.test_worked_examples import VECTORS

    for code, trigger, due in VECTORS:
        day, expected = date.fromisoformat(trigger), date.fromisoformat(due)
        page = calculator(code, str(day.day), str(day.month), str(day.year))
        assert f"{expected:%A} {expected.day} {expected:%B %Y}" in page


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        (("T06", "5", "10", "2026"), "T06 has no date of its own"),
        (("T01", "28", "12", "2028"), "Bank holidays are known only from 1 January 2018 to 31 December 2028"),
        (("T01", "5", "10", "2017"), "No edition of T01 was in force on 5 October 2017"),
        (("T17", "5", "10", "2026"), "must be a 31 March"),
        (("T01", "5", "10", "2026", "CLEAR_DAYS"), "T01 is not counted by CLEAR_DAYS"),
        (("T01", "31", "2", "2026"), "The date to count from must be a real date"),
        (("T01", "5", "", "2026"), "The date to count from must include a month"),
        (("", "5", "10", "2026"), "Select time limit"),
        (("T99", "5", "10", "2026"), "Select time limit"),
        (("T01", "5", "10", "2026", "<script>"), "Select way of counting"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_question_without_an_answer_says_why_and_keeps_what_was_typed(calculator, question, refusal):
    page = calculator(*question)
    assert "There is a problem" in page
    assert refusal in page
    assert f'value="{question[1]}"' in page
    assert "<script>&" not in page
    assert 'value="<script>' not in page


def test_a_bank_holiday_entered_by_an_administrator_counts_on_the_calculator(calculator):
    BankHoliday.objects.create(date=date(2026, 10, 8), name="Proclaimed")
    page = calculator("T01", "5", "10", "2026")
    assert "Tuesday 13 October 2026" in page
    assert "Bank holiday: Proclaimed" in page


# --- the page of a clock ---


def test_how_a_date_was_worked_out_is_told_day_by_day_and_the_reading_is_recorded(begin, cast, signed_in):
    clock = begin("T05", date(2026, 10, 8), secondary=Secondary(date(2026, 10, 5), "LA_AWARE"))
    answer = signed_in(cast.partner_icb).get(clock.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "How was this date worked out?" in page
    assert "Due Thursday 29 October 2026" in page
    assert "Working day 15" in page
    assert "26 October 2026" in page
    assert "Recorded by Cora Coordinator" in page
    opened = Event.objects.get(subject=f"deadlines.Deadline:{clock.pk}", reading=True)
    assert opened.actor == cast.partner_icb


def test_whoever_may_not_see_the_case_is_told_there_is_nothing_there(begin, cast, signed_in):
    clock = begin("T05", date(2026, 10, 8))
    nothing = reverse("deadlines:explanation", args=[clock.pk + 1000])
    for person in (cast.isles_notifier, cast.lead, cast.system_administrator):
        client = signed_in(person)
        assert client.get(clock.get_absolute_url()).status_code == client.get(nothing).status_code == 404


def test_whoever_is_not_signed_in_is_asked_to(begin, client):
    answer = client.get(begin("T05", date(2026, 10, 8)).get_absolute_url())
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_a_clock_that_waits_for_bank_holidays_says_so(begin, cast, signed_in):
    page = signed_in(cast.coordinator).get(begin("T05", date(2028, 12, 20)).get_absolute_url()).content.decode()
    assert "No due date until the bank holidays it needs have been entered" in page
    assert "Bank holidays are known only" in page


def test_a_date_that_was_agreed_has_no_account(begin, cast, signed_in):
    clock = begin("L10", date(2026, 10, 8), due_on=date(2026, 10, 21))
    assert "This date was agreed" in signed_in(cast.coordinator).get(clock.get_absolute_url()).content.decode()


def test_a_date_that_the_bank_holidays_no_longer_give_is_pointed_out(begin, cast, signed_in):
    clock = begin("T05", date(2026, 10, 8))
    BankHoliday.objects.create(date=date(2026, 10, 16), name="Slipped in without the verb")
    page = signed_in(cast.coordinator).get(clock.get_absolute_url()).content.decode()
    assert "another date than the one kept here" in page


# --- the list of clocks ---


def test_each_clock_says_in_words_how_it_stands(begin, cora, case_one, cast, standing):
    begin("T01", date(2026, 11, 2), provisional=True)
    begin("T02", date(2026, 11, 2))
    meet("T02", occasion=OCCASION, on=date(2026, 11, 12), by=cora, require_reason=False)
    begin("T05", date(2026, 10, 20))
    begin("T10", date(2026, 11, 24), recipient="secretary_of_state")
    begin("T13", date(2026, 11, 2))
    begin("T15", date(2026, 10, 2))
    late = begin("T09", date(2026, 4, 28))
    explain_delay(late, on=date(2026, 10, 1), reason="A trial", by=cora, agreed_target=date(2027, 3, 1))
    begin("T05", date(2026, 10, 6), occasion="a:2")
    void("a:2", by=cora, reason="Found not to meet the criteria")
    listed = clocks_of(case_one, by=standing(cast.coordinator), on=date(2026, 11, 9))
    shown = {clock.code + clock.tag: clock for clock in listed}
    assert {key: (clock.due, clock.when) for key, clock in shown.items()} == {
        "T01Due today": ("Due Monday 9 November 2026", ""),
        "T02Done late": ("Due Monday 9 November 2026", "Done 12 November 2026, 3 working days late"),
        "T05Due soon": ("Due Tuesday 10 November 2026", "1 working day left"),
        "T10In time": ("Due Friday 13 November 2026", "4 working days left"),
        "T13Keep published": ("Keep until Tuesday 2 November 2027, may be removed from 3 November 2027", ""),
        "T15Time to chase": ("Advised by Monday 2 November 2026", ""),
        "T09Explained": ("Due Wednesday 28 October 2026", "Not done, 12 days late (8 working days)"),
        "T05Void": ("Due Tuesday 27 October 2026", "Void since 5 October 2026"),
    }
    assert shown["T01Due today"].is_provisional
    assert shown["T10In time"].title.endswith("to the Secretary of State")
    assert "Why it was late: not given yet" in shown["T02Done late"].lines
    assert "Agreed target 1 March 2027. The due date has not moved." in shown["T09Explained"].lines
    assert [clock.is_closed for clock in listed] == [False] * 6 + [True] * 2


def test_only_what_is_overdue_or_a_problem_is_red():
    assert {band for band, (_, colour) in SHOWN.items() if colour == "red"} == {Band.OVERDUE, Band.NOT_WORKED_OUT}
    assert set(SHOWN) == set(Band)


def test_the_list_marks_a_date_that_is_not_confirmed_and_leads_to_the_account(begin, case_one, cast, standing):
    clock = begin("T01", date(2026, 11, 2), provisional=True)
    shown = clocks_of(case_one, by=standing(cast.coordinator), on=date(2026, 11, 3))
    markup = render_to_string("deadlines/_clocks.html", {"clocks": shown})
    assert "Date not confirmed" in markup
    assert clock.get_absolute_url() in markup
    assert "No clock is running" in render_to_string("deadlines/_clocks.html", {"clocks": []})


def test_a_long_list_of_clocks_asks_the_database_no_more_than_a_short_one(
    begin, case_one, django_assert_max_num_queries
):
    for n in range(12):
        begin("T10", date(2026, 12, 3), recipient=f"r{n}")
    with django_assert_max_num_queries(3):
        assert len(clocks(Deadline.objects.of_case(case_one), on=date(2026, 11, 9))) == 12
