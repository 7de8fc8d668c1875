"""Three partners decide unseen by each other, and what follows when they do not agree - in a real browser."""

import pytest
from django.utils import timezone

from deadlines.models import Deadline
from decisions.actions import pass_on
from decisions.models import Escalation
from documents.papers import render_waiting

from .begun import NOTHING, NOTIFY, signs, the_partners_asked
from .people import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OURS = "Serious harm, and nobody can say how it came about."
THEIRS = "The consultant calls the injuries inflicted."
DISSENT = "We would wait for the post-mortem.\nUntil then it is an accident."


@pytest.fixture
def world(cast, standing):
    return the_partners_asked(cast, standing)


def a_partner_signs(partner: Person, decision: int, view: str, reasons: str, *, harm: str = "met") -> None:
    partner.goes_to(f"/decisions/{decision}/").follows("Record your position")
    for code, answer in (("S16C_ABUSE", "met"), ("S16C_HARM", harm), ("S16C_AREA", "met")):
        partner.fills(**{f"answer_{code}": answer, f"why_{code}": f"As we see it: {reasons}"})
    partner.fills(view=view, reasons=reasons).presses("Sign and record position")


def the_chair_concludes(chair: Person, decision: int, outcome: str) -> None:
    chair.goes_to(f"/decisions/{decision}/").follows("Conclude")
    chair.fills(outcome=outcome, rationale="As the authority sees it.", told="Thank you. The partners have decided.")
    chair.presses("Conclude the decision")


def test_three_partners_decide_unseen_one_dissents_and_the_authority_has_the_final_say(world, at):
    decision, page = world.decision.pk, f"/decisions/{world.decision.pk}/"
    a_partner_signs(at("partner_la"), decision, NOTIFY, OURS)
    a_partner_signs(at("partner_icb"), decision, NOTIFY, THEIRS)
    at("partner_icb").reads("only you can see this").does_not_read(OURS)
    for name in ("partner_police", "panel_chair", "coordinator"):
        at(name).goes_to(page).reads("Waiting for the position of: Wrenshire Police")
        at(name).does_not_read(OURS).does_not_read(THEIRS)
    a_partner_signs(at("partner_police"), decision, NOTHING, DISSENT, harm="not_met")
    for name in ("partner_la", "partner_police", "panel_chair"):
        at(name).goes_to(page).reads(OURS).reads(THEIRS).reads(DISSENT.splitlines()[1]).reads("The partners differ")

    chair = at("panel_chair")
    chair.goes_to(page).follows("Conclude")
    chair.fills(outcome=NOTHING, rationale="As the police see it.", told="Nothing follows.")
    chair.is_refused("Conclude the decision").reads("The local authority has the final say")
    the_chair_concludes(chair, decision, NOTIFY)
    for name in ("partner_police", "la_notifier"):
        at(name).goes_to(page).reads("Decided: Notify").reads(DISSENT.splitlines()[0]).reads("Differs from the outcome")

    the_record_is_checked(at("partner_police"), world)
    at("referrer").goes_to(page, expect=404)


def the_record_is_checked(partner: Person, world) -> None:
    """By the code that it ends with, and by the file itself."""
    render_waiting(at=timezone.now())
    world.decision.refresh_from_db()
    code = world.decision.record.content_sha256
    page = f"/decisions/{world.decision.pk}/"
    partner.goes_to(page).reads(code).follows("Check a decision record")
    partner.fills(code=code).presses("Check").reads("This is the record that was issued")
    partner.follows("Whether the case meets the criteria").reads("Decided: Notify")
    if not partner.scripts:
        return
    pdf = partner.page.request.get(f"{partner.base}{page}record/").body()
    assert pdf.startswith(b"%PDF")
    for content, found in ((pdf, True), (pdf.replace(b"%%EOF", b"%%EOF\n"), False)):
        partner.goes_to("/decisions/check/")
        file = {"name": "record.pdf", "mimeType": "application/pdf", "buffer": content}
        partner.page.locator("input[type=file]").set_input_files([file])
        partner.presses("Check").reads("This is the record that was issued" if found else "No decision record that you")


def test_the_chair_shows_the_positions_at_quorum_and_a_later_one_is_marked(world, at, cast, standing):
    page = f"/decisions/{world.decision.pk}/"
    signs(cast, standing, world.decision, {"la": NOTIFY})
    chair = at("panel_chair")
    chair.goes_to(page).follows("Show the positions before all are in")
    chair.fills(reason="The limit ends today.").is_refused("Show").reads("More than half")
    signs(cast, standing, world.decision, {"icb": NOTIFY})
    chair.goes_to(page).follows("Show the positions before all are in").is_refused("Show").reads("Enter why")
    chair.fills(reason="The limit for notifying ends today.").presses("Show").reads("What Westmoor Council thinks.")
    chair.reads("The limit for notifying ends today.")
    police = at("partner_police")
    police.goes_to(page).follows("Record your position").reads("marked as recorded afterwards").goes_to(page)
    a_partner_signs(police, world.decision.pk, NOTHING, DISSENT)
    at("partner_icb").goes_to(page).reads("After the positions were shown").reads(DISSENT.splitlines()[0])


def test_partners_say_met_and_the_authority_does_not_notify(world, at, cast, standing):
    decision, page = world.decision.pk, f"/decisions/{world.decision.pk}/"
    signs(cast, standing, world.decision, {"icb": NOTIFY, "police": NOTIFY})
    authority = at("partner_la")
    authority.goes_to(page).follows("Record your position").fills(view=NOTHING)
    authority.is_refused("Sign").reads("Enter your reasons")
    a_partner_signs(authority, decision, NOTHING, "An accident, by every account.", harm="not_met")
    the_chair_concludes(at("panel_chair"), decision, NOTHING)

    chair = at("panel_chair").goes_to(page).follows("See the disagreement")
    chair.reads("With the chair of the panel").reads("An accident, by every account.").reads("Due")
    at("la_notifier").goes_to(f"/notifications/{world.notification.pk}/").reads("Being prepared").reads("keeps running")
    at("senior_partner").goes_to(page, expect=404)
    escalation = Escalation.objects.get()
    pass_on(escalation, by=standing(cast.coordinator), reason="The chair is away.")
    chair.goes_to(f"{page}disagreement/").follows("Pass it on").is_refused("Pass").reads("Enter why")
    chair.fills(reason="The partners hold to it.").presses("Pass").reads("With the senior partners")
    clock = Deadline.objects.get(case=world.case, code="T01")
    assert clock.is_open

    senior = at("senior_partner")
    senior.goes_to(f"{page}disagreement/").reads("An accident, by every account.").reads("5 working days left")
    senior.follows("Record how it ended").fills(settled="yes", ending="The authority notifies today.").presses("Record")
    senior.reads("Settled").reads("The authority notifies today.")
    at("la_notifier").goes_to(f"/notifications/{world.notification.pk}/").reads("Being prepared")
