"""From the check to the confirmation, over HTTP."""

from cases.models import Case
from referrals import actions
from tests.referrals.addresses import url
from tests.referrals.conftest import NAME


def test_the_way_from_check_to_confirmation(written, cast, signed_in):
    author, lead = signed_in(cast.referrer), signed_in(cast.lead)
    check = author.get(url("check", written.pk))
    assert NAME in check.text and "Still needed" in check.text
    sent = author.post(
        url("send_for_approval", written.pk), {"token": check.context["form"]["token"].value()}, follow=True
    )
    assert "with your safeguarding lead for approval" in sent.text and "It waits for Lena Lead." in sent.text
    assert author.get(url("tasks", written.pk)).url == url("referral", written.pk)
    approving = lead.get(url("referral", written.pk), follow=True)
    assert approving.redirect_chain[-1][0] == url("approve", written.pk)
    token = approving.context["form"]["token"].value()
    done = lead.post(url("approve", written.pk), {"token": token})
    again = lead.post(url("approve", written.pk), {"token": token})
    assert done.url == again.url == url("confirmation", written.pk)
    confirmation = lead.get(done.url)
    assert Case.objects.get().reference in confirmation.text
    assert "Being prepared" in confirmation.text
    assert "<title>Referral sent (CIOS-" in confirmation.text


def test_the_author_is_not_shown_a_way_to_approve(waiting, cast, signed_in, standing):
    assert signed_in(cast.referrer).post(url("approve", waiting.pk), {"token": "a-token-of-mine"}).status_code == 403
    assert Case.objects.count() == 0


def test_a_lead_returns_a_referral_with_what_to_change(waiting, cast, signed_in):
    lead = signed_in(cast.lead)
    empty = lead.post(url("return_to_author", waiting.pk), {"comments": "", "token": "a-token-of-mine"})
    assert "Enter what the author should change" in empty.text
    lead.post(url("return_to_author", waiting.pk), {"comments": "Say who was told", "token": "a-token-of-mine"})
    assert "Say who was told" in signed_in(cast.referrer).get(url("tasks", waiting.pk)).text


def test_a_confirmation_is_not_there_before_it_is_sent(waiting, cast, signed_in):
    assert signed_in(cast.lead).get(url("confirmation", waiting.pk)).status_code == 404


def test_a_lead_approves_only_what_they_have_read(waiting, cast, standing, signed_in):
    lead = signed_in(cast.lead)
    opened = lead.get(url("approve", waiting.pk)).context["form"]
    read = {"token": opened["token"].value(), "seen_version": opened["seen_version"].value()}
    author = standing(cast.referrer)
    actions.return_to_author(waiting, by=standing(cast.lead), comments="Say more")
    actions.save_page(waiting, "concerns", {"concerns": "Nobody has read this yet."}, by=author)
    actions.send_for_approval(waiting, by=author)
    stale = lead.post(url("approve", waiting.pk), read)
    assert stale.status_code == 409
    assert "has been changed since you opened it" in stale.text and "Nobody has read this yet." in stale.text
    assert Case.objects.count() == 0
    again = stale.context["form"]
    read = {"token": again["token"].value(), "seen_version": again["seen_version"].value()}
    assert lead.post(url("approve", waiting.pk), read).url == url("confirmation", waiting.pk)


def test_every_reason_for_returning_is_kept_and_read_by_the_lead(waiting, cast, standing, signed_in):
    author, lead = standing(cast.referrer), standing(cast.lead)
    for comments in ("Say who was told", "Say when they were told"):
        actions.return_to_author(waiting, by=lead, comments=comments)
        actions.send_for_approval(waiting, by=author)
    page = signed_in(cast.lead).get(url("approve", waiting.pk)).text
    assert page.index("Say who was told") < page.index("Say when they were told")


def test_why_it_was_withdrawn_is_read_by_its_agency_and_nothing_is_needed_any_more(waiting, cast, standing, signed_in):
    actions.withdraw(waiting, by=standing(cast.referrer), reason="The hospital has referred it")
    page = signed_in(cast.lead).get(url("referral", waiting.pk)).text
    assert "Why it was withdrawn" in page and "The hospital has referred it" in page
    assert "Ada" in page and "Still needed" not in page
