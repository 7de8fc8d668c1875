"""Several people, or one impatient one, at the same time."""

import pytest
from django.test import Client

from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from audit.verify import breaks
from cases.models import Case
from notifications.incident.models import Notification
from referrals import actions
from referrals.models import PageAnswers, Referral
from tests.referrals.addresses import url
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_submits_of_one_form_make_one_case_and_all_lead_to_it(waiting, cast, standing):
    by = standing(cast.lead)

    def submits(_):
        try:
            sent = actions.approve(Referral.objects.get(pk=waiting.pk), by=by, token="pressed-often")
            return f"referrals.Referral:{sent.pk}"
        except AlreadySubmitted as done:
            return done.event.subject

    assert set(in_threads(submits, range(10))) == {f"referrals.Referral:{waiting.pk}"}
    assert (Case.objects.count(), Notification.objects.count()) == (1, 1)
    assert list(breaks()) == []


def test_approving_and_withdrawing_at_once_leaves_one_of_them_whole(waiting, cast, standing):
    lead, author = standing(cast.lead), standing(cast.referrer)

    def acts(who):
        referral = Referral.objects.get(pk=waiting.pk)
        try:
            if who == "lead":
                actions.approve(referral, by=lead)
            else:
                actions.withdraw(referral, by=author, reason="Changed my mind")
        except AlreadyDone:
            return "late"
        return who

    done = in_threads(acts, ["lead", "author"])
    waiting.refresh_from_db()
    assert sorted(done) in (["author", "late"], ["late", "lead"])
    assert Case.objects.count() == (1 if waiting.is_sent else 0)


def test_two_people_on_one_page_never_overwrite_each_other_silently(draft, cast, standing):
    author, lead = standing(cast.referrer), standing(cast.lead)

    def saves(who):
        referral = Referral.objects.get(pk=draft.pk)
        try:
            actions.save_page(referral, "concerns", {"concerns": str(who.user)}, by=who, seen_version=0)
        except StaleEdit as stale:
            return stale.theirs["answers"]["concerns"]
        return str(who.user)

    kept = PageAnswers.objects.filter(referral=draft, page="concerns")
    assert len(set(in_threads(saves, [author, lead]))) == 1
    assert kept.get().version == 1


def test_twelve_referrals_sent_at_once_have_twelve_references_without_a_gap(cast, standing):
    author, lead = standing(cast.referrer), standing(cast.lead)
    waiting = []
    for _ in range(12):
        referral = actions.start_draft(by=author, agency=cast.agencies.school)
        actions.send_for_approval(referral, by=author)
        waiting.append(referral.pk)
    in_threads(lambda pk: actions.approve(Referral.objects.get(pk=pk), by=lead).reference, waiting)
    numbers = sorted(int(reference[-4:]) for reference in Case.objects.values_list("reference", flat=True))
    assert numbers == list(range(1, 13))
    assert list(breaks()) == []


def test_one_form_sent_by_two_browsers_at_once_starts_one_draft_and_leads_both_to_it(cast, past_the_first_question):
    begun = {"kind": "learning", "agency": cast.agencies.school.pk, "token": "pressed-in-two-threads"}
    presses = at_once(past_the_first_question(cast.referrer), url("begin"), begun)
    assert presses == {url("tasks", Referral.objects.get().pk)}


def test_one_referral_approved_by_two_presses_at_once_makes_one_case(waiting, cast, signed_in):
    presses = at_once(signed_in(cast.lead), url("approve", waiting.pk), {"token": "pressed-in-two-threads"})
    assert presses == {url("confirmation", waiting.pk)}
    assert (Case.objects.count(), Notification.objects.count()) == (1, 1)
    assert list(breaks()) == []


def at_once(client, address, sent) -> set[str]:
    """Where four presses of one button lead, over HTTP, with the session of one person."""

    def presses(_):
        browser = Client()
        browser.cookies = client.cookies
        return browser.post(address, sent, secure=True).url

    return set(in_threads(presses, range(4)))
