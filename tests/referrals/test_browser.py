"""The referral in a real browser, with scripts and without."""

import datetime

import pytest

from referrals import actions
from referrals.models import PageAnswers, Referral
from tests.journeys.conftest import at_browser, plain_cookies, seen  # noqa: F401 - fixtures

pytestmark = pytest.mark.browser


def writes_a_referral(ada):
    """From the start page to the check, with a child who is not born yet and one page left alone."""
    ada.goes_to("/referrals/start/").is_refused("Continue")
    ada.fills(at_risk_now="no").presses("Continue")
    ada.fills(kind="serious_incident").presses("Start the referral")
    ada.reads("Your draft has been saved").follows("When and where it happened")
    ada.fills(**{"incident_on-day": "31", "incident_on-month": "febtober", "incident_on-year": "2026"})
    ada.is_refused("Save and continue").reads("Date of the incident must be a real date")
    ada.fills(incident_on=datetime.date(2026, 9, 5), incident_at="5:30pm").presses("Save and continue")
    ada.fills(location="family_home", outside_england="no").presses("Save and come back later")
    ada.reads("In progress").presses("Add a child")
    ada.fills(subject="subject", born="unborn", full_name="")
    ada.fills(**{"expected_on-month": "1", "expected_on-year": "2027"}).presses("Save and continue")
    ada.fills(address_known="not_known").presses("Save and come back later")
    ada.reads("Not born yet").follows("Criteria for a review")
    ada.fills(criteria=["REG11_C"]).fills(why_REG11_C="Two agencies held half of the picture.")
    ada.presses("Save and continue").goes_to(f"/referrals/{ada.number}/check/")
    ada.reads("January 2027").reads("Still needed").presses("Send for approval")
    ada.reads("with your safeguarding lead for approval")
    return ada.number


def approves_it(lena, number):
    lena.goes_to(f"/referrals/{number}/approve/").reads("January 2027").presses("Approve and send referral")
    lena.reads("Referral sent").reads("CIOS-2026-0001")


@pytest.mark.parametrize(("scripts", "width"), [(True, 1280), (False, 320)])
def test_a_referral_is_written_approved_and_sent(cast, at_browser, seen, scripts, width):
    number = writes_a_referral(at_browser(cast.referrer, scripts=scripts, width=width))
    approves_it(at_browser(cast.lead, scripts=scripts, width=width), number)
    cora = at_browser(cast.coordinator, scripts=scripts, width=width)
    cora.goes_to("/referrals/waiting/").follows("CIOS-2026-0001").presses("Start looking at it")
    cora.follows("Ask for more information").fills(text="Who saw the mother last?").presses("Send the question")
    ada = at_browser(cast.referrer, scripts=scripts, width=width)
    ada.goes_to(f"/referrals/{number}/").follows("Answer").fills(text="The midwife.").presses("Send the answer")
    cora.goes_to(f"/referrals/{number}/triage/").reads("The midwife.").follows("Put it to the partners")
    cora.presses("Ask the partners").reads("With the partners")
    assert {kind: found for kind, found in seen.items() if found} == {}


def test_a_page_saves_itself_and_a_second_tab_is_not_overwritten(cast, draft, at_browser):
    ada, other_tab = at_browser(cast.referrer), at_browser(cast.referrer)
    address = f"/referrals/{draft.pk}/pages/concerns/"
    ada.goes_to(address)
    other_tab.goes_to(address)
    ada.fills(concerns="Typed in the first tab")
    ada.page.get_by_text("Saved at").wait_for()
    assert PageAnswers.objects.get(referral=draft, page="concerns").answers["concerns"] == "Typed in the first tab"
    other_tab.fills(concerns="Typed in the second tab")
    other_tab.page.get_by_text("Someone else has changed this").wait_for()
    other_tab._button("Save and continue", 0).click()
    other_tab.page.wait_for_load_state()
    other_tab.reads("Someone changed this since you opened it").reads("Typed in the first tab")
    assert other_tab.page.locator("[name=concerns]").input_value() == "Typed in the second tab"
    # And after its own saves the first tab is never stale to itself.
    ada.fills(concerns="Typed in the first tab, and more")
    ada.page.get_by_role("button", name="Save and continue").click()
    ada.page.wait_for_url(f"**/referrals/{draft.pk}/tasks/")
    assert PageAnswers.objects.get(referral=draft, page="concerns").answers["concerns"].endswith("and more")


def test_the_remaining_pages_have_no_fault_that_axe_knows(cast, written, standing, at_browser, seen):
    ada = at_browser(cast.referrer)
    for place in written.answers().places():
        seen.pop("referrals:page", None)
        ada.goes_to(f"/referrals/{written.pk}/pages/{place.key}/")
        assert seen["referrals:page"] == [], place.key
    for name in ("tasks", "what", "files", "withdraw", "remove/child/1", "check"):
        ada.goes_to(f"/referrals/{written.pk}/{name}/")
    ada.goes_to("/referrals/start/child-at-risk/").goes_to("/referrals/")
    actions.send_for_approval(written, by=standing(cast.referrer))
    lena = at_browser(cast.lead)
    for name in ("approve", "return"):
        lena.goes_to(f"/referrals/{written.pk}/{name}/")
    actions.approve(Referral.objects.get(pk=written.pk), by=standing(cast.lead))
    cora = at_browser(cast.coordinator)
    for name in ("triage", "ask", "decide", "join"):
        cora.goes_to(f"/referrals/{written.pk}/{name}/")
    assert {kind: found for kind, found in seen.items() if found} == {}
