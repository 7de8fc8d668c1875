"""Rows C8 and C9: no step is skipped, and nobody approves alone what takes two."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.rights import NotPermitted
from agency_returns import actions as returns
from audit.lifecycle import AlreadyDone, transition
from cases import actions as cases
from decisions import actions as decisions
from decisions.actions import NotReady
from lcspr import actions as lcspr
from rapid_reviews import actions as rapid_reviews
from referrals import actions as referrals
from tests.permissions.world import Everything


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


SKIPS = {
    "conclude a referral before all have signed": lambda world, by: referrals.conclude(
        fresh(world.one.referral), by=by, outcome="notify_and_rapid_review", rationale="So.", told="So."
    ),
    "put a rapid review that nobody has signed on record as sent": lambda world, by: rapid_reviews.record_sent_to_panel(
        fresh(world.one.review), by=by, sent_at=by.at
    ),
    "conclude a rapid review that was not put before the partners": lambda world, by: rapid_reviews.conclude(
        fresh(world.one.review), by=by, outcome="initiate_lcspr", rationale="So."
    ),
    "record the answer to a rapid review that was not sent": lambda world, by: rapid_reviews.record_panel_response(
        fresh(world.one.review), by=by, answers=("AGREE_LCSPR",), letter_on=by.today, received_on=by.today
    ),
    "release a rapid review that was not sent": lambda world, by: rapid_reviews.release(fresh(world.one.review), by=by),
    "open a second local review on one decision": lambda world, by: lcspr.open_review(fresh(world.one.signed), by=by),
    "ask for sign-off of a report that was not handed in": lambda world, by: lcspr.open_sign_off(
        fresh(world.one.local), by=by
    ),
    "plan the publication of a report that nobody approved": lambda world, by: lcspr.plan_publication(
        fresh(world.one.local), by.today, by=by, public_title="A title"
    ),
    "publish a report that nobody approved": lambda world, by: lcspr.publish(
        fresh(world.one.local), by=by, summary="A summary."
    ),
    "accept a return that was not sent": lambda world, by: returns.accept(fresh(world.one.agency_return), by=by),
    "release a return that was not accepted": lambda world, by: returns.release(fresh(world.one.agency_return), by=by),
    "reopen a case that was not closed": lambda world, by: cases.reopen(fresh(world.one.case), by=by, reason="So."),
    "conclude a decision before the positions are shown": lambda world, by: decisions.conclude(
        fresh(world.one.decision), by=by, outcome="notify_and_rapid_review", rationale="So."
    ),
}


def statuses(world: Everything) -> dict[str, object]:
    return {
        name: fresh(row).status
        for name, row in vars(world.one).items()
        if hasattr(row, "status") and hasattr(row, "pk")
    }


@pytest.mark.parametrize("skip", SKIPS)
def test_c8_nobody_can(world, skip):
    before = statuses(world)
    with pytest.raises((AlreadyDone, NotReady)), transaction.atomic():
        SKIPS[skip](world, world.standing("coordinator"))
    assert statuses(world) == before


def test_c8_a_skipped_step_is_answered_409_and_changes_nothing(world):
    before = statuses(world)
    url = reverse("agency_returns:release", args=[world.one.agency_return.pk])
    assert world.client("coordinator").post(url, {"token": "release-me-now"}).status_code == 409
    assert statuses(world) == before


def test_c8_a_status_moves_only_as_its_table_says(world):
    by = world.standing("coordinator")
    for row in (world.one.review, world.one.local, world.one.referral, world.one.agency_return, world.one.decision):
        allowed = row.MOVES.get(fresh(row).status, ())
        for status in set(row.MOVES) - set(allowed):
            with pytest.raises(AlreadyDone), transaction.atomic():
                transition(fresh(row), status, by=by, verb="forced")


def test_c8_a_reviewer_who_was_not_appointed_hands_nothing_in(world):
    world.world.people["other_reviewer"].refresh_from_db()
    with pytest.raises(NotPermitted):
        lcspr.hand_in(fresh(world.two.local), by=world.standing("reviewer"))


def test_c9_one_partner_signs_for_one_seat_and_no_other(world):
    by = world.standing("partner")
    seats = {seat.body: seat for seat in world.one.decision.seats.all()}
    for body in ("icb", "police"):
        with pytest.raises(NotPermitted):
            decisions.record_position(seats[body], by=by, view="notify_and_rapid_review", reasons="So.")
        url = reverse("decisions:sign", args=[world.one.decision.pk, seats[body].pk])
        sent = {"view": "notify_and_rapid_review", "reasons": "So.", "token": "sign-for-others"}
        assert world.client("partner").post(url, sent).status_code == 403


def test_c9_whoever_coordinates_or_chairs_signs_for_nobody(world):
    for person in ("coordinator", "panel_chair", "la_approver", "senior_partner"):
        for seat in world.one.decision.seats.all():
            with pytest.raises(NotPermitted):
                decisions.record_position(
                    seat, by=world.standing(person), view="notify_and_rapid_review", reasons="So."
                )


def test_c9_the_author_approves_neither_their_referral_nor_their_return(world):
    for person in ("referrer",):
        with pytest.raises(NotPermitted):
            referrals.approve(fresh(world.one.waiting), by=world.standing(person))
        with pytest.raises(NotPermitted):
            returns.submit(fresh(world.one.agency_return), by=world.standing(person))


def test_c9_not_even_the_database_lets_the_author_approve(world):
    waiting = world.one.waiting
    with pytest.raises(IntegrityError), transaction.atomic():
        type(waiting)._base_manager.filter(pk=waiting.pk).update(approved_by=waiting.author)
