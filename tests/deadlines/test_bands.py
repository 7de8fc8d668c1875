"""How a clock stands on a day, and whether the lists say the same."""

from datetime import date, timedelta

import pytest

from audit.models import Event
from deadlines.actions import (
    explain_delay,
    meet,
)
from deadlines.bands import Band
from deadlines.models import BankHoliday, Deadline

OCCASION = "notifications.Notification:1"


def band(clock, on):
    clock.refresh_from_db()
    return clock.state(on=on).band


def events(clock):
    return list(Event.objects.filter(subject=f"deadlines.Deadline:{clock.pk}").values_list("verb", flat=True))


@pytest.mark.parametrize(
    ("on", "expected", "left"),
    [
        (date(2026, 10, 8), Band.RUNNING, 15),
        (date(2026, 10, 26), Band.RUNNING, 3),
        (date(2026, 10, 27), Band.DUE_SOON, 2),
        (date(2026, 10, 28), Band.DUE_SOON, 1),
        (date(2026, 10, 29), Band.DUE_TODAY, 0),
        (date(2026, 10, 30), Band.OVERDUE, -1),
    ],
)
def test_a_clock_of_fifteen_working_days_is_due_soon_with_two_left(begin, on, expected, left):
    state = begin("T05", date(2026, 10, 8)).state(on=on)
    assert (state.band, state.working_days_left) == (expected, left)


def test_a_clock_of_six_months_is_due_soon_with_thirty_days_left(begin):
    clock = begin("T09", date(2026, 10, 28))
    assert clock.state(on=date(2027, 3, 28)).band == Band.RUNNING
    assert clock.state(on=date(2027, 3, 29)).band == Band.DUE_SOON


def test_a_report_may_not_be_removed_until_the_day_after_its_anniversary(begin):
    clock = begin("T13", date(2026, 12, 3))
    assert clock.state(on=date(2027, 12, 3)).band == Band.NOT_YET
    assert clock.state(on=date(2027, 12, 4)).band == Band.ALLOWED
    assert clock not in Deadline.objects.overdue(on=date(2028, 6, 1))


def test_at_the_end_of_the_known_bank_holidays_the_last_clocks_are_still_due_soon(begin):
    clock = begin("T01", date(2028, 12, 20))
    assert clock.due_on == date(2028, 12, 29)
    assert clock.state(on=date(2028, 12, 28)).band == Band.DUE_SOON
    assert clock.state(on=date(2029, 1, 3)).band == Band.OVERDUE
    assert clock.state(on=date(2029, 1, 3)).working_days_late is None


def test_the_lists_agree_with_the_bands_on_every_day(begin, cora):
    begin("T01", date(2026, 10, 5), occasion="a:1")
    begin("T05", date(2026, 10, 8), occasion="a:2")
    begin("T08", date(2026, 10, 8), occasion="a:3")
    begin("T09", date(2026, 5, 28), occasion="a:4")
    begin("T13", date(2025, 11, 3), occasion="a:5")
    explained = begin("T09", date(2026, 4, 20), occasion="a:6")
    explain_delay(explained, on=date(2026, 10, 25), reason="Inquest", by=cora)
    begin("T05", date(2026, 10, 1), occasion="a:7")
    meet("T05", occasion="a:7", on=date(2026, 10, 12), by=cora)
    calendar = BankHoliday.objects.calendar()
    clocks = list(Deadline.objects.all())
    for n in range(70):
        on = date(2026, 10, 1) + timedelta(days=n)
        bands = {clock: clock.state(on=on, calendar=calendar).band for clock in clocks}

        def of(*wanted, bands=bands):
            return {clock for clock, found in bands.items() if found in wanted}

        assert set(Deadline.objects.due_soon(on=on, calendar=calendar)) == of(Band.DUE_SOON, Band.DUE_TODAY)
        assert set(Deadline.objects.overdue(on=on)) == of(Band.OVERDUE, Band.EXPLAINED)
        assert set(Deadline.objects.unexplained(on=on)) == of(Band.OVERDUE)
        assert set(Deadline.objects.past_advice(on=on)) == of(Band.PAST_ADVICE)
