"""Asking an agency: the part it is given, the clock it starts, and asking once only."""

from datetime import timedelta

import pytest

from accounts.rights import NotPermitted
from agency_returns import actions
from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import AgencyReturn, InformationRequest
from audit.events import AlreadySubmitted, key_of
from audit.lifecycle import AlreadyDone
from deadlines.actions import clock_of
from deadlines.models import Deadline


def test_asking_starts_a_clock_owed_by_the_agency(school_return, cast):
    clock = clock_of("L07", school_return)
    assert clock.due_on == school_return.request.due_on
    assert (clock.owed_by_role, clock.owed_by_agency) == ("agency_lead", cast.agencies.school)


def test_asking_is_about_every_child_of_the_case_unless_some_are_named(school_return, case_one):
    assert list(school_return.request.children.all()) == list(case_one.child_set.all())


def test_an_agency_is_asked_once_on_an_occasion(school_return, ask, cast):
    with pytest.raises(actions.AlreadyAsked):
        ask(cast.agencies.school)
    assert InformationRequest.objects.count() == 1


def test_an_agency_may_be_asked_again_once_the_first_request_is_withdrawn(school_return, ask, cast, standing):
    actions.withdraw(school_return, by=standing(cast.coordinator), reason="Wrong period")
    assert ask(cast.agencies.school).pk != school_return.pk


def test_pressing_send_twice_asks_once(ask, cast):
    first = ask(cast.agencies.school, token="pressed-twice")
    with pytest.raises(AlreadySubmitted) as again:
        ask(cast.agencies.school, token="pressed-twice")
    assert again.value.event.subject == key_of(first)
    assert AgencyReturn.objects.count() == 1


@pytest.mark.parametrize("who", ["partner_la", "panel_chair", "group_member", "lead", "la_notifier"])
def test_only_a_coordinator_asks(who, case_one, cast, standing):
    by = standing(getattr(cast, who))
    with pytest.raises(NotPermitted):
        actions.send_request(case_one, cast.agencies.school, by=by, occasion="x:1", due_on=by.today)


def test_withdrawing_voids_the_clock_and_keeps_the_reason(school_return, cast, standing):
    actions.withdraw(school_return, by=standing(cast.coordinator), reason="Asked the wrong school")
    clock = clock_of("L07", school_return)
    assert clock.voided_on and clock.void_reason == "Asked the wrong school"


def test_overdue_is_a_question_not_a_status(school_return):
    due_on = school_return.request.due_on
    late = due_on + timedelta(days=1)
    assert not AgencyReturn.objects.overdue(on=due_on).exists()
    assert AgencyReturn.objects.overdue(on=late).get() == school_return
    assert school_return.is_overdue(on=late) and not school_return.is_overdue(on=due_on)
    assert "overdue" not in ReturnStatus.values


def test_an_agency_that_has_answered_is_not_chased(sent, cast, standing):
    with pytest.raises(AlreadyDone):
        actions.chase(sent, by=standing(cast.coordinator))


def test_chasing_is_recorded(school_return, cast, standing):
    actions.chase(school_return, by=standing(cast.coordinator))
    assert school_return.trail.events.filter(verb="information request chased").count() == 1


def test_the_plan_proposes_the_seventh_working_day_after_the_notification_was_sent(case_one, cast, standing):
    from datetime import UTC, date, datetime

    from deadlines.actions import start

    by = standing(cast.coordinator, at=datetime(2026, 10, 9, 9, tzinfo=UTC))
    start(case_one, "T05", occasion="incident.Notification:7", counted_from=date(2026, 10, 8), by=by)
    plan = actions.plan_for(case_one, by=by)
    assert plan == actions.Plan("incident.Notification:7", date(2026, 10, 8), date(2026, 10, 19))


def test_the_clock_of_a_request_is_not_the_rapid_reviews(school_return):
    assert not Deadline.objects.filter(code="T05").exists()
