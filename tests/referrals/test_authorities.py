"""Whose case it is, where the referral did not know."""

import pytest
from django.urls import reverse

from audit.lifecycle import AlreadyDone
from audit.verify import breaks
from cases.models import Case
from deadlines.models import Deadline
from notifications.incident.models import Notification
from referrals import actions
from referrals.rights import NotPermitted


@pytest.fixture
def unsaid(draft, cast, standing):
    """A referral that does not say where it happened: it went to the first authority, the Fell Isles."""
    actions.send_for_approval(draft, by=standing(cast.referrer))
    return actions.approve(draft, by=standing(cast.lead))


def settle(referral, cast, by):
    return actions.settle_authorities(
        referral, by=by, incident_la=cast.agencies.westmoor, home_la=None, reason="The police log says so"
    )


def test_the_case_passes_from_the_one_authoritys_people_to_the_others(unsaid, cast, standing):
    assert Case.objects.visible_to(standing(cast.isles_notifier)).exists()
    settle(unsaid, cast, standing(cast.coordinator))
    for gone in (cast.isles_notifier, cast.partner_isles):
        assert not Case.objects.visible_to(standing(gone)).exists()
    for come in (cast.la_notifier, cast.la_approver, cast.partner_la, cast.partner_icb, cast.coordinator):
        assert Case.objects.visible_to(standing(come)).exists()
    assert list(breaks()) == []


def test_the_notification_and_its_clocks_become_the_other_authoritys(unsaid, cast, standing):
    before = Deadline.objects.get(code="T01")
    settle(unsaid, cast, standing(cast.coordinator))
    assert Notification.objects.get().notifying_la == cast.agencies.westmoor
    after = Deadline.objects.get(code="T01")
    assert after.owed_by_agency == cast.agencies.westmoor
    assert (after.counted_from, after.due_on) == (before.counted_from, before.due_on)


def test_the_authority_responsible_for_a_looked_after_child_notifies_wherever_it_happened(draft, cast, standing):
    by = standing(cast.referrer)
    actions.change_kind(draft, "looked_after_death", by=by)
    given = {"looked_after": "yes", "responsible_la": str(cast.agencies.fell_isles.pk)}
    actions.save_page(draft, "child-1-care", given, by=by)
    actions.send_for_approval(draft, by=by)
    sent = actions.approve(draft, by=standing(cast.lead))
    settle(sent, cast, standing(cast.coordinator))
    assert Notification.objects.get().notifying_la == cast.agencies.fell_isles
    assert Deadline.objects.get(code="T03").owed_by_agency == cast.agencies.fell_isles
    assert Case.objects.visible_to(standing(cast.isles_notifier)).exists()
    assert Case.objects.visible_to(standing(cast.la_notifier)).exists()


def test_an_authority_where_the_child_lives_keeps_the_case(unsaid, cast, standing):
    actions.settle_authorities(
        unsaid,
        by=standing(cast.coordinator),
        incident_la=cast.agencies.westmoor,
        home_la=cast.agencies.fell_isles,
        reason="The child lives on the isles",
    )
    assert Case.objects.visible_to(standing(cast.isles_notifier)).exists()


def test_authorities_are_settled_by_a_coordinator_before_the_partners_are_asked(unsaid, cast, standing):
    with pytest.raises(NotPermitted):
        settle(unsaid, cast, standing(cast.la_notifier))
    actions.open_decision(unsaid, by=standing(cast.coordinator))
    with pytest.raises(AlreadyDone):
        settle(unsaid, cast, standing(cast.coordinator))


def test_the_coordinator_is_told_what_is_not_confirmed_and_settles_it_on_the_page(unsaid, cast, signed_in):
    client = signed_in(cast.coordinator)
    triage = reverse("referrals:triage", args=[unsaid.pk])
    address = reverse("referrals:authorities", args=[unsaid.pk])
    assert "Not confirmed" in client.get(triage).text
    sent = {"incident_la": cast.agencies.westmoor.pk, "home_la": "", "reason": "Known", "token": "settle-it-now"}
    school = client.post(address, {**sent, "incident_la": cast.agencies.school.pk})
    assert "Select the local authority where it happened" in school.text
    assert client.post(address, sent).url == triage
    shown = client.get(triage).text
    assert "Westmoor Council" in shown and "Not confirmed" not in shown
