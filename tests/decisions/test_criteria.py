"""Criterion by criterion: each partner unseen by the others, then side by side, then together."""

import pytest

from accounts.rights import NotPermitted
from audit.models import Event, Reason
from decisions.actions import NotReady, answer_criterion, conclude
from decisions.models import Position
from decisions.panel import panel
from tests.decisions.test_pages import NOTIFYING, position_form, sign_page

__all__ = ["position_form", "sign_page"]
SECRET = "Marmalade on the second scan"


def answers(value="met", why="Seen on the scan"):
    return dict.fromkeys(NOTIFYING, (value, why))


@pytest.fixture
def differing(sign, cast):
    sign(cast.partner_la, answers=answers("not_met", SECRET))
    sign(cast.partner_icb, answers=answers())
    sign(cast.partner_police, answers=answers())


def test_what_one_partner_answers_is_seen_by_nobody_else_before_the_reveal(
    decision, sign, case_one, cast, standing, signed_in
):
    sign(cast.partner_la, answers=answers("not_met", SECRET))
    base = f"/decisions/{decision.pk}"
    for person in (cast.partner_icb, cast.partner_police, cast.coordinator, cast.la_approver):
        client = signed_in(person)
        for url in (f"{base}/", f"{base}/criteria/", f"{base}/criteria/S16C_HARM/"):
            assert "Marmalade" not in client.get(url).content.decode()
        by = standing(person)
        assert "Marmalade" not in repr(panel(case_one, by, by.today))
    assert SECRET in signed_in(cast.partner_la).get(f"{base}/").content.decode()
    assert not Reason.objects.filter(text__contains="Marmalade").exists()
    assert not any("Marmalade" in str(vars(event)) for event in Event.objects.filter(trail=case_one.chain))


def test_once_shown_the_answers_stand_side_by_side_and_differences_are_said(decision, differing, cast, signed_in):
    page = signed_in(cast.partner_icb).get(f"/decisions/{decision.pk}/").content.decode()
    assert page.count(SECRET) == 3
    assert page.count("The partners differ") == 3 and "The partners agree" not in page


def test_where_all_say_the_same_the_page_says_that_they_agree(decision, sign, cast, signed_in):
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        sign(person, answers=answers())
    page = signed_in(cast.partner_icb).get(f"/decisions/{decision.pk}/").content.decode()
    assert page.count("The partners agree") == 3 and "The partners differ" not in page


def test_the_page_asks_each_partner_every_criterion_and_why(sign_page, position_form, cast, signed_in):
    client = signed_in(cast.partner_la)
    page = client.post(sign_page, position_form(client, answer_S16C_HARM="", why_S16C_AREA="")).content.decode()
    assert "Select whether criterion 2 is met" in page and "Enter why you answer so on criterion 3" in page
    assert not Position.objects.exists()
    assert client.post(sign_page, position_form(client, answer_S16C_HARM="not_met")).status_code == 302
    assert Position.objects.get().answers == [
        ["S16C_ABUSE", "met", "Why S16C_ABUSE"],
        ["S16C_HARM", "not_met", "Why S16C_HARM"],
        ["S16C_AREA", "met", "Why S16C_AREA"],
    ]
    assert "Why S16C_AREA" in client.get(sign_page).content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"S16C_HARM": ("met", "Only one of them")},
        answers() | {"REG11_A": ("met", "Another decision's")},
        answers("perhaps"),
        answers(why=" "),
    ],
)
def test_answers_that_were_not_asked_for_are_refused(decision, sign, cast, given):
    with pytest.raises(ValueError, match="criteri"):
        sign(cast.partner_la, answers=given)
    assert not Position.objects.exists()


def test_what_they_answer_together_is_recorded_by_the_chair_once_positions_are_shown(
    decision, sign, cast, standing, signed_in
):
    by = standing(cast.coordinator)
    with pytest.raises(NotReady, match="shown"):
        answer_criterion(decision, "S16C_HARM", by=by, answer="met", narrative="Too early")
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        sign(person, answers=answers())
    with pytest.raises(NotPermitted):
        answer_criterion(decision, "S16C_HARM", by=standing(cast.partner_la), answer="met", narrative="Mine")
    answer_criterion(decision, "S16C_HARM", by=by, answer="met", narrative="All three saw the scan")
    assert "All three saw the scan" in signed_in(cast.partner_la).get(f"/decisions/{decision.pk}/").content.decode()


def test_answering_too_early_on_the_page_is_refused_in_words(decision, cast, signed_in):
    url = f"/decisions/{decision.pk}/criteria/S16C_HARM/"
    page = signed_in(cast.coordinator).post(url, {"answer": "met", "narrative": "Too early"}).content.decode()
    assert "once their positions are shown" in page


def test_the_record_holds_each_partners_answers_word_for_word(decision, differing, cast, standing):
    by = standing(cast.coordinator)
    answer_criterion(decision, "S16C_HARM", by=by, answer="may_be_met", narrative="The chair's resolution")
    conclude(decision, by=by, outcome="met", rationale="Two of three saw it")
    criterion = decision.record.content["criteria"][1]
    assert criterion["answer"] == "May be met" and criterion["narrative"] == "The chair's resolution"
    assert [(one["answer"], one["why"]) for one in criterion["partners"]] == [
        ("Not met", SECRET),
        ("Met", "Seen on the scan"),
        ("Met", "Seen on the scan"),
    ]


def test_the_notes_say_whether_they_met_and_when_and_who_was_there(decision, cast, standing, signed_in):
    from tests.decisions.test_pages import hidden

    client = signed_in(cast.coordinator)
    url = f"/decisions/{decision.pk}/notes/"
    version = hidden(client.get(url).content.decode(), "seen_version")
    day = standing(cast.coordinator).today
    sent = {"held": "meeting", "attendees": "Petra Council\nPaul Police", "minutes": "", "seen_version": version}
    assert "Enter the date of the meeting" in client.post(url, sent).content.decode()
    dated = {"discussed_on-day": day.day, "discussed_on-month": day.month, "discussed_on-year": day.year}
    assert "in the past" in client.post(url, sent | dated | {"discussed_on-year": day.year + 1}).content.decode()
    assert client.post(url, sent | dated).status_code == 302
    decision.refresh_from_db()
    assert (decision.held, decision.discussed_on, decision.attendees) == ("meeting", day, "Petra Council\nPaul Police")
