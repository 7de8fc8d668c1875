"""The whole path, told as its people would tell it: a referral becomes a published review.

Each step is somebody at a browser. The days are today's, so the report is published before its notice period is over,
with the reason recorded: what the clocks do over months is tested with the clocks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from .people import Person

CHILD = "Zephyrine Quillfeather"
Sits = Callable[..., Person]


def today() -> date:
    return datetime.now(ZoneInfo("Europe/London")).date()


def a_moment_ago(name: str) -> dict[str, Any]:
    """The fields of an instant, two minutes in the past."""
    at = datetime.now(ZoneInfo("Europe/London")) - timedelta(minutes=2)
    hour = at.hour % 12 or 12
    return {name: at.date(), f"{name}-time": f"{hour}:{at.minute:02d}{'am' if at.hour < 12 else 'pm'}"}


# --- stage 1 --------------------------------------------------------------------------------------------------------
def a_referral_is_written(ada: Person, cast: SimpleNamespace) -> int:
    """What is known, with one child born and one not; the rest is not known, and that stops nothing."""
    ada.goes_to("/referrals/start/").fills(at_risk_now="no").presses("Continue")
    ada.fills(kind="serious_incident").presses("Start the referral")
    referral = ada.number

    def page(key: str, **answers: Any) -> None:
        ada.goes_to(f"/referrals/{referral}/pages/{key}/").fills(**answers).presses("Save and continue")

    page("awareness", agency_aware_on=today())
    page("told", told=["social_care", "police"])
    page("when", incident_on=today() - timedelta(days=1))
    page("where", location="family_home", place="Westmoor", outside_england="no")
    page("authorities", incident_la=cast.agencies.westmoor.pk, home_la=cast.agencies.westmoor.pk)
    page("harm", harm="serious_harm", harm_types=["NAI_HEAD"])
    page("description", description="A baby came to hospital with a head injury. <b>Nobody</b> could say how.")
    page("abuse", abuse="suspected")
    page("abuse-details", abuse_types=["physical"], abuse_why="The injuries do not fit what was said.")
    ada.goes_to(f"/referrals/{referral}/tasks/").presses("Add a child")
    page("child-1-identity", subject="subject", born="born", born_on=date(2026, 3, 2), full_name=CHILD)
    page("child-1-about", sex="female", ethnicity="WBRI")
    page("child-1-safety", harm="serious_harm")
    ada.goes_to(f"/referrals/{referral}/tasks/").presses("Add a child")
    page("child-2-identity", subject="sibling", born="unborn", expected_on=today() + timedelta(days=40))
    page("criteria", criteria=["REG11_C"], why_REG11_C="Two agencies each saw a bruise.")
    return referral


def a_file_is_attached(ada: Person, referral: int) -> None:
    ada.goes_to(f"/referrals/{referral}/files/")
    picture = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da636460f8cf50"
        "0f000386018034b1b0e80000000049454e44ae426082"
    )
    ada.page.locator("input[type=file]").set_input_files(
        [{"name": "note.txt", "mimeType": "text/plain", "buffer": b"Seen at the clinic on Monday.\n"}]
    )
    ada.presses("Attach").reads("note.txt")
    ada.page.locator("input[type=file]").set_input_files(
        [{"name": "x-ray.png.exe", "mimeType": "image/png", "buffer": b"MZ" + picture}]
    )
    ada.is_refused("Attach")


def it_is_sent_for_approval(ada: Person, referral: int) -> None:
    ada.goes_to(f"/referrals/{referral}/check/").reads(CHILD).presses("Send for approval")


def the_lead_approves(lena: Person, referral: int) -> str:
    lena.goes_to(f"/referrals/{referral}/approve/").presses("Approve and send referral")
    lena.reads("CIOS-")
    text = lena.page.locator("main").inner_text()
    start = text.index("CIOS-")
    return text[start : start + len("CIOS-2026-0001")]


def the_coordinator_puts_it_to_the_partners(cora: Person, referral: int) -> None:
    cora.goes_to("/desk/").reads("Look at a referral")
    cora.goes_to(f"/referrals/{referral}/triage/").presses("Start looking at it")
    cora.goes_to(f"/referrals/{referral}/decide/").presses("Ask the partners")


def a_partner_signs(partner: Person, decision: int, view: str, reasons: str) -> None:
    partner.goes_to(f"/decisions/{decision}/").follows("Record your position")
    if partner.page.locator("[name='answer_S16C_HARM']").count():
        for code in ("S16C_ABUSE", "S16C_HARM", "S16C_AREA"):
            partner.fills(**{f"answer_{code}": "met", f"why_{code}": "The hospital's findings show it."})
    partner.fills(view=view, reasons=reasons).presses("Sign")


def the_criteria_are_decided(cora: Person, referral: int) -> None:
    cora.goes_to(f"/referrals/{referral}/conclude/")
    cora.fills(
        outcome="notify_and_rapid_review",
        rationale="All three see serious harm and suspected abuse.",
        told="The partners will notify this and review it. Thank you.",
    ).presses("Conclude the decision")


# --- the notification -----------------------------------------------------------------------------------------------
def the_authority_notifies(nia: Person, notification: int) -> int:
    """Says when it knew, records that it was sent, tells the partners. Gives the rapid review's number."""
    nia.goes_to(f"/notifications/{notification}/").reads("not confirmed")
    nia.goes_to(f"/notifications/{notification}/aware/")
    nia.fills(
        **a_moment_ago("la_first_aware_at"), **a_moment_ago("abuse_first_suspected_at"), note="A call to the duty team."
    ).presses("Record dates")
    nia.goes_to(f"/notifications/{notification}/form/incident/")
    nia.goes_to(f"/rapid-reviews/notifications/{notification}/sent/")
    nia.fills(**a_moment_ago("sent_at"), reference="SIN-10001").presses("Record as sent")
    review = nia.number
    nia.goes_to(f"/notifications/{notification}/partners/")
    nia.fills(
        partners=["Wrenshire Integrated Care Board", "Wrenshire Police"],
        **a_moment_ago("told_at"),
        channel="secure_email",
    ).presses("Record that they were told")
    return review


def the_business_unit_has_its_copy(cora: Person, notification: int) -> None:
    cora.goes_to(f"/notifications/{notification}/copy/")
    cora.fills(**a_moment_ago("received_at")).presses("Record the copy")


# --- stage 2 --------------------------------------------------------------------------------------------------------
def agencies_are_asked(cora: Person, case: int, agencies: list[Any]) -> None:
    for agency in agencies:
        cora.goes_to(f"/agency-returns/cases/{case}/ask/")
        cora.fills(
            agency=agency.pk,
            due_on=today() + timedelta(days=9),
            questions="What did you know, what did you do, and why?",
            criminal_enquiry="no",
        ).presses("Send request")


def an_agency_answers(writer: Person, lead: Person, agency_return: int) -> None:
    """A colleague writes what the agency knows; the lead, who wrote nothing, sends it."""
    writer.goes_to(f"/agency-returns/{agency_return}/sections/involvement/")
    writer.fills(
        records_checked="Paper and electronic record.",
        involvement_summary="We saw the child twice. <script>alert(1)</script> A bruise was recorded.",
    ).presses("Save")
    writer.goes_to(f"/agency-returns/{agency_return}/entries/add/")
    writer.fills(
        on=today() - timedelta(days=30), event="=1+1 Weighed at the clinic", child_seen="yes", key_event=True
    ).presses("Save entry")
    lead.goes_to(f"/agency-returns/{agency_return}/submit/").fills(confirmed=True).presses("Approve and send")


def a_nil_return_is_sent(lead: Person, agency_return: int) -> None:
    lead.goes_to(f"/agency-returns/{agency_return}/nil/").fills(records_checked="Electronic record.").presses(
        "Send nil return"
    )


def the_return_is_accepted(cora: Person, agency_return: int) -> None:
    cora.goes_to(f"/agency-returns/{agency_return}/accept/").fills(releasing="yes").presses("Accept return")


def the_panel_meets(cora: Person, review: int, hospital: Any) -> None:
    cora.goes_to(f"/rapid-reviews/{review}/meetings/add/")
    cora.fills(held_on=today(), chair="Chidi Chair", discussion="The child first, then the facts.").presses("Save")
    for code in ("REG11_A", "REG11_B", "REG11_C", "REG11_D"):
        cora.goes_to(f"/rapid-reviews/{review}/criteria/{code}/")
        cora.fills(answer="met" if code == "REG11_C" else "not_met", narrative="Considered.").presses("Save answer")
    cora.goes_to(f"/rapid-reviews/{review}/learning/points/add/")
    cora.fills(text="Each agency saw part of it.").presses("Save learning point")
    cora.goes_to(f"/rapid-reviews/{review}/learning/actions/add/")
    cora.fills(text="Look for earlier bruises.", owner=hospital.pk, due_on=today() + timedelta(days=20))
    cora.presses("Save action")


def it_is_put_for_signing(cora: Person, review: int) -> None:
    cora.goes_to(f"/rapid-reviews/{review}/sign-off/").fills(recommendation="initiate_lcspr").presses(
        "Freeze the report"
    )


def the_rapid_review_is_concluded_and_sent(cora: Person, review: int) -> None:
    cora.goes_to(f"/rapid-reviews/{review}/conclude/")
    cora.fills(outcome="initiate_lcspr", rationale="More can be learned.").presses("Conclude")
    cora.goes_to(f"/rapid-reviews/{review}/send/")
    cora.fills(**a_moment_ago("sent_at"), channel="secure_email").presses("Record as sent")
    cora.goes_to(f"/rapid-reviews/{review}/response/")
    cora.fills(answers=["AGREE_LCSPR"], letter_on=today(), received_on=today(), summary="Agrees.").presses(
        "Record answer"
    )


# --- stage 3 --------------------------------------------------------------------------------------------------------
def a_local_review_is_commissioned(cora: Person, rapid_review: int, reviewer_membership: int) -> int:
    cora.goes_to(f"/reviews/open/{rapid_review}/").presses("Open local review")
    review = cora.number
    cora.goes_to(f"/reviews/{review}/reviewers/appoint/")
    cora.fills(membership=reviewer_membership, appointed_on=today())
    for key in ("knowledge", "research", "complexity", "viewpoint", "communication", "conflict"):
        cora.fills(**{f"suitability_{key}": "Considered."})
    cora.presses("Appoint reviewer")
    for recipient in ("panel", "ofsted", "dfe"):
        cora.goes_to(f"/reviews/{review}/told/{recipient}/").fills(**a_moment_ago("sent_at"), channel="secure_email")
        cora.presses("Record that it was sent")
    cora.goes_to(f"/reviews/{review}/terms/")
    cora.fills(purpose="To learn.", lines_of_enquiry="How was the child heard?", method="Systems.").presses("Save")
    cora.goes_to(f"/reviews/{review}/terms/agree/").presses("Agree and begin")
    return review


def the_report_is_written(rhea: Person, review: int) -> None:
    for key, text in (
        ("child", "A curious child, close to a grandparent."),
        ("analysis", "Two records that do not speak to each other."),
        ("improvements", "One chronology for each child."),
    ):
        rhea.goes_to(f"/reviews/{review}/report/{key}/").fills(html=text).presses("Save section")
    rhea.goes_to(f"/reviews/{review}/report/recommend/")
    rhea.fills(text="Agree one chronology by the end of the year.").presses("Add recommendation")
    rhea.goes_to(f"/reviews/{review}/report/hand-in/").presses("Hand in draft")


def the_report_is_put_for_signing(cora: Person, review: int) -> None:
    cora.goes_to(f"/reviews/{review}/sign-off/").presses("Ask the partners")


def the_report_is_published(cora: Person, review: int) -> None:
    cora.goes_to(f"/reviews/{review}/sign-off/conclude/").fills(outcome="agree", rationale="It meets its terms.")
    cora.presses("Conclude sign-off")
    cora.goes_to(f"/reviews/{review}/publication/plan/")
    cora.fills(public_title="A bruise seen twice", on=today()).presses("Plan publication")
    for recipient in ("panel", "secretary_of_state", "ofsted"):
        cora.goes_to(f"/reviews/{review}/copies/{recipient}/").fills(**a_moment_ago("sent_at"), channel="secure_email")
        cora.presses("Record that it was sent")
    cora.goes_to(f"/reviews/{review}/publication/publish/").fills(summary="Two agencies each saw a bruise.")
    cora.is_refused("Publish report").reads("seven working days")
    cora.fills(early_reason="The trial ended early, and the family asked for it.").presses("Publish report")


def an_action_is_planned_and_reported_on(cora: Person, otis: Person, case: int, hospital: Any) -> None:
    cora.goes_to(f"/actions/case/{case}/plan/")
    cora.fills(text="Show earlier attendances.", lead_agency=hospital.pk, target_on=today() + timedelta(days=60))
    cora.presses("Plan action")
    action = cora.number
    otis.goes_to("/desk/").reads("Carry out action")
    otis.goes_to(f"/actions/{action}/report/").fills(status="in_progress", progress="Being tested.")
    otis.presses("Save report")
    otis.goes_to(f"/actions/{action}/evidence/").fills(text="A screen shot.").presses("Add evidence")
    otis.goes_to(f"/actions/{action}/report/").fills(status="completed_awaiting_evidence", progress="Done.")
    otis.presses("Save report")
    cora.goes_to(f"/actions/{action}/accept/").presses("Complete action").reads("Completed")
