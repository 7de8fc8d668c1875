"""Every day of eleven years, every limit, every way of counting, both directions, against another way of counting.

And the bank holidays that were proclaimed while clocks ran: those of 2022 and 2023, replayed in their order.
"""

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.standing import Standing
from audit.models import Event
from deadlines.actions import add_bank_holiday, meet, preview_adding, preview_removing, remove_bank_holiday, start
from deadlines.bank_holidays import seed_calendar
from deadlines.models import BankHoliday, Deadline
from deadlines.statutory import STATUTORY_LIMITS, Convention, Unit, due_on, limit_in_force, work_out
from deadlines.working_days import BeyondKnownHolidays
from tests.deadlines import oracle

FIRST, LAST = date(2018, 6, 29), date(2028, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


class Enumerator:
    """Counts in a list of working days that is written out in full."""

    def __init__(self, without=(), also=()):
        everything = [date(2018, 1, 1) + timedelta(days=n) for n in range(366 * 11 - 8)]
        free = (set(oracle.bank_holidays()) - set(without)) | set(also)
        self.working = [day for day in everything if day.year <= 2028 and day.isoweekday() < 6 and day not in free]

    def forward(self, day, count):
        """The `count`th working day after the day; IndexError beyond the list."""
        return self.working[bisect_right(self.working, day) + count - 1]

    def backward(self, day, count):
        place = bisect_left(self.working, day) - count
        if place < 0:
            raise IndexError(day)
        return self.working[place]

    def works(self, day):
        place = bisect_left(self.working, day)
        return place < len(self.working) and self.working[place] == day

    def on_or_after(self, day):
        return self.working[bisect_left(self.working, day)]

    def due(self, convention, unit, amount, day, late=False):
        """The due date by a named way of counting, for a limit of so many of a unit."""
        match unit:
            case Unit.MONTHS:
                return oracle.months_later(day, amount)
            case Unit.YEARS:
                return oracle.months_later(day, 12 * amount)
        match convention:
            case Convention.SAME_WORKING_DAY:
                return self.on_or_after(day)
            case Convention.PUB_MINUS_N:
                return self.backward(day, amount)
            case Convention.CLEAR_DAYS:
                return self.backward(day, amount + 1)
            case Convention.INCLUSIVE if self.works(day):
                return self.forward(day - timedelta(days=1), amount)
            case Convention.ROLL_THEN_EXCLUDE:
                deemed = self.forward(day, 1) if late else self.on_or_after(day)
                return self.forward(deemed, amount)
        return self.forward(day, amount)


def every_way():
    """Each way of counting so many of a unit, once, with a limit that is counted so."""
    found = {}
    for limit in STATUTORY_LIMITS:
        for way in limit.counting:
            counted = limit.under(way.name)
            if counted.unit is not Unit.END_OF_MONTH:
                found.setdefault((way.convention, counted.unit, counted.amount), (limit.code, way.name))
    for code, name in found.values():
        yield code, name, False
        if name == Convention.ROLL_THEN_EXCLUDE:
            yield code, name, True


@pytest.mark.parametrize(("code", "name", "after_five"), list(every_way()))
def test_every_day_of_eleven_years_agrees(code, name, after_five):
    listed, calendar, refused = Enumerator(), seed_calendar(), 0
    for day in DAYS:
        limit = limit_in_force(code, day)
        way, counted = limit.way(name), limit.under(name)
        try:
            expected = listed.due(way.convention, counted.unit, counted.amount, day, after_five)
        except IndexError:
            with pytest.raises(BeyondKnownHolidays):
                due_on(limit, day, calendar, name, after_cut_off=after_five)
            refused += 1
            continue
        assert due_on(limit, day, calendar, name, after_cut_off=after_five) == expected, day
    # It refuses only where the bank holidays end, and there it does.
    assert refused < 45
    if counted.unit is Unit.WORKING_DAYS and way.convention in (Convention.EXCLUDE_TRIGGER, Convention.INCLUSIVE):
        assert refused


def test_the_yearly_report_is_due_at_the_end_of_september_of_every_year():
    for year in range(2019, 2029):
        limit = limit_in_force("T17", date(year, 3, 31))
        assert due_on(limit, date(year, 3, 31), seed_calendar()) == date(year, 9, 30)


def test_forward_and_backward_undo_each_other_on_every_working_day():
    calendar = seed_calendar()
    for day in (day for day in DAYS if day.year < 2028 and calendar.is_working_day(day)):
        for count in (1, 5, 7, 15, 20):
            assert calendar.subtract_working_days(calendar.add_working_days(day, count), count) == day


@pytest.mark.parametrize("code", ["T01", "T05", "T10"])
def test_the_account_of_every_day_ends_on_the_due_date_and_leaves_no_day_out(code):
    listed, calendar = Enumerator(), seed_calendar()
    for day in DAYS[:-60:3]:
        worked = work_out(limit_in_force(code, day), day, calendar)
        step = 1 if worked.due_on > day else -1
        assert [row.date for row in worked.days] == [day + timedelta(days=step * n) for n in range(len(worked.days))]
        assert worked.days[-1].date == worked.due_on
        assert [row.date for row in worked.days[1:] if row.counted] == [
            row.date for row in worked.days[1:] if listed.works(row.date)
        ]


# --- replayed: the extra bank holidays of 2022 and 2023 ---

SPRING_AS_USUAL, SPRING_MOVED, JUBILEE = date(2022, 5, 30), date(2022, 6, 2), date(2022, 6, 3)
FUNERAL, CORONATION = date(2022, 9, 19), date(2023, 5, 8)
EXTRA = (SPRING_MOVED, JUBILEE, FUNERAL, CORONATION)


@pytest.fixture
def as_it_was(db, cast, partnership):
    """The bank holidays as they stood before any of these was known."""
    BankHoliday.objects.filter(date__in=EXTRA).delete()
    BankHoliday.objects.create(date=SPRING_AS_USUAL, name="Spring bank holiday")
    return lambda *when: Standing.of(cast.coordinator, datetime(*when, 9, tzinfo=UTC))


def run(case, by, around):
    """Clocks of every direction and unit on the weeks around a day; one of them is met."""
    for offset in range(-30, 12, 3):
        day = around + timedelta(days=offset)
        for code, recipient in (("T01", ""), ("T05", ""), ("T08", ""), ("T09", ""), ("T10", "panel")):
            start(case, code, occasion=f"replay:{code}:{day}", counted_from=day, by=by, recipient=recipient)
    met = f"replay:T05:{around - timedelta(days=15)}"
    meet("T05", occasion=met, on=around - timedelta(days=10), by=by)
    return Deadline.objects.get(code="T05", occasion=met)


def agrees(listed):
    """Whether every open clock stands where the enumerator has it. Gives those that do not."""
    wrong = []
    for clock in Deadline.objects.open().select_related("limit"):
        limit = clock.time_limit
        way = limit.way(clock.convention)
        expected = listed.due(way.convention, limit.unit, limit.amount, clock.counted_from)
        if clock.due_on != expected:
            wrong.append((clock.code, clock.counted_from, clock.due_on, expected))
    return wrong


def change(action, preview, *, listed_before, listed_after):
    """Make a change of the bank holidays, and hold each step of it against the enumerator."""
    before = {clock.pk: clock.due_on for clock in Deadline.objects.open()}
    assert agrees(listed_before) == []
    foreseen = {move.deadline.pk: move.becomes for move in preview()}
    events = Event.objects.filter(verb="clock moved").count()
    moved = {move.deadline.pk: move.becomes for move in action()}
    assert moved == foreseen
    assert agrees(listed_after) == []
    after = {clock.pk: clock.due_on for clock in Deadline.objects.open()}
    assert {pk for pk in before if before[pk] != after[pk]} == set(moved)
    assert Event.objects.filter(verb="clock moved").count() == events + len(moved)
    return moved


def test_the_state_funeral_was_proclaimed_nine_days_ahead_while_clocks_ran(as_it_was, case_one):
    by = as_it_was(2022, 9, 10)
    met = run(case_one, by, FUNERAL)
    usual = {"without": EXTRA, "also": (SPRING_AS_USUAL,)}
    moved = change(
        lambda: add_bank_holiday(FUNERAL, "State Funeral of Queen Elizabeth II", by=by),
        lambda: preview_adding(FUNERAL),
        listed_before=Enumerator(**usual),
        listed_after=Enumerator(without=set(EXTRA) - {FUNERAL}, also=(SPRING_AS_USUAL,)),
    )
    codes = {clock.code for clock in Deadline.objects.filter(pk__in=moved)}
    assert codes == {"T01", "T05", "T08", "T10"}
    was = met.due_on
    met.refresh_from_db()
    assert met.due_on == was


def test_the_coronation_was_added_and_would_be_taken_back_to_the_day(as_it_was, case_one):
    by = as_it_was(2023, 4, 20)
    run(case_one, by, CORONATION)
    without = Enumerator(without=EXTRA, also=(SPRING_AS_USUAL,))
    extra = Enumerator(without=set(EXTRA) - {CORONATION}, also=(SPRING_AS_USUAL,))
    before = dict(Deadline.objects.values_list("pk", "due_on"))
    change(
        lambda: add_bank_holiday(CORONATION, "Coronation of King Charles III", by=by),
        lambda: preview_adding(CORONATION),
        listed_before=without,
        listed_after=extra,
    )
    change(
        lambda: remove_bank_holiday(BankHoliday.objects.get(date=CORONATION), by=by, reason="Put off"),
        lambda: preview_removing(CORONATION),
        listed_before=extra,
        listed_after=without,
    )
    assert dict(Deadline.objects.values_list("pk", "due_on")) == before


def test_the_spring_holiday_of_2022_moved_and_the_jubilee_followed_it(as_it_was, case_one):
    by = as_it_was(2022, 5, 20)
    run(case_one, by, SPRING_MOVED)
    left = set(EXTRA)
    also = {SPRING_AS_USUAL}
    for day, name in ((SPRING_MOVED, "Spring bank holiday"), (JUBILEE, "Platinum Jubilee bank holiday")):
        before = Enumerator(without=left, also=also)
        left = left - {day}
        change(
            lambda day=day, name=name: add_bank_holiday(day, name, by=by),
            lambda day=day: preview_adding(day),
            listed_before=before,
            listed_after=Enumerator(without=left, also=also),
        )
    change(
        lambda: remove_bank_holiday(BankHoliday.objects.get(date=SPRING_AS_USUAL), by=by, reason="It was moved"),
        lambda: preview_removing(SPRING_AS_USUAL),
        listed_before=Enumerator(without=left, also=also),
        listed_after=Enumerator(without=left),
    )
