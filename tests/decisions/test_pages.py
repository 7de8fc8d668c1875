"""The pages on which partners sign, chairs show, and criteria are answered."""

import re
import subprocess

import pytest

from accounts.models import Cover, Membership
from audit.models import Event
from cases.actions import declare_conflict
from decisions.actions import abandon, answer_criterion, conclude, record_position
from decisions.models import CriterionAnswer, Position
from tests.answers import answers_to

NOTIFYING = ("S16C_ABUSE", "S16C_HARM", "S16C_AREA")


def hidden(page, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) or re.search(
        rf'value="([^"]*)"[^>]*name="{name}"', page
    )
    return found.group(1) if found else ""


@pytest.fixture
def sign_page(decision, seat, cast):
    return f"/decisions/{decision.pk}/positions/{seat(cast.agencies.westmoor).pk}/"


@pytest.fixture
def position_form(sign_page):
    """`position_form(client)`: what the page would send, with its own token."""

    def of(client, **changes):
        page = client.get(sign_page).content.decode()
        return {
            "view": "met",
            "reasons": "Seen twice",
            "token": hidden(page, "token"),
            "replacing": hidden(page, "replacing"),
            **{f"answer_{code}": "met" for code in NOTIFYING},
            **{f"why_{code}": f"Why {code}" for code in NOTIFYING},
            **changes,
        }

    return of


def test_a_partner_signs_and_is_taken_back_to_the_decision(decision, sign_page, position_form, cast, signed_in):
    client = signed_in(cast.partner_la)
    response = client.post(sign_page, position_form(client), follow=True)
    assert response.redirect_chain[-1][0] == f"/decisions/{decision.pk}/"
    assert "signed and recorded" in response.content.decode()
    assert Position.objects.get().signed_by == cast.partner_la


def test_an_empty_form_is_refused_in_words_and_keeps_what_was_typed(sign_page, position_form, cast, signed_in):
    client = signed_in(cast.partner_la)
    page = client.post(sign_page, position_form(client, view="", reasons="Half a sentence")).content.decode()
    assert "Select your position" in page and "Half a sentence" in page
    page = client.post(sign_page, position_form(client, reasons="")).content.decode()
    assert "Enter your reasons" in page
    assert not Position.objects.exists()


def test_a_view_that_was_not_offered_is_a_form_error(sign_page, position_form, cast, signed_in):
    client = signed_in(cast.partner_la)
    response = client.post(sign_page, position_form(client, view="conclude"))
    assert response.status_code == 200
    assert not Position.objects.exists()


def test_extra_fields_change_nothing(decision, sign_page, position_form, cast, signed_in):
    client = signed_in(cast.partner_la)
    client.post(
        sign_page,
        position_form(
            client, signed_by=cast.partner_icb.pk, after_reveal="on", status="concluded", outcome="met", id=7
        ),
    )
    decision.refresh_from_db()
    assert decision.status == "open" and decision.outcome == ""
    position = Position.objects.get()
    assert position.signed_by == cast.partner_la and not position.after_reveal


def test_sending_the_form_twice_signs_once_and_leads_to_the_same_page(
    decision, sign_page, position_form, cast, signed_in
):
    client = signed_in(cast.partner_la)
    sent = position_form(client)
    first, second = client.post(sign_page, sent), client.post(sign_page, sent)
    assert first["Location"] == second["Location"] == f"/decisions/{decision.pk}/"
    assert Position.objects.count() == 1


def test_two_tabs_opened_before_either_was_sent_sign_once_and_keep_what_was_typed(
    sign_page, position_form, cast, signed_in
):
    client = signed_in(cast.partner_la)
    one, two = position_form(client), position_form(client, view="not_met", reasons="Typed in the second tab")
    assert client.post(sign_page, one).status_code == 302
    refused = client.post(sign_page, two)
    assert refused.status_code == 409
    assert Position.objects.get().view == "met"
    page = refused.content.decode()
    assert "while you were writing" in page and "Typed in the second tab" in page
    again = {**two, "replacing": hidden(page, "replacing"), "token": hidden(page, "token")}
    assert client.post(sign_page, again).status_code == 302
    assert [position.view for position in Position.objects.all()] == ["met", "not_met"]


def test_the_partner_signs_in_the_place_of_what_their_deputy_signed_without_reading_it(
    decision, sign_page, position_form, seat, cast, standing, signed_in
):
    by = standing(cast.senior_partner)
    partner = Membership.objects.get(user=cast.partner_la)
    Cover.objects.create(membership=partner, deputy=cast.senior_partner, starts_on=by.today, ends_on=by.today)
    mine = seat(cast.agencies.westmoor)
    said = {"view": "not_met", "reasons": "The deputy's own words", "answers": answers_to(mine)}
    record_position(mine, by=standing(cast.senior_partner), **said)
    client = signed_in(cast.partner_la)
    page = client.get(sign_page).content.decode()
    assert f"{cast.senior_partner} signed a position for this seat" in page
    assert "own words" not in page and not re.search(r'value="not_met"[^>]*checked', page)
    assert client.post(sign_page, position_form(client)).status_code == 302
    assert [position.signed_by for position in Position.objects.all()] == [cast.senior_partner, cast.partner_la]


def test_what_was_typed_for_a_decision_that_ended_meanwhile_is_shown_to_be_copied(
    decision, sign_page, position_form, cast, signed_in, standing
):
    client = signed_in(cast.partner_la)
    sent = position_form(client, reasons="An hour of <b>typing</b>")
    abandon(decision, by=standing(cast.coordinator), reason="The notification was withdrawn")
    response = client.post(sign_page, sent)
    assert response.status_code == 409
    page = response.content.decode()
    assert "An hour of &lt;b&gt;typing&lt;/b&gt;" in page and "Why S16C_ABUSE" in page
    assert "not recorded" in page and 'name="reasons"' not in page
    assert not Position.objects.exists()
    assert client.get(sign_page).status_code == 302


def test_a_seat_that_nobody_may_sign_for_is_said_until_somebody_can(
    decision, case_one, seat, cast, standing, signed_in
):
    client, url = signed_in(cast.coordinator), f"/decisions/{decision.pk}/"
    assert "Nobody can record" not in client.get(url).content.decode()
    police = standing(cast.partner_police)
    declare_conflict(case_one, cast.partner_police, by=police, what="I know the family")
    assert "Nobody can record the position of Wrenshire Police" in client.get(url).content.decode()
    partner = Membership.objects.get(user=cast.partner_police)
    today = police.today
    Cover.objects.create(membership=partner, deputy=cast.senior_partner, starts_on=today, ends_on=today)
    assert "Nobody can record" not in client.get(url).content.decode()


def test_the_other_partners_seat_is_refused_to_a_colleague(decision, seat, cast, signed_in):
    url = f"/decisions/{decision.pk}/positions/{seat(cast.agencies.police).pk}/"
    client = signed_in(cast.partner_la)
    assert client.get(url).status_code == 403
    assert client.post(url, {"view": "met", "reasons": "Mine", "token": "abcdefgh12"}).status_code == 403


def test_a_seat_of_another_decision_is_not_found_under_this_one(decision, seat, cast, case_two, standing, signed_in):
    from decisions.actions import open_decision
    from decisions.models import Kind
    from tests.decisions.conftest import OPTIONS

    other = open_decision(case_two, Kind.CRITERIA, by=standing(cast.coordinator), options=OPTIONS)
    foreign = seat(cast.agencies.icb, other)
    client = signed_in(cast.partner_icb)
    assert client.get(f"/decisions/{decision.pk}/positions/{foreign.pk}/").status_code == 404
    assert client.get(f"/decisions/{decision.pk}/positions/99999/").status_code == 404


def test_showing_early_needs_the_chair_or_coordinator_and_a_reason(decision, sign, cast, signed_in):
    url = f"/decisions/{decision.pk}/show/"
    sign(cast.partner_la)
    client = signed_in(cast.coordinator)
    token = hidden(client.get(url).content.decode(), "token")
    below = client.post(url, {"reason": "In a hurry", "token": token})
    assert "More than half of the partners" in below.content.decode()
    sign(cast.partner_icb)
    assert "Enter why" in client.post(url, {"reason": "", "token": token}).content.decode()
    assert signed_in(cast.partner_la).get(url).status_code == 403
    sent = {"reason": "Police are away", "token": token}
    assert client.post(url, sent).status_code == 302
    decision.refresh_from_db()
    assert decision.is_revealed
    assert client.post(url, {"reason": "Again", "token": token + "x"}).status_code == 409


def test_criteria_are_answered_one_by_one_until_none_is_left(decision, all_signed, cast, signed_in):
    client = signed_in(cast.coordinator)
    first = f"/decisions/{decision.pk}/criteria/S16C_ABUSE/"
    empty = client.post(first, {"answer": "", "narrative": ""}).content.decode()
    assert "Select whether the criterion is met" in empty and "Enter why you answer so" in empty
    url = first
    for _ in decision.criteria:
        response = client.post(url, {"answer": "met", "narrative": "The hospital said so"})
        assert response.status_code == 302
        url = response["Location"]
    assert url == f"/decisions/{decision.pk}/criteria/"
    assert CriterionAnswer.objects.count() == 3
    assert "The hospital said so" in client.get(url).content.decode()


def test_an_answer_changed_by_somebody_else_is_shown_beside_mine(decision, all_signed, cast, standing, signed_in):
    by = standing(cast.coordinator)
    url = f"/decisions/{decision.pk}/criteria/S16C_HARM/"
    client = signed_in(cast.second_coordinator)
    client.get(url)
    answer_criterion(decision, "S16C_HARM", by=by, answer="met", narrative="Theirs: two fractures")
    response = client.post(url, {"answer": "not_met", "narrative": "Mine: not yet known"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs: two fractures" in page and "Mine: not yet known" in page
    again = client.post(
        url, {"answer": "not_met", "narrative": "Both texts", "seen_version": hidden(page, "seen_version")}
    )
    assert again.status_code == 302
    assert CriterionAnswer.objects.get().narrative == "Both texts"
    assert CriterionAnswer.history.count() == 2


def test_a_criterion_of_another_kind_of_decision_is_not_found(decision, cast, signed_in):
    client = signed_in(cast.coordinator)
    for code in ("REG11_A", "WT_SINGLE", "NONSENSE"):
        assert client.get(f"/decisions/{decision.pk}/criteria/{code}/").status_code == 404


def test_the_coordinator_writes_notes_which_partners_read_only_once_positions_are_shown(
    decision, sign, cast, signed_in
):
    client = signed_in(cast.coordinator)
    url = f"/decisions/{decision.pk}/notes/"
    version = hidden(client.get(url).content.decode(), "seen_version")
    notes = {"held": "virtual", "seen_version": version}
    assert client.post(url, notes | {"minutes": "Police leaned to notify"}).status_code == 302
    assert client.post(url, notes | {"minutes": "Other"}).status_code == 409
    page = f"/decisions/{decision.pk}/"
    assert "Police leaned" not in signed_in(cast.partner_icb).get(page).content.decode()
    assert signed_in(cast.partner_icb).get(url).status_code == 403
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        sign(person)
    assert "Police leaned" in signed_in(cast.partner_icb).get(page).content.decode()


def test_opening_the_page_is_recorded_and_changes_nothing_else(decision, case_one, cast, signed_in):
    before = Event.objects.filter(trail=case_one.chain, reading=False).count()
    signed_in(cast.partner_la).get(f"/decisions/{decision.pk}/")
    last = Event.objects.filter(trail=case_one.chain).last()
    assert (last.verb, last.reading, last.actor) == ("opened", True, cast.partner_la)
    assert Event.objects.filter(trail=case_one.chain, reading=False).count() == before


def test_the_record_says_everything_and_names_no_child(decision, sign, case_one, cast, standing, signed_in):
    from django.utils import timezone

    from documents.papers import html_of, render_waiting

    by = standing(cast.coordinator)
    sign(cast.partner_la)
    sign(cast.partner_icb)
    sign(cast.partner_police, "not_met", "Too early to say <b>so</b>")
    for code in ("S16C_ABUSE", "S16C_HARM"):
        answer_criterion(decision, code, by=by, answer="met", narrative=f"Seen in {code}")
    conclude(decision, by=by, outcome="met", rationale="Two fractures & no explanation")
    decision.refresh_from_db()
    html = html_of(decision.record)
    for said in (
        "Outcome: The criteria are met",
        "Two fractures &amp; no explanation",
        "Too early to say &lt;b&gt;so&lt;/b&gt;",
        "Differs from the outcome",
        "Paul Police",
        "Seen in S16C_HARM",
        "The local authority has the final say",
        case_one.reference,
        decision.record.content_sha256,
    ):
        assert said in html, said
    assert "Quillfeather" not in html
    page = signed_in(cast.partner_icb).get(f"/decisions/{decision.pk}/").content.decode()
    assert decision.record.content_sha256 in page
    render_waiting(at=timezone.now())
    client = signed_in(cast.partner_icb)
    response = client.get(f"/decisions/{decision.pk}/record/")
    pdf = b"".join(response.streaming_content)
    assert pdf.startswith(b"%PDF")
    said = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert re.search(r"Pages:\s+1\b", said), "it fits one page"
    assert Event.objects.filter(trail=case_one.chain, verb="downloaded", actor=cast.partner_icb).count() == 1
    assert signed_in(cast.referrer).get(f"/decisions/{decision.pk}/record/").status_code == 404


def test_where_much_was_said_the_first_page_is_the_whole_decision_and_the_words_follow(
    decision, sign, seat, cast, standing
):
    from django.utils import timezone

    from documents.papers import render_waiting

    by = standing(cast.coordinator)
    for person, agency in (("partner_la", "westmoor"), ("partner_icb", "icb"), ("partner_police", "police")):
        body = f"The {agency} saw it on two occasions. " * 60
        answers = {code: ("met", f"Why {agency} says so of {code}. " * 20) for code in NOTIFYING}
        sign(getattr(cast, person), "not_met" if agency == "police" else "met", body, answers=answers)
    conclude(decision, by=by, outcome="met", rationale="Two fractures.", dissent="Said <b>aloud</b>. " * 30)
    render_waiting(at=timezone.now())
    decision.refresh_from_db()
    pdf = decision.record.pdf.read()
    first, *others = _pages(pdf)
    for said in ("Two fractures.", "Westmoor Council", "Paul Police", "Differs from the outcome", "Met"):
        assert said in first, said
    assert decision.record.content_sha256 in first and "on two occasions" not in first
    words = " ".join(others)
    for agency in ("westmoor", "icb", "police"):
        # One may be parted by the end of a page.
        assert words.count(f"The {agency} saw it on two occasions.") >= 59
        assert f"Why {agency} says so of S16C_AREA." in words
    assert words.count("Said <b>aloud</b>.") == 30
    assert len(others) <= 4


def _pages(pdf):
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


def test_the_stage_that_asked_offers_its_page_to_conclude(decision, case_one, cast, standing, signed_in):
    from cases.panel import Doing
    from decisions import doings
    from decisions.panel import panel

    def offers(about, by):
        return [Doing(f"Conclude {about.pk}", "/somewhere/")] if by.holds("coordinator") else []

    doings.register(offers)
    doings.register(offers)
    try:
        url = f"/decisions/{decision.pk}/"
        assert signed_in(cast.coordinator).get(url).content.decode().count(f"Conclude {decision.pk}") == 1
        assert "Conclude " not in signed_in(cast.partner_la).get(url).content.decode()
        by = standing(cast.coordinator)
        assert [doing.text for doing in panel(case_one, by, by.today).doings] == [f"Conclude {decision.pk}"]
    finally:
        doings._offers.remove(offers)
