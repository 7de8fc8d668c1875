"""What the partners decide, and what stands in the way of it."""

from datetime import date, timedelta

import pytest

from accounts.models import Agency, Cover, Membership
from accounts.rights import NotPermitted
from audit.lifecycle import AlreadyDone, amend
from audit.models import AppendOnly, Event
from audit.verify import breaks
from decisions.actions import (
    NotReady,
    abandon,
    conclude,
    open_decision,
    record_position,
    reopen,
    reveal,
)
from decisions.lifecycle import Status
from decisions.models import Decision, Kind, Position, Rule, rule_for
from decisions.presenter import rows_of
from tests.answers import answers_to
from tests.decisions.conftest import OPTIONS


def test_the_seats_are_those_of_the_incidents_authority_the_board_and_the_police(decision, cast):
    assert [seat.agency for seat in decision.seats.select_related("agency")] == [
        cast.agencies.westmoor,
        cast.agencies.icb,
        cast.agencies.police,
    ]


def test_a_body_that_has_no_agency_in_force_stops_the_decision_from_opening(case_one, cast, standing):
    cast.agencies.police.valid_until = standing(cast.coordinator).today.replace(year=2021)
    cast.agencies.police.save()
    with pytest.raises(NotReady, match="police"):
        open_decision(case_one, Kind.CRITERIA, by=standing(cast.coordinator), options=OPTIONS)


def test_an_agency_that_joins_later_gets_no_seat_in_a_decision_already_opened(decision, cast):
    from accounts.models import Agency, AgencyType, Body

    Agency.objects.create(name="Second Police", kind=AgencyType.POLICE, body=Body.POLICE)
    assert decision.seats.count() == 3


def test_positions_are_shown_by_themselves_when_all_are_in(decision, sign, cast):
    sign(cast.partner_la)
    sign(cast.partner_icb)
    decision.refresh_from_db()
    assert not decision.is_revealed
    sign(cast.partner_police)
    decision.refresh_from_db()
    assert decision.is_revealed
    assert decision.status == Status.REVEALED


@pytest.mark.parametrize(
    "person", ["coordinator", "panel_chair", "la_approver", "la_notifier", "partner_police", "senior_partner"]
)
def test_only_the_holder_of_the_seat_signs_for_it(decision, seat, cast, standing, person):
    with pytest.raises(NotPermitted):
        record_position(seat(cast.agencies.westmoor), by=standing(getattr(cast, person)), view="met", reasons="Because")
    assert not Position.objects.exists()


def test_a_named_deputy_signs_while_covering_and_not_after(decision, seat, cast, standing):
    by = standing(cast.senior_partner)
    Cover.objects.create(
        membership=Membership.objects.get(user=cast.partner_la),
        deputy=cast.senior_partner,
        starts_on=by.today,
        ends_on=by.today,
    )
    mine = seat(cast.agencies.westmoor)
    position = record_position(
        mine, by=standing(cast.senior_partner), view="met", reasons="Because", answers=answers_to(mine)
    )
    assert "covering for Petra Council" in position.capacity
    Cover.objects.update(starts_on="2020-01-01", ends_on="2020-01-02")
    with pytest.raises(NotPermitted):
        record_position(
            seat(cast.agencies.westmoor),
            by=standing(cast.senior_partner),
            view="not_met",
            reasons="Because",
            replacing=position.number,
        )


def test_one_person_who_deputises_for_two_partners_fills_only_one_seat(decision, seat, cast, standing):
    day = standing(cast.partner_la).today
    for absent in (cast.partner_icb, cast.partner_police):
        Cover.objects.create(
            membership=Membership.objects.get(user=absent), deputy=cast.partner_la, starts_on=day, ends_on=day
        )
    by = standing(cast.partner_la)
    mine = seat(cast.agencies.westmoor)
    record_position(mine, by=by, view="met", reasons="Because", answers=answers_to(mine))
    for agency in (cast.agencies.icb, cast.agencies.police):
        with pytest.raises(NotPermitted, match="two seats"):
            other = seat(agency)
            record_position(other, by=by, view="met", reasons="Because", answers=answers_to(other))
    assert Position.objects.count() == 1


def test_the_second_signature_for_a_seat_is_refused_unless_it_replaces_the_first(decision, sign, cast):
    first = sign(cast.partner_la)
    with pytest.raises(AlreadyDone):
        sign(cast.partner_la, "not_met")
    again = sign(cast.partner_la, "not_met", replacing=first.number)
    with pytest.raises(AlreadyDone):
        sign(cast.partner_la, "met", replacing=first.number)
    assert [position.view for position in Position.objects.order_by("number")] == ["met", "not_met"]
    assert decision.standing_positions() == [again]


def test_a_position_is_never_changed_or_removed(decision, sign, cast):
    position = sign(cast.partner_la)
    position.view = "not_met"
    for spoil in (
        position.save,
        position.delete,
        lambda: Position.objects.update(view="not_met"),
        lambda: Position.objects.all().delete(),
    ):
        with pytest.raises(AppendOnly):
            spoil()
    assert Position.objects.get().view == "met"


def test_a_view_that_was_not_offered_is_refused(decision, sign, cast):
    with pytest.raises(ValueError, match="options"):
        sign(cast.partner_la, "perhaps")
    with pytest.raises(ValueError, match="reasons"):
        sign(cast.partner_la, reasons="  ")


def test_the_chair_shows_the_positions_at_quorum_with_a_reason_and_later_ones_are_marked(
    decision, sign, case_one, cast, standing
):
    from cases.actions import admit
    from cases.parts import Part

    admit(
        case_one,
        Part.REVIEW_PAPERS,
        by=standing(cast.coordinator),
        membership=Membership.objects.get(user=cast.panel_chair),
    )
    chair = standing(cast.panel_chair)
    sign(cast.partner_la)
    with pytest.raises(NotReady, match="More than half"):
        reveal(decision, by=chair, reason="Police are away")
    sign(cast.partner_icb)
    with pytest.raises(NotReady, match="why"):
        reveal(decision, by=chair)
    reveal(decision, by=chair, reason="Police are away")
    decision.refresh_from_db()
    assert "Police are away" in str(rows_of(decision))
    late = sign(cast.partner_police, "not_met")
    assert late.after_reveal
    with pytest.raises(AlreadyDone):
        reveal(decision, by=chair, reason="Again")


def test_a_partner_cannot_show_the_positions(decision, sign, cast, standing):
    sign(cast.partner_la)
    sign(cast.partner_icb)
    with pytest.raises(NotPermitted):
        reveal(decision, by=standing(cast.partner_la), reason="I would like to know")


def all_sign(sign, cast, la="met", icb="met", police="met", decision=None):
    sign(cast.partner_la, la, decision=decision)
    sign(cast.partner_icb, icb, decision=decision)
    sign(cast.partner_police, police, decision=decision)


def test_the_local_authority_has_the_final_say_and_the_others_dissent_is_kept_word_for_word(
    decision, sign, cast, standing
):
    all_sign(sign, cast, police="not_met")
    done = conclude(decision, by=standing(cast.coordinator), outcome="met", rationale="Harm and suspected abuse")
    assert done.is_concluded
    assert done.dissent == "Wrenshire Police (Paul Police, The criteria are not met): Reasons of Paul Police"
    with pytest.raises(AlreadyDone):
        conclude(decision, by=standing(cast.coordinator), outcome="met", rationale="Twice")


def test_nobody_outvotes_the_authority_on_what_it_alone_must_notify(decision, sign, cast, standing):
    all_sign(sign, cast, la="not_met")
    with pytest.raises(NotReady, match="final say"):
        conclude(decision, by=standing(cast.coordinator), outcome="met", rationale="Two against one")
    decision.refresh_from_db()
    assert decision.status == Status.REVEALED
    assert decision.outcome == ""


def test_nothing_is_concluded_before_the_positions_are_shown(decision, sign, cast, standing):
    sign(cast.partner_la)
    with pytest.raises(NotReady, match="shown"):
        conclude(decision, by=standing(cast.coordinator), outcome="met", rationale="In a hurry")


def test_a_sign_off_needs_all_of_them(case_one, sign, cast, standing):
    by = standing(cast.coordinator)
    decision = open_decision(case_one, Kind.RAPID_REVIEW_SIGN_OFF, by=by)
    assert decision.rule == Rule.UNANIMOUS
    sign(cast.partner_la, "agree", decision=decision)
    sign(cast.partner_icb, "agree", decision=decision)
    reveal(decision, by=by, reason="Police are away")
    with pytest.raises(NotReady, match="Waiting for: Wrenshire Police"):
        conclude(decision, by=by, outcome="agree", rationale="Two of three")
    position = sign(cast.partner_police, "disagree", decision=decision)
    with pytest.raises(NotReady, match="Of another view: Wrenshire Police"):
        conclude(decision, by=by, outcome="agree", rationale="Two of three")
    sign(cast.partner_police, "agree", decision=decision, replacing=position.number)
    assert conclude(decision, by=by, outcome="agree", rationale="All agree").is_concluded


def test_the_authority_never_signs_alone_whatever_the_partnership_has_entered(partnership):
    partnership.decision_rules = {
        "rapid_review_sign_off": "la_final_say",
        "initiate_lcspr": "majority",
        "lcspr_sign_off": "whatever",
        "criteria": "unanimous",
    }
    partnership.save()
    assert rule_for(Kind.RAPID_REVIEW_SIGN_OFF) == Rule.UNANIMOUS
    assert rule_for(Kind.INITIATE_LCSPR) == Rule.MAJORITY
    assert rule_for(Kind.LCSPR_SIGN_OFF) == Rule.UNANIMOUS
    assert rule_for(Kind.CRITERIA) == Rule.UNANIMOUS


def test_a_rule_changed_meanwhile_is_that_of_the_next_decision(decision, partnership, sign, cast, standing):
    by = standing(cast.coordinator)
    partnership.decision_rules = {Kind.CRITERIA: Rule.UNANIMOUS}
    partnership.save()
    all_sign(sign, cast, icb="not_met")
    concluded = conclude(decision, by=by, outcome="met", rationale="The authority's final say")
    assert concluded.rule == Rule.LA_FINAL_SAY
    assert reopen(concluded, by=by, reason="More is known").rule == Rule.UNANIMOUS


def test_a_majority_is_more_than_half_of_the_seats(case_one, partnership, sign, cast, standing):
    partnership.decision_rules = {"initiate_lcspr": "majority"}
    partnership.save()
    by = standing(cast.coordinator)
    decision = open_decision(case_one, Kind.INITIATE_LCSPR, by=by, options=(("yes", "Yes"), ("no", "No")))
    all_sign(sign, cast, "yes", "no", "yes", decision=decision)
    with pytest.raises(NotReady):
        conclude(decision, by=by, outcome="no", rationale="The minority")
    assert conclude(decision, by=by, outcome="yes", rationale="Two of three").dissent


def test_deciding_again_keeps_the_first_decision(decision, sign, cast, standing):
    by = standing(cast.coordinator)
    all_sign(sign, cast)
    conclude(decision, by=by, outcome="met", rationale="First")
    again = reopen(decision, by=by, reason="A post-mortem changed what is known")
    decision.refresh_from_db()
    assert (decision.status, decision.outcome, decision.rationale) == (Status.REOPENED, "met", "First")
    assert again.reopened_from == decision
    assert again.seats.count() == 3
    assert not again.standing_positions()
    with pytest.raises(AlreadyDone):
        reopen(decision, by=by, reason="Twice")


def test_deciding_again_asks_whoever_decides_by_then(decision, sign, case_one, cast, standing):
    """The incident turned out to be the other authority's, and another board took over from the first."""
    by = standing(cast.coordinator)
    all_sign(sign, cast)
    conclude(decision, by=by, outcome="met", rationale="First")
    Agency.objects.filter(pk=cast.agencies.icb.pk).update(valid_until=by.today - timedelta(days=1))
    board = Agency.objects.create(name="Two Rivers Health Board", kind="icb", body="icb", valid_from=by.today)
    amend(case_one, by=by, verb="authorities changed", incident_la=cast.agencies.fell_isles)
    again = reopen(decision, by=by, reason="It happened on the isles")
    assert {seat.agency for seat in again.seats.all()} == {cast.agencies.fell_isles, board, cast.agencies.police}
    assert {seat.agency for seat in decision.seats.all()} == {
        cast.agencies.westmoor,
        cast.agencies.icb,
        cast.agencies.police,
    }


def test_a_partner_of_another_area_that_was_asked_is_asked_again(case_one, cast, standing):
    by = standing(cast.coordinator)
    elsewhere = Agency.objects.create(
        name="Farland Council", kind="la_csc", body="la", valid_from=date(2020, 1, 1), out_of_area=True
    )
    bodies = [cast.agencies.westmoor, cast.agencies.icb, cast.agencies.police, elsewhere]
    first = open_decision(case_one, Kind.CRITERIA, by=by, options=OPTIONS, agencies=bodies)
    Decision.objects.filter(pk=first.pk).update(
        status="concluded",
        outcome="met",
        rationale="First",
        concluded_at=by.at,
        concluded_by=by.user,
        revealed_at=by.at,
    )
    first.refresh_from_db()
    assert {seat.agency for seat in reopen(first, by=by, reason="More is known").seats.all()} == set(bodies)


def test_without_a_body_in_force_nobody_is_asked_again_and_the_first_decision_stands(decision, sign, cast, standing):
    by = standing(cast.coordinator)
    all_sign(sign, cast)
    conclude(decision, by=by, outcome="met", rationale="First")
    Agency.objects.filter(pk=cast.agencies.police.pk).update(valid_until=by.today - timedelta(days=1))
    with pytest.raises(NotReady, match="police"):
        reopen(decision, by=by, reason="More is known")
    decision.refresh_from_db()
    assert decision.is_concluded


def test_reopening_a_decision_that_is_still_open_is_refused(decision, cast, standing):
    with pytest.raises(AlreadyDone):
        reopen(decision, by=standing(cast.coordinator), reason="Too early")


def test_what_ends_without_conclusion_takes_no_more_positions(decision, sign, cast, standing):
    abandon(decision, by=standing(cast.coordinator), reason="The notification was withdrawn")
    with pytest.raises(AlreadyDone):
        sign(cast.partner_la)


def test_every_step_is_on_the_chain_and_says_nothing_of_what_was_signed(decision, sign, case_one, cast, standing):
    all_sign(sign, cast)
    conclude(decision, by=standing(cast.coordinator), outcome="met", rationale="Because")
    events = Event.objects.filter(trail=case_one.chain)
    verbs = list(events.values_list("verb", flat=True))
    assert verbs.count("position recorded") == 3
    assert "positions revealed" in verbs and "decision concluded" in verbs
    assert not any(
        "met" in str(event.changed) or hasattr(event, "reason") for event in events.filter(verb="position recorded")
    )
    assert list(breaks()) == []
    assert Decision.objects.get().record.content["outcome"] == "The criteria are met"
