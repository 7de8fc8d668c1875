"""The partnership's own working plan: a template that becomes internal deadlines, never taken for statutory ones."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from audit.models import Event
from cases.models import TeamMember
from deadlines.actions import (
    NotAPlan,
    PlanStep,
    add_bank_holiday,
    apply_plan,
    change_plan,
    correct_day_zero,
    finish_step,
    meet,
    not_applicable,
    steps_of,
    void,
)
from deadlines.bands import Band
from deadlines.models import BankHoliday, Deadline, Limit
from deadlines.presenter import shown
from deadlines.rights import NotPermitted
from notifications.reminders.recipients import owners_of

OCCASION = "notifications.Notification:1"
OURS = [
    PlanStep("L01", "Letters out", 1),
    PlanStep("L10", "We meet", 9, Role.PARTNER),
    PlanStep("", "Tell the press office", 11),
]


@pytest.fixture
def cora(cast, case_one):
    """The coordinator on 12 October 2026, with the case since September."""
    TeamMember.objects.update(starts_on=date(2026, 9, 1))
    return Standing.of(cast.coordinator, datetime(2026, 10, 12, 9, tzinfo=UTC))


@pytest.fixture
def clock(begin, cora):
    return begin("T05", date(2026, 10, 8))


def days(steps):
    return {step.code: step.due_on.day for step in steps}


def test_example_1c_the_plan_as_shipped_becomes_deadlines_of_the_case(clock, cora):
    steps = apply_plan(clock, by=cora)
    assert days(steps) == {
        "L01": 9, "L03": 13, "L07": 19, "L08": 20, "L09": 21, "L10": 22, "L12": 26, "L13": 27, "L14": 28,
    }  # fmt: skip
    assert {step.occasion for step in steps} == {OCCASION}
    assert {step.code: step.owed_by_role for step in steps if step.owed_by_role != "coordinator"} == {"L13": "partner"}


def test_a_step_is_marked_local_is_never_overdue_and_moves_no_statutory_date(clock, cora):
    (first, *_) = apply_plan(clock, by=cora)
    row = shown(first, on=date(2026, 11, 30), calendar=BankHoliday.objects.calendar())
    assert row.is_local
    assert first.state(on=date(2026, 11, 30)).band is Band.PAST_ADVICE
    assert first not in Deadline.objects.overdue(on=date(2026, 11, 30))
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 10, 29)
    assert not shown(clock, on=date(2026, 10, 12), calendar=BankHoliday.objects.calendar()).is_local


def test_a_plan_is_applied_once_and_only_to_the_open_clock_it_follows(clock, cora, begin):
    apply_plan(clock, by=cora)
    with pytest.raises(AlreadyDone):
        apply_plan(clock, by=cora)
    with pytest.raises(AlreadyDone):
        apply_plan(begin("T01", date(2026, 10, 8), occasion="one:1"), by=cora)


def test_the_plan_can_be_changed_and_what_was_applied_stays(clock, cora, begin):
    applied = days(apply_plan(clock, by=cora))
    change_plan(OURS, by=cora)
    assert days(steps_of(clock)) == applied
    other = begin("T05", date(2026, 10, 8), occasion="other:1")
    assert [(step.limit.title, step.due_on) for step in apply_plan(other, by=cora)] == [
        ("Letters out", date(2026, 10, 9)),
        ("We meet", date(2026, 10, 21)),
        ("Tell the press office", date(2026, 10, 23)),
    ]
    assert Event.objects.filter(verb="working plan changed").count() == 1


def test_whoever_does_a_step_is_the_one_who_is_told_of_it(clock, cora, cast):
    change_plan(OURS, by=cora)
    steps = {step.code: step for step in apply_plan(clock, by=cora)}
    told = owners_of(Deadline.objects.filter(pk__in=[step.pk for step in steps.values()]), cora.today)
    partners = {cast.partner_la.pk, cast.partner_icb.pk, cast.partner_police.pk}
    coordinators = set(Membership.objects.filter(role=Role.COORDINATOR).values_list("user", flat=True))
    assert told == {steps["L01"].pk: coordinators, steps["L10"].pk: partners, steps["L20"].pk: coordinators}
    assert steps["L10"].limit.owed_by == "the safeguarding partners"


def test_what_an_agency_owes_by_a_day_of_the_plan_is_no_step_of_it(clock, cora, begin):
    owed = begin("L07", date(2026, 10, 8), occasion="agency_returns.AgencyReturn:1")
    with pytest.raises(AlreadyDone):
        finish_step(owed, cora.today, by=cora)
    with pytest.raises(AlreadyDone):
        not_applicable(owed, by=cora, reason="Not needed", said_by="Chidi Chair")


def test_a_step_is_given_to_nobody_who_could_not_open_its_page(cora):
    with pytest.raises(NotAPlan):
        change_plan([PlanStep("", "Write it", 3, Role.REVIEWER)], by=cora)


def test_two_changes_on_one_day_leave_the_last(cora):
    change_plan(OURS, by=cora)
    change_plan(OURS[:1], by=cora)
    assert [row.title for row in Limit.objects.working_plan()] == ["Letters out"]
    assert Limit.objects.in_force("L01", cora.today).title == "Letters out"


def test_the_steps_follow_the_clock_to_its_new_day_zero(clock, cora):
    apply_plan(clock, by=cora)
    finish_step(Deadline.objects.get(code="L01", occasion=OCCASION), date(2026, 10, 9), by=cora)
    correct_day_zero(clock, date(2026, 10, 9), by=cora, reason="Sent a day later")
    found = {step.code: step.due_on for step in steps_of(clock)}
    assert (found["L01"], found["L07"]) == (date(2026, 10, 9), date(2026, 10, 20))


def test_when_the_review_is_sent_what_is_left_of_the_plan_is_not_needed(clock, cora):
    apply_plan(clock, by=cora)
    finish_step(Deadline.objects.get(code="L01", occasion=OCCASION), date(2026, 10, 9), by=cora)
    meet("T05", occasion=OCCASION, on=date(2026, 10, 12), by=cora)
    states = {step.code: step.state(on=cora.today).band for step in steps_of(clock)}
    assert states.pop("L01") is Band.MET
    assert set(states.values()) == {Band.NOT_APPLICABLE}


def test_when_the_notification_is_withdrawn_the_steps_are_void_with_the_clock(clock, cora):
    apply_plan(clock, by=cora)
    void(OCCASION, by=cora, reason="Criteria not met")
    assert not Deadline.objects.open().filter(occasion=OCCASION).exists()


def test_a_bank_holiday_moves_the_steps_too(clock, cora):
    apply_plan(clock, by=cora)
    add_bank_holiday(date(2026, 10, 16), "Proclaimed", by=cora)
    assert days(steps_of(clock))["L07"] == 20


def test_only_coordinators_change_and_apply_the_plan(clock, cast):
    by = Standing.of(cast.partner_icb, datetime(2026, 10, 12, 9, tzinfo=UTC))
    for verb in (
        lambda: change_plan(OURS, by=by),
        lambda: apply_plan(clock, by=by),
        lambda: finish_step(clock, by.today, by=by),
    ):
        with pytest.raises(NotPermitted):
            verb()


def test_the_same_press_changes_the_plan_once(cora):
    change_plan(OURS, by=cora, token="one-press-of-the-button")
    with pytest.raises(AlreadySubmitted):
        change_plan(OURS, by=cora, token="one-press-of-the-button")


def test_whoever_has_not_seen_the_plan_that_stands_now_replaces_nothing(cora, cast, signed_in):
    pages = signed_in(cast.coordinator)
    page = pages.get(reverse("deadlines:working_plan"))
    form = page.context["form"]
    typed = {name: "" if value is None else value for name, value in ((n, form[n].value()) for n in form.fields)}
    typed["title_2"] = "Returns of the agencies, signed"
    # Meanwhile a colleague leaves the first two steps out.
    change_plan([PlanStep("L07", "Agency returns", 6)], by=cora)
    refused = pages.post(reverse("deadlines:working_plan"), typed)
    assert refused.status_code == 409
    said = refused.content.decode()
    assert "Someone changed the plan" in said and "Working day 6: Agency returns" in said
    assert "Returns of the agencies, signed" in said
    assert Limit.objects.working_plan()[0].title == "Agency returns"
    again = {
        name: "" if value is None else value
        for name, value in ((n, refused.context["form"][n].value()) for n in form.fields)
    }
    assert pages.post(reverse("deadlines:working_plan"), again).status_code == 302
    # Each line is still the step that it was, whatever had become of the plan.
    assert [(row.code, row.title) for row in Limit.objects.working_plan()][2] == (
        "L07",
        "Returns of the agencies, signed",
    )


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([PlanStep("L07", "One", 6), PlanStep("L07", "Two", 7)], "stand in it once"),
        ([PlanStep("T05", "One", 6)], "one of the plan"),
    ],
)
def test_a_step_that_is_kept_is_one_of_the_plan(cora, steps, words):
    with pytest.raises(NotAPlan, match=words):
        change_plan(steps, by=cora)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"day_2": "0"}, "Working day in step 3 must be 1 or more"),
        ({"day_2": "61"}, "Working day in step 3 must be 60 or fewer"),
        ({"day_2": "soon"}, "Working day in step 3 must be a whole number"),
        ({"title_2": "x" * 121}, "What is to be done in step 3 must be 120 characters or fewer"),
        ({"role_2": "reviewer"}, "Select who does it in step 3"),
    ],
)
def test_a_step_that_cannot_be_is_refused_with_its_place(cora, cast, signed_in, more, words):
    pages = signed_in(cast.coordinator)
    form = pages.get(reverse("deadlines:working_plan")).context["form"]
    typed = {n: form[n].value() or "" for n in form.fields} | more
    assert words in pages.post(reverse("deadlines:working_plan"), typed).content.decode()


def test_a_day_without_a_step_is_asked_about_and_not_dropped(cora, cast, signed_in):
    pages = signed_in(cast.coordinator)
    form = pages.get(reverse("deadlines:working_plan")).context["form"]
    typed = {n: form[n].value() or "" for n in form.fields} | {"day_9": "5"}
    assert (
        "Enter what is to be done on working day 5"
        in pages.post(reverse("deadlines:working_plan"), typed).content.decode()
    )


def test_the_pages_change_the_plan_show_its_days_and_apply_it(clock, cast, signed_in):
    pages = signed_in(cast.coordinator)
    typed = {
        "token": "t" * 20,
        "seen": "Local plan",
        "title_0": "Letters out",
        "day_0": "1",
        "title_1": "We meet",
        "day_1": "",
    }
    typed |= {"role_1": "partner"}
    refused = pages.post(reverse("deadlines:working_plan"), typed).content.decode()
    assert "Enter the working day of We meet" in refused
    done = pages.post(reverse("deadlines:working_plan"), typed | {"day_1": "9"}, follow=True).content.decode()
    assert "The plan was changed" in done
    assert [(row.title, row.owed_by_role) for row in Limit.objects.working_plan()] == [
        ("Letters out", "coordinator"),
        ("We meet", "partner"),
    ]
    assert "Apply the working plan" in pages.get(clock.get_absolute_url()).content.decode()
    address = reverse("deadlines:apply_plan", args=[clock.pk])
    offered = pages.get(address).content.decode()
    assert "Wed 21 Oct 2026" in offered
    assert "The safeguarding partners" in offered
    pages.post(address, {"token": "u" * 20})
    assert len(steps_of(clock)) == 2
    step = steps_of(clock)[0]
    assert "Local step, no statutory date" in pages.get(step.get_absolute_url()).content.decode()
    assert pages.get(address).status_code == 409
    printed = pages.get(reverse("deadlines:ledger", args=[clock.case_id])).content.decode()
    assert printed.index(">T05.") < printed.index(">L01."), "what is statutory first"
