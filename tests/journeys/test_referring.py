"""Referring, when things go wrong: the session ends, two write at once, it comes back, it was known already."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session

from referrals import actions
from referrals.models import PageAnswers, Referral
from tests.cast import PASSWORD
from tests.referrals.conftest import answers, draft, sent, waiting, written  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def concerns_of(referral) -> str:
    return PageAnswers.objects.get(referral=referral, page="concerns").answers["concerns"]


def has_saved_itself(person) -> None:
    """Wait for the page to say so; the next saving is waited for anew."""
    status = person.page.locator("[data-autosave-status]")
    status.filter(has_text="Saved at").wait_for()
    status.evaluate("status => { status.textContent = '' }")


def test_what_is_typed_when_the_session_ends_is_there_after_signing_in(draft, cast, at, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    ada = at("referrer").goes_to(f"/referrals/{draft.pk}/pages/concerns/")
    if ada.scripts:
        ada.fills(concerns="Typed in time")
        has_saved_itself(ada)
    Session.objects.all().delete()
    ada.fills(concerns="Typed in time, and for an hour afterwards")
    if ada.scripts:
        has_saved_itself(ada)
    ada.presses("Save and continue").reads("You have been signed out").follows("Sign in again")
    ada.fills(login=cast.referrer.email, password=PASSWORD).presses("Sign in")
    ada.reads("You were signed out before this was saved")
    assert ada.page.locator("[name=concerns]").input_value() == "Typed in time, and for an hour afterwards"
    ada.presses("Save and continue").reads("Your referral")
    assert concerns_of(draft) == "Typed in time, and for an hour afterwards"
    ada.goes_to(f"/referrals/{draft.pk}/pages/concerns/").does_not_read("You were signed out before")


def test_two_people_and_two_tabs_on_one_page_lose_nothing(draft, at):
    address = f"/referrals/{draft.pk}/pages/concerns/"
    ada, lena = at("referrer").goes_to(address), at("lead").goes_to(address)
    second_tab = ada.another_tab().goes_to(address)
    lena.fills(concerns="What the lead knows.").presses("Save and continue")
    ada.fills(concerns="What the teacher knows.").is_refused("Save and continue")
    ada.reads("Someone changed this since you opened it").reads("Lena Lead").reads("What the lead knows.")
    assert ada.page.locator("[name=concerns]").input_value() == "What the teacher knows."
    assert concerns_of(draft) == "What the lead knows."
    ada.fills(concerns="What the lead knows. What the teacher knows.").presses("Save my version")
    second_tab.fills(concerns="From the other tab.").is_refused("Save and continue")
    second_tab.reads("What the lead knows. What the teacher knows.")
    assert second_tab.page.locator("[name=concerns]").input_value() == "From the other tab."
    assert concerns_of(draft) == "What the lead knows. What the teacher knows."


def test_a_referral_is_returned_mended_approved_and_followed(written, at):
    number = written.pk
    ada, lena = at("referrer"), at("lead")
    ada.goes_to(f"/referrals/{number}/check/").reads("By sending it you confirm").presses("Send for approval")
    ada.reads("A safeguarding lead of the agency reads it")
    lena.goes_to("/referrals/").reads("Waiting for your approval").goes_to(f"/referrals/{number}/approve/")
    lena.follows("Return it to the author").is_refused("Return to the author")
    lena.fills(comments="Say which hospital the child is in.").presses("Return to the author")
    ada.goes_to(f"/referrals/{number}/").reads("Returned for a change").reads("Say which hospital the child is in.")
    # Nothing lies over the link that removes: the link of the task fills the row around it.
    ada.goes_to(f"/referrals/{number}/tasks/").page.locator("main a", has_text="Remove").first.click(trial=True)
    ada.goes_to(f"/referrals/{number}/pages/child-1-safety/")
    ada.fills(safety="The child is at St Brannoc’s, with one-to-one care.").presses("Save and continue")
    ada.goes_to(f"/referrals/{number}/check/").reads("St Brannoc’s").presses("Send for approval")
    lena.goes_to(f"/referrals/{number}/approve/").reads("Say which hospital the child is in.").reads("St Brannoc’s")
    lena.presses("Approve and send referral").reads("What happens next").reads("CIOS-2026-0001")
    ada.goes_to(f"/referrals/{number}/").reads("The partnership’s coordinator will look at it.")
    ada.reads("The referral as it was sent").does_not_read("head injury")
    ada.goes_to(f"/referrals/{number}/pages/child-1-safety/").does_not_read("Save and continue")
    ada.follows("Tell the partnership something more").is_refused("Send it to the partnership")
    ada.fills(text="The child went home today.").presses("Send it to the partnership")
    ada.reads("Told without being asked").reads("The child went home today.")


def test_a_case_known_already_is_found_joined_and_answered_to_both_referrers(sent, cast, standing, at):
    later = known_to_the_hospital_too(cast, standing)
    cora = at("coordinator").goes_to(f"/referrals/{later.pk}/triage/")
    cora.reads("Cases it may belong to").reads("A child was born on the same day").does_not_read("Quilfeather")
    cora.follows(f"Join to {sent.reference}").presses("Continue")
    cora.is_refused("Join the referral to this case")
    (own,) = later.opened.child_set.all()
    cora.fills(**{f"child_{own.pk}": sent.case.child_set.get(primary_subject=True).pk}, reason="The same baby.")
    cora.presses("Join the referral to this case").reads(f"now considered in {sent.reference}")
    ada, bert = (
        at("referrer").goes_to(f"/referrals/{sent.pk}/"),
        at("other_referrer").goes_to(f"/referrals/{later.pk}/"),
    )
    ada.reads("coordinator will look at it").does_not_read(later.reference)
    bert.reads("together with another report of the same incident").does_not_read(sent.reference)
    cora.goes_to(f"/referrals/{later.pk}/triage/").follows("Undo the joining").fills(reason="Another baby after all.")
    cora.presses("Undo the joining").reads("considered in its own case again")
    bert.goes_to(f"/referrals/{later.pk}/").reads("coordinator is looking at it")


def known_to_the_hospital_too(cast, standing) -> Referral:
    """The hospital's referral of the same baby, whose name it spells another way."""
    author = standing(cast.other_referrer)
    referral = actions.start_draft(by=author, agency=cast.agencies.hospital)
    identity = {"born": "born", "born_on": str(date(2026, 3, 2)), "full_name": "Zefyrine Quilfeather"}
    for page, given in {"child-1-identity": identity, "when": answers(cast.agencies)["when"]}.items():
        actions.save_page(referral, page, given, by=author)
    actions.send_for_approval(referral, by=author)
    return actions.approve(referral, by=standing(cast.other_lead))
