"""What the partnership does with a referral."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Membership
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from deadlines.models import Deadline
from decisions.actions import NotReady, record_position
from decisions.models import Seat
from notifications.incident.models import Notification
from referrals import actions
from referrals.models import Question, Referral, Status
from referrals.panel import panel
from referrals.rights import NotPermitted
from tests.answers import answers_to
from tests.referrals.addresses import url

NOTIFY, NOTHING, MORE = "notify_and_rapid_review", "no_further_action", "more_information"
OTHER_LEARNING = "alternative_learning"


@pytest.fixture
def positions(cast, standing):
    """`positions(referral, view)`: every partner signs the same view."""

    def of(referral, view):
        for seat in Seat.objects.filter(decision=referral.decision):
            partner = {"la": cast.partner_la, "icb": cast.partner_icb, "police": cast.partner_police}[seat.body]
            record_position(seat, by=standing(partner), view=view, reasons="As discussed", answers=answers_to(seat))

    return of


@pytest.fixture
def deciding(sent, cast, standing) -> Referral:
    return actions.open_decision(sent, by=standing(cast.coordinator))


def test_an_agency_tells_more_without_being_asked_until_it_is_concluded(deciding, cast, standing, signed_in):
    author = standing(cast.referrer)
    before = (deciding.frozen_sha256, deciding.status)
    actions.add_information(deciding, "The child has come home.", by=author, token="told-only-once")
    with pytest.raises(AlreadySubmitted):
        actions.add_information(deciding, "The child has come home.", by=author, token="told-only-once")
    with pytest.raises(NotPermitted):
        actions.add_information(deciding, "Theirs", by=standing(cast.coordinator))
    deciding.refresh_from_db()
    assert (deciding.frozen_sha256, deciding.status) == before
    for person in (cast.coordinator, cast.partner_police, cast.lead):
        assert "The child has come home." in signed_in(person).get(deciding.get_absolute_url()).text
    assert "Told without being asked" in signed_in(cast.coordinator).get(f"/referrals/{deciding.pk}/triage/").text


def test_nothing_is_told_of_a_draft_or_after_the_decision(draft, deciding, positions, cast, standing, signed_in):
    author = standing(cast.referrer)
    positions(deciding, NOTHING)
    actions.conclude(deciding, by=standing(cast.coordinator), outcome=NOTHING, rationale="Not met", told="Not met.")
    for referral in (draft, deciding):
        with pytest.raises(AlreadyDone):
            actions.add_information(referral, "Too late, or too early", by=author)
    client = signed_in(cast.referrer)
    assert client.get(f"/referrals/{deciding.pk}/more/").status_code == 302
    assert "something more" not in client.get(deciding.get_absolute_url()).text


def test_a_question_goes_to_the_agency_and_its_answer_comes_back(sent, cast, standing):
    coordinator, author = standing(cast.coordinator), standing(cast.referrer)
    actions.begin_triage(sent, by=coordinator)
    first = actions.ask(sent, "Who saw the child last?", by=coordinator)
    second = actions.ask(sent, "Was the school told?", by=coordinator)
    assert sent.status == Status.MORE_INFORMATION
    actions.answer(first, "The health visitor.", by=author)
    sent.refresh_from_db()
    assert sent.status == Status.MORE_INFORMATION
    actions.answer(second, "Yes.", by=author)
    sent.refresh_from_db()
    assert sent.status == Status.TRIAGE
    assert Question.objects.get(pk=first.pk).answered_by == cast.referrer


def test_a_question_is_answered_once_and_never_changed(sent, cast, standing):
    question = actions.ask(sent, "Who saw the child last?", by=standing(cast.coordinator))
    actions.answer(question, "The health visitor.", by=standing(cast.referrer), token="answer-token")
    with pytest.raises(AlreadySubmitted):
        actions.answer(question, "The health visitor.", by=standing(cast.referrer), token="answer-token")
    with pytest.raises(AlreadyDone):
        actions.answer(question, "The midwife.", by=standing(cast.lead))
    assert Question.objects.get(pk=question.pk).answer == "The health visitor."


def test_only_the_referring_agency_answers(sent, cast, standing):
    question = actions.ask(sent, "Who saw the child last?", by=standing(cast.coordinator))
    for person in (cast.coordinator, cast.other_lead, cast.partner_la):
        with pytest.raises(NotPermitted):
            actions.answer(question, "I did.", by=standing(person))


def test_only_a_coordinator_triages(sent, cast, standing):
    for name in ("referrer", "lead", "partner_la", "la_notifier", "panel_chair", "other_lead", "system_administrator"):
        by = standing(getattr(cast, name))
        for verb in (
            lambda by=by: actions.begin_triage(sent, by=by),
            lambda by=by: actions.ask(sent, "Why?", by=by),
            lambda by=by: actions.open_decision(sent, by=by),
        ):
            with pytest.raises(NotPermitted):
                verb()


def test_a_draft_is_not_triaged_even_where_a_coordinator_sees_it(waiting, cast, standing):
    cast.lead.memberships.update(ends_on="2021-01-01")
    by = standing(cast.coordinator)
    assert Referral.objects.visible_to(by).filter(pk=waiting.pk).exists()
    with pytest.raises(NotPermitted):
        actions.begin_triage(waiting, by=by)


def test_what_the_partners_agree_concludes_the_referral(deciding, cast, standing, positions):
    by = standing(cast.coordinator)
    with pytest.raises(NotReady):
        actions.conclude(deciding, by=by, outcome=NOTIFY, rationale="Met", told="It goes forward.")
    positions(deciding, NOTIFY)
    actions.conclude(deciding, by=by, outcome=NOTIFY, rationale="All criteria are met", told="It goes forward.")
    deciding.refresh_from_db()
    assert (deciding.status, deciding.told, deciding.decision.outcome) == (
        Status.PROGRESSING,
        "It goes forward.",
        NOTIFY,
    )
    assert Notification.objects.get(case=deciding.case).is_preparing


def test_where_nothing_is_done_the_notification_rests_and_its_clock_is_void_with_the_reason(
    deciding, cast, standing, positions
):
    positions(deciding, NOTHING)
    actions.conclude(
        deciding, by=standing(cast.coordinator), outcome=NOTHING, rationale="Not met", told="The criteria are not met."
    )
    clock = Deadline.objects.get(case=deciding.case, code="T01")
    assert clock.voided_on is not None
    assert "No further action" in clock.void_reason


def test_of_a_death_that_is_only_notified_nobody_is_promised_a_rapid_review(draft, cast, standing, signed_in):
    by, client = standing(cast.referrer), signed_in(cast.coordinator)
    actions.change_kind(draft, "care_leaver_death", by=by)
    actions.send_for_approval(draft, by=by)
    sent = actions.approve(draft, by=standing(cast.lead))
    asking = client.get(url("open_decision", sent.pk))
    assert "Notify: no rapid review follows" in asking.text and "carry out a rapid review" not in asking.text
    client.post(url("open_decision", sent.pk), {"token": "ask-the-partners"})
    concluding = client.post(url("conclude", sent.pk), {"token": "conclude-it-now"}).text
    assert "Notify: no rapid review follows" in concluding and "carry out a rapid review" not in concluding


def test_deciding_again_keeps_the_first_decision_and_lets_the_clock_run(deciding, cast, standing, positions):
    by = standing(cast.coordinator)
    positions(deciding, NOTHING)
    actions.conclude(deciding, by=by, outcome=NOTHING, rationale="Not met", told="Not met.")
    first = deciding.decision
    actions.decide_again(deciding, by=by, reason="The post-mortem gave another cause")
    deciding.refresh_from_db()
    assert (deciding.status, deciding.told) == (Status.PARTNERS_DECIDING, "")
    assert deciding.decision != first
    assert deciding.decision.reopened_from == first
    assert Deadline.objects.get(case=deciding.case, code="T01").voided_on is None


def test_more_information_is_asked_for_and_the_same_seats_decide_again(deciding, cast, standing, positions):
    by = standing(cast.coordinator)
    positions(deciding, MORE)
    actions.conclude(deciding, by=by, outcome=MORE, rationale="Too little is known", told="Where was the sister?")
    question = Question.objects.get()
    assert (deciding.status, question.text) == (Status.MORE_INFORMATION, "Where was the sister?")
    actions.answer(question, "With her aunt.", by=standing(cast.lead))
    first = deciding.decision
    again = actions.open_decision(deciding, by=by)
    assert again.decision.reopened_from == first


def test_a_concluded_referral_without_its_decision_cannot_exist(sent):
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=sent.pk).update(status=Status.PROGRESSING)


def test_two_conclusions_at_once_leave_one(deciding, cast, standing, positions):
    positions(deciding, NOTIFY)
    by = standing(cast.coordinator)
    stale = Referral.objects.get(pk=deciding.pk)
    actions.conclude(deciding, by=by, outcome=NOTIFY, rationale="Met", told="Forward.", token="conclude-one")
    with pytest.raises(AlreadySubmitted):
        actions.conclude(stale, by=by, outcome=NOTIFY, rationale="Met", told="Forward.", token="conclude-one")
    with pytest.raises(AlreadyDone):
        actions.conclude(stale, by=by, outcome=NOTIFY, rationale="Met", told="Forward.", token="conclude-two")


def test_the_case_page_shows_the_referral_and_what_the_coordinator_does_next(sent, cast, standing):
    shown = panel(sent.case, standing(cast.coordinator), standing(cast.coordinator).today)
    assert (shown.order, shown.state) == (10, "Received")
    assert [doing.text for doing in shown.doings] == ["Look at the referral"]
    assert panel(sent.case, standing(cast.partner_la), standing(cast.partner_la).today).doings == ()
    assert panel(sent.case, standing(cast.referrer), standing(cast.referrer).today) is not None
    assert panel(sent.case, standing(cast.other_lead), standing(cast.other_lead).today) is None


def learning(cast, **changes):
    from improvements.actions import LearningPlan

    facts = {
        "learning": "audit",
        "text": "Audit ten files of the same kind.",
        "lead_agency": cast.agencies.hospital,
        "target_on": date(2028, 3, 31),
    }
    return LearningPlan(**facts | changes)


def test_learning_another_way_becomes_an_action_with_its_owner_and_date(deciding, cast, standing, positions):
    from improvements.models import Action

    by = standing(cast.coordinator)
    positions(deciding, OTHER_LEARNING)
    with pytest.raises(NotReady, match="by whom and by when"):
        actions.conclude(deciding, by=by, outcome=OTHER_LEARNING, rationale="Not met", told="Not met.")
    assert not Action.objects.exists()
    owner = Membership.objects.get(user=cast.action_owner)
    actions.conclude(
        deciding,
        by=by,
        outcome=OTHER_LEARNING,
        rationale="Not met",
        told="The agencies will audit such cases.",
        learning=learning(cast, lead_person=owner),
    )
    action = Action.objects.get(case=deciding.case)
    assert (action.learning, action.lead_agency, action.lead_person) == ("audit", cast.agencies.hospital, owner)
    assert action.target_on == date(2028, 3, 31)
    assert Action.objects.visible_to(standing(cast.action_owner)).get() == action
    assert Deadline.objects.get(case=deciding.case, code="T01").voided_on is not None


def test_an_owner_of_another_agency_is_refused_and_nothing_is_concluded(deciding, cast, standing, positions):
    positions(deciding, OTHER_LEARNING)
    stranger = Membership.objects.get(user=cast.lead)
    with pytest.raises(ValueError, match="of the agency"):
        actions.conclude(
            deciding,
            by=standing(cast.coordinator),
            outcome=OTHER_LEARNING,
            rationale="Not met",
            told="Not met.",
            learning=learning(cast, lead_person=stranger),
        )
    deciding.refresh_from_db()
    assert deciding.status == Status.PARTNERS_DECIDING


def test_where_partners_say_met_and_the_authority_does_not_notify_t01_runs_on_and_goes_overdue(
    deciding, cast, standing
):
    from decisions.models import Escalation

    partners = {"la": cast.partner_la, "icb": cast.partner_icb, "police": cast.partner_police}
    for seat in Seat.objects.filter(decision=deciding.decision):
        view = NOTHING if seat.body == "la" else NOTIFY
        by, reasons = standing(partners[seat.body]), f"Reasons of {seat.body}"
        record_position(seat, by=by, view=view, reasons=reasons, answers=answers_to(seat))
    actions.conclude(
        deciding, by=standing(cast.coordinator), outcome=NOTHING, rationale="The authority's say", told="Not met."
    )
    clock = Deadline.objects.get(case=deciding.case, code="T01")
    assert clock.is_open and clock.voided_on is None
    assert clock.state(on=clock.due_on + timedelta(days=30)).is_late
    assert Notification.objects.get(case=deciding.case).is_preparing
    assert Escalation.objects.get(decision=deciding.decision).authority_reasons == "Reasons of la"


def test_asking_for_more_information_escalates_nothing(deciding, cast, standing, positions):
    from decisions.models import Escalation

    partners = {"la": cast.partner_la, "icb": cast.partner_icb, "police": cast.partner_police}
    for seat in Seat.objects.filter(decision=deciding.decision):
        view = MORE if seat.body == "la" else NOTIFY
        record_position(
            seat, by=standing(partners[seat.body]), view=view, reasons="As discussed", answers=answers_to(seat)
        )
    actions.conclude(deciding, by=standing(cast.coordinator), outcome=MORE, rationale="Too little", told="Who saw her?")
    assert not Escalation.objects.exists()


def test_the_page_asks_how_it_is_learned_from_only_where_that_was_decided(
    deciding, cast, standing, positions, signed_in
):
    from improvements.models import Action

    positions(deciding, OTHER_LEARNING)
    client = signed_in(cast.coordinator)
    url = f"/referrals/{deciding.pk}/conclude/"
    sent = {"outcome": OTHER_LEARNING, "rationale": "Not met", "told": "An audit.", "token": "conclude-learning"}
    page = client.post(url, sent).content.decode()
    for words in ("Select how it is learned from", "Enter what will be done", "Select the agency that leads it"):
        assert words in page
    filled = sent | {
        "learning": "practice_briefing",
        "learning_text": "Brief the wards.",
        "learning_agency": cast.agencies.hospital.pk,
        "learning_by-day": "31",
        "learning_by-month": "3",
        "learning_by-year": "2028",
    }
    wrong = filled | {"learning_person": Membership.objects.get(user=cast.lead).pk}
    assert "Select somebody of the agency that leads it" in client.post(url, wrong).content.decode()
    assert client.post(url, filled).status_code == 302
    action = Action.objects.get(case=deciding.case)
    assert "Practice briefing" in client.get(f"/actions/{action.pk}/").content.decode()
    referrer = signed_in(cast.referrer).get(f"/referrals/{deciding.pk}/").content.decode()
    assert "An audit." in referrer and "Brief the wards" not in referrer and "Not met" not in referrer
