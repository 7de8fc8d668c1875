"""What would be sent on a day: the same as is then sent, and without sending or writing anything."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection

from deadlines.actions import clocks
from deadlines.working_days import BeyondKnownHolidays
from notifications.reminders.actions import choose
from notifications.reminders.foresee import COMES, GOES, ahead
from notifications.reminders.models import LimitSchedule, Message, Reminder
from notifications.reminders.schedule import Plan

pytestmark = pytest.mark.django_db
WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE)", re.IGNORECASE)


@pytest.fixture
def nothing_written():
    """`with nothing_written():` fails as soon as a statement would change a row."""

    def watching(execute, sql, params, many, context):
        # The session says when it was last used; that is no row of ours.
        assert not WRITING.match(sql) or "django_session" in sql, sql[:100]
        return execute(sql, params, many, context)

    return lambda: connection.execute_wrapper(watching)


def to_whom(found):
    return {
        (letter.person, line.reference, line.why.split(".")[0]) for letter in found.letters for line in letter.lines
    }


@pytest.mark.parametrize(
    "day", [date(2026, 10, 7), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 12), date(2026, 10, 13)]
)
def test_what_is_foreseen_is_what_is_sent(notification_clock, cast, standing, swept, at, day):
    foreseen = ahead(day, by=standing(cast.coordinator, at(2026, 10, 5, 10)), plans={})
    for earlier in range(6, day.day):
        swept(at(2026, 10, earlier))
    before = set(Reminder.objects.values_list("pk", flat=True))
    swept(at(2026, 10, day.day))
    sent = Reminder.objects.exclude(pk__in=before).select_related("recipient")
    assert {name for name, _, _ in to_whom(foreseen)} == {str(row.recipient) for row in sent}
    assert sum(len(letter.lines) for letter in foreseen.letters) == sent.count()


def test_looking_ahead_writes_nothing(notification_clock, cast, standing, at, nothing_written):
    by = standing(cast.coordinator, at(2026, 10, 5, 10))
    with nothing_written():
        assert ahead(date(2026, 10, 12), by=by, plans={}).letters


def test_a_proposed_change_shows_what_comes_and_what_goes(notification_clock, cast, standing, at, nothing_written):
    by = standing(cast.coordinator, at(2026, 10, 5, 10))
    for day, marks in ((8, [GOES]), (6, [COMES]), (7, [])):
        with nothing_written():
            found = ahead(date(2026, 10, day), by=by, plans={}, proposed={"T01": Plan((4,))})
        assert [line.mark for letter in found.letters for line in letter.lines] == marks
    assert not LimitSchedule.objects.exists()


def test_whoever_may_not_see_the_case_sees_only_how_many(notification_clock, cast, standing, at):
    found = ahead(date(2026, 10, 8), by=standing(cast.system_administrator, at(2026, 10, 5, 10)), plans={})
    assert found.letters == []
    assert found.unseen == 1


def test_a_letter_of_the_day_names_its_hour(notification_clock, cast, standing, at):
    found = ahead(date(2026, 10, 8), by=standing(cast.coordinator, at(2026, 10, 5, 10)), plans={})
    assert [letter.when for letter in found.letters] == ["Daily email at 8am"]
    found = ahead(date(2026, 10, 9), by=standing(cast.coordinator, at(2026, 10, 5, 10)), plans={})
    assert [letter.when for letter in found.letters] == ["In the morning, from 7am"]


def of_today_and_tomorrow(by):
    days = (by.today, by.today + timedelta(days=1))
    return [[(letter.person, letter.when) for letter in ahead(day, by=by, plans={}).letters] for day in days]


def test_what_has_been_told_on_one_rung_is_not_foreseen_on_another(quiet_case, cast, standing, swept, at):
    by = standing(cast.coordinator, at(2026, 10, 5))
    late = {"counted_from": date(2026, 9, 7), "owed_by_role": "partner", "by": by}
    clocks.start(quiet_case, "T05", occasion="incident.Notification:3", **late)
    # Due on 28 September: the partners owe it, and five working days later they are those it is passed up to as well.
    assert of_today_and_tomorrow(by)[0]
    swept(at(2026, 10, 5, 10))
    assert Reminder.objects.filter(milestone=-5, recipient=cast.partner_icb).count() == 1
    assert of_today_and_tomorrow(standing(cast.coordinator, at(2026, 10, 5, 11))) == [[], []]


def test_what_comes_after_the_daily_letter_is_foreseen_for_tomorrow(notification_clock, cast, standing, swept, at):
    by = standing(cast.coordinator, at(2026, 10, 8, 6, 30))
    person = str(cast.la_notifier)
    assert of_today_and_tomorrow(by) == [[(person, "Daily email at 8am")], [(person, "In the morning, from 7am")]]
    swept(at(2026, 10, 8, 10))
    other = {"occasion": "incident.Notification:4", "owed_by_role": "la_notifier", "by": by}
    clocks.start(notification_clock.case, "T01", counted_from=date(2026, 10, 5), **other)
    assert of_today_and_tomorrow(standing(cast.coordinator, at(2026, 10, 8, 11))) == [
        [],
        [(person, "In the morning, from 7am")],
    ]
    (letter,) = ahead(date(2026, 10, 9), by=standing(cast.coordinator, at(2026, 10, 8, 11)), plans={}).letters
    assert sorted(line.why.split(".")[0] for line in letter.lines) == [
        "1 working day before",
        "1 working day before",
        "2 working days before",
    ]
    before = set(Reminder.objects.exclude(message=None).values_list("pk", flat=True))
    swept(at(2026, 10, 9, 10))
    assert Reminder.objects.exclude(message=None).exclude(pk__in=before).count() == len(letter.lines)


def test_by_night_everything_is_foreseen_for_the_morning(notification_clock, cast, standing, at):
    person = str(cast.la_notifier)
    found = of_today_and_tomorrow(standing(cast.coordinator, at(2026, 10, 9, 21)))
    assert found == [[], [(person, "In the morning, from 7am")]]
    found = of_today_and_tomorrow(standing(cast.coordinator, at(2026, 10, 9, 20)))
    assert found == [[(person, "At once")], []]


def test_whoever_is_written_to_at_six_gets_one_letter(notification_clock, quiet_case, cast, standing, swept, at):
    choose(by=standing(cast.la_notifier, at(2026, 10, 6)), digest_hour=6, news_at_once=False)
    by = standing(cast.coordinator, at(2026, 10, 5))
    later = {"occasion": "incident.Notification:5", "owed_by_role": "la_notifier", "by": by}
    clocks.start(quiet_case, "T01", counted_from=date(2026, 10, 6), **later)
    (letter,) = ahead(date(2026, 10, 9), by=by, plans={}).letters
    assert (letter.when, len(letter.lines)) == ("Daily email at 6am", 2)
    swept(at(2026, 10, 8, 21))
    before = set(Message.objects.values_list("pk", flat=True))
    swept(at(2026, 10, 9, 5))
    assert Message.objects.exclude(pk__in=before).count() == 1


def test_beyond_the_known_bank_holidays_nothing_is_guessed(notification_clock, cast, standing, at):
    with pytest.raises(BeyondKnownHolidays):
        ahead(date(2060, 10, 8), by=standing(cast.coordinator, at(2026, 10, 5, 10)), plans={})


def test_the_page_shows_a_day_and_sends_nothing(cast, signed_in, case_one, nothing_written):
    client = signed_in(cast.coordinator)
    with nothing_written():
        page = client.get("/messages/ahead/", {"day-day": "1", "day-month": "12", "day-year": "2027"})
    assert "What would be sent on 1 December 2027" in page.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize(("year", "said"), [("2020", "must be today or later"), ("2060", "beyond the bank holidays")])
def test_a_day_that_cannot_be_foreseen_is_refused_in_plain_words(cast, signed_in, year, said):
    page = signed_in(cast.coordinator).get("/messages/ahead/", {"day-day": "1", "day-month": "12", "day-year": year})
    assert said in page.content.decode()


def test_a_schedule_is_looked_at_before_it_is_saved(cast, signed_in, case_one, nothing_written):
    client = signed_in(cast.coordinator)
    asked = {"before": "3", "after": "", "look": "1", "day-day": "1", "day-month": "12", "day-year": "2027"}
    with nothing_written():
        page = client.post("/messages/schedule/T05/", asked)
    assert "What would be sent on 1 December 2027" in page.content.decode()
