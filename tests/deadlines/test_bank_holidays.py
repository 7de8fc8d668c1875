"""A bank holiday is proclaimed, moved or entered by mistake; a new year is entered."""

from datetime import date

import pytest
from django.urls import reverse

from audit.lifecycle import AlreadyDone
from audit.models import Event
from deadlines.actions import (
    AlreadyEntered,
    NotTheNextYear,
    add_bank_holiday,
    declare_year,
    meet,
    preview_adding,
    preview_removing,
    recount,
    remove_bank_holiday,
    void,
)
from deadlines.checks import bank_holidays_are_entered_a_year_ahead, runs_out
from deadlines.models import BankHoliday, Deadline, KnownYear, Secondary
from deadlines.rights import NotPermitted

PROCLAIMED = date(2026, 10, 16)


@pytest.fixture
def clocks(begin, cora, case_two):
    """Two that a holiday on 16 October 2026 would move, and four that it would not."""
    moving = begin("T05", date(2026, 10, 8), secondary=Secondary(date(2026, 10, 5), "LA_AWARE"))
    other_case = begin("T01", date(2026, 10, 12), case=case_two, occasion="b:1")
    begin("T01", date(2026, 10, 1), occasion="still:1")
    begin("T09", date(2026, 10, 8), occasion="months:1")
    begin("T05", date(2026, 10, 8), occasion="met:1")
    meet("T05", occasion="met:1", on=date(2026, 10, 14), by=cora)
    begin("T05", date(2026, 10, 8), occasion="void:1")
    void("void:1", by=cora, reason="Withdrawn")
    return moving, other_case


def test_the_preview_names_the_open_clocks_that_would_move_and_changes_nothing(clocks):
    moving, other_case = clocks
    found = {move.deadline: (move.was, move.becomes) for move in preview_adding(PROCLAIMED)}
    assert found == {
        moving: (date(2026, 10, 29), date(2026, 10, 30)),
        other_case: (date(2026, 10, 19), date(2026, 10, 20)),
    }
    moving.refresh_from_db()
    assert moving.due_on == date(2026, 10, 29)
    assert not BankHoliday.objects.filter(date=PROCLAIMED).exists()


def test_a_proclaimed_bank_holiday_moves_every_open_clock_and_each_move_is_recorded(clocks, cora):
    moving, other_case = clocks
    moved = add_bank_holiday(PROCLAIMED, "Proclaimed", by=cora, source="The London Gazette")
    assert {move.deadline for move in moved} == set(clocks)
    for clock in clocks:
        clock.refresh_from_db()
    assert (moving.due_on, moving.secondary_due_on) == (date(2026, 10, 30), date(2026, 10, 27))
    assert other_case.due_on == date(2026, 10, 20)
    events = Event.objects.filter(verb="clock moved")
    assert {event.subject for event in events} == {f"deadlines.Deadline:{clock.pk}" for clock in clocks}
    assert {event.trail for event in events} == {clock.trail for clock in clocks}
    assert "Proclaimed, 16 October 2026" in events[0].reason.text
    assert BankHoliday.objects.get(date=PROCLAIMED).entered_by == "Cora Coordinator"
    assert Event.objects.filter(verb="bank holiday added").exists()


def test_clocks_that_are_met_or_void_are_never_touched(clocks, cora):
    before = {clock.pk: clock.due_on for clock in Deadline.objects.exclude(pk__in=[clock.pk for clock in clocks])}
    add_bank_holiday(PROCLAIMED, "Proclaimed", by=cora)
    after = {clock.pk: clock.due_on for clock in Deadline.objects.filter(pk__in=before)}
    assert before == after


def test_a_bank_holiday_entered_by_mistake_is_taken_out_and_the_clocks_move_back(clocks, cora):
    moving, _ = clocks
    add_bank_holiday(PROCLAIMED, "Proclaimed", by=cora)
    row = BankHoliday.objects.get(date=PROCLAIMED)
    assert {move.deadline.pk for move in preview_removing(PROCLAIMED)} == {clock.pk for clock in clocks}
    remove_bank_holiday(row, by=cora, reason="It was for another year")
    moving.refresh_from_db()
    assert (moving.due_on, moving.secondary_due_on) == (date(2026, 10, 29), date(2026, 10, 26))
    assert Event.objects.get(verb="bank holiday removed").reason.text.endswith(
        "16 October 2026. It was for another year"
    )


def test_a_date_that_was_agreed_is_not_moved(begin, cora):
    agreed = begin("L10", date(2026, 10, 8), due_on=date(2026, 10, 22))
    counted = begin("L07", date(2026, 10, 8))
    assert {move.deadline for move in preview_adding(PROCLAIMED)} == {counted}
    assert agreed.due_on == date(2026, 10, 22)


def test_a_bank_holiday_at_a_weekend_moves_nothing(clocks):
    assert preview_adding(date(2026, 10, 17)) == []


def test_the_same_day_is_not_entered_twice_and_not_removed_twice(db, cora):
    with pytest.raises(AlreadyEntered, match="25 December 2026 is a bank holiday already"):
        add_bank_holiday(date(2026, 12, 25), "Christmas", by=cora)
    row = BankHoliday.objects.get(date=date(2026, 12, 25))
    gone = BankHoliday.objects.get(pk=row.pk)
    remove_bank_holiday(row, by=cora, reason="Mistake")
    with pytest.raises(AlreadyDone):
        remove_bank_holiday(gone, by=cora, reason="Mistake")


@pytest.mark.parametrize("attribute", ["partner_icb", "la_notifier", "agency_lead", "auditor"])
def test_only_those_who_hold_the_right_change_bank_holidays(cast, standing, attribute):
    by = standing(getattr(cast, {"agency_lead": "lead"}.get(attribute, attribute)))
    row = BankHoliday.objects.get(date=date(2026, 12, 25))
    with pytest.raises(NotPermitted):
        add_bank_holiday(PROCLAIMED, "Proclaimed", by=by)
    with pytest.raises(NotPermitted):
        remove_bank_holiday(row, by=by, reason="Mistake")
    with pytest.raises(NotPermitted):
        declare_year(2029, by=by)


def test_counting_again_changes_nothing_that_is_right(clocks, cora):
    assert recount(by=cora) == []
    Deadline.objects.filter(pk=clocks[0].pk).update(due_on=date(2026, 11, 5))
    assert [move.deadline for move in recount(by=cora)] == [clocks[0]]


# --- a new year ---


def enter_2029(by):
    for day, name in (
        (date(2029, 1, 1), "New Year's Day"),
        (date(2029, 3, 30), "Good Friday"),
        (date(2029, 4, 2), "Easter Monday"),
    ):
        add_bank_holiday(day, name, by=by)


def test_when_the_next_year_is_complete_the_clocks_that_waited_are_worked_out(begin, cora):
    waiting = begin("T05", date(2028, 12, 20))
    enter_2029(cora)
    waiting.refresh_from_db()
    assert waiting.due_on is None
    assert [move.deadline for move in declare_year(2029, by=cora)] == [waiting]
    waiting.refresh_from_db()
    assert waiting.due_on == date(2029, 1, 15)
    assert KnownYear.last() == 2029


def test_years_are_declared_one_after_another_and_not_empty(db, cora):
    with pytest.raises(NotTheNextYear, match="No bank holiday of 2029"):
        declare_year(2029, by=cora)
    add_bank_holiday(date(2030, 1, 1), "New Year's Day", by=cora)
    with pytest.raises(NotTheNextYear, match="The next year to declare is 2029"):
        declare_year(2030, by=cora)


def test_the_calendar_refuses_everything_when_no_year_is_known(db):
    KnownYear.objects.all().delete()
    calendar = BankHoliday.objects.calendar()
    with pytest.raises(LookupError):
        calendar.is_working_day(date(2026, 10, 5))


def test_a_warning_comes_twelve_months_before_the_bank_holidays_run_out():
    assert runs_out(2028, on=date(2027, 12, 31)) == []
    (warning,) = runs_out(2028, on=date(2028, 1, 1))
    assert warning.id == "deadlines.W001"
    assert "2028" in warning.msg


def test_the_system_check_asks_the_rows(db):
    KnownYear.objects.filter(year__gt=2020).delete()
    assert [warning.id for warning in bank_holidays_are_entered_a_year_ahead()] == ["deadlines.W001"]


# --- the pages ---


@pytest.fixture
def cora_signed_in(cast, signed_in):
    return signed_in(cast.coordinator)


def typed(**more):
    return {
        "date-day": "16",
        "date-month": "oct",
        "date-year": "2026",
        "name": "Proclaimed",
        "source": "",
        "token": "a-token-of-this-page",
        **more,
    }


def test_the_page_lists_each_year_and_says_how_far_dates_can_be_counted(cora_signed_in, partnership):
    page = cora_signed_in.get(reverse("deadlines:bank_holidays")).content.decode()
    assert "to the end of 2028" in page
    assert "Mon 28 Dec 2026" in page
    assert "Boxing Day (substitute day)" in page


def test_adding_shows_what_would_move_before_anything_does(clocks, cora_signed_in):
    page = cora_signed_in.post(reverse("deadlines:add_bank_holiday"), typed()).content.decode()
    assert "2 open due dates would move" in page
    assert clocks[0].case.reference in page
    assert "Fri 30 Oct 2026" in page
    assert not BankHoliday.objects.filter(date=PROCLAIMED).exists()


def test_confirming_adds_it_and_says_how_many_dates_moved(clocks, cora_signed_in):
    answer = cora_signed_in.post(reverse("deadlines:add_bank_holiday"), typed(confirmed="on"), follow=True)
    assert "Proclaimed was added and 2 due dates moved." in answer.content.decode()
    clocks[0].refresh_from_db()
    assert clocks[0].due_on == date(2026, 10, 30)


def test_the_page_keeps_who_changed_what_and_why_and_how_many_dates_moved(clocks, cora_signed_in):
    address = reverse("deadlines:bank_holidays")
    assert "Nothing was changed" in cora_signed_in.get(address).content.decode()
    said = typed(confirmed="on", source="The London Gazette")
    cora_signed_in.post(reverse("deadlines:add_bank_holiday"), said)
    added = BankHoliday.objects.get(date=PROCLAIMED)
    page = cora_signed_in.get(address).content.decode()
    assert page.count("The London Gazette") == 2, "beside the day, and in what was changed"
    cora_signed_in.post(
        reverse("deadlines:remove_bank_holiday", args=[added.pk]), {"token": "r" * 20, "reason": "Put off"}
    )
    page = cora_signed_in.get(address).content.decode().split('id="changes"')[1]
    assert page.index("Bank holiday removed") < page.index("Bank holiday added")
    assert "Proclaimed, 16 October 2026. Put off" in page
    assert page.count("2 due dates moved.") == 2
    assert page.count("Cora Coordinator") == 2


def test_a_day_that_is_entered_already_is_refused_beside_the_date(cora_signed_in):
    page = cora_signed_in.post(
        reverse("deadlines:add_bank_holiday"), typed(**{"date-day": "25", "date-month": "12"})
    ).content.decode()
    assert "25 December 2026 is a bank holiday already" in page
    assert "There is a problem" in page


def test_what_a_colleague_entered_meanwhile_is_said_and_a_second_press_goes_on(clocks, cora_signed_in, cora):
    address = reverse("deadlines:add_bank_holiday")
    typed = {"date-day": "16", "date-month": "10", "date-year": "2026", "name": "Proclaimed", "source": ""}
    confirmed = typed | {"confirmed": "on", "token": "one-press-of-the-button"}
    assert cora_signed_in.post(address, confirmed).status_code == 302
    assert cora_signed_in.post(address, confirmed).status_code == 302
    other = cora_signed_in.post(address, confirmed | {"token": "another-press-of-it"})
    assert other.status_code == 409
    assert "16 October 2026 is a bank holiday already" in other.content.decode()
    row = BankHoliday.objects.get(date=PROCLAIMED)
    removing = reverse("deadlines:remove_bank_holiday", args=[row.pk])
    gone = {"reason": "A slip", "token": "third-press-of-the-button"}
    assert cora_signed_in.post(removing, gone).status_code == 302
    assert cora_signed_in.post(removing, gone).status_code == 409
    assert cora_signed_in.get(removing).status_code == 404


def test_a_system_administrator_sees_how_many_clocks_move_and_not_whose(clocks, cast, signed_in):
    page = signed_in(cast.system_administrator).post(reverse("deadlines:add_bank_holiday"), typed()).content.decode()
    assert "2 open due dates would move" in page
    assert "in cases that you cannot open" in page
    assert clocks[0].case.reference not in page


def test_removing_needs_a_reason(cora_signed_in):
    row = BankHoliday.objects.get(date=date(2026, 12, 25))
    address = reverse("deadlines:remove_bank_holiday", args=[row.pk])
    assert "Enter why it is removed" in cora_signed_in.post(address, {"token": "t" * 20}).content.decode()
    cora_signed_in.post(address, {"token": "t" * 20, "reason": "Entered by mistake"})
    assert not BankHoliday.objects.filter(pk=row.pk).exists()
    assert cora_signed_in.get(address).status_code == 404


def test_a_year_is_declared_complete_on_its_own_page(cora_signed_in, cora):
    address = reverse("deadlines:declare_year", args=[2029])
    assert cora_signed_in.get(address).status_code == 404
    enter_2029(cora)
    assert "All the bank holidays of 2029" in cora_signed_in.get(reverse("deadlines:bank_holidays")).content.decode()
    assert "Fri 30 Mar 2029" in cora_signed_in.get(reverse("deadlines:bank_holidays")).content.decode()
    cora_signed_in.post(address, {"token": "t" * 20})
    assert KnownYear.last() == 2029


@pytest.mark.parametrize("name", ["bank_holidays", "add_bank_holiday"])
def test_a_colleague_without_the_right_is_told_so(cast, signed_in, name):
    assert signed_in(cast.partner_icb).get(reverse(f"deadlines:{name}")).status_code == 403
