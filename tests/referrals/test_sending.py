"""Sending a referral: one transaction makes the case of it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from audit.models import Event
from audit.verify import breaks
from cases.models import Case, Child, Identity, ParallelProcess, Person, TeamMember
from cases.parts import Part
from deadlines.models import Deadline
from documents.freezing import sha256_of
from notifications.incident.models import Notification
from referrals import actions
from referrals.models import PageAnswers, Referral
from referrals.rights import NotPermitted
from tests.referrals.addresses import url
from tests.referrals.conftest import NAME, NHS_NUMBER


def test_a_sent_referral_is_a_case_with_its_children_people_and_processes(sent, cast):
    case = Case.objects.get()
    assert sent.case == sent.opened == case
    assert (case.incident_la, case.home_la) == (cast.agencies.westmoor, cast.agencies.fell_isles)
    assert (case.harm, case.incident_on) == ("serious_harm", date(2026, 9, 5))
    baby, sister, unborn = Child.objects.order_by("number")
    assert (baby.primary_subject, baby.age_years, baby.harm, baby.child_protection) == (
        True,
        0,
        "serious_harm",
        "current",
    )
    assert (baby.identity.full_name, baby.identity.nhs_number) == (NAME, NHS_NUMBER)
    assert (sister.primary_subject, sister.age_years, sister.identity.born_text) == (False, None, "2022")
    assert (unborn.unborn, unborn.age_years, unborn.identity.born_text) == (True, None, "January 2027")
    mother = Person.objects.get()
    assert (mother.relationship, mother.in_household, mother.identity.born_on) == ("Mother", True, date(1999, 5, 6))
    assert ParallelProcess.objects.get().kind == "criminal"


def test_the_case_takes_over_the_chain_of_the_draft(sent):
    assert sent.trail == sent.chain == sent.case.chain
    verbs = list(Event.objects.filter(trail=sent.chain).values_list("verb", flat=True))
    assert verbs[0] == "referral started"
    assert verbs[-1] == "referral submitted"
    assert list(breaks()) == []


def test_the_answers_are_frozen_with_their_hash_and_kept_once(sent):
    assert sent.frozen["pages"]["child-1-identity"]["answers"]["full_name"] == NAME
    assert sent.frozen_sha256 == sha256_of(sent.frozen)
    assert not PageAnswers.objects.exists()


def test_sending_opens_a_notification_whose_clock_is_not_confirmed(sent):
    notification = Notification.objects.get(case=sent.case)
    assert notification.is_preparing
    assert Deadline.objects.get(case=sent.case, code="T01").provisional


@pytest.mark.parametrize(
    ("kind", "said", "route", "clocks"),
    [
        ("looked_after_death", {}, "lac_death_no_abuse", {"T03"}),
        ("looked_after_death", {"abuse": {"abuse": "suspected"}}, "s16c_death", {"T01", "T02"}),
        ("care_leaver_death", {"child-1-identity": {"born": "born", "born_on": "2004"}}, "care_leaver_death", {"T04"}),
        (
            "care_leaver_death",
            {"child-1-identity": {"born": "born", "born_on": "2010-05-06"}},
            "s16c_death",
            {"T01", "T02"},
        ),
        (
            "care_leaver_death",
            {"child-1-identity": {"born": "born", "born_on": "1998-05-06"}},
            "s16c_death",
            {"T01", "T02"},
        ),
    ],
)
def test_the_clock_is_that_of_what_was_referred(draft, cast, standing, kind, said, route, clocks):
    by = standing(cast.referrer)
    actions.change_kind(draft, kind, by=by)
    dead = {"harm": {"harm": "death"}, "child-1-safety": {"harm": "death", "died_on": "2026-09-05"}}
    for page, given in {**dead, **said}.items():
        actions.save_page(draft, page, given, by=by)
    actions.send_for_approval(draft, by=by)
    sent = actions.approve(draft, by=standing(cast.lead))
    assert Notification.objects.get(case=sent.case).kind == route
    assert set(Deadline.objects.open().filter(case=sent.case).values_list("code", flat=True)) == clocks


def test_a_case_with_learning_alone_has_no_notification_to_be_late_with(draft, cast, standing):
    by = standing(cast.referrer)
    actions.change_kind(draft, "learning", by=by)
    actions.send_for_approval(draft, by=by)
    actions.approve(draft, by=standing(cast.lead))
    assert not Notification.objects.exists()


def test_the_author_and_the_leads_hold_their_own_referral_and_nothing_else(sent, cast, standing):
    parts = TeamMember.objects.filter(case=sent.case, part=Part.OWN_REFERRAL)
    assert {(part.row, part.membership_id is None) for part in parts} == {
        (f"referrals.Referral:{sent.pk}", True),
        (f"referrals.Referral:{sent.pk}", False),
    }
    for person in (cast.referrer, cast.lead):
        assert Referral.objects.visible_to(standing(person)).filter(pk=sent.pk).exists()
        assert not Case.objects.visible_to(standing(person)).exists()


def test_what_is_unknown_or_could_not_be_accepted_never_prevents_sending(draft, cast, standing):
    by = standing(cast.referrer)
    actions.save_page(
        draft,
        "child-1-numbers",
        {"nhs_known": "yes", "nhs_number": ""},
        typed={"nhs_known": ["yes"], "nhs_number": ["12"]},
        by=by,
    )
    actions.send_for_approval(draft, by=by)
    actions.approve(draft, by=standing(cast.lead))
    draft.refresh_from_db()
    assert draft.is_sent
    assert draft.still_needed > 10
    assert draft.frozen["pages"]["child-1-numbers"]["typed"]["nhs_number"] == ["12"]
    assert Child.objects.get().identity.nhs_number == ""


def test_what_a_later_answer_made_void_goes_nowhere(written, cast, standing):
    author = standing(cast.referrer)
    for page, given in {
        "abuse": {"abuse": "no"},
        "child-2-numbers": {"nhs_known": "yes", "nhs_number": "4010232137"},
        "child-2-identity": {"subject": "sibling", "born": "unborn", "expected_on": "2027-01"},
    }.items():
        actions.save_page(written, page, given, by=author)
    actions.send_for_approval(written, by=author)
    sent = actions.approve(written, by=standing(cast.lead))
    assert not Identity.objects.filter(nhs_number="4010232137").exists()
    told = str(list(Notification.objects.get(case=sent.case).answer_sets.values_list("answers", flat=True)))
    assert "head injury" in told and "no explanation" not in told and "physical" not in told
    assert not {"abuse-details", "child-2-numbers"} & set(sent.frozen["pages"])


def test_an_empty_draft_can_be_sent(draft, cast, standing):
    actions.send_for_approval(draft, by=standing(cast.referrer))
    actions.approve(draft, by=standing(cast.lead))
    assert Case.objects.get().incident_la == cast.agencies.fell_isles


def test_harm_outside_england_is_the_home_authoritys(draft, cast, standing):
    by = standing(cast.referrer)
    actions.save_page(draft, "where", {"outside_england": "yes", "country": "Spain"}, by=by)
    actions.save_page(draft, "authorities", {"home_la": str(cast.agencies.westmoor.pk)}, by=by)
    actions.send_for_approval(draft, by=by)
    actions.approve(draft, by=standing(cast.lead))
    case = Case.objects.get()
    assert (case.incident_la, case.outside_england) == (cast.agencies.westmoor, True)


def test_the_same_submit_twice_gives_the_first_result(waiting, cast, standing):
    by = standing(cast.lead)
    actions.approve(waiting, by=by, token="only-one-submit")
    again = Referral.objects.get(pk=waiting.pk)
    with pytest.raises(AlreadySubmitted) as refused:
        actions.approve(again, by=by, token="only-one-submit")
    assert refused.value.event.subject == f"referrals.Referral:{waiting.pk}"
    assert Case.objects.count() == 1


def test_a_second_approval_is_told_that_somebody_was_first(waiting, cast, standing):
    by = standing(cast.lead)
    stale = Referral.objects.get(pk=waiting.pk)
    actions.approve(waiting, by=by, token="the-first")
    with pytest.raises(AlreadyDone):
        actions.approve(stale, by=by, token="the-second")
    assert Case.objects.count() == 1


def test_nobody_approves_their_own_referral(cast, standing):
    by = standing(cast.lead)
    own = actions.start_draft(by=by, agency=cast.agencies.school)
    actions.send_for_approval(own, by=by)
    with pytest.raises(NotPermitted):
        actions.approve(own, by=by)
    # Whatever the verb says, the database holds it too.
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=own.pk).update(approved_by=cast.lead)


def test_another_agencys_lead_cannot_approve(waiting, cast, standing):
    with pytest.raises(NotPermitted):
        actions.approve(waiting, by=standing(cast.other_lead))


def test_a_coordinator_approves_only_where_the_agency_has_no_other_lead(waiting, cast, standing):
    with pytest.raises(NotPermitted):
        actions.approve(waiting, by=standing(cast.coordinator))
    cast.lead.memberships.update(ends_on=date(2021, 1, 1))
    actions.approve(waiting, by=standing(cast.coordinator))
    assert waiting.in_the_leads_place


def test_a_sent_referral_without_case_and_paper_cannot_exist(sent):
    for field in ("case", "opened", "paper", "approved_by", "submitted_at"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=sent.pk).update(**{field: None})


def test_nothing_of_a_sent_referral_can_be_written_any_more(sent, cast, standing):
    by = standing(cast.referrer)
    for verb in (
        lambda: actions.save_page(sent, "media", {"media": "yes"}, by=by),
        lambda: actions.add_one(sent, "child", by=by),
        lambda: actions.remove_one(sent, "child", 1, by=by),
        lambda: actions.withdraw(sent, by=by, reason="No longer wanted"),
    ):
        with pytest.raises(AlreadyDone):
            verb()
    before = sent.frozen_sha256
    sent.refresh_from_db()
    assert sha256_of(sent.frozen) == before


def test_the_paper_says_what_was_said_and_names_nobody(sent):
    content = str(sent.paper.content)
    assert "The child was brought to hospital with a head injury." in content
    assert "Two agencies held half of the picture." in content
    assert "Child A" in content and "Given, and held apart" in content
    for secret in ("Quillfeather", "2 March 2026", NHS_NUMBER, "943 476 5919", "Gannet", "TR1 3AY"):
        assert secret not in content
    assert sent.paper.reference == sent.case.reference


def test_what_could_not_be_read_goes_with_the_referral_as_it_was_typed(written, cast, standing, signed_in):
    author, lead = signed_in(cast.referrer), signed_in(cast.lead)
    born = {"born": "born", "born_on-day": "31", "born_on-month": "febtober", "born_on-year": "2026"}
    author.post(url("page", written.pk, "child-1-identity"), {**born, "seen_version": "1"})
    long = "The account goes on. " * 1200
    author.post(url("page", written.pk, "description"), {"description": long, "seen_version": "1"})
    checked = author.get(url("check", written.pk)).text
    assert "As it was typed: 31 febtober 2026" in checked
    assert f'<a class="govuk-link" href="{url("page", written.pk, "description")}?check">' in checked
    actions.send_for_approval(written, by=standing(cast.referrer))
    assert long.strip() in lead.get(url("approve", written.pk)).text
    sent = actions.approve(Referral.objects.get(pk=written.pk), by=standing(cast.lead))
    read = signed_in(cast.coordinator).get(url("referral", sent.pk)).text
    assert long.strip() in read and "febtober" not in read and "Something was typed that could not be read" in read
    assert Identity.objects.filter(child__case=sent.case, born_text="Typed as 31 febtober 2026").exists()
    assert long.strip() in str(sent.paper.content) and "febtober" not in str(sent.paper.content)
