"""What was typed when the session was over is held for its writer, and for nobody else."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from accounts import sessions
from audit.models import Event
from referrals import actions
from referrals.models import PageAnswers, Unsaved


@pytest.fixture
def page(draft):
    return reverse("referrals:page", args=[draft.pk, "concerns"])


@pytest.fixture
def autosave(draft):
    return reverse("referrals:autosave", args=[draft.pk, "concerns"])


def opened(client, page):
    """What the open page sends besides the words."""
    return {"pass": client.get(page).context["pass"], "seen_version": "0"}


def grows_old(client):
    """As if nothing had been done in this browser for a day."""
    session = client.session
    session[sessions.SEEN_AT] = session[sessions.SIGNED_IN_AT] = 1
    session.save()


def test_a_page_sent_after_the_session_ended_is_shown_again_after_signing_in(draft, page, cast, signed_in):
    client = signed_in(cast.referrer)
    sent = opened(client, page)
    grows_old(client)
    answer = client.post(page, {**sent, "concerns": "Typed for an hour"})
    assert answer.url == f"{reverse('accounts:session_ended')}?next={page.replace('/', '%2F')}"
    assert not PageAnswers.objects.filter(referral=draft, page="concerns").exists()
    again = signed_in(cast.referrer)
    shown = again.get(page)
    assert "Typed for an hour" in shown.text and "You were signed out before this was saved" in shown.text
    again.post(page, {**sent, "concerns": "Typed for an hour"})
    assert PageAnswers.objects.get(referral=draft, page="concerns").answers["concerns"] == "Typed for an hour"
    assert not Unsaved.objects.exists()


def test_a_page_that_saves_itself_goes_on_being_held_while_signed_out(draft, page, autosave, cast, signed_in):
    client = signed_in(cast.referrer)
    sent = opened(client, page)
    grows_old(client)
    for words in ("A", "A and B", "A and B and C"):
        answer = client.post(autosave, {**sent, "concerns": words}, headers={"X-Autosave": "1"})
        assert answer.status_code == 200 and "saved_at" in json.loads(answer.content)
    assert Unsaved.objects.get().typed == {"concerns": ["A and B and C"]}
    assert Event.objects.filter(trail=draft.chain, verb="unsaved page held").count() == 1


def test_what_cannot_be_accepted_is_held_as_it_was_typed(draft, cast, signed_in):
    address = reverse("referrals:page", args=[draft.pk, "when"])
    client = signed_in(cast.referrer)
    sent = opened(client, address)
    grows_old(client)
    client.post(address, {**sent, "incident_on-day": "31", "incident_on-month": "febtober", "status": "submitted"})
    assert set(Unsaved.objects.get().typed) == {"incident_on-day", "incident_on-month"}
    assert "febtober" in signed_in(cast.referrer).get(address).text


def test_what_is_held_is_seen_by_its_writer_alone(draft, page, cast, signed_in):
    client = signed_in(cast.referrer)
    sent = opened(client, page)
    grows_old(client)
    client.post(page, {**sent, "concerns": "Hers alone"})
    assert "Hers alone" not in signed_in(cast.lead).get(page).text


def test_somebody_elses_save_in_between_is_shown_beside_it(draft, page, cast, signed_in, standing):
    client = signed_in(cast.referrer)
    sent = opened(client, page)
    grows_old(client)
    client.post(page, {**sent, "concerns": "Mine"})
    actions.save_page(draft, "concerns", {"concerns": "Theirs"}, by=standing(cast.lead))
    again = signed_in(cast.referrer)
    kept = again.get(page).context["form"]["seen_version"].value()
    stale = again.post(page, {"concerns": "Mine", "seen_version": kept})
    assert stale.status_code == 409 and "Mine" in stale.text and "Theirs" in stale.text


def test_it_can_be_thrown_away(draft, page, cast, signed_in):
    client = signed_in(cast.referrer)
    sent = opened(client, page)
    grows_old(client)
    client.post(page, {**sent, "concerns": "Not wanted"})
    again = signed_in(cast.referrer)
    again.post(page, {"discard": "yes"})
    assert "Not wanted" not in again.get(page).text


@pytest.mark.parametrize("wrong", ["", "made-up", "another page", "another draft", "altered"])
def test_without_a_pass_for_this_page_nothing_is_held(draft, page, cast, signed_in, standing, wrong):
    by = standing(cast.referrer)
    other = actions.start_draft(by=by, agency=cast.agencies.school)
    given = {
        "another page": actions.pass_for(draft, "media", writer=by),
        "another draft": actions.pass_for(other, "concerns", writer=by),
        "altered": actions.pass_for(draft, "concerns", writer=by)[:-1],
    }.get(wrong, wrong)
    answer = Client().post(page, {"pass": given, "concerns": "From nobody"})
    assert answer.status_code == 302 and "session" not in answer.url
    assert not Unsaved.objects.exists()


def test_a_pass_is_good_no_longer_than_a_session_and_only_for_who_may_still_write(
    draft, page, cast, signed_in, standing, settings
):
    given = actions.pass_for(draft, "concerns", writer=standing(cast.referrer))
    settings.SESSION_HOURS = -1
    Client().post(page, {"pass": given, "concerns": "Too late"})
    settings.SESSION_HOURS = 12
    strangers = actions.pass_for(draft, "concerns", writer=standing(cast.other_referrer))
    Client().post(page, {"pass": strangers, "concerns": "Not theirs"})
    actions.send_for_approval(draft, by=standing(cast.referrer))
    Client().post(page, {"pass": given, "concerns": "Sent on"})
    assert not Unsaved.objects.exists()


def test_a_pass_opens_nothing(page, draft, cast, standing):
    given = actions.pass_for(draft, "concerns", writer=standing(cast.referrer))
    client = Client()
    assert client.get(page, {"pass": given}).status_code == 302
    assert client.post(reverse("referrals:withdraw", args=[draft.pk]), {"pass": given}).status_code == 302
    draft.refresh_from_db()
    assert draft.can_be_written
