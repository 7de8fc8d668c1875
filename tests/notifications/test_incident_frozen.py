"""What was notified is kept as it was, whatever is learned later."""

import json

import pytest

from accounts.rights import NotPermitted
from audit.lifecycle import AlreadyDone, StaleEdit, amend
from audit.models import AppendOnly
from cases.actions import add_child, add_person
from decisions.actions import conclude, open_decision, record_position
from decisions.models import Kind
from documents.freezing import sha256_of
from documents.papers import html_of
from notifications.incident.actions import correct, record_sent, save_answers, tell_partners, withdraw
from notifications.incident.composing import compose, sheet_of, sheets_of
from notifications.incident.models import FrozenContent
from notifications.incident.national_form import CHILD, FURTHER, INCIDENT, NOTIFIER
from notifications.incident.presenter import differences, doings, learned_since
from notifications.register.models import Submission
from tests.answers import answers_to
from tests.notifications.conftest import at


@pytest.fixture
def sent(notification, notifier):
    save_answers(
        notification, "incident", {"nature": "serious_harm", "narrative": "Two fractures"}, by=notifier(2026, 10, 7)
    )
    return record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11), reference="N-1")


def test_the_form_is_filled_from_the_case_until_somebody_writes_in_it(notification, case_one, notifier):
    child = case_one.child_set.get()
    assert sheet_of(notification, CHILD, child).answers["sex"] == "female"
    amend(child, by=notifier(), verb="facts changed", sex="male")
    assert sheet_of(notification, CHILD, child).answers["sex"] == "male"
    save_answers(notification, "child", {"sex": "female", "ethnicity": "WBRI"}, by=notifier(), child=child)
    amend(child, by=notifier(), verb="facts changed", sex="not_known", ethnicity="WIRI")
    now = sheet_of(notification, CHILD, child).answers
    assert (now["sex"], now["ethnicity"]) == ("female", "WIRI"), "what was only repeated follows the case"


def test_once_it_was_sent_the_form_no_longer_follows_the_case(sent, case_one, notifier):
    child = case_one.child_set.get()
    was = sheet_of(sent, CHILD, child)
    save_answers(sent, "child", was.answers, by=notifier(2026, 10, 9), child=child, seen_version=was.version)
    amend(child, by=notifier(2026, 10, 9), verb="facts changed", ethnicity="WIRI")
    assert sheet_of(sent, CHILD, child).answers["ethnicity"] == "WBRI"


def test_the_sections_stand_in_the_order_of_the_form_with_four_children_and_the_rest_in_free_text(
    notification, case_one, notifier
):
    for age in (4, 6, 8, 10):
        add_child(case_one, by=notifier(), age_years=age, sex="male", looked_after="yes")
    sheets = sheets_of(notification)
    assert [sheet.section.key for sheet in sheets] == [
        "notifier",
        "incident",
        *["child"] * 4,
        "further",
        "family",
        "agreement",
    ]
    text = sheet_of(notification, FURTHER).answers["further_children"]
    assert text == "Child E: aged 10; sex: male; ethnicity: Not known; what happened: Not known; looked after."
    content = compose(notification)
    assert [child["structured"] for child in content["children"]] == [True] * 4 + [False]
    assert content["children"][4]["answers"]["looked_after"] == "yes"


def test_with_four_children_there_is_no_section_for_further_ones(notification):
    assert FURTHER not in [sheet.section for sheet in sheets_of(notification)]


def test_what_is_missing_is_listed_and_unknown_is_missing(notification, notifier):
    sheet = sheet_of(notification, NOTIFIER)
    assert "Name of the person who notifies" in [question.label for question in sheet.missing]
    save_answers(notification, "notifier", {"notifier_name": "Nia", "threshold_met": "not_known"}, by=notifier())
    labels = [question.label for question in sheet_of(notification, NOTIFIER).missing]
    assert "Name of the person who notifies" not in labels
    assert "Is the threshold for a rapid review met?" in labels


def test_two_people_writing_the_same_section_lose_nothing(notification, notifier, cast, standing):
    first = save_answers(notification, "incident", {"narrative": "First"}, by=notifier())
    approver = standing(cast.la_approver, at(2026, 10, 8, 13))
    with pytest.raises(StaleEdit) as stale:
        save_answers(notification, "incident", {"narrative": "Second"}, by=approver, seen_version=0)
    assert (stale.value.mine["narrative"], stale.value.theirs["narrative"]) == ("Second", "First")
    save_answers(notification, "incident", {"narrative": "Both"}, by=approver, seen_version=first.version)
    first.refresh_from_db()
    assert first.answers["narrative"] == "Both"
    assert first.history.count() == 2


def test_answers_to_questions_the_form_does_not_ask_are_dropped(notification, notifier):
    row = save_answers(
        notification, "incident", {"narrative": "Facts", "status": "sent", "late_reason": "x"}, by=notifier()
    )
    assert row.answers == {"narrative": "Facts"}


def test_what_was_sent_never_changes_when_the_case_changes_later(sent, case_one, notifier):
    before = json.dumps(sent.frozen, sort_keys=True)
    later = notifier(2026, 10, 20)
    child = case_one.child_set.get()
    amend(child, by=later, verb="facts changed", harm="death", sex="male", age_years=1)
    amend(case_one, by=later, verb="facts changed", harm="death")
    add_child(case_one, by=later, age_years=3)
    save_answers(sent, "incident", {"narrative": "Rewritten"}, by=later, seen_version=_version(sent, "incident"))
    assert json.dumps(sent.frozen, sort_keys=True) == before
    only = sent.versions.get()
    assert sha256_of(only.content) == only.sha256
    assert only.content["children"][0]["answers"]["harm"] == "serious_harm"
    assert "Two fractures" in html_of(only.paper) and "Rewritten" not in html_of(only.paper)


def _version(notification, section):
    return notification.answer_sets.get(section=section).version


def test_what_the_case_learned_since_is_shown_beside_what_was_notified(sent, case_one, notifier):
    later = notifier(2026, 10, 20)
    assert learned_since(sent, sent.latest) == []
    amend(case_one.child_set.get(), by=later, verb="facts changed", harm="death")
    [found] = learned_since(sent, sent.latest)
    assert (found.where, found.was, found.now) == (
        "Child A",
        "A child has been seriously harmed",
        "A child has died",
    )


def test_a_correction_is_a_new_version_with_its_reason_and_the_first_stays(sent, notifier):
    later = notifier(2026, 10, 20)
    with pytest.raises(AlreadyDone):
        correct(sent, by=later, reason="Nothing to correct")
    save_answers(
        sent,
        "incident",
        {"nature": "death", "narrative": "Two fractures. The child has since died."},
        by=later,
        seen_version=_version(sent, "incident"),
    )
    assert next(one.label for one in differences(sent, sent.latest)) == "What happened"
    with pytest.raises(ValueError, match="reason"):
        correct(sent, by=later, reason=" ")
    second = correct(sent, by=later, reason="The child has since died")
    assert (second.number, second.reason) == (2, "The child has since died")
    assert sent.frozen["sections"]["incident"]["nature"] == "serious_harm"
    assert sent.latest.content["sections"]["incident"]["nature"] == "death"
    assert "The child has since died" in html_of(second.paper)
    assert differences(sent, sent.latest) == []


def test_a_frozen_version_is_never_changed_or_removed(sent):
    version = sent.versions.get()
    version.content = {}
    for spoil in (
        version.save,
        version.delete,
        lambda: FrozenContent.objects.update(content={}),
        lambda: FrozenContent.objects.all().delete(),
    ):
        with pytest.raises(AppendOnly):
            spoil()
    assert FrozenContent.objects.get().content["reference"] == sent.case.reference


def test_neither_the_frozen_content_nor_its_paper_says_who_the_child_is(sent):
    version = sent.versions.get()
    for text in (json.dumps(version.content), html_of(version.paper)):
        for secret in ("Zephyrine", "Quillfeather", "9434765919", "2026-03-02", "2 March 2026"):
            assert secret not in text
    assert version.content["children"][0]["identity_held"] == ["full_name", "born_on", "nhs_number"]
    assert "Full name" in html_of(version.paper)


def test_the_paper_says_what_was_notified_when_and_by_whom(sent, case_one):
    html = html_of(sent.versions.get().paper)
    for said in (
        case_one.reference,
        "Serious incident: a child has been seriously harmed",
        "Westmoor Council",
        "8 October 2026 at midday",
        "N-1",
        "Nia Notifier",
        "White: English, Welsh, Scottish, Northern Irish or British",
        "Child A, primary subject",
        sent.versions.get().sha256,
    ):
        assert said in html, said


def test_text_typed_as_html_is_printed_as_text(notification, notifier):
    evil = "<script>alert(1)</script><h1>Big</h1>{{ 7|add:7 }}"
    save_answers(notification, "incident", {"narrative": evil}, by=notifier())
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11))
    html = html_of(notification.versions.get().paper)
    assert "<script>" not in html and "&lt;script&gt;" in html and "{{ 7|add:7 }}" in html


def test_the_partners_dissent_is_taken_over_once_shown_and_never_before(
    notification, case_one, cast, standing, notifier
):
    options = (("met", "The criteria are met"), ("not_met", "The criteria are not met"))
    coordinator = standing(cast.coordinator, at(2026, 10, 7))
    decision = open_decision(case_one, Kind.CRITERIA, by=coordinator, options=options)
    people = {
        cast.agencies.westmoor: (cast.partner_la, "met"),
        cast.agencies.icb: (cast.partner_icb, "met"),
        cast.agencies.police: (cast.partner_police, "not_met"),
    }
    for seat in decision.seats.select_related("agency"):
        person, view = people[seat.agency]
        assert "Waiting for the post-mortem" not in json.dumps(compose(notification))
        record_position(
            seat,
            by=standing(person, at(2026, 10, 7, 14)),
            view=view,
            reasons="Waiting for the post-mortem",
            answers=answers_to(seat),
        )
        if person != cast.partner_police:
            assert sheets_of(notification)[-1].answers.get("partners_agree") is None
    conclude(decision, by=standing(cast.coordinator, at(2026, 10, 7, 15)), outcome="met", rationale="Harm is serious")
    record_sent(notification, by=notifier(), sent_at=at(2026, 10, 8, 11))
    assert notification.frozen["sections"]["notifier"]["threshold_met"] == "yes"
    agreement = notification.frozen["sections"]["agreement"]
    assert agreement["dissent"].endswith("Waiting for the post-mortem")
    assert "Wrenshire Police: The criteria are not met" in agreement["partners_agree"]
    assert notification.frozen["sections"]["notifier"]["criteria_rationale"] == "Harm is serious"


def test_another_area_that_had_a_copy_is_to_be_told_of_the_withdrawal(sent, notifier):
    tell_partners(
        sent,
        by=notifier(2026, 10, 9),
        told_at=at(2026, 10, 9, 9),
        recipients=[("safeguarding_partners", "Wrenshire Police"), ("other_area", "Otherland Council")],
        channel="secure_email",
    )
    by = notifier(2026, 10, 15)
    withdraw(sent, by=by, reason="The criteria are not met")
    waiting = Submission.objects.waiting().filter(return_type="notification_withdrawn")
    assert [(row.recipient, row.recipient_name) for row in waiting] == [
        ("panel", ""),
        ("other_area", "Otherland Council"),
    ]
    assert "Record that Otherland Council was told" in [doing.text for doing in doings(sent, by)]


def test_nothing_is_written_in_a_notification_that_was_withdrawn(sent, notifier):
    withdraw(sent, by=notifier(2026, 10, 15), reason="The criteria are not met")
    with pytest.raises(AlreadyDone):
        save_answers(sent, INCIDENT.key, {"narrative": "Late"}, by=notifier(2026, 10, 16))


@pytest.mark.parametrize("person", ["coordinator", "partner_la", "partner_police"])
def test_colleagues_who_read_it_do_not_write_it(notification, cast, standing, person):
    with pytest.raises(NotPermitted):
        save_answers(
            notification, "incident", {"narrative": "Mine"}, by=standing(getattr(cast, person), at(2026, 10, 8))
        )


def test_the_same_rows_give_the_same_bytes(notification, notifier):
    save_answers(notification, "incident", {"narrative": "Facts", "abuse": ["neglect", "physical"]}, by=notifier())
    assert sha256_of(compose(notification)) == sha256_of(compose(type(notification).objects.get(pk=notification.pk)))


def test_an_unborn_child_is_asked_for_the_expected_date_and_no_birthday(notification, case_one, notifier):
    from notifications.incident.composing import missing_identity

    unborn = add_child(case_one, by=notifier(), unborn=True)
    assert missing_identity(unborn) == ["Expected date of delivery", "Address"]
    add_person(case_one, by=notifier(), label="Adult 1", relationship="Mother", in_household=True)
    assert compose(notification)["sections"]["family"]["household"] == "Adult 1: Mother, in the household."
