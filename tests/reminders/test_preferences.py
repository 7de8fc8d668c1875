"""One letter a day at the hour a person chose, and what is urgent at once."""

from datetime import date

import pytest

from accounts.models import Cover, Membership
from accounts.standing import Standing
from audit.events import record
from audit.telling import Telling as Declared
from deadlines.actions import clocks
from notifications.reminders import gathered
from notifications.reminders.actions import choose
from notifications.reminders.models import Message, Preference

pytestmark = pytest.mark.django_db


@pytest.fixture
def happens(quiet_case, cast, standing, at, monkeypatch):
    """`happens(verb, instant)`: something of which the notifiers are told; "urgent" in the verb means at once."""
    declared = {
        verb: [Declared(verb, "incident/mail/corrected", ("whole_case:la_notifier",), urgent="urgent" in verb)]
        for verb in ("it happened", "an urgent thing happened")
    }
    monkeypatch.setattr(gathered, "_by_verb", declared)

    def make(verb, instant):
        record(quiet_case.chain, verb, by=standing(cast.coordinator, instant), subject=quiet_case)

    return make


def test_the_daily_letter_comes_at_the_hour_the_person_chose(notification_clock, cast, standing, swept, at, mailoutbox):
    choose(by=standing(cast.la_notifier, at(2026, 10, 6)), digest_hour=16, news_at_once=False)
    swept(at(2026, 10, 8, 14, 59))
    assert mailoutbox == [], "one minute to four in London"
    swept(at(2026, 10, 8, 15, 0))
    assert [letter.to for letter in mailoutbox] == [[cast.la_notifier.email]]


def test_what_is_urgent_does_not_wait_for_the_hour(notification_clock, cast, standing, swept, at, mailoutbox):
    choose(by=standing(cast.la_notifier, at(2026, 10, 6)), digest_hour=21, news_at_once=False)
    swept(at(2026, 10, 9, 7))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(("chosen", "from_hour"), [(21, 7), (8, 7), (5, 5)])
def test_a_clock_that_became_urgent_at_midnight_waits_for_the_morning(
    notification_clock, cast, standing, swept, at, mailoutbox, chosen, from_hour
):
    choose(by=standing(cast.la_notifier, at(2026, 10, 6)), digest_hour=chosen, news_at_once=True)
    swept(at(2026, 10, 8, 21))
    mailoutbox.clear()
    for hour in range(24):
        # 8 October 23:00 UTC is midnight in London: a working day to go.
        swept(at(2026, 10, 8, 23) if hour == 0 else at(2026, 10, 9, hour - 1))
        assert bool(mailoutbox) is (hour >= from_hour), hour
    assert [letter.to for letter in mailoutbox] == [[cast.la_notifier.email]]


def test_a_clock_recorded_late_in_the_evening_is_told_of_in_the_morning(
    quiet_case, cast, standing, swept, at, mailoutbox
):
    by = standing(cast.coordinator, at(2026, 10, 12, 20))
    swept(at(2026, 10, 12, 20, 30))
    late = {"occasion": "incident.Notification:9", "by": by, "owed_by_role": "la_notifier"}
    clocks.start(quiet_case, "T01", counted_from=date(2026, 10, 5), **late)
    # Ten in the evening in London, then an hour later every hour of the night, then seven.
    for instant in (at(2026, 10, 12, 21), at(2026, 10, 12, 22), at(2026, 10, 13, 0), at(2026, 10, 13, 5, 59)):
        swept(instant)
        assert mailoutbox == []
    swept(at(2026, 10, 13, 6))
    assert cast.la_notifier.email in [letter.to[0] for letter in mailoutbox]


def test_what_somebody_did_by_night_and_cannot_wait_is_told_at_once(happens, cast, swept, at, mailoutbox):
    happens("an urgent thing happened", at(2026, 10, 6, 1))
    swept(at(2026, 10, 6, 1))
    assert [letter.to for letter in mailoutbox] == [[cast.la_notifier.email]]


def test_what_the_turn_of_a_date_brought_waits_for_the_morning(happens, quiet_case, cast, swept, at, mailoutbox):
    midnight = at(2026, 10, 5, 23)
    record(quiet_case.chain, "an urgent thing happened", by=Standing.scheduler(midnight), subject=quiet_case)
    for instant in (midnight, at(2026, 10, 6, 3), at(2026, 10, 6, 5, 59)):
        swept(instant)
        assert mailoutbox == []
    swept(at(2026, 10, 6, 6))
    assert [letter.to for letter in mailoutbox] == [[cast.la_notifier.email]]


def test_the_daily_letter_is_not_made_up_for_by_night(happens, cast, swept, at, mailoutbox):
    happens("it happened", at(2026, 10, 6, 21, 30))
    for instant in (at(2026, 10, 6, 21, 30), at(2026, 10, 6, 22, 30), at(2026, 10, 7, 0), at(2026, 10, 7, 6)):
        swept(instant)
        assert mailoutbox == []
    swept(at(2026, 10, 7, 7))
    assert [letter.to for letter in mailoutbox] == [[cast.la_notifier.email]]


def test_whoever_wants_news_at_once_gets_it_at_once(happens, cast, standing, swept, at, mailoutbox):
    happens("it happened", at(2026, 10, 6, 5))
    swept(at(2026, 10, 6, 5))
    assert mailoutbox == []
    choose(by=standing(cast.la_notifier, at(2026, 10, 6, 5)), digest_hour=8, news_at_once=True)
    swept(at(2026, 10, 6, 5, 1))
    assert [letter.to for letter in mailoutbox] == [[cast.la_notifier.email]]


# --- when the clocks change -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "still_before", "at_eight"),
    [
        ((2026, 10, 24), (6, 59), (7, 0)),
        # The night the clocks go back: eight in London is eight in UTC from here on.
        ((2026, 10, 25), (7, 59), (8, 0)),
        ((2027, 3, 27), (7, 59), (8, 0)),
        # The night they go forward.
        ((2027, 3, 28), (6, 59), (7, 0)),
    ],
)
def test_eight_in_the_morning_is_eight_in_london_whatever_the_clocks_do(
    happens, swept, at, mailoutbox, day, still_before, at_eight
):
    happens("it happened", at(*day, 1))
    swept(at(*day, *still_before))
    assert mailoutbox == []
    swept(at(*day, *at_eight))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("day", [(2026, 10, 25), (2027, 3, 28)])
def test_the_day_the_clocks_change_has_one_daily_letter(happens, swept, at, mailoutbox, day):
    for hour in range(24):
        happens("it happened", at(*day, hour))
        swept(at(*day, hour, 5))
        swept(at(*day, hour, 35))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("chosen", [5, 16, 21])
@pytest.mark.parametrize(
    ("days", "hours_behind_london"),
    [
        # The clocks go back in the night to Sunday 25 October 2026, and forward in that to Sunday 28 March 2027.
        (((2026, 10, 23), (2026, 10, 24), (2026, 10, 25), (2026, 10, 26)), (1, 1, 0, 0)),
        (((2027, 3, 26), (2027, 3, 27), (2027, 3, 28), (2027, 3, 29)), (0, 0, 1, 1)),
    ],
)
def test_the_hour_a_person_chose_is_kept_over_both_changes_of_the_clocks(
    happens, cast, standing, swept, at, mailoutbox, chosen, days, hours_behind_london
):
    choose(by=standing(cast.la_notifier, at(2026, 10, 6)), digest_hour=chosen, news_at_once=False)
    for day, behind in zip(days, hours_behind_london, strict=True):
        mailoutbox.clear()
        happens("it happened", at(*day, 1))
        swept(at(*day, chosen - behind - 1, 59))
        assert mailoutbox == [], day
        swept(at(*day, chosen - behind))
        assert len(mailoutbox) == 1, day
        swept(at(*day, chosen - behind, 59))
        assert len(mailoutbox) == 1, day


# --- after an outage ------------------------------------------------------------------------------------------------
def test_after_an_outage_a_person_gets_one_letter_and_not_forty(
    happens, notification_clock, cast, swept, at, mailoutbox
):
    swept(at(2026, 10, 7))
    for number in range(40):
        happens("an urgent thing happened", at(2026, 10, 9, 0, number))
    swept(at(2026, 10, 12))
    mine = [letter for letter in mailoutbox if letter.to == [cast.la_notifier.email]]
    assert [letter.subject for letter in mine] == ["Catching up on 12 October 2026"]
    assert mine[0].body.count("/messages/news/") == 40
    assert mine[0].body.count("/messages/clock/") == 1
    swept(at(2026, 10, 12, 9, 1))
    assert len([letter for letter in mailoutbox if letter.to == [cast.la_notifier.email]]) == 1


def test_without_an_outage_two_urgent_things_are_two_letters(happens, cast, swept, at, mailoutbox):
    swept(at(2026, 10, 12, 9, 0))
    happens("an urgent thing happened", at(2026, 10, 12, 9, 1))
    happens("an urgent thing happened", at(2026, 10, 12, 9, 1))
    swept(at(2026, 10, 12, 9, 2))
    assert len(mailoutbox) == 2


def test_while_a_letter_is_stuck_no_more_letters_pile_up_behind_it(happens, cast, swept, at, mailoutbox, settings):
    swept(at(2026, 10, 12, 9, 0))
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.reminders.test_delivering.BusyServer"
    for minute in range(10):
        happens("an urgent thing happened", at(2026, 10, 12, 9, minute))
        swept(at(2026, 10, 12, 9, minute))
    assert Message.objects.filter(state=Message.State.WAITING).count() == 1
    settings.EMAIL_BACKEND = backend
    for minute in (30, 31):
        swept(at(2026, 10, 12, 9, minute))
    assert len(mailoutbox) == 2
    assert "\n".join(letter.body for letter in mailoutbox).count("/messages/news/") == 10


# --- the page -------------------------------------------------------------------------------------------------------
def test_a_person_chooses_the_hour_on_their_own_page(cast, signed_in):
    client = signed_in(cast.partner_icb)
    assert client.post("/messages/preferences/", {"digest_hour": "17"}).status_code == 302
    assert Preference.objects.get().digest_hour == 17
    assert client.post("/messages/preferences/", {"digest_hour": "6", "news_at_once": "on"}).status_code == 302
    row = Preference.objects.get()
    assert (row.user, row.digest_hour, row.news_at_once) == (cast.partner_icb, 6, True)


@pytest.mark.parametrize("hour", ["", "3", "24", "noon"])
def test_an_hour_of_the_night_is_refused(cast, signed_in, hour):
    answer = signed_in(cast.partner_icb).post("/messages/preferences/", {"digest_hour": hour})
    assert "Select when your daily email should come" in answer.content.decode()
    assert not Preference.objects.exists()


def test_the_page_says_who_stands_in_while_the_person_is_away(cast, signed_in):
    membership = Membership.objects.get(user=cast.la_notifier)
    Cover.objects.create(
        membership=membership, deputy=cast.la_approver, starts_on=date(2026, 1, 1), ends_on=date(2090, 1, 1)
    )
    assert (
        "Alma Approver stands in for you" in signed_in(cast.la_notifier).get("/messages/preferences/").content.decode()
    )
    assert "Nia Notifier as" in signed_in(cast.la_approver).get("/messages/preferences/").content.decode()


def test_ones_account_leads_to_the_page_but_not_for_those_let_in_by_a_code(cast, signed_in):
    assert b"/messages/preferences/" in signed_in(cast.partner_icb).get("/account/").content
    cast.referrer.correspondent = True
    cast.referrer.save()
    client = signed_in(cast.referrer)
    assert b"/messages/preferences/" not in client.get("/account/").content
    assert client.get("/messages/preferences/").status_code == 403
