"""Who is reminded of a clock, when, and only once."""

import re
from datetime import date, timedelta

import pytest

from accounts.models import Cover, Membership
from audit.models import Untold
from cases.actions import declare_conflict
from deadlines.actions import clocks
from notifications.reminders.foresee import ahead
from notifications.reminders.models import Message, Reminder

pytestmark = pytest.mark.django_db


def to_whom(letters):
    return sorted(letter.to[0] for letter in letters)


def test_the_people_who_owe_the_duty_are_reminded_two_working_days_before(
    notification_clock, cast, swept, at, mailoutbox
):
    swept(at(2026, 10, 8))
    assert to_whom(mailoutbox) == [cast.la_notifier.email]
    assert "CIOS-2026-0001" in mailoutbox[0].body
    assert "12 October 2026" in mailoutbox[0].body


def test_nobody_is_reminded_before_the_first_milestone(notification_clock, swept, at, mailoutbox):
    swept(at(2026, 10, 7))
    assert mailoutbox == []


def test_a_weekend_is_not_counted_towards_a_milestone(notification_clock, swept, at, mailoutbox):
    swept(at(2026, 10, 8))
    mailoutbox.clear()
    swept(at(2026, 10, 9))
    assert len(mailoutbox) == 1, "Friday is one working day before Monday"


def test_the_notifier_of_another_authority_is_not_told(notification_clock, cast, swept, at, mailoutbox):
    swept(at(2026, 10, 12))
    assert cast.isles_notifier.email not in to_whom(mailoutbox)


def test_sweeping_twice_reminds_once(notification_clock, swept, at, mailoutbox):
    swept(at(2026, 10, 8))
    swept(at(2026, 10, 8, 10))
    assert len(mailoutbox) == 1
    assert Reminder.objects.count() == 1


def test_after_an_outage_every_milestone_is_in_one_message(notification_clock, cast, swept, at, mailoutbox):
    swept(at(2026, 10, 14))
    mine = [letter for letter in mailoutbox if letter.to == [cast.la_notifier.email]]
    assert len(mine) == 1
    reminders = Reminder.objects.filter(recipient=cast.la_notifier)
    assert sorted(reminders.values_list("milestone", flat=True)) == [-1, 0, 1, 2]
    assert reminders.values("message").distinct().count() == 1
    assert mine[0].subject == "Overdue: CIOS-2026-0001"


def test_a_clock_that_was_met_is_not_reminded_of(notification_clock, cast, standing, swept, at, mailoutbox):
    by = standing(cast.la_notifier, at(2026, 10, 7))
    clocks.meet("T01", occasion=notification_clock.occasion, on=by.today, by=by)
    swept(at(2026, 10, 12))
    assert mailoutbox == []


def test_a_reminder_of_a_date_that_has_moved_is_dropped_when_it_is_sent(
    notification_clock, cast, standing, swept, at, mailoutbox
):
    Reminder.objects.create(
        deadline=notification_clock,
        due_on=date(2026, 10, 12),
        milestone=2,
        recipient=cast.la_notifier,
        made_at=at(2026, 10, 8),
    )
    clocks.correct(
        notification_clock, date(2026, 10, 20), by=standing(cast.coordinator, at(2026, 10, 8)), reason="Told later"
    )
    swept(at(2026, 10, 8))
    reminder = Reminder.objects.get()
    assert reminder.dropped == "the date has moved"
    assert reminder.message is None


def test_a_reminder_that_was_dropped_by_mistake_goes_when_the_mistake_is_taken_back(
    notification_clock, cast, standing, swept, at, mailoutbox
):
    clock, by = notification_clock, standing(cast.coordinator, at(2026, 10, 12))
    swept(at(2026, 10, 9, 10))
    swept(at(2026, 10, 11, 23))
    mailoutbox.clear()
    # Due today, and recorded as done in the night before anybody was told; it was another case's.
    clocks.meet("T01", occasion="incident.Notification:1", on=date(2026, 10, 12), by=by)
    swept(at(2026, 10, 12, 7))
    assert mailoutbox == []
    assert Reminder.objects.get(milestone=0).dropped == "already done"
    clock.refresh_from_db()
    clocks.reopen(clock, by=by, reason="Another case was meant")
    swept(at(2026, 10, 12, 8))
    assert to_whom(mailoutbox) == [cast.la_notifier.email]
    swept(at(2026, 10, 12, 9))
    assert len(mailoutbox) == 1


def test_a_deputy_is_reminded_instead_of_the_person_they_cover(notification_clock, cast, swept, at, mailoutbox):
    membership = Membership.objects.get(user=cast.la_notifier)
    Cover.objects.create(
        membership=membership, deputy=cast.la_approver, starts_on=date(2026, 10, 7), ends_on=date(2026, 10, 9)
    )
    swept(at(2026, 10, 8))
    assert to_whom(mailoutbox) == [cast.la_approver.email]


def test_a_deputy_who_is_away_too_does_not_swallow_the_reminder(notification_clock, cast, swept, at, mailoutbox):
    away = {"starts_on": date(2026, 10, 7), "ends_on": date(2026, 10, 9)}
    covered = Membership.objects.get(user=cast.la_notifier)
    Cover.objects.create(membership=covered, deputy=cast.la_approver, **away)
    own = Membership.objects.get(user=cast.la_approver)
    Cover.objects.create(membership=own, deputy=cast.isles_notifier, **away)
    swept(at(2026, 10, 8))
    assert to_whom(mailoutbox) == sorted([cast.la_approver.email, cast.la_notifier.email])


def test_a_person_with_a_conflict_of_interest_is_not_told(
    notification_clock, quiet_case, cast, standing, swept, at, mailoutbox
):
    by = standing(cast.la_notifier, at(2026, 10, 6))
    declare_conflict(quiet_case, cast.la_notifier, by=by, what="Knows the family")
    swept(at(2026, 10, 6, 10))
    mailoutbox.clear()
    swept(at(2026, 10, 12))
    assert cast.la_notifier.email not in to_whom(mailoutbox)


def test_someone_who_left_is_not_told(notification_clock, cast, swept, at, mailoutbox):
    Membership.objects.filter(user=cast.la_notifier).update(ends_on=date(2026, 10, 7))
    swept(at(2026, 10, 8))
    assert cast.la_notifier.email not in to_whom(mailoutbox)


def test_a_message_names_no_child(notification_clock, swept, at, mailoutbox):
    swept(at(2026, 10, 12))
    for letter in mailoutbox:
        everything = letter.subject + letter.body + "".join(str(part) for part in letter.alternatives)
        assert not re.search("Zephyrine|Quillfeather|9434765919|head injury", everything, re.IGNORECASE)


def test_each_message_has_its_own_lasting_message_id(notification_clock, swept, at, mailoutbox):
    swept(at(2026, 10, 8))
    swept(at(2026, 10, 9))
    ids = [letter.extra_headers["Message-ID"] for letter in mailoutbox]
    assert len(set(ids)) == 2
    assert set(ids) == set(Message.objects.values_list("message_id", flat=True))


def test_what_is_not_urgent_waits_for_the_digest_of_eight_in_the_morning(notification_clock, swept, at, mailoutbox):
    swept(at(2026, 10, 8, 5, 30))
    assert mailoutbox == [], "half past six in London, and two days to go"
    swept(at(2026, 10, 8, 7, 0))
    assert len(mailoutbox) == 1, "eight in London"


def test_a_provisional_clock_says_that_its_date_is_not_confirmed(quiet_case, cast, standing, swept, at, mailoutbox):
    by = standing(cast.coordinator, at(2026, 10, 5))
    clocks.start(
        quiet_case,
        "T01",
        occasion="incident.Notification:2",
        counted_from=by.today,
        by=by,
        owed_by_role="la_notifier",
        provisional=True,
    )
    swept(at(2026, 10, 12))
    assert "The date is not confirmed" in mailoutbox[0].body


def test_a_day_that_was_only_advised_is_never_called_overdue(quiet_case, cast, standing, swept, at, mailoutbox):
    by = standing(cast.coordinator, at(2026, 10, 5))
    for code in ("T08", "L07"):
        clocks.start(quiet_case, code, occasion=f"advised:{code}", counted_from=date(2026, 9, 7), by=by)
    swept(at(2026, 10, 8))
    said = "".join(letter.subject + letter.body for letter in mailoutbox)
    assert "To chase: CIOS-2026-0001" in said or "The day advised for this was" in said
    assert "verdue" not in said
    found = ahead(date(2026, 10, 8), by=standing(cast.coordinator, at(2026, 10, 8)), plans={})
    assert not any("overdue" in line.why for letter in found.letters for line in letter.lines)


def test_nothing_announced_is_announced_again(quiet_case, swept, at):
    assert Untold.objects.count() == 0
    assert swept(at(2026, 10, 1) + timedelta(hours=1)).announced == 0


@pytest.mark.parametrize("clocks_running", [1, 40])
def test_the_sweep_asks_the_database_the_same_number_of_times_however_many_clocks_run(
    quiet_case, cast, standing, at, django_assert_max_num_queries, clocks_running
):
    from notifications.reminders.remind import remind

    by = standing(cast.coordinator, at(2026, 10, 5))
    for number in range(clocks_running):
        clocks.start(quiet_case, "T01", occasion=f"incident.Notification:{number}", counted_from=by.today, by=by)
    with django_assert_max_num_queries(30):
        made = remind(at=at(2026, 10, 8), day=date(2026, 10, 8))
    assert made == clocks_running


@pytest.mark.parametrize("milestone", [60, 5, 2, 1, 0, -1, -3, -10])
def test_a_milestone_is_reached_on_the_working_day_it_names_and_not_before(milestone):
    """Against counting the days one by one, on every due date of a year around today."""
    from deadlines.bank_holidays import BANK_HOLIDAYS
    from deadlines.working_days import Calendar
    from notifications.reminders.schedule import last_due_date_reached

    calendar = Calendar(BANK_HOLIDAYS, date(2028, 12, 31))
    today = date(2026, 12, 23)
    last = last_due_date_reached(today, milestone, calendar)
    for offset in range(-40, 120):
        due = today + timedelta(days=offset)
        reached = due
        step, left = (-1 if milestone > 0 else 1), abs(milestone)
        while left:
            reached += timedelta(days=step)
            left -= reached.weekday() < 5 and reached not in BANK_HOLIDAYS
        assert (reached <= today) is (due <= last), due


def test_a_duty_counted_back_from_publication_is_reminded_of(quiet_case, cast, standing, swept, at, mailoutbox):
    by = standing(cast.coordinator, at(2026, 10, 5))
    clocks.start(
        quiet_case,
        "T10",
        occasion="lcspr.Review:1:plan 1",
        counted_from=date(2026, 10, 30),
        by=by,
        owed_by_role="coordinator",
        recipient="panel",
    )
    swept(at(2026, 10, 21))
    assert cast.coordinator.email in to_whom(mailoutbox)
