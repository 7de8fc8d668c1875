"""What the verbs do to a clock: started, met, counted again, void, explained."""

from datetime import date

import pytest

from audit.models import Event
from deadlines.actions import (
    ClockClosed,
    LateReasonNeeded,
    NoSuchClock,
    clock_of,
    confirm,
    correct,
    explain_delay,
    give_late_reason,
    meet,
    reopen,
    repin,
    revive,
    set_secondary,
    void,
)
from deadlines.bands import Band
from deadlines.models import Deadline, Secondary
from deadlines.rights import NotPermitted
from deadlines.statutory import NoDateOfItsOwn, NotItsConvention

OCCASION = "notifications.Notification:1"


def band(clock, on):
    clock.refresh_from_db()
    return clock.state(on=on).band


def events(clock):
    return list(Event.objects.filter(subject=f"deadlines.Deadline:{clock.pk}").values_list("verb", flat=True))


# --- starting ---


def test_a_clock_is_counted_by_the_edition_in_force_on_its_own_day_zero(begin):
    assert begin("T05", date(2026, 3, 17), occasion="a:1").limit.edition == "WT 2023"
    assert begin("T05", date(2026, 3, 18), occasion="a:2").limit.edition == "WT 2026"


def test_starting_a_clock_says_from_when_it_is_counted_who_recorded_that_and_when_it_is_due(begin, cora):
    clock = begin("T05", date(2026, 10, 8))
    assert (clock.due_on, clock.counted_from) == (date(2026, 10, 29), date(2026, 10, 8))
    assert clock.counted_from_recorded_by == "Cora Coordinator"
    assert clock.owed_by_role == "partner"
    assert events(clock) == ["clock started"]


def test_starting_twice_changes_nothing(begin):
    first = begin("T05", date(2026, 10, 8))
    again = begin("T05", date(2026, 10, 9))
    assert again == first
    assert again.due_on == date(2026, 10, 29)
    assert events(first) == ["clock started"]


def test_the_same_duty_owed_to_several_is_a_clock_for_each(begin):
    clocks = {begin("T10", date(2027, 4, 28), recipient=recipient) for recipient in ("panel", "ofsted")}
    assert len(clocks) == 2
    assert {clock.due_on for clock in clocks} == {date(2027, 4, 19)}


def test_a_second_notification_in_the_same_case_has_clocks_of_its_own(begin):
    begin("T05", date(2026, 10, 6))
    second = begin("T05", date(2026, 11, 16), occasion="notifications.Notification:2")
    assert second.due_on == date(2026, 12, 7)
    assert clock_of("T05", OCCASION).due_on == date(2026, 10, 27)


def test_the_date_from_awareness_stands_beside_the_due_date_and_never_replaces_it(begin):
    clock = begin("T05", date(2026, 10, 8), secondary=Secondary(date(2026, 10, 5), "LA_AWARE"))
    assert (clock.due_on, clock.secondary_due_on) == (date(2026, 10, 29), date(2026, 10, 26))
    assert "became aware" in clock.secondary_label


def test_the_secondary_date_can_be_set_and_taken_away_later(begin, cora):
    clock = begin("T05", date(2026, 11, 12))
    set_secondary(clock, Secondary(date(2026, 11, 2), "LA_AWARE"), by=cora)
    clock.refresh_from_db()
    assert (clock.due_on, clock.secondary_due_on) == (date(2026, 12, 3), date(2026, 11, 23))
    set_secondary(clock, None, by=cora)
    clock.refresh_from_db()
    assert clock.secondary_due_on is None


@pytest.mark.parametrize("code", ["T06", "T16"])
def test_a_duty_without_a_date_of_its_own_has_no_clock(begin, code):
    with pytest.raises(NoDateOfItsOwn):
        begin(code, date(2026, 10, 8))


def test_a_clock_is_not_counted_in_a_way_its_limit_does_not_offer(begin):
    with pytest.raises(NotItsConvention):
        begin("T05", date(2026, 10, 8), convention="PUB_MINUS_N")


def test_a_statutory_date_cannot_be_agreed_but_a_local_step_can(begin):
    with pytest.raises(ValueError, match="cannot be agreed"):
        begin("T05", date(2026, 10, 8), due_on=date(2026, 12, 1))
    assert begin("L07", date(2026, 10, 8)).due_on == date(2026, 10, 19)
    agreed = begin("L10", date(2026, 10, 8), due_on=date(2026, 10, 21))
    assert agreed.due_on == date(2026, 10, 21)


def test_the_clock_of_the_yearly_report_belongs_to_no_case(begin, cast, standing):
    clock = begin("T17", date(2026, 3, 31), case=None, occasion="year:2026")
    assert clock.due_on == date(2026, 9, 30)
    assert clock in Deadline.objects.visible_to(standing(cast.coordinator))
    assert clock not in Deadline.objects.visible_to(standing(cast.referrer))


def test_a_clock_that_runs_past_the_known_bank_holidays_starts_without_a_due_date(begin):
    clock = begin("T05", date(2028, 12, 20))
    assert clock.due_on is None
    assert clock.state(on=date(2028, 12, 21)).band == Band.NOT_WORKED_OUT
    assert clock in Deadline.objects.not_worked_out()


def test_six_months_need_no_bank_holidays_so_the_clock_has_its_date(begin):
    assert begin("T09", date(2028, 9, 1)).due_on == date(2029, 3, 1)


# --- meeting ---


def test_a_clock_met_in_time_needs_no_reason(begin, cora):
    clock = begin("T01", date(2026, 11, 2))
    meet("T01", occasion=OCCASION, on=date(2026, 11, 9), by=cora)
    assert band(clock, date(2026, 12, 1)) == Band.MET


def test_a_late_notification_is_refused_without_a_reason_and_keeps_how_late_it_was(begin, cora):
    clock = begin("T01", date(2026, 11, 2))
    with pytest.raises(LateReasonNeeded):
        meet("T01", occasion=OCCASION, on=date(2026, 11, 12), by=cora)
    assert band(clock, date(2026, 11, 12)) == Band.OVERDUE
    meet("T01", occasion=OCCASION, on=date(2026, 11, 12), by=cora, reason="The officer was on leave")
    clock.refresh_from_db()
    state = clock.state(on=date(2027, 1, 1))
    assert (state.band, state.working_days_late) == (Band.MET_LATE, 3)
    assert clock.met_late_reason == "The officer was on leave"


def test_recording_that_something_was_sent_is_not_held_up_and_the_reason_follows(begin, cora):
    clock = begin("T01", date(2026, 11, 2))
    meet("T01", occasion=OCCASION, on=date(2026, 11, 12), by=cora, require_reason=False)
    assert band(clock, date(2026, 11, 12)) == Band.MET_LATE
    give_late_reason(clock, by=cora, reason="The officer was on leave")
    clock.refresh_from_db()
    assert clock.met_late_reason == "The officer was on leave"


def test_an_advisory_date_is_never_late(begin, cora):
    clock = begin("T08", date(2026, 10, 29))
    assert band(clock, date(2026, 11, 27)) == Band.PAST_ADVICE
    assert clock in Deadline.objects.past_advice(on=date(2026, 11, 27))
    assert clock not in Deadline.objects.overdue(on=date(2026, 11, 27))
    meet("T08", occasion=OCCASION, on=date(2027, 1, 15), by=cora)
    assert band(clock, date(2027, 1, 15)) == Band.MET


def test_meeting_twice_on_the_same_day_is_once_and_on_another_day_is_refused(begin, cora):
    clock = begin("T01", date(2026, 10, 5))
    for _ in range(2):
        meet("T01", occasion=OCCASION, on=date(2026, 10, 8), by=cora)
    assert events(clock) == ["clock started", "clock met"]
    with pytest.raises(ClockClosed):
        meet("T01", occasion=OCCASION, on=date(2026, 10, 9), by=cora)


def test_a_clock_that_was_never_started_cannot_be_met(case_one, cora):
    with pytest.raises(NoSuchClock):
        meet("T01", occasion=OCCASION, on=date(2026, 10, 8), by=cora)


def test_what_was_met_by_mistake_runs_again(begin, cora):
    clock = begin("T05", date(2026, 10, 8))
    meet("T05", occasion=OCCASION, on=date(2026, 11, 30), by=cora, reason="Recorded on the wrong case")
    clock.refresh_from_db()
    reopen(clock, by=cora, reason="Recorded on the wrong case")
    assert band(clock, date(2026, 10, 20)) == Band.RUNNING


# --- the day zero ---


def test_a_provisional_clock_says_so_until_its_date_is_confirmed(begin, cora):
    clock = begin("T01", date(2026, 10, 5), provisional=True)
    assert clock.provisional
    confirm(clock, date(2026, 10, 2), by=cora, reason="The duty team knew on the Friday")
    clock.refresh_from_db()
    assert (clock.provisional, clock.counted_from, clock.due_on) == (False, date(2026, 10, 2), date(2026, 10, 9))
    assert events(clock) == ["clock started", "clock confirmed"]


def test_confirming_the_date_that_stood_in_only_confirms_it(begin, cora):
    clock = begin("T01", date(2026, 10, 5), provisional=True)
    confirm(clock, date(2026, 10, 5), by=cora)
    clock.refresh_from_db()
    assert (clock.provisional, clock.due_on) == (False, date(2026, 10, 12))


def test_correcting_the_day_zero_counts_again_by_the_edition_then_in_force(begin, cora):
    clock = begin("T01", date(2026, 3, 18))
    correct(clock, date(2026, 3, 16), by=cora, reason="An earlier call was found")
    clock.refresh_from_db()
    assert (clock.counted_from, clock.due_on, clock.limit.edition) == (
        date(2026, 3, 16),
        date(2026, 3, 23),
        "WT 2023",
    )
    last = Event.objects.filter(verb="clock corrected").get()
    assert last.reason.text == "An earlier call was found"
    assert set(last.changed) >= {"counted_from", "due_on", "limit"}


def test_correcting_a_clock_already_met_shows_that_it_was_late(begin, cora):
    clock = begin("T01", date(2026, 11, 5))
    meet("T01", occasion=OCCASION, on=date(2026, 11, 12), by=cora)
    clock.refresh_from_db()
    correct(clock, date(2026, 11, 2), by=cora, reason="Known earlier")
    assert band(clock, date(2026, 11, 12)) == Band.MET_LATE


def test_a_coordinator_may_count_a_clock_by_another_edition_and_a_partner_may_not(begin, cora, cast, standing):
    clock = begin("T05", date(2026, 3, 18))
    with pytest.raises(NotPermitted):
        repin(clock, "WT 2023", by=standing(cast.partner_icb), reason="Agreed")
    repin(clock, "WT 2023", by=standing(cast.coordinator), reason="The edition was not yet in local use")
    clock.refresh_from_db()
    assert clock.limit.edition == "WT 2023"


# --- void, not applicable, explained ---


def test_when_the_case_is_found_not_to_meet_the_criteria_the_open_clock_is_void_and_stays_to_be_read(begin, cora):
    told = begin("T01", date(2026, 10, 1))
    meet("T01", occasion=OCCASION, on=date(2026, 10, 6), by=cora)
    review = begin("T05", date(2026, 10, 6))
    changed = void(OCCASION, by=cora, reason="Found not to meet the criteria")
    assert changed == [review]
    assert band(review, date(2027, 1, 1)) == Band.VOID
    assert band(told, date(2027, 1, 1)) == Band.MET
    review.refresh_from_db()
    assert review.void_reason == "Found not to meet the criteria"
    with pytest.raises(ClockClosed):
        meet("T05", occasion=OCCASION, on=date(2026, 10, 20), by=cora)


def test_only_the_named_clocks_of_an_occasion_can_be_made_void(begin, cora):
    kept, fallen = begin("T01", date(2026, 10, 6)), begin("T05", date(2026, 10, 6))
    void(OCCASION, by=cora, reason="Withdrawn", codes=("T05",))
    assert band(kept, date(2026, 10, 6)) == Band.RUNNING
    assert band(fallen, date(2026, 10, 6)) == Band.VOID


def test_a_void_clock_can_be_revived_and_starting_it_again_counts_from_the_new_day(begin, cora):
    clock = begin("T05", date(2026, 10, 6))
    void(OCCASION, by=cora, reason="Joined to another case")
    revive(OCCASION, by=cora, reason="The joining was undone")
    assert band(clock, date(2026, 10, 7)) == Band.RUNNING
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 10, 27)
    void(OCCASION, by=cora, reason="Withdrawn")
    again = begin("T05", date(2026, 10, 8))
    assert (again.pk, again.due_on, again.is_open) == (clock.pk, date(2026, 10, 29), True)


def test_a_notice_of_delay_explains_and_never_moves_the_statutory_date(begin, cora):
    """Worked example 14."""
    clock = begin("T09", date(2026, 10, 28), occasion="lcspr.Review:1")
    explain_delay(clock, on=date(2027, 2, 15), reason="Criminal trial", by=cora, agreed_target=date(2027, 9, 20))
    clock.refresh_from_db()
    assert (clock.due_on, clock.agreed_target) == (date(2027, 4, 28), date(2027, 9, 20))
    assert band(clock, date(2027, 4, 28)) == Band.DUE_TODAY
    assert band(clock, date(2027, 4, 29)) == Band.EXPLAINED
    assert clock in Deadline.objects.overdue(on=date(2027, 4, 29))
    assert clock not in Deadline.objects.unexplained(on=date(2027, 4, 29))
    meet("T09", occasion="lcspr.Review:1", on=date(2027, 9, 20), by=cora, reason="Criminal trial")
    clock.refresh_from_db()
    state = clock.state(on=date(2027, 10, 1))
    assert (state.band, state.elapsed_days) == (Band.MET_LATE, 327)


def test_a_notice_of_delay_explains_only_from_its_own_day(begin, cora):
    clock = begin("T09", date(2026, 10, 28))
    explain_delay(clock, on=date(2027, 5, 10), reason="Criminal trial", by=cora)
    assert band(clock, date(2027, 5, 9)) == Band.OVERDUE
    assert band(clock, date(2027, 5, 10)) == Band.EXPLAINED
