"""Before the reveal nobody else sees what a partner thinks, anywhere."""

import pytest
from django.apps import apps

from accounts.models import Membership
from audit.models import Event, Reason
from cases.actions import admit
from cases.parts import Part
from decisions.models import Position
from decisions.panel import panel

SECRET = "Marmalade because the bruising was seen twice"

EVERYONE_ELSE = [
    "partner_icb",
    "partner_police",
    "coordinator",
    "la_notifier",
    "la_approver",
    "panel_chair",
    "auditor",
    "group_member",
    "legal_adviser",
    "scrutineer",
    "senior_partner",
]


@pytest.fixture
def papers_for_all(case_one, cast, standing):
    by = standing(cast.coordinator)
    for person in EVERYONE_ELSE:
        admit(case_one, Part.REVIEW_PAPERS, by=by, membership=Membership.objects.get(user=getattr(cast, person)))


@pytest.fixture
def signed(decision, sign, cast):
    return sign(cast.partner_la, "not_met", SECRET)


def pages_of(decision):
    base = f"/decisions/{decision.pk}"
    seats = [f"{base}/positions/{seat.pk}/" for seat in decision.seats.all()]
    return [f"{base}/", f"{base}/criteria/", f"{base}/show/", f"{base}/notes/", f"{base}/record/", *seats]


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_no_page_of_the_decision_tells_anybody_else(papers_for_all, decision, signed, cast, signed_in, person):
    client = signed_in(getattr(cast, person))
    for url in pages_of(decision):
        response = client.get(url)
        assert response.status_code in (200, 403, 404)
        assert "Marmalade" not in response.content.decode()
        assert "data-differs" not in response.content.decode()
    assert client.get(pages_of(decision)[0]).status_code == 200


def test_the_author_sees_their_own_and_the_others_see_only_that_it_is_recorded(decision, signed, cast, signed_in):
    own = signed_in(cast.partner_la).get(f"/decisions/{decision.pk}/").content.decode()
    assert SECRET in own and "only you can see this" in own
    other = signed_in(cast.partner_icb).get(f"/decisions/{decision.pk}/").content.decode()
    assert "Position recorded" in other and "Waiting for the position of: Wrenshire" in other


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_the_case_page_panel_and_the_rows_themselves_tell_nobody_else(
    papers_for_all, case_one, signed, cast, standing, person
):
    by = standing(getattr(cast, person))
    assert "Marmalade" not in repr(panel(case_one, by, by.today))
    assert not Position.objects.visible_to(by).exists()


def test_neither_the_chain_nor_its_reasons_hold_what_was_signed(signed, case_one):
    assert not Reason.objects.filter(text__contains="Marmalade").exists()
    for event in Event.objects.filter(trail=case_one.chain):
        assert "not_met" not in str(vars(event)) and "Marmalade" not in str(vars(event))


def test_no_history_table_keeps_positions():
    tables = {model._meta.object_name for model in apps.get_app_config("decisions").get_models()}
    assert "HistoricalPosition" not in tables and "HistoricalDecision" not in tables


def test_a_position_in_words_says_nothing_before_a_log_could_keep_it(signed):
    assert "not_met" not in f"{signed} {signed!r}" and "Marmalade" not in f"{signed} {signed!r}"


@pytest.mark.parametrize("person", ["partner_icb", "partner_police", "coordinator", "la_approver"])
def test_once_all_are_in_each_of_them_sees_every_word(signed, decision, sign, cast, signed_in, person):
    sign(cast.partner_icb)
    sign(cast.partner_police)
    page = signed_in(getattr(cast, person)).get(f"/decisions/{decision.pk}/").content.decode()
    assert SECRET in page and "Reasons of Piers Health" in page


@pytest.mark.parametrize("person", ["referrer", "lead", "isles_notifier", "partner_isles", "system_administrator"])
def test_whoever_has_no_part_of_the_case_is_told_it_does_not_exist(signed, decision, cast, signed_in, person):
    client = signed_in(getattr(cast, person))
    for url in pages_of(decision):
        assert client.get(url).status_code == 404


def test_the_reviewer_reads_papers_and_no_decisions(signed, decision, case_one, cast, standing, signed_in):
    admit(
        case_one,
        Part.REVIEW_PAPERS,
        by=standing(cast.coordinator),
        membership=Membership.objects.get(user=cast.reviewer),
    )
    assert signed_in(cast.reviewer).get(f"/decisions/{decision.pk}/").status_code == 404
