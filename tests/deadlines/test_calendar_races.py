"""Two people change the bank holidays at the same moment, and somebody starts a clock meanwhile."""

from datetime import UTC, date, datetime

import pytest

from accounts.standing import Standing
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from audit.models import Event, Untold
from audit.verify import breaks
from cases.models import TeamMember
from deadlines.actions import AlreadyEntered, add_bank_holiday, recount, remove_bank_holiday, start
from deadlines.models import BankHoliday, Deadline
from notifications.reminders.models import Telling
from notifications.reminders.sweep import sweep
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)
PROCLAIMED = date(2026, 10, 16)


@pytest.fixture
def cora(cast, case_one):
    TeamMember.objects.update(starts_on=date(2026, 9, 1))
    return Standing.of(cast.coordinator, datetime(2026, 10, 12, 9, tzinfo=UTC))


@pytest.fixture
def waiting(begin):
    """Three clocks that a holiday on 16 October would move."""
    return [begin("T05", date(2026, 10, 8), occasion=f"race:{n}") for n in range(3)]


def moves():
    return Event.objects.filter(verb="clock moved").count()


def told_twice():
    """People who would be told twice of one event, or of the same clock moving twice."""
    told = [(row.recipient_id, row.event.subject) for row in Telling.objects.filter(event__verb="clock moved")]
    return sorted({one for one in told if told.count(one) > 1})


def test_of_two_who_add_the_same_day_one_is_told_that_it_is_there_and_each_clock_moves_once(waiting, cora, cast):
    def add(name):
        try:
            return len(add_bank_holiday(PROCLAIMED, name, by=cora))
        except AlreadyEntered:
            return "there already"

    assert sorted(in_threads(add, ["State Funeral", "Day of mourning"]), key=str) == [3, "there already"]
    assert BankHoliday.objects.filter(date=PROCLAIMED).count() == 1
    assert moves() == len(waiting)
    assert {clock.due_on for clock in Deadline.objects.all()} == {date(2026, 10, 30)}
    sweep(clock=lambda: datetime(2026, 10, 12, 10, tzinfo=UTC))
    assert told_twice() == []
    assert Telling.objects.filter(event__verb="clock moved", recipient=cast.coordinator).count() == len(waiting)
    assert not Untold.objects.exists()


def test_of_two_who_add_different_days_each_moves_what_the_other_left(waiting, cora):
    days = [PROCLAIMED, date(2026, 10, 19)]
    in_threads(lambda day: add_bank_holiday(day, "Proclaimed", by=cora), days)
    assert {clock.due_on for clock in Deadline.objects.all()} == {date(2026, 11, 2)}
    assert recount(by=cora) == []
    assert moves() == 2 * len(waiting)
    assert list(breaks()) == []


def test_of_adding_and_removing_the_same_day_at_once_the_clocks_agree_with_what_stands(waiting, cora):
    add_bank_holiday(PROCLAIMED, "Proclaimed", by=cora)
    row = BankHoliday.objects.get(date=PROCLAIMED)

    def change(how):
        try:
            return how()
        except (AlreadyEntered, AlreadyDone) as refused:
            return refused

    in_threads(
        change,
        [
            lambda: remove_bank_holiday(row, by=cora, reason="Put off"),
            lambda: remove_bank_holiday(row, by=cora, reason="Put off"),
            lambda: add_bank_holiday(PROCLAIMED, "Proclaimed again", by=cora),
        ],
    )
    assert recount(by=cora) == []
    stands = BankHoliday.objects.filter(date=PROCLAIMED).exists()
    assert {clock.due_on for clock in Deadline.objects.all()} == {date(2026, 10, 30 if stands else 29)}


def test_the_same_press_arriving_twice_adds_the_day_once(waiting, cora):
    def press(_):
        try:
            add_bank_holiday(PROCLAIMED, "Proclaimed", by=cora, token="one-press-of-the-button")
        except (AlreadySubmitted, AlreadyEntered):
            return 0
        return 1

    assert sum(in_threads(press, range(4))) == 1
    assert moves() == len(waiting)


def test_clocks_started_while_a_day_is_added_all_count_it(waiting, cora, case_two):
    def do(number):
        if number == 0:
            return add_bank_holiday(PROCLAIMED, "Proclaimed", by=cora)
        return start(case_two, "T05", occasion=f"late:{number}", counted_from=date(2026, 10, 8), by=cora)

    in_threads(do, range(8))
    assert Deadline.objects.count() == 10
    assert {clock.due_on for clock in Deadline.objects.all()} == {date(2026, 10, 30)}
    assert recount(by=cora) == []
