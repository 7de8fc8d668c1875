"""Given an agency that refers, when everyone does their part, then a review is published - in a real browser."""

import csv
import io

import pytest

from accounts.models import Membership
from agency_returns.models import AgencyReturn
from cases.models import Case
from deadlines.models import Deadline
from decisions.models import Decision
from notifications.incident.models import Notification
from notifications.reminders.models import Message
from notifications.reminders.sweep import sweep
from publications.models import Publication
from referrals.models import Referral

from . import path as steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def walk(cast, at_browser, *, scripts: bool) -> None:
    """The whole path, as each role in turn."""
    sits = {}

    def at(name):
        if name not in sits:
            sits[name] = at_browser(getattr(cast, name), scripts=scripts, width=1280 if scripts else 320)
        return sits[name]

    referral = steps.a_referral_is_written(at("referrer"), cast)
    steps.a_file_is_attached(at("referrer"), referral)
    steps.it_is_sent_for_approval(at("referrer"), referral)
    reference = steps.the_lead_approves(at("lead"), referral)
    case = Case.objects.get(reference=reference)
    at("other_referrer").goes_to(f"/referrals/{referral}/", expect=404)
    at("referrer").goes_to(f"/cases/{reference}/", expect=404)

    steps.the_coordinator_puts_it_to_the_partners(at("coordinator"), referral)
    criteria = the_newest_decision(case)
    steps.a_partner_signs(at("partner_la"), criteria, "notify_and_rapid_review", "Serious harm, abuse suspected.")
    at("partner_icb").goes_to(f"/decisions/{criteria}/").does_not_read("Serious harm, abuse suspected.")
    at("coordinator").goes_to(f"/decisions/{criteria}/").does_not_read("Serious harm, abuse suspected.")
    steps.a_partner_signs(at("partner_icb"), criteria, "notify_and_rapid_review", "Health agrees.")
    steps.a_partner_signs(at("partner_police"), criteria, "no_further_action", "We would wait for the medical report.")
    at("partner_icb").goes_to(f"/decisions/{criteria}/").reads("Serious harm, abuse suspected.")
    steps.the_criteria_are_decided(at("coordinator"), referral)
    at("referrer").goes_to(f"/referrals/{referral}/").reads("The partners will notify this")

    notification = Notification.objects.get(case=case)
    rapid_review = steps.the_authority_notifies(at("la_notifier"), notification.pk)
    steps.the_business_unit_has_its_copy(at("coordinator"), notification.pk)
    at("isles_notifier").goes_to(f"/notifications/{notification.pk}/", expect=404)

    steps.agencies_are_asked(at("coordinator"), case.pk, [cast.agencies.school, cast.agencies.hospital])
    asked = {row.request.agency_id: row.pk for row in AgencyReturn.objects.filter(request__case=case)}
    ours, theirs = asked[cast.agencies.school.pk], asked[cast.agencies.hospital.pk]
    at("other_lead").goes_to(f"/agency-returns/{ours}/", expect=404)
    at("lead").goes_to(f"/agency-returns/{ours}/colleague/")
    at("lead").fills(colleague=Membership.objects.get(user=cast.referrer).pk).presses("Ask this colleague")
    steps.an_agency_answers(at("referrer"), at("lead"), ours)
    steps.a_nil_return_is_sent(at("other_lead"), theirs)
    steps.the_return_is_accepted(at("coordinator"), ours)

    steps.the_panel_meets(at("coordinator"), rapid_review, cast.agencies.hospital)
    steps.it_is_put_for_signing(at("coordinator"), rapid_review)
    decision = the_newest_decision(case)
    for name in ("partner_la", "partner_icb", "partner_police"):
        steps.a_partner_signs(at(name), decision, "initiate_lcspr", "I agree with the panel.")
    steps.the_rapid_review_is_concluded_and_sent(at("coordinator"), rapid_review)

    reviewer = Membership.objects.get(user=cast.reviewer)
    review = steps.a_local_review_is_commissioned(at("coordinator"), rapid_review, reviewer.pk)
    steps.the_report_is_written(at("reviewer"), review)
    steps.the_report_is_put_for_signing(at("coordinator"), review)
    sign_off = the_newest_decision(case)
    for name in ("partner_la", "partner_icb", "partner_police"):
        steps.a_partner_signs(at(name), sign_off, "agree", "Signed off.")
    steps.the_report_is_published(at("coordinator"), review)
    steps.an_action_is_planned_and_reported_on(at("coordinator"), at("action_owner"), case.pk, cast.agencies.hospital)

    the_clocks_have_run(case)
    the_public_reads_it(at("referrer"))
    the_return_is_exported(at("coordinator"), reference)
    at("coordinator").goes_to(f"/cases/{reference}/").goes_to(f"/cases/{reference}/history/").goes_to("/cases/")


def the_newest_decision(case) -> int:
    return Decision.objects.filter(case=case).order_by("-pk").first().pk


def the_clocks_have_run(case) -> None:
    met = set(Deadline.objects.filter(case=case).exclude(met_on=None).values_list("code", flat=True))
    assert {"T01", "T02", "T02a", "T05", "T07", "T08", "T09", "T10"} <= met
    assert Deadline.objects.get(case=case, code="T13").is_open


def the_public_reads_it(anyone) -> None:
    publication = Publication.objects.get()
    anyone.goes_to("/").reads("A bruise seen twice")
    anyone.goes_to("/library/").goes_to(publication.get_absolute_url()).reads("One chronology for each child")
    anyone.does_not_read("CIOS-").does_not_read("Zephyrine")


def the_return_is_exported(cora, reference) -> None:
    cora.goes_to("/returns/")
    with cora.page.expect_download() as download:
        cora.page.get_by_role("button", name="Export return").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["case_ref"] for row in rows] == [reference, reference]
    assert [row["unborn"] for row in rows] == ["no", "yes"]
    assert "Zephyrine" not in text


def test_a_case_goes_from_referral_to_published_review(cast, at_browser, seen, mailoutbox):
    from django.utils import timezone

    walk(cast, at_browser, scripts=True)
    assert {kind: found for kind, found in seen.items() if found} == {}
    assert Referral.objects.get().paper is not None
    sweep(clock=timezone.now)
    assert Message.objects.exclude(state=Message.State.SENT).count() == 0
    assert any(letter.to == [cast.referrer.email] for letter in mailoutbox)
    assert not any("Zephyrine" in letter.body + letter.subject for letter in mailoutbox)


def test_the_same_path_works_without_scripts_on_a_phone(cast, at_browser):
    walk(cast, at_browser, scripts=False)
