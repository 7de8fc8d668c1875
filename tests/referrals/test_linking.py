"""A related case is linked, which changes neither; a conflict of interest bars from all of it."""

import pytest
from django.urls import reverse

from audit.lifecycle import AlreadyDone
from audit.models import Event
from audit.verify import breaks
from cases.actions import declare_conflict, open_case
from referrals import actions, rights
from referrals.models import Link
from referrals.panel import panel
from referrals.rights import NotPermitted


@pytest.fixture
def other(cast, standing):
    return open_case(by=standing(cast.coordinator), incident_la=cast.agencies.westmoor)


def test_a_link_is_recorded_in_both_cases_and_moves_neither(sent, other, cast, standing):
    by = standing(cast.coordinator)
    actions.link(sent, other, by=by, reason="The same household")
    with pytest.raises(AlreadyDone):
        actions.link(sent, other, by=by, reason="Again")
    sent.refresh_from_db()
    assert sent.case == sent.opened
    for trail in (sent.trail, other.chain):
        assert Event.objects.filter(trail=trail, verb__startswith="related").count() == 1
    actions.unlink(sent, other, by=by, reason="A mistake")
    with pytest.raises(AlreadyDone):
        actions.unlink(sent, other, by=by, reason="Again")
    actions.link(sent, other, by=by, reason="It was none")
    assert list(breaks()) == []


def test_only_a_coordinator_who_sees_both_links_them(sent, other, cast, standing):
    for person in (cast.referrer, cast.lead, cast.partner_la, cast.la_notifier):
        with pytest.raises(NotPermitted):
            actions.link(sent, other, by=standing(person), reason="Because")
    declare_conflict(other, cast.coordinator, by=standing(cast.coordinator), what="A relative")
    with pytest.raises(NotPermitted):
        actions.link(sent, other, by=standing(cast.coordinator), reason="Because")


def test_a_link_is_seen_by_whoever_sees_both_and_never_by_the_agency(sent, other, cast, standing):
    actions.link(sent, other, by=standing(cast.coordinator), reason="The same household")
    assert Link.objects.visible_to(standing(cast.coordinator)).exists()
    assert not Link.objects.visible_to(standing(cast.referrer)).exists()
    assert not Link.objects.visible_to(standing(cast.isles_notifier)).exists()
    rows = {row.term: row.value for row in panel(sent.case, standing(cast.coordinator), standing(cast.lead).today).rows}
    assert rows["Related case"] == other.reference
    mine = panel(sent.case, standing(cast.referrer), standing(cast.referrer).today)
    assert "Related case" not in {row.term for row in mine.rows}


def test_linking_on_the_pages_answers_alike_for_what_is_hidden_and_what_is_not_there(
    sent, other, cast, signed_in, standing
):
    hidden = open_case(by=standing(cast.coordinator), incident_la=cast.agencies.westmoor)
    declare_conflict(hidden, cast.coordinator, by=standing(cast.coordinator), what="A relative")
    client, address = signed_in(cast.coordinator), reverse("referrals:link", args=[sent.pk])
    given = {"reason": "The same household", "token": "link-it-once-please"}
    answers = [
        client.post(address, {**given, "reference": reference}).context["form"].errors
        for reference in (hidden.reference, "CIOS-1999-0001", sent.reference)
    ]
    assert answers[0] == answers[1] == answers[2] and not Link.objects.exists()
    for _ in range(2):
        assert client.post(address, {**given, "reference": other.reference}).status_code == 302
    triage = client.get(reverse("referrals:triage", args=[sent.pk])).text
    assert "Related cases" in triage and "The same household" in triage
    gone = reverse("referrals:unlink", args=[sent.pk, other.pk])
    client.post(gone, {"reason": "A mistake", "token": "unlink-it-once-please"})
    assert not Link.objects.in_force().exists()


def test_a_conflict_of_interest_is_declared_from_the_triage_page_and_bars_from_everything(
    sent, cast, signed_in, standing
):
    client = signed_in(cast.coordinator)
    triage = reverse("referrals:triage", args=[sent.pk])
    declare = reverse("cases:conflict", args=[sent.case.pk])
    assert declare in client.get(triage).text
    client.post(declare, {"what": "I know the family"})
    for name in ("triage", "referral", "ask", "open_decision", "join", "link", "authorities", "paper"):
        assert client.get(reverse(f"referrals:{name}", args=[sent.pk])).status_code == 404
    by = standing(cast.coordinator)
    for right in (rights.TRIAGE, rights.JOIN, rights.CONCLUDE):
        assert not right.allows(by, sent)
    with pytest.raises(NotPermitted):
        actions.ask(sent, "Why?", by=by)
    # A colleague goes on.
    assert signed_in(cast.second_coordinator).get(triage).status_code == 200
