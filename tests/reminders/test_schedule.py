"""When people are reminded, who is told when nothing happens, and that both are the partnership's to change."""

from datetime import date

import pytest

from accounts.models import Cover, Membership
from accounts.rights import NotPermitted
from accounts.roles import Role
from audit.lifecycle import StaleEdit
from audit.models import Event
from cases.models import Conflict
from deadlines.actions import clocks
from notifications.reminders.actions import change_schedule, forget_schedule
from notifications.reminders.models import LimitSchedule, Reminder
from notifications.reminders.schedule import Plan, Rung, steps_of

pytestmark = pytest.mark.django_db
NEVER = {"deputy_after": None, "manager_after": None, "partners_after": None}


@pytest.fixture
def change(cast, standing):
    def to(code, days, version=0, **ladder):
        by = standing(cast.coordinator)
        return change_schedule(code, by=by, days=days, seen_version=version, **(NEVER | ladder))

    return to


def told(rung):
    return {row.recipient.email for row in Reminder.objects.filter(rung=rung).select_related("recipient")}


# --- the schedule -------------------------------------------------------------------------------------------------
def test_a_schedule_of_its_own_takes_the_place_of_the_shipped_one(notification_clock, change, swept, at, mailoutbox):
    change("T01", [4])
    swept(at(2026, 10, 6))
    assert [row.milestone for row in Reminder.objects.all()] == [4]
    swept(at(2026, 10, 8))
    assert [row.milestone for row in Reminder.objects.all()] == [4]


def test_the_schedule_of_every_other_limit_leaves_alone_those_that_have_their_own(change):
    change("", [9])
    steps = {(step.milestone, step.others) for step in steps_of(LimitSchedule.plans()) if step.rung == Rung.OWNER}
    assert (9, True) in steps
    assert not [milestone for milestone, others in steps if others and milestone != 9]
    five = [step for step in steps_of(LimitSchedule.plans()) if step.milestone == 5 and step.rung == Rung.OWNER]
    assert "T05" in five[0].codes


def test_a_changed_schedule_sends_nothing_twice(notification_clock, change, swept, at, cast):
    swept(at(2026, 10, 8))
    change("T01", [2, 1])
    swept(at(2026, 10, 8, 12))
    assert Reminder.objects.filter(recipient=cast.la_notifier).count() == 1


def test_a_change_is_an_event_and_going_back_is_another(change, cast, standing):
    row = change("T05", [3, 0], deputy_after=1)
    assert Event.objects.get(verb="reminders changed").changed == [
        "days",
        "deputy_after",
        "manager_after",
        "partners_after",
    ]
    forget_schedule(row, by=standing(cast.coordinator))
    assert LimitSchedule.objects.count() == 0
    assert Event.objects.filter(verb="reminders as shipped again").exists()


def test_two_people_do_not_overwrite_each_other(change):
    change("T05", [3])
    with pytest.raises(StaleEdit):
        change("T05", [4])
    row = LimitSchedule.objects.get()
    change("T05", [4], version=row.version)
    with pytest.raises(StaleEdit):
        change("T05", [5], version=row.version)
    assert LimitSchedule.objects.get().days == [4]


def test_a_partner_does_not_change_when_people_are_reminded(cast, standing):
    with pytest.raises(NotPermitted):
        change_schedule("T05", by=standing(cast.partner_la), days=[1], seen_version=0, **NEVER)


# --- the ladder ---------------------------------------------------------------------------------------------------
def test_an_overdue_duty_is_passed_up_one_rung_after_the_other(notification_clock, cast, swept, at, mailoutbox):
    swept(at(2026, 10, 12))
    assert told(Rung.DEPUTY) == set(), "due on Monday the 12th"
    swept(at(2026, 10, 13))
    assert told(Rung.DEPUTY) == {cast.la_approver.email}
    assert told(Rung.MANAGER) == set()
    swept(at(2026, 10, 15))
    assert told(Rung.MANAGER) == {cast.partner_la.email}
    assert told(Rung.PARTNERS) == set()
    swept(at(2026, 10, 19))
    assert told(Rung.PARTNERS) == {cast.partner_la.email, cast.partner_icb.email, cast.partner_police.email}
    swept(at(2026, 10, 20))
    assert Reminder.objects.filter(rung=Rung.PARTNERS).count() == 3, "once"


def test_whoever_is_told_on_the_ladder_is_told_why(notification_clock, cast, swept, at, mailoutbox):
    swept(at(2026, 10, 13))
    letter = next(letter for letter in mailoutbox if letter.to == [cast.la_approver.email])
    assert "you are next on the ladder" in letter.body
    owner = next(letter for letter in mailoutbox if letter.to == [cast.la_notifier.email])
    assert "because you act as local authority notifier" in owner.body


def test_a_duty_done_in_time_climbs_nothing(notification_clock, cast, standing, swept, at):
    by = standing(cast.la_notifier, at(2026, 10, 9))
    clocks.meet("T01", occasion=notification_clock.occasion, on=by.today, by=by)
    swept(at(2026, 10, 30))
    assert not Reminder.objects.exclude(rung=Rung.OWNER).exists()


def test_an_advisory_date_that_has_passed_climbs_nothing_as_shipped(quiet_case, cast, standing, swept, at, change):
    by = standing(cast.coordinator, at(2026, 10, 5))
    facts = {"occasion": "incident.Notification:1", "counted_from": by.today, "by": by}
    clocks.start(quiet_case, "T07", owed_by_role=Role.COORDINATOR, recipient="panel", **facts)
    swept(at(2026, 10, 30))
    assert not Reminder.objects.exclude(rung=Rung.OWNER).exists()
    change("T07", [0], partners_after=2)
    swept(at(2026, 10, 30, 12))
    assert Reminder.objects.filter(rung=Rung.PARTNERS).exists(), "a partnership may choose otherwise"


def test_partners_with_a_conflict_of_interest_are_left_out(notification_clock, quiet_case, cast, swept, at):
    Conflict.objects.create(case=quiet_case, user=cast.partner_icb, declared_on=date(2026, 10, 1))
    swept(at(2026, 10, 19))
    assert cast.partner_icb.email not in told(Rung.PARTNERS)
    assert cast.partner_police.email in told(Rung.PARTNERS)


def test_a_duty_that_nobody_owes_any_more_is_told_to_the_coordinators(notification_clock, cast, swept, at):
    Membership.objects.filter(user=cast.la_notifier).update(ends_on=date(2026, 10, 7))
    swept(at(2026, 10, 8))
    assert cast.coordinator.email in told(Rung.NOBODY)
    made = Reminder.objects.count()
    swept(at(2026, 10, 8, 12))
    assert Reminder.objects.count() == made


def test_a_deputy_who_may_not_see_the_case_does_not_swallow_the_reminder(
    notification_clock, quiet_case, cast, swept, at, mailoutbox
):
    membership = Membership.objects.get(user=cast.la_notifier)
    Cover.objects.create(
        membership=membership, deputy=cast.la_approver, starts_on=date(2026, 10, 7), ends_on=date(2026, 10, 9)
    )
    Conflict.objects.create(case=quiet_case, user=cast.la_approver, declared_on=date(2026, 10, 1))
    swept(at(2026, 10, 8))
    assert [letter.to for letter in mailoutbox] == [[cast.la_notifier.email]]


# --- the pages ----------------------------------------------------------------------------------------------------
FORM = {
    "before": "5, 2",
    "on_the_day": "on",
    "after": "1",
    "deputy_after": "2",
    "manager_after": "",
    "partners_after": "6",
}


def test_a_coordinator_changes_a_schedule_on_its_page(cast, signed_in):
    client = signed_in(cast.coordinator)
    page = client.get("/messages/schedule/T05/")
    assert page.context["form"]["before"].value() == "5, 2, 1"
    answer = client.post("/messages/schedule/T05/", FORM | {"seen_version": "0"})
    assert answer.status_code == 302
    assert LimitSchedule.objects.get().plan == Plan((5, 2, 0, -1), 2, None, 6)
    assert "5 and 2 before, on the day, 1 after" in client.get("/messages/schedule/").content.decode()


def test_the_list_says_what_is_really_done(cast, signed_in, change):
    lines = {line.code: line for line in signed_in(cast.coordinator).get("/messages/schedule/").context["lines"]}
    assert lines["T01"].ladder == ["Acts next: after 1", "Answers for it: after 3", "Safeguarding partner: after 5"]
    assert lines["T07"].ladder == [], "advisory"
    assert lines["L07"].ladder == [], "a step of the working plan"
    change("", [1], deputy_after=4)
    lines = {line.code: line for line in signed_in(cast.coordinator).get("/messages/schedule/").context["lines"]}
    assert lines["L07"].ladder == ["Acts next: after 4"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"before": "five"}, "Working days before the due date must be whole numbers"),
        ({"before": "-2"}, "Working days before the due date must be 1 or more"),
        ({"after": "900"}, "must be 250 working days or fewer"),
        ({"deputy_after": "9"}, "must not be told before an earlier one"),
        ({"partners_after": "0"}, "must be 1 or more"),
        ({"before": "", "after": "", "on_the_day": ""}, "Enter at least one day"),
    ],
)
def test_a_schedule_that_makes_no_sense_is_refused_and_kept_as_typed(cast, signed_in, typed, said):
    answer = signed_in(cast.coordinator).post("/messages/schedule/T05/", FORM | typed)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not LimitSchedule.objects.exists()


def test_somebody_elses_change_is_shown_before_it_is_overwritten(cast, signed_in, change):
    client = signed_in(cast.coordinator)
    change("T05", [7])
    answer = client.post("/messages/schedule/T05/", FORM | {"seen_version": "0"})
    assert "Somebody changed this since you opened it. What they saved: 7 before" in answer.content.decode()
    again = client.post(
        "/messages/schedule/T05/", FORM | {"seen_version": answer.context["form"]["seen_version"].value()}
    )
    assert again.status_code == 302
    assert LimitSchedule.objects.get().days == [5, 2, 0, -1]
