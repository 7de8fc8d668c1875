"""An action from its plan to the proof that it made a difference."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.rights import NotPermitted
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from audit.models import Event
from cases.actions import declare_conflict
from cases.models import Case
from improvements import actions
from improvements.models import Action, Evidence, ImpactCheck, Recommendation
from tests.cast import make_person


@pytest.fixture
def other_action(case_one, cast, standing, today):
    """Of the same case, for the school."""
    return actions.plan(
        case_one,
        by=standing(cast.coordinator),
        text="Brief the pastoral team",
        lead_agency=cast.agencies.school,
        target_on=today + timedelta(days=10),
    )


# --- who sees what ---------------------------------------------------------------------------------------------------
def test_an_owner_sees_their_agencys_action_and_nothing_else_of_the_case(
    case_one, action, other_action, cast, standing
):
    for person in (cast.action_owner, cast.other_lead):
        by = standing(person)
        assert list(Action.objects.visible_to(by)) == [action]
        assert not Recommendation.objects.visible_to(by).exists()
        assert not Case.objects.visible_to(by).exists()
    assert list(Action.objects.visible_to(standing(cast.lead))) == [other_action]


@pytest.mark.parametrize("who", ["referrer", "other_referrer", "reviewer", "partner_isles", "system_administrator"])
def test_whoever_was_given_nothing_sees_no_action(action, cast, standing, who):
    assert not Action.objects.visible_to(standing(getattr(cast, who))).exists()


def test_a_conflict_of_interest_bars_the_owner_too(case_one, action, cast, standing):
    declare_conflict(case_one, cast.action_owner, by=standing(cast.action_owner), what="A neighbour of the family")
    assert not Action.objects.visible_to(standing(cast.action_owner)).exists()
    assert Action.objects.visible_to(standing(cast.other_lead)).exists()


def test_an_action_led_by_one_person_is_that_persons_alone(case_one, cast, standing, today):
    led = actions.plan(
        case_one,
        by=standing(cast.coordinator),
        text="Chair the group",
        lead_agency=cast.agencies.hospital,
        lead_person=cast.other_lead.memberships.get(),
        target_on=today,
    )
    assert Action.objects.visible_to(standing(cast.other_lead)).filter(pk=led.pk).exists()
    assert not Action.objects.visible_to(standing(cast.action_owner)).exists()
    with pytest.raises(NotPermitted):
        actions.report(led, "in_progress", by=standing(cast.action_owner), progress="Not mine to say")
    assert list(led.recipients("owner", today)) == [cast.other_lead]


def test_somebody_of_another_agency_or_role_does_not_lead_an_action(case_one, cast, standing, today):
    for person in (cast.lead, cast.other_referrer):
        with pytest.raises(ValueError, match="leads an action"):
            actions.plan(
                case_one,
                by=standing(cast.coordinator),
                text="Something",
                lead_agency=cast.agencies.hospital,
                lead_person=person.memberships.get(),
                target_on=today,
            )


def test_an_action_carries_out_no_recommendation_of_another_case(case_two, recommendation, cast, standing, today):
    with pytest.raises(ValueError, match="another case"):
        actions.plan(
            case_two,
            by=standing(cast.coordinator),
            text="Something",
            lead_agency=cast.agencies.hospital,
            recommendation=recommendation,
            target_on=today,
        )


@pytest.mark.parametrize("who", ["partner_la", "panel_chair", "action_owner", "reviewer"])
def test_only_a_coordinator_plans(case_one, cast, standing, today, who):
    with pytest.raises(NotPermitted):
        actions.plan(
            case_one,
            by=standing(getattr(cast, who)),
            text="Something",
            lead_agency=cast.agencies.school,
            target_on=today,
        )


def test_the_owners_are_told_and_nobody_of_another_agency(action, cast, today):
    assert set(action.recipients("owner", today)) == {cast.action_owner, cast.other_lead}


# --- reporting -------------------------------------------------------------------------------------------------------
def test_the_owner_reports_and_the_words_before_are_kept(action, cast, standing):
    by = standing(cast.action_owner)
    actions.report(action, "in_progress", by=by, progress="Being tested", seen_version=action.version)
    actions.report(action, "in_progress", by=by, progress="Tested", seen_version=action.version)
    action.refresh_from_db()
    assert (action.status, action.progress) == ("in_progress", "Tested")
    kept = [row.progress for row in action.history.order_by("history_id")]
    assert kept == ["", "Being tested", "Tested"]


@pytest.mark.parametrize("who", ["lead", "referrer", "partner_la", "group_member", "reviewer"])
def test_nobody_of_another_agency_reports(action, cast, standing, who):
    with pytest.raises(NotPermitted):
        actions.report(action, "in_progress", by=standing(getattr(cast, who)), progress="Theirs")


def test_a_stale_report_is_refused_with_both_texts(action, cast, standing):
    seen = action.version
    actions.report(action, "in_progress", by=standing(cast.action_owner), progress="Theirs", seen_version=seen)
    with pytest.raises(StaleEdit) as stale:
        actions.report(action, "at_risk", by=standing(cast.other_lead), progress="Mine", seen_version=seen)
    assert (stale.value.mine["progress"], stale.value.theirs["progress"]) == ("Mine", "Theirs")
    action.refresh_from_db()
    assert (action.status, action.progress) == ("in_progress", "Theirs")


@pytest.mark.parametrize("to", ["completed", "embedded", "closed_not_pursued", "not_started", "anything"])
def test_an_owner_does_not_complete_or_close_by_reporting(action, cast, standing, to):
    with pytest.raises(AlreadyDone):
        actions.report(action, to, by=standing(cast.action_owner), progress="All is well")
    action.refresh_from_db()
    assert (action.status, action.progress) == ("not_started", "")


# --- evidence --------------------------------------------------------------------------------------------------------
def test_an_action_is_not_completed_without_evidence(action, cast, standing):
    actions.report(action, "completed_awaiting_evidence", by=standing(cast.action_owner), progress="Done")
    with pytest.raises(actions.EvidenceNeeded):
        actions.accept_evidence(action, by=standing(cast.coordinator))
    action.refresh_from_db()
    assert action.status == "completed_awaiting_evidence" and action.completed_on is None


def test_accepting_the_evidence_completes_and_plans_the_check_of_impact(done, cast, standing):
    actions.accept_evidence(done, by=standing(cast.coordinator, datetime(2037, 8, 31, 9, tzinfo=UTC)))
    done.refresh_from_db()
    assert (done.status, done.completed_on, done.impact_check_on) == (
        "completed",
        date(2037, 8, 31),
        date(2038, 2, 28),
    )
    assert done.history.latest().completed_on == date(2037, 8, 31)


def test_the_owner_does_not_accept_their_own_evidence(done, cast, standing):
    for person in (cast.action_owner, cast.other_lead):
        with pytest.raises(NotPermitted):
            actions.accept_evidence(done, by=standing(person))


def test_evidence_comes_before_completion_is_asked_for(action, cast, standing):
    actions.give_evidence(action, by=standing(cast.action_owner), text="Early")
    with pytest.raises(AlreadyDone):
        actions.accept_evidence(action, by=standing(cast.coordinator))


def test_nothing_more_is_given_to_an_action_that_is_over(completed, cast, standing):
    with pytest.raises(AlreadyDone):
        actions.give_evidence(completed, by=standing(cast.action_owner), text="Too late")
    assert Evidence.objects.count() == 1


# --- dates -----------------------------------------------------------------------------------------------------------
def test_a_new_target_keeps_the_first_and_its_reason(action, cast, standing, today):
    first, new = action.target_on, today + timedelta(days=90)
    actions.change_target(action, new, by=standing(cast.coordinator), reason="The supplier is late")
    action.refresh_from_db()
    assert (action.target_on, action.first_target_on, action.was_postponed) == (new, first, True)
    assert Event.objects.get(verb="target date changed").reason.text == "The supplier is late"


def test_the_owner_does_not_move_the_target(action, cast, standing, today):
    with pytest.raises(NotPermitted):
        actions.change_target(action, today, by=standing(cast.action_owner), reason="Easier")


def test_overdue_is_asked_of_a_day(action):
    after = action.target_on + timedelta(days=1)
    assert not action.is_overdue(on=action.target_on) and action.is_overdue(on=after)
    assert list(Action.objects.overdue(on=after)) == [action]
    assert not Action.objects.overdue(on=action.target_on).exists()


# --- impact, closing, taking up again ---
def test_shown_impact_embeds_and_nothing_follows(completed, cast, standing):
    by = standing(cast.coordinator)
    actions.check_impact(completed, by=by, found="Nine of ten records", impact_shown=True)
    completed.refresh_from_db()
    assert completed.status == "embedded"
    with pytest.raises(AlreadyDone):
        actions.check_impact(completed, by=by, found="Again", impact_shown=True)
    with pytest.raises(AlreadyDone):
        actions.reopen(completed, by=by, reason="No")


def test_impact_not_shown_is_looked_at_again_in_six_months(completed, cast, standing):
    at = datetime(2037, 3, 31, 10, tzinfo=UTC)
    actions.check_impact(completed, by=standing(cast.coordinator, at), found="Too early", impact_shown=False)
    completed.refresh_from_db()
    assert (completed.status, completed.impact_check_on) == ("completed", date(2037, 9, 30))
    assert ImpactCheck.objects.get().found == "Too early"


def test_impact_is_not_checked_before_the_action_is_completed(action, cast, standing):
    for shown in (True, False):
        with pytest.raises(AlreadyDone):
            actions.check_impact(action, by=standing(cast.coordinator), found="Nothing", impact_shown=shown)
    assert not ImpactCheck.objects.exists()


def test_an_action_that_is_not_pursued_keeps_its_reason_and_may_be_taken_up_again(action, cast, standing):
    by = standing(cast.coordinator)
    actions.not_pursue(action, by=by, reason="The ward has closed")
    action.refresh_from_db()
    assert action.status == "closed_not_pursued"
    assert Event.objects.get(verb="action not pursued").reason.text == "The ward has closed"
    actions.reopen(action, by=by, reason="The ward is open again")
    action.refresh_from_db()
    assert action.status == "in_progress" and action.is_unfinished


def test_a_completed_action_taken_up_again_is_no_longer_completed(completed, cast, standing):
    actions.reopen(completed, by=standing(cast.coordinator), reason="The sample was wrong")
    completed.refresh_from_db()
    assert (completed.status, completed.completed_on, completed.impact_check_on) == ("in_progress", None, None)


# --- twice -----------------------------------------------------------------------------------------------------------
def test_the_same_submit_twice_acts_once(case_one, done, cast, standing, today):
    coordinator, owner = standing(cast.coordinator), standing(cast.action_owner)
    later = today + timedelta(days=99)

    def plan():
        return actions.plan(
            case_one, by=coordinator, text="X", lead_agency=cast.agencies.school, target_on=today, token="plan-twice"
        )

    verbs = (
        plan,
        lambda: actions.give_evidence(done, by=owner, text="Once", token="evidence-twice"),
        lambda: actions.change_target(done, later, by=coordinator, reason="Late", token="target-twice"),
        lambda: actions.accept_evidence(done, by=coordinator, token="accept-twice"),
        lambda: actions.check_impact(done, by=coordinator, found="No", impact_shown=False, token="impact-twice"),
        lambda: actions.reopen(done, by=coordinator, reason="Why", token="reopen-twice"),
        lambda: actions.not_pursue(done, by=coordinator, reason="Why", token="close-twice"),
    )
    for verb in verbs:
        done.refresh_from_db()
        verb()
        before = Action.objects.count(), Evidence.objects.count(), ImpactCheck.objects.count()
        done.refresh_from_db()
        with pytest.raises(AlreadySubmitted):
            verb()
        assert (Action.objects.count(), Evidence.objects.count(), ImpactCheck.objects.count()) == before


def test_the_deputy_who_covers_for_the_owner_reports(action, cast, standing, today):
    from accounts.models import Cover

    deputy = make_person("deputy", "Del Deputy", "group_member", cast.agencies.hospital)
    Cover.objects.create(membership=cast.action_owner.memberships.get(), deputy=deputy, starts_on=today, ends_on=today)
    actions.report(action, "in_progress", by=standing(deputy), progress="While Otis is away")
    assert deputy in set(action.recipients("owner", today))
