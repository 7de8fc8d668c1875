"""A wrong day zero put right, a delay explained, a lateness whose reason is owed, another edition: on the clock's page."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.standing import Standing
from audit.lifecycle import AlreadyDone, StaleEdit
from audit.models import Event
from cases.models import TeamMember
from deadlines.actions import (
    DayOutOfOrder,
    LateReasonNeeded,
    add_bank_holiday,
    correct_day_zero,
    explain_lateness,
    meet,
    record_delay,
    repin,
    void,
)
from deadlines.bands import Band
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import shown
from deadlines.rights import NotPermitted
from notifications.reminders.models import Message
from notifications.reminders.sweep import sweep

OCCASION = "notifications.Notification:1"


@pytest.fixture(autouse=True)
def on_the_team_since_september(request):
    """The cases of the cast are opened when the tests are run; these clocks run on fixed days."""
    for case in ("case_one", "case_two"):
        request.getfixturevalue(case)
    TeamMember.objects.update(starts_on=date(2026, 9, 1))


@pytest.fixture
def later(cast):
    """The coordinator on 16 November 2026."""
    return Standing.of(cast.coordinator, datetime(2026, 11, 16, 9, tzinfo=UTC))


@pytest.fixture
def pages(cast, signed_in):
    return signed_in(cast.coordinator)


def day(value, name="counted_from"):
    return {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}


def address(clock, name):
    return reverse(f"deadlines:{name}", args=[clock.pk])


def test_a_coordinator_corrects_a_wrong_day_zero_with_a_reason(begin, later):
    clock = begin("T05", date(2026, 10, 8))
    event = correct_day_zero(clock, date(2026, 10, 9), by=later, reason="It was sent a day later")
    clock.refresh_from_db()
    assert (clock.counted_from, clock.due_on) == (date(2026, 10, 9), date(2026, 10, 30))
    assert event.reason.text == "It was sent a day later"


def test_nobody_else_corrects_it(begin, cast, standing):
    clock = begin("T05", date(2026, 10, 8))
    for person in (cast.partner_icb, cast.la_notifier, cast.auditor):
        with pytest.raises(NotPermitted):
            correct_day_zero(clock, date(2026, 10, 7), by=standing(person), reason="Wrong")


def test_a_day_that_has_not_come_is_refused(begin, cora):
    with pytest.raises(DayOutOfOrder, match="today or in the past"):
        correct_day_zero(begin("T05", date(2026, 10, 1)), date(2026, 10, 6), by=cora, reason="Wrong")


@pytest.mark.parametrize("code", ["T01", "T02", "T10"])
def test_a_day_that_another_page_keeps_is_corrected_there(begin, later, code):
    with pytest.raises(AlreadyDone):
        correct_day_zero(begin(code, date(2026, 10, 8)), date(2026, 10, 7), by=later, reason="Wrong")


def test_nothing_is_counted_from_a_day_after_it_was_done(begin, later, cora):
    clock = begin("T05", date(2026, 10, 1))
    meet("T05", occasion=clock.occasion, on=date(2026, 10, 5), by=cora)
    with pytest.raises(DayOutOfOrder, match="must be the day it was done, 5 October 2026, or before"):
        correct_day_zero(clock, date(2026, 10, 6), by=later, reason="A slip")
    correct_day_zero(clock, date(2026, 10, 5), by=later, reason="A slip")
    clock.refresh_from_db()
    assert clock.counted_from == clock.met_on


def test_a_void_clock_is_not_corrected(begin, later):
    clock = begin("T05", date(2026, 10, 8))
    void(OCCASION, by=later, reason="Criteria not met")
    with pytest.raises(AlreadyDone):
        correct_day_zero(clock, date(2026, 10, 7), by=later, reason="Wrong")


def test_what_the_correction_makes_late_needs_its_reason(begin, later):
    clock = begin("T05", date(2026, 10, 8))
    meet("T05", occasion=OCCASION, on=date(2026, 10, 29), by=later)
    with pytest.raises(LateReasonNeeded):
        correct_day_zero(clock, date(2026, 10, 6), by=later, reason="Sent earlier")
    clock.refresh_from_db()
    assert clock.counted_from == date(2026, 10, 8)
    correct_day_zero(clock, date(2026, 10, 6), by=later, reason="Sent earlier", late_reason="The wrong day was used")
    clock.refresh_from_db()
    state = clock.state(on=later.today)
    assert (state.band, state.working_days_late) == (Band.MET_LATE, 2)
    assert clock.met_late_reason == "The wrong day was used"


def test_two_who_correct_at_once_do_not_overwrite_each_other(begin, later):
    clock = begin("T05", date(2026, 10, 8))
    correct_day_zero(clock, date(2026, 10, 9), by=later, reason="One", seen_version=1)
    with pytest.raises(StaleEdit):
        correct_day_zero(clock, date(2026, 10, 7), by=later, reason="Other", seen_version=1)


def test_the_page_asks_for_day_and_reason_and_shows_what_went_wrong(begin, pages):
    clock = begin("T05", date(2024, 10, 8))
    page = pages.get(address(clock, "correct")).content.decode()
    assert "Tuesday 29 October 2024" in page
    token = {"token": "a" * 20, "seen_version": 1}
    page = pages.post(address(clock, "correct"), {**day(date(2024, 10, 8)), **token}).content.decode()
    assert "Enter why the recorded day is wrong" in page
    assert "It is counted from 8 October 2024 already" in page
    answer = pages.post(
        address(clock, "correct"), {**day(date(2024, 10, 7)), "reason": "Wrong", **token}, follow=True
    ).content.decode()
    assert "The date was corrected" in answer
    assert "29 October 2024 became 28 October 2024" in answer
    # The same press again goes where the first one went.
    again = pages.post(address(clock, "correct"), {**day(date(2024, 10, 7)), "reason": "Wrong", **token})
    assert again.status_code in (200, 302)
    assert Event.objects.filter(verb="clock corrected").count() == 1


def test_a_stale_page_keeps_what_was_typed_and_says_what_stands_now(begin, pages, later):
    clock = begin("T05", date(2024, 10, 8))
    correct_day_zero(clock, date(2024, 10, 9), by=later, reason="One")
    typed = {**day(date(2024, 10, 7)), "reason": "My reason", "token": "b" * 20, "seen_version": 1}
    answer = pages.post(address(clock, "correct"), typed)
    assert answer.status_code == 409
    assert "Someone changed this clock" in answer.content.decode()
    assert "My reason" in answer.content.decode()


def test_the_same_day_meant_for_another_clock_is_a_page_that_says_so(begin, pages):
    assert pages.get(address(begin("T01", date(2026, 10, 8)), "correct")).status_code == 409


# --- told once ---


@pytest.fixture
def told():
    """Who gets how many messages when the day's letters go out on a morning."""

    def run(at):
        before = Message.objects.count()
        sweep(clock=lambda: at)
        return list(Message.objects.order_by("pk")[before:].select_related("recipient"))

    return run


def test_one_correction_is_told_once_to_those_who_owe_it_and_to_the_coordinators(
    begin, cast, case_one, cora, later, told
):
    clock = begin("T05", date(2026, 11, 10))
    correct_day_zero(clock, date(2026, 11, 11), by=later, reason="A day later")
    messages = told(datetime(2026, 11, 17, 9, tzinfo=UTC))
    said = [message for message in messages if "corrected" in message.text]
    assert sorted({message.recipient.email for message in said}) == sorted(
        {user.email for user in clock.recipients("owners", date(2026, 11, 17))}
        | {cast.coordinator.email, cast.second_coordinator.email}
    )
    assert clock.recipients("owners", date(2026, 11, 17)).exists()
    assert len(said) == len({message.recipient_id for message in said})
    assert not [message for message in told(datetime(2026, 11, 18, 9, tzinfo=UTC)) if "corrected" in message.text]
    for message in said:
        assert "A day later" not in message.text


def test_a_bank_holiday_that_moves_many_clocks_is_one_message_to_each_person(begin, cora, case_two, told):
    begin("T05", date(2026, 10, 1))
    begin("T05", date(2026, 10, 2), occasion="another:1")
    begin("T05", date(2026, 10, 2), occasion="third:1", case=case_two)
    assert len(add_bank_holiday(date(2026, 10, 7), "Proclaimed", by=cora)) == 3
    assert Event.objects.filter(verb="clock moved").count() == 3
    messages = [m for m in told(datetime(2026, 10, 6, 9, tzinfo=UTC)) if "moved" in m.text]
    assert messages
    assert len(messages) == len({message.recipient_id for message in messages})
    coordinators = [m for m in messages if m.recipient.email.startswith("coordinator")]
    assert coordinators and coordinators[0].text.count("moved") >= 3


def test_owners_are_those_of_the_owing_agency_on_the_team_without_a_conflict(begin, cast):
    clock = begin("T01", date(2026, 10, 5), owed_by_agency=cast.agencies.westmoor)
    found = clock.recipients("owners", date(2026, 10, 6))
    assert cast.la_notifier in found
    assert cast.isles_notifier not in found


# --- beside, never instead ---


def test_an_agreed_target_stands_beside_the_due_date_and_never_replaces_it(begin, later):
    clock = begin("T05", date(2026, 10, 8))
    record_delay(clock, by=later, told_on=date(2026, 10, 28), reason="The inquest", agreed_target=date(2026, 11, 20))
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 10, 29)
    assert clock.state(on=later.today).band is Band.EXPLAINED
    row = shown(clock, on=later.today, calendar=BankHoliday.objects.calendar())
    assert row.due == "Due Thursday 29 October 2026"
    assert "Agreed target 20 November 2026. The due date has not moved." in row.lines


def test_a_target_no_later_than_the_due_date_is_none(begin, later):
    clock = begin("T05", date(2026, 10, 8))
    with pytest.raises(DayOutOfOrder, match="after the due date"):
        record_delay(clock, by=later, told_on=later.today, reason="Slow", agreed_target=date(2026, 10, 29))


@pytest.mark.parametrize("code", ["T09", "T08"])
def test_what_is_explained_on_the_review_or_is_only_advised_is_not_explained_here(begin, later, code):
    with pytest.raises(AlreadyDone):
        record_delay(begin(code, date(2026, 10, 8)), by=later, told_on=later.today, reason="Slow")


def test_the_page_records_an_explanation(begin, pages):
    clock = begin("T05", date(2024, 10, 8))
    pages.post(
        address(clock, "delay"),
        {**day(date(2024, 10, 9), "told_on"), "reason": "The inquest", "token": "c" * 20, "seen_version": 1},
    )
    clock.refresh_from_db()
    assert (clock.delay_explained_on, clock.delay_reason, clock.agreed_target) == (
        date(2024, 10, 9),
        "The inquest",
        None,
    )


def test_the_reason_that_is_owed_is_given_once(begin, later, pages):
    clock = begin("T05", date(2026, 10, 8))
    meet("T05", occasion=OCCASION, on=date(2026, 11, 3), by=later, require_reason=False)
    assert "Say why it was late" in pages.get(clock.get_absolute_url()).content.decode()
    explain_lateness(clock, by=later, reason="The meeting was put off")
    page = pages.get(clock.get_absolute_url()).content.decode()
    assert "3 working days late" in page
    assert "Why it was late: The meeting was put off" in page
    assert address(clock, "lateness") not in page
    with pytest.raises(AlreadyDone):
        explain_lateness(clock, by=later, reason="Another")


def test_example_14_a_review_met_late_says_by_how_many_days_and_working_days(begin, later):
    clock = begin("T09", date(2026, 10, 28))
    meet("T09", occasion=OCCASION, on=date(2027, 9, 20), by=later, reason="The trial")
    clock = Deadline.objects.get(pk=clock.pk)
    state = clock.state(on=date(2027, 9, 21))
    assert state.elapsed_days == 327
    words = shown(clock, on=date(2027, 9, 21), calendar=BankHoliday.objects.calendar()).when
    assert words == "Done 20 September 2027, 145 days late (100 working days)"


def test_examples_13_a_new_notification_starts_new_clocks_and_the_void_ones_stay(begin, later):
    withdrawn = begin("T05", date(2026, 10, 6))
    void(OCCASION, by=later, reason="Found not to meet the criteria")
    aware = begin("T01", date(2026, 11, 13), occasion="second:1")
    again = begin("T05", date(2026, 11, 16), occasion="second:1")
    withdrawn.refresh_from_db()
    assert (withdrawn.due_on, withdrawn.state(on=later.today).band) == (date(2026, 10, 27), Band.VOID)
    assert (aware.due_on, again.due_on) == (date(2026, 11, 20), date(2026, 12, 7))


# --- another edition ---


def test_the_page_shows_what_each_other_edition_would_give_and_pins_the_one_chosen(begin, pages):
    clock = begin("T05", date(2026, 10, 8))
    page = pages.get(address(clock, "edition")).content.decode()
    assert "WT 2023, in force from 15 December 2023: due 29 October 2026" in page
    typed = {"edition": "WT 2023", "reason": "It was agreed", "token": "d" * 20, "seen_version": 1}
    assert (
        "Enter why another edition is used"
        in pages.post(address(clock, "edition"), typed | {"reason": ""}).content.decode()
    )
    page = pages.post(address(clock, "edition"), typed, follow=True).content.decode()
    assert "WT 2026 became WT 2023" in page
    clock.refresh_from_db()
    assert clock.limit.edition == "WT 2023"


def test_an_edition_of_another_limit_cannot_be_chosen(begin, pages):
    clock = begin("T05", date(2026, 10, 8))
    answer = pages.post(
        address(clock, "edition"), {"edition": "Local plan", "reason": "Why not", "token": "e" * 20, "seen_version": 1}
    )
    assert "There is a problem" in answer.content.decode()


def test_pinning_another_edition_is_recorded(begin, later):
    clock = begin("T05", date(2026, 10, 8))
    repin(clock, "WT 2023", by=later, reason="It was agreed")
    event = Event.objects.get(verb="clock counted by another edition")
    assert (event.reason.text, event.changed) == ("It was agreed", ["limit"])
