"""Somebody without an account, signed in by an e-mailed code, refers for their agency."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.codes import correspondent_for
from referrals import actions
from referrals.models import Referral


@pytest.fixture
def correspondent(cast):
    return correspondent_for("nursery@harbourlane.example.org", cast.agencies.school, at=timezone.now())


def test_a_correspondent_drafts_and_the_agencys_lead_approves(correspondent, cast, standing, past_the_first_question):
    client = past_the_first_question(correspondent)
    started = client.post(
        reverse("referrals:begin"),
        {"kind": "learning", "agency": cast.agencies.school.pk, "token": "a-correspondents-form"},
    )
    referral = Referral.objects.get()
    assert started.url == reverse("referrals:tasks", args=[referral.pk])
    client.post(
        reverse("referrals:page", args=[referral.pk, "concerns"]), {"concerns": "Nobody spoke", "seen_version": "0"}
    )
    actions.send_for_approval(referral, by=standing(correspondent))
    actions.approve(referral, by=standing(cast.lead))
    read = client.get(reverse("referrals:referral", args=[referral.pk]))
    assert "Received" in read.text and "Nobody spoke" not in read.text


def test_a_correspondent_reaches_nothing_but_their_own(correspondent, sent, draft, signed_in):
    client = signed_in(correspondent)
    for referral in (sent, draft):
        assert client.get(reverse("referrals:referral", args=[referral.pk])).status_code == 404
    assert "0 referrals" in client.get(reverse("referrals:list")).text
