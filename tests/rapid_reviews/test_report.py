"""The rapid review report: what is frozen and printed, and that nothing typed is more than text."""

import json
import subprocess
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from agency_returns import actions as returns
from agency_returns.models import ChronologyEntry, section_named
from documents.drafts import save_section
from documents.freezing import frozen
from documents.papers import html_of, render_waiting
from rapid_reviews import actions
from rapid_reviews.models import RapidReview
from rapid_reviews.papers import MOST_EVENTS, RapidReviewReport, thawed
from tests.rapid_reviews.conftest import at

NASTY = '"><svg/onload=alert(1)><h1>Big</h1><style>*{display:none}</style>{{7*7}} =HYPERLINK("x") <td colspan=1000000>'


def pdf_text(issued):
    with issued.pdf.open("rb") as kept:
        done = subprocess.run(["pdftotext", "-", "-"], input=kept.read(), capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.fixture
def answered(review, cast, case_one, when):
    """The school's return accepted, with a key event; the hospital's nil return; the police have not answered."""
    asked = {}
    for name in ("school", "hospital", "police"):
        asked[name] = returns.send_request(
            case_one,
            getattr(cast.agencies, name),
            by=when("coordinator", 10, 9),
            occasion=review.requests_occasion,
            due_on=date(2026, 10, 19),
        ).agency_return
    school = asked["school"]
    returns.ask_to_write(school, cast.referrer.memberships.get(), by=when("lead", 10, 10))
    by = when("referrer", 10, 12)
    returns.save_section(
        school, section_named("involvement"), by=by, seen_version=school.version, involvement_summary="Known since 2024"
    )
    returns.add_entry(school, by=by, on="2026-03-02", event="He had not slept", key_event=True, significance="A sign")
    returns.add_entry(school, by=by, on="2026-03-01", event="An ordinary day")
    returns.submit(school, by=when("lead", 10, 13))
    returns.accept(school, by=when("coordinator", 10, 14))
    returns.nil_return(asked["hospital"], by=when("other_lead", 10, 13), records_checked="All")
    return asked


def test_the_report_holds_what_each_agency_answered(review, answered):
    report = RapidReviewReport.of(review)
    assert [(agency.name, agency.answer, agency.summary) for agency in report.agencies] == [
        ("Harbour Lane Academy", "Return accepted", "Known since 2024"),
        ("Wrenshire Hospitals Trust", "Nil return", "Nobody asked about is known to this agency."),
        ("Wrenshire Police", "Not answered", ""),
    ]


def test_only_key_events_of_accepted_returns_are_in_the_report(review, answered, when):
    police = answered["police"]
    ChronologyEntry.objects.create(agency_return=police, on="2026-03-03", event="Not accepted yet", key_event=True)
    assert [event.event for event in RapidReviewReport.of(review).events] == ["He had not slept"]


def test_a_flood_of_key_events_is_cut_and_says_so(review, answered):
    school = answered["school"]
    for number in range(MOST_EVENTS + 5):
        ChronologyEntry.objects.create(agency_return=school, on="2026-04-01", event=str(number), key_event=True)
    report = RapidReviewReport.of(review)
    assert (len(report.events), report.events_left_out) == (MOST_EVENTS, 6)


def test_no_name_stands_in_the_report(review, answered):
    assert "Quillfeather" not in json.dumps(frozen(RapidReviewReport.of(review)))


def test_the_frozen_report_thaws_to_what_it_was(signed):
    again = thawed(signed.report.content)
    assert frozen(again) == signed.report.content


def test_what_was_signed_is_what_is_issued_whatever_changes_meanwhile(signing, sign, conclude):
    sign(signing.sign_off)
    section = signing.draft.sections.get(key="analysis")
    # Behind the verbs' back: they refuse to change what is being signed.
    type(section).objects.filter(pk=section.pk).update(html="<p>Slipped in</p>")
    review = conclude(signing)
    signed, before = review.report.content, review.for_signing.content
    assert "Slipped in" not in json.dumps(signed)
    same = set(signed) - {"outcome", "rationale", "dissent", "decided_on", "signatures"}
    assert {name: signed[name] for name in same} == {name: before[name] for name in same}


def test_the_copy_for_signing_carries_no_signature_and_says_so(signing):
    shown = html_of(signing.for_signing)
    assert "It has not been signed" in shown
    assert signing.for_signing.content["signatures"] == []


def test_the_signed_report_names_each_partner_their_view_and_reasons(signed):
    rows = signed.report.content["signatures"]
    assert [row["body"] for row in rows] == ["Westmoor Council", "Wrenshire Integrated Care Board", "Wrenshire Police"]
    assert all(row["signed_by"] and row["capacity"] and row["reasons"] for row in rows)
    assert signed.report.content["decided_on"] == "28 October 2026"


def test_a_partner_who_differs_is_marked_and_quoted(signing, sign, conclude, partnership):
    partnership.decision_rules = {"rapid_review_sign_off": "majority"}
    partnership.save()
    type(signing.sign_off).objects.filter(pk=signing.sign_off.pk).update(rule="majority")
    sign(signing.sign_off, only=(("partner_la", "westmoor"), ("partner_icb", "icb")))
    sign(signing.sign_off, view="no_lcspr", only=(("partner_police", "police"),))
    report = conclude(signing).report.content
    assert [row["differs"] for row in report["signatures"]] == [False, False, True]
    assert "Reasons of the police" in report["dissent"]


def test_the_pdf_and_the_word_document_say_what_was_decided(signed, when):
    render_waiting(at=at(2026, 10, 28, 13), limit=20)
    issued = RapidReview.objects.get(pk=signed.pk).report
    assert issued.is_ready, issued.failure
    text = pdf_text(issued)
    for words in (
        "OFFICIAL-SENSITIVE",
        signed.case.reference,
        "Carry out a local child safeguarding practice review",
        "The learning is not yet known",
        "Why REG11_A",
        "All three think a local review is needed",
        "Petra Council",
        "Reasons of the westmoor",
    ):
        assert words in text, words
    assert "Quillfeather" not in text
    with issued.word.open("rb") as kept:
        word = Document(BytesIO(kept.read()))
    assert any("Decision of the safeguarding partners" in line.text for line in word.paragraphs)


def test_markup_and_formulas_typed_anywhere_are_printed_as_text(met, answered, cast, when):
    by = when("coordinator", 10, 23)
    meeting = met.meetings.get()
    actions.change_meeting(
        meeting, by=by, seen_version=meeting.version, discussion=NASTY, conflicts=NASTY, chair=NASTY[:190]
    )
    actions.add_attendance(meeting, by=by, name=NASTY[:190], role=NASTY[:190])
    actions.add_learning_point(met, by=by, text=NASTY)
    actions.add_action(met, by=by, text=NASTY, owner=cast.agencies.icb, due_on=date(2026, 11, 2))
    actions.answer_criterion(met, "REG11_A", by=by, answer="met", narrative=NASTY, seen_version=1)
    section = met.draft.sections.get(key="analysis")
    save_section(section, f"<p>Before</p>{NASTY}<p>After</p>", by=by, seen_version=section.version)
    ChronologyEntry.objects.create(
        agency_return=answered["school"], on="2026-03-04", event=NASTY, significance=NASTY, key_event=True
    )
    actions.open_sign_off(met, by=when("coordinator", 10, 27), recommendation="no_lcspr")
    shown = html_of(met.for_signing)
    assert "<svg" not in shown and "<h1>Big" not in shown and "colspan=1000000>" not in shown
    assert "*{display:none}" not in shown.partition("</style>")[2].replace("&lt;style&gt;*{display:none}", "")
    render_waiting(at=at(2026, 10, 27, 13), limit=20)
    met.for_signing.refresh_from_db()
    text = pdf_text(met.for_signing)
    assert text.count("{{7*7}}") >= 7
    assert '=HYPERLINK("x")' in text
