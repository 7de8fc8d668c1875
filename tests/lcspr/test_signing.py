"""Each partner signs for their own body; what they signed is what is approved."""

import pytest

from accounts.rights import NotPermitted
from audit.events import key_of
from audit.lifecycle import AlreadyDone
from decisions.actions import NotReady, record_position
from documents.models import IssuedDocument
from improvements import actions as improvements
from improvements.models import Recommendation
from lcspr import actions
from tests.lcspr.conftest import ANALYSIS, PARTNERS


def conclude(review, by, outcome="agree"):
    actions.conclude_sign_off(review, by=by, outcome=outcome, rationale="It answers its terms of reference")


def test_a_draft_that_was_not_handed_in_is_not_put_before_the_partners(written, when, now):
    with pytest.raises(AlreadyDone):
        actions.open_sign_off(written, by=when("coordinator", 11, 14))
    assert now(written).sign_off is None


@pytest.mark.parametrize("who", ["reviewer", "partner_la", "group_member"])
def test_only_the_coordinator_or_chair_asks_the_partners(handed_in, when, who):
    with pytest.raises(NotPermitted):
        actions.open_sign_off(handed_in, by=when(who, 11, 16))


def test_the_text_is_frozen_while_the_partners_sign(asked, write, now):
    for who in ("reviewer", "coordinator", "panel_chair"):
        with pytest.raises(AlreadyDone):
            write(asked, "analysis", "<p>Quite another text</p>", who=who, day=(11, 16))
    frozen = now(asked).for_signing.frozen()
    assert {section["key"]: section["html"] for section in frozen["sections"]}["analysis"] == ANALYSIS
    assert frozen["signatures"] == [] and frozen["approved_on"] == ""


@pytest.mark.parametrize("missing", range(3))
def test_each_of_the_partners_must_sign(asked, agree, when, now, missing):
    agree(asked, only=[partner for place, partner in enumerate(PARTNERS) if place != missing])
    with pytest.raises(NotReady):
        conclude(asked, when("coordinator", 11, 18))
    assert now(asked).status == "signing" and now(asked).report is None


def test_one_person_does_not_fill_two_seats(asked, cast, when):
    both = cast.partner_la
    both.memberships.create(
        agency=cast.agencies.icb, role="partner", starts_on="2020-01-01", approved_at=when("partner_la", 11, 1).at
    )
    seats = asked.sign_off.seats
    by = when("partner_la", 11, 17)
    record_position(seats.get(agency=cast.agencies.westmoor), by=by, view="agree", reasons="Ours")
    with pytest.raises(NotPermitted):
        record_position(seats.get(agency=cast.agencies.icb), by=by, view="agree", reasons="Theirs too")


def test_the_author_and_the_coordinator_sign_for_nobody(asked, cast, when):
    seat = asked.sign_off.seats.get(agency=cast.agencies.westmoor)
    for who in ("reviewer", "coordinator", "panel_chair", "partner_isles"):
        with pytest.raises(NotPermitted):
            record_position(seat, by=when(who, 11, 17), view="agree", reasons="Instead of them")


def test_one_partner_who_does_not_agree_keeps_it_from_being_approved(asked, agree, when, now):
    agree(asked, only=PARTNERS[:2])
    agree(asked, view="disagree", only=PARTNERS[2:])
    with pytest.raises(NotReady):
        conclude(asked, when("coordinator", 11, 18))
    conclude(asked, when("coordinator", 11, 18), outcome="disagree")
    again = now(asked)
    assert (again.status, again.report) == ("draft_qa", None)
    assert not again.sign_off.is_open and len(again.sign_off.standing_positions()) == 3


def test_what_was_not_signed_off_is_changed_and_signed_anew(asked, agree, when, write, now):
    first = asked.sign_off
    agree(asked, view="disagree", only=PARTNERS[:1])
    conclude(asked, when("coordinator", 11, 18), outcome="disagree")
    write(asked, "analysis", "<p>As the council asked</p>", day=(11, 19))
    actions.open_sign_off(now(asked), by=when("coordinator", 11, 20))
    asked = now(asked)
    assert asked.sign_off != first and not asked.sign_off.standing_positions()
    agree(asked)
    conclude(asked, when("coordinator", 11, 21))
    sections = {section["key"]: section["html"] for section in now(asked).report.frozen()["sections"]}
    assert sections["analysis"] == "<p>As the council asked</p>"


def test_approval_freezes_what_was_signed_whatever_happens_to_the_draft(asked, agree, when, now):
    agree(asked)
    # Rows below this room can still change: the paper must not.
    row = Recommendation.objects.made_by(key_of(asked)).first()
    improvements.reword(row, by=when("coordinator", 11, 17), seen_version=row.version, text="Something else")
    asked.draft.sections.filter(key="analysis").update(html="<p>Something else</p>")
    conclude(asked, when("coordinator", 11, 18))
    content = now(asked).report.frozen()
    assert "Something else" not in str(content)
    assert [item["text"] for item in content["recommendations"]] == ["Agree one chronology by June", "Ask fathers too"]
    assert content["approved_on"] == "18 November 2026"
    assert [(one["body"], one["signed_by"], one["view"]) for one in content["signatures"]] == [
        ("Westmoor Council", "Petra Council", "Agree"),
        ("Wrenshire Integrated Care Board", "Piers Health", "Agree"),
        ("Wrenshire Police", "Paul Police", "Agree"),
    ]
    assert content["reviewers"] == ["Rhea Reviewer"]


def test_an_approved_report_is_not_written_or_signed_again(approved, write, when, agree):
    with pytest.raises(AlreadyDone):
        write(approved, "analysis", "<p>One more thing</p>", who="coordinator", day=(11, 19))
    with pytest.raises(AlreadyDone):
        actions.open_sign_off(approved, by=when("coordinator", 11, 19))
    with pytest.raises(AlreadyDone):
        conclude(approved, when("coordinator", 11, 19))


@pytest.mark.parametrize("who", ["reviewer", "partner_la", "scrutineer"])
def test_only_the_coordinator_or_chair_takes_an_approved_report_back(approved, when, who):
    with pytest.raises(NotPermitted):
        actions.reopen_report(approved, by=when(who, 11, 19), reason="I would rather")


def test_an_approved_report_is_taken_back_with_a_reason_and_what_was_signed_is_kept(planned, when, now, clocks, write):
    first = planned.report
    actions.reopen_report(planned, by=when("panel_chair", 11, 20), reason="The coroner asks for a change")
    again = now(planned)
    assert (again.status, again.planned_publication_on) == ("draft_qa", None)
    assert {clock.void_reason for clock in clocks("T10").values()} == {"The coroner asks for a change"}
    assert IssuedDocument.objects.filter(pk=first.pk).exists()
    write(again, "analysis", "<p>Changed</p>", day=(11, 20))
    with pytest.raises(AlreadyDone):
        actions.publish(again, by=when("coordinator", 12, 3), summary="The old one")


def test_a_published_report_is_not_taken_back(published, when):
    with pytest.raises(AlreadyDone):
        actions.reopen_report(published, by=when("coordinator", 12, 4), reason="A mistake")
