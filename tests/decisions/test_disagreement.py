"""Partners say that the criteria are met and the local authority does not notify."""

from datetime import timedelta

import pytest

from accounts.models import Cover, Membership
from accounts.rights import NotPermitted
from audit.lifecycle import AlreadyDone
from audit.models import Event
from audit.verify import breaks
from cases.actions import admit, declare_conflict
from cases.models import TeamMember
from cases.parts import Part
from deadlines.actions import void
from deadlines.models import Deadline
from deadlines.presenter import weekday_and_date
from decisions.actions import (
    NotReady,
    conclude,
    leave_unresolved,
    pass_on,
    pass_on_what_is_late,
    reopen,
    reveal,
    settle,
)
from decisions.lifecycle import Level
from decisions.models import Decision, Escalation
from decisions.panel import panel
from notifications.incident.actions import open_notification, record_sent

WHY = "The authority holds that the fracture was an accident."


@pytest.fixture
def disputed(decision, sign, cast, standing):
    """The health partner and the police say met; the authority, which has the final say, does not notify."""
    sign(cast.partner_la, "not_met", WHY)
    sign(cast.partner_icb)
    sign(cast.partner_police)
    return conclude(decision, by=standing(cast.coordinator), outcome="not_met", rationale="The authority's final say")


@pytest.fixture
def escalation(disputed):
    return Escalation.objects.get(decision=disputed)


def test_the_disagreement_goes_to_the_chair_the_same_day_with_the_authoritys_own_reasons(
    disputed, escalation, case_one, standing, cast
):
    from deadlines.models import BankHoliday

    assert (escalation.status, escalation.authority_reasons) == (Level.CHAIR, WHY)
    assert escalation.due_on == BankHoliday.objects.calendar().working_day_on_or_after(standing(cast.coordinator).today)
    assert Event.objects.filter(trail=case_one.chain, verb="disagreement raised").count() == 1
    assert disputed.record.content["not_notified"] == WHY
    by = standing(cast.coordinator)
    shown = panel(case_one, by, by.today)
    assert "with the chair of the panel" in shown.turn and not shown.finished


def test_where_they_agree_or_only_ask_for_more_nothing_is_escalated(decision, sign, cast, standing):
    by = standing(cast.coordinator)
    sign(cast.partner_la, "not_met", WHY)
    sign(cast.partner_icb)
    sign(cast.partner_police)
    conclude(decision, by=by, outcome="not_met", rationale="More is to be found out", final=False)
    assert not Escalation.objects.exists()
    again = reopen(decision, by=by, reason="More information came")
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        sign(person, "not_met", decision=again)
    conclude(again, by=by, outcome="not_met", rationale="All agree")
    assert not Escalation.objects.exists()


def test_without_the_authoritys_reasons_nothing_is_concluded(decision, partnership, sign, cast, standing):
    """By majority the authority's seat could stay empty; its reasons are needed all the same."""
    partnership.decision_rules = {"criteria": "majority"}
    partnership.save()
    decision.rule = "majority"
    decision.save()
    by = standing(cast.coordinator)
    sign(cast.partner_icb)
    sign(cast.partner_police)
    reveal(decision, by=by, reason="The authority does not answer")
    with pytest.raises(NotReady, match="why it does not notify"):
        conclude(decision, by=by, outcome="met", rationale="Two of three")
    decision.refresh_from_db()
    assert not decision.is_concluded and not Escalation.objects.exists()


def test_it_goes_from_the_chair_to_the_partners_to_the_senior_partners_and_no_further(
    escalation, cast, standing, case_one
):
    by = standing(cast.coordinator)
    with pytest.raises(NotReady):
        pass_on(escalation, by=by, reason=" ")
    second = pass_on(escalation, by=by, reason="The chair could not bring them together")
    assert second.status == Level.PARTNERS and second.due_on > by.today
    third = pass_on(second, by=by, reason="Nor could the partners")
    assert third.status == Level.SENIORS and third.seniors_at == by.at and third.due_on > second.due_on
    with pytest.raises(AlreadyDone):
        pass_on(third, by=by, reason="Further")
    assert list(breaks()) == []


def test_what_is_not_settled_by_its_day_goes_on_by_itself_and_stays_overdue_with_the_senior_partners(
    escalation, cast, standing
):
    at = standing(cast.coordinator).at
    assert pass_on_what_is_late(at=at) == 0
    for days, level in ((7, Level.PARTNERS), (14, Level.SENIORS)):
        assert pass_on_what_is_late(at=at + timedelta(days=days)) == 1
        assert pass_on_what_is_late(at=at + timedelta(days=days)) == 0
        escalation.refresh_from_db()
        assert escalation.status == level
    assert pass_on_what_is_late(at=at + timedelta(days=30)) == 0
    escalation.refresh_from_db()
    assert escalation.is_overdue(on=(at + timedelta(days=30)).date())


def test_the_senior_partner_reads_it_only_once_it_has_reached_them(
    disputed, escalation, case_one, cast, standing, signed_in
):
    url = f"/decisions/{disputed.pk}/disagreement/"
    client = signed_in(cast.senior_partner)
    assert client.get(url).status_code == 404
    by = standing(cast.coordinator)
    seniors = pass_on(pass_on(escalation, by=by, reason="Not settled"), by=by, reason="Not settled")
    page = client.get(url).content.decode()
    assert WHY in page and "Record how it ended" in page and "Pass it on" not in page
    assert set(seniors.recipients("senior_partners", by.today)) == {cast.senior_partner}
    declare_conflict(case_one, cast.senior_partner, by=by, what="A neighbour")
    assert client.get(url).status_code == 404
    assert cast.senior_partner not in seniors.recipients("senior_partners", by.today)


def test_the_chair_of_the_panel_has_it_although_the_case_was_not_given_to_them(
    decision, sign, case_one, cast, standing, signed_in
):
    client, url = signed_in(cast.panel_chair), f"/decisions/{decision.pk}/disagreement/"
    sign(cast.partner_la, "not_met", WHY)
    sign(cast.partner_icb)
    sign(cast.partner_police)
    assert client.get(f"/decisions/{decision.pk}/").status_code == 404
    by = standing(cast.coordinator)
    conclude(decision, by=by, outcome="not_met", rationale="The authority's final say")
    assert "Pass it on" in client.get(url).content.decode()
    assert TeamMember.objects.get(membership__user=cast.panel_chair).part == Part.REVIEW_PAPERS
    escalation = Escalation.objects.get()
    passed = pass_on(escalation, by=standing(cast.panel_chair), reason="Not settled")
    assert settle(passed, by=standing(cast.panel_chair), ending="The authority notifies").status == Level.SETTLED
    declare_conflict(case_one, cast.panel_chair, by=by, what="A neighbour")
    assert client.get(url).status_code == 404


def test_where_a_chair_works_on_the_case_no_other_is_given_it(decision, sign, case_one, cast, standing):
    by = standing(cast.coordinator)
    chair = Membership.objects.get(user=cast.panel_chair)
    other = Membership.objects.create(
        user=cast.scrutineer, agency=chair.agency, role=chair.role, starts_on="2020-01-01", approved_at=by.at
    )
    admit(case_one, Part.WHOLE_CASE, by=by, membership=chair)
    sign(cast.partner_la, "not_met", WHY)
    sign(cast.partner_icb)
    sign(cast.partner_police)
    conclude(decision, by=by, outcome="not_met", rationale="The authority's final say")
    assert not TeamMember.objects.filter(membership=other).exists()


def test_the_senior_partner_who_sees_no_more_of_the_case_sees_the_limit_for_notifying(
    disputed, escalation, case_one, cast, standing, signed_in
):
    by = standing(cast.coordinator)
    notification = open_notification(case_one, by=by)
    pass_on(pass_on(escalation, by=by, reason="Not settled"), by=by, reason="Not settled")
    client, url = signed_in(cast.senior_partner), f"/decisions/{disputed.pk}/disagreement/"
    clock = Deadline.objects.get(case=case_one, code="T01")
    page = client.get(url).content.decode()
    for words in ("keeps running", weekday_and_date(clock.due_on), "In time", "provisional"):
        assert words in page, words
    assert client.get(clock.get_absolute_url()).status_code == 404
    assert client.get(notification.get_absolute_url()).status_code == 404
    assert clock.get_absolute_url() not in page, "no link to what is closed to them"
    void(notification, by=by, reason="The partners decided again")
    assert "keeps running" not in client.get(url).content.decode()


def test_the_notifiers_read_of_the_disagreement_on_the_notification(disputed, case_one, cast, standing, signed_in):
    notification = open_notification(case_one, by=standing(cast.coordinator))
    page = signed_in(cast.la_notifier).get(notification.get_absolute_url()).content.decode()
    assert f"/decisions/{disputed.pk}/disagreement/" in page and "keeps running meanwhile" in page


def test_a_senior_partner_of_another_body_reads_nothing(escalation, disputed, cast, standing, signed_in):
    Membership.objects.filter(user=cast.senior_partner).update(agency=cast.agencies.fell_isles)
    by = standing(cast.coordinator)
    pass_on(pass_on(escalation, by=by, reason="Not settled"), by=by, reason="Not settled")
    assert signed_in(cast.senior_partner).get(f"/decisions/{disputed.pk}/").status_code == 404


def test_neither_the_authority_nor_another_partner_settles_it(escalation, cast, standing):
    for person in (cast.partner_la, cast.la_approver, cast.la_notifier, cast.partner_police):
        with pytest.raises(NotPermitted):
            settle(escalation, by=standing(person), ending="We are right")


def test_how_it_ended_is_kept_and_it_ends_once(escalation, cast, standing):
    by = standing(cast.coordinator)
    with pytest.raises(NotReady):
        settle(escalation, by=by, ending=" ")
    with pytest.raises(AlreadyDone):
        leave_unresolved(escalation, by=by, ending="The chair cannot leave it so")
    done = settle(escalation, by=by, ending="The authority notifies today after all")
    assert (done.status, done.ended_by) == (Level.SETTLED, cast.coordinator)
    with pytest.raises(AlreadyDone):
        settle(escalation, by=by, ending="Twice")


def test_what_the_senior_partners_cannot_settle_is_told_to_the_national_panel(escalation, cast, standing):
    by = standing(cast.coordinator)
    seniors = pass_on(pass_on(escalation, by=by, reason="Not settled"), by=by, reason="Not settled")
    done = leave_unresolved(seniors, by=by, ending="Letter to the Panel of today")
    assert done.status == Level.UNRESOLVED and not done.is_running


def test_deciding_again_ends_the_disagreement_and_keeps_the_first_decision(disputed, escalation, cast, standing):
    reopen(disputed, by=standing(cast.coordinator), reason="The post-mortem is in")
    escalation.refresh_from_db()
    assert escalation.status == Level.SETTLED and "The post-mortem is in" in escalation.ending
    assert Decision.objects.get(pk=disputed.pk).outcome == "not_met"


def test_the_authority_that_notifies_after_all_ends_it_and_nothing_goes_on_by_itself(
    disputed, escalation, case_one, cast, standing, signed_in
):
    authority = standing(cast.la_notifier)
    notification = open_notification(case_one, by=authority, received_on=authority.today)
    record_sent(notification, by=authority, sent_at=authority.at)
    escalation.refresh_from_db()
    assert (escalation.status, escalation.ending) == (Level.SETTLED, "The local authority has notified.")
    assert pass_on_what_is_late(at=authority.at + timedelta(days=30)) == 0
    page = f"/decisions/{disputed.pk}/disagreement/"
    assert "ask the partners to decide again" in signed_in(cast.coordinator).get(page).content.decode()
    assert "ask the partners to decide again" not in signed_in(cast.la_notifier).get(page).content.decode()


def test_notifying_keeps_what_was_said_when_the_senior_partners_could_not_settle_it(
    escalation, case_one, cast, standing
):
    by, authority = standing(cast.coordinator), standing(cast.la_notifier)
    for _ in range(2):
        escalation = pass_on(escalation, by=by, reason="It was not settled.")
    leave_unresolved(escalation, by=by, ending="The national panel was told by letter.")
    record_sent(open_notification(case_one, by=authority, received_on=by.today), by=authority, sent_at=authority.at)
    escalation.refresh_from_db()
    assert escalation.status == Level.SETTLED
    assert escalation.ending == "The national panel was told by letter.\n\nThe local authority has notified."


def test_notifying_a_death_that_the_panel_does_not_consider_leaves_the_disagreement_as_it_is(
    escalation, case_one, cast, standing
):
    authority = standing(cast.la_notifier)
    death = open_notification(case_one, by=authority, received_on=authority.today, kind="lac_death_no_abuse")
    record_sent(death, by=authority, sent_at=authority.at)
    escalation.refresh_from_db()
    assert escalation.is_running


def test_the_pages_pass_it_on_and_record_how_it_ended(disputed, escalation, cast, signed_in):
    from tests.decisions.test_pages import hidden

    base = f"/decisions/{disputed.pk}/disagreement/"
    client = signed_in(cast.coordinator)
    assert "See the disagreement" in client.get(f"/decisions/{disputed.pk}/").content.decode()
    page = client.get(base + "pass-on/").content.decode()
    sent = {"token": hidden(page, "token"), "reason": "The chair could not settle it"}
    assert "Enter why it could not be settled" in client.post(base + "pass-on/", sent | {"reason": ""}).content.decode()
    first, second = client.post(base + "pass-on/", sent), client.post(base + "pass-on/", sent)
    assert first["Location"] == second["Location"] == base
    escalation.refresh_from_db()
    assert escalation.status == Level.PARTNERS
    page = client.get(base + "settle/").content.decode()
    assert "could not be settled, and the national panel" not in page
    ended = {"token": hidden(page, "token"), "settled": "yes", "ending": "The authority notifies after all"}
    assert client.post(base + "settle/", ended).status_code == 302
    assert "The authority notifies after all" in client.get(base).content.decode()
    assert client.post(base + "settle/", ended | {"token": "anothertoken1"}).status_code == 409
    assert signed_in(cast.partner_la).get(base + "settle/").status_code == 403


def test_a_deputy_of_the_senior_partner_is_told_too(escalation, cast, standing):
    by = standing(cast.coordinator)
    Cover.objects.create(
        membership=Membership.objects.get(user=cast.senior_partner),
        deputy=cast.group_member,
        starts_on=by.today,
        ends_on=by.today,
    )
    assert set(escalation.recipients("senior_partners", by.today)) == {cast.senior_partner, cast.group_member}
