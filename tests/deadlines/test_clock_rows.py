"""Clocks as rows: who sees them, what the database will not hold, and the dates it works out."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import TruncDate

from audit.models import Event
from deadlines.actions import (
    correct,
    start,
)
from deadlines.bands import Band
from deadlines.models import BankHoliday, Deadline, Limit, LimitInUse
from deadlines.working_days import LONDON, london_date

OCCASION = "notifications.Notification:1"


def band(clock, on):
    clock.refresh_from_db()
    return clock.state(on=on).band


def events(clock):
    return list(Event.objects.filter(subject=f"deadlines.Deadline:{clock.pk}").values_list("verb", flat=True))


# --- who sees it ---


def test_the_clocks_of_a_case_are_seen_by_those_who_see_the_whole_case(begin, cast, standing):
    clock = begin("T05", date(2026, 10, 8))
    for person in (cast.coordinator, cast.partner_icb, cast.la_notifier):
        assert clock in Deadline.objects.visible_to(standing(person))
    for person in (cast.isles_notifier, cast.referrer, cast.lead, cast.system_administrator):
        assert clock not in Deadline.objects.visible_to(standing(person))
    assert not Deadline.objects.visible_to(None).exists()


# --- what the database will not hold ---


@pytest.mark.parametrize(
    "facts",
    [
        {"voided_on": date(2026, 10, 9)},
        {"void_reason": "No date"},
        {"not_applicable": True},
        {"delay_explained_on": date(2026, 10, 9)},
        {"agreed_target": date(2027, 1, 1)},
        {"met_late_reason": "Not met"},
        {"met_on": date(2026, 10, 9), "voided_on": date(2026, 10, 9), "void_reason": "Both"},
        {"secondary_due_on": date(2026, 10, 9)},
        {"occasion": ""},
    ],
    ids=" and ".join,
)
def test_facts_that_contradict_each_other_are_refused_by_the_database(begin, facts):
    clock = begin("T05", date(2026, 10, 8))
    with pytest.raises(IntegrityError), transaction.atomic():
        Deadline.objects.filter(pk=clock.pk).update(**facts)


def test_two_clocks_of_one_code_for_one_occasion_and_recipient_are_refused(begin):
    clock = begin("T05", date(2026, 10, 8))
    clock.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        clock.save(force_insert=True)


def test_a_limit_that_a_clock_was_counted_by_is_never_changed(begin):
    limit = begin("T05", date(2026, 10, 8)).limit
    limit.amount = 16
    with pytest.raises(LimitInUse):
        limit.save()
    with pytest.raises(LimitInUse):
        Limit.objects.filter(pk=limit.pk).update(amount=16)
    unused = Limit.objects.get(code="T05", edition="WT 2018")
    unused.note = "Counted from awareness"
    unused.save()


def test_field_history_says_who_changed_a_clock(begin, cora):
    clock = begin("T05", date(2026, 10, 8))
    correct(clock, date(2026, 10, 9), by=cora, reason="Wrong day")
    assert [row.due_on for row in clock.history.all()] == [date(2026, 10, 30), date(2026, 10, 29)]
    assert {row.history_user for row in clock.history.all()} == {cora.user}


# --- local dates in the database ---


def test_the_database_and_python_agree_on_the_london_date_of_ten_thousand_instants(db):
    import random
    from datetime import UTC, datetime

    chance = random.Random(20261122)
    first = datetime(2018, 1, 1, tzinfo=UTC)
    instants = [first + timedelta(minutes=chance.randrange(11 * 365 * 24 * 60)) for _ in range(9_800)]
    # And the hours on either side of the nights the clocks change.
    for night in (datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)):
        instants += [night + timedelta(minutes=minute) for minute in range(-120, 380, 5)]
    one = BankHoliday.objects.order_by("date")[:1]
    for batch in range(0, len(instants), 50):
        asked = {
            f"n{n}": TruncDate(Value(instant, DateTimeField()), tzinfo=LONDON)
            for n, instant in enumerate(instants[batch : batch + 50])
        }
        (answers,) = one.values(**asked)
        assert list(answers.values()) == [london_date(instant) for instant in instants[batch : batch + 50]]


def test_asking_for_the_calendar_takes_two_queries_however_many_clocks_there_are(begin, django_assert_num_queries):
    for n in range(5):
        begin("T05", date(2026, 10, 8), occasion=f"a:{n}")
    with django_assert_num_queries(3):
        calendar = BankHoliday.objects.calendar()
        clocks = list(Deadline.objects.select_related("limit"))
        assert {clock.state(on=date(2026, 10, 8), calendar=calendar).band for clock in clocks} == {Band.RUNNING}


def test_an_open_clock_is_found_by_an_index_on_its_due_date(db):
    names = set(connection.introspection.get_constraints(connection.cursor(), "deadlines_deadline"))
    assert "open_clocks_by_due_date" in names


def test_a_clock_of_another_case_is_started_on_its_own_chain(case_one, case_two, cora):
    clock = start(case_two, "T05", occasion="a:9", counted_from=date(2026, 10, 8), by=cora)
    assert Event.objects.get(subject=f"deadlines.Deadline:{clock.pk}").trail == case_two.trail
