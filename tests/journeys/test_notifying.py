"""The local authority notifies, or finds that it need not have - in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deadlines.models import Deadline
from notifications.incident.actions import record_awareness
from notifications.incident.models import Notification
from rapid_reviews.actions import record_notification_sent
from rapid_reviews.models import RapidReview

from .begun import a_referral_sent
from .path import a_moment_ago, today

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PARTNERS = ("Wrenshire Integrated Care Board", "Wrenshire Police")


@pytest.fixture
def notification(cast, standing) -> Notification:
    return Notification.objects.get(case=a_referral_sent(cast, standing).case)


def test_the_notifier_copies_the_form_records_a_late_sending_and_tells_each_partner(notification, at, cast, standing):
    long_ago = timezone.now() - timedelta(days=30)
    record_awareness(
        notification, by=standing(cast.la_notifier), la_first_aware_at=long_ago, abuse_first_suspected_at=long_ago
    )
    nia, page = at("la_notifier"), f"/notifications/{notification.pk}/"
    nia.goes_to(page).reads("Overdue").follows("Copy the answers into the national form")
    nia.reads("Still needed").reads("The department asks for this later").reads("after 20 minutes")
    if nia.scripts:
        an_answer_is_copied_and_the_time_counts_down(nia)
    nia.follows("Record that it was sent").fills(**a_moment_ago("sent_at"), reference="SIN-10001")
    nia.is_refused("Record as sent").reads("Enter why it was sent late")
    nia.fills(late_reason="The consultant’s opinion came after four weeks.").presses("Record as sent")
    assert RapidReview.objects.get(notification=notification).pk == nia.number

    nia.goes_to(page).reads("SIN-10001").reads("after four weeks").reads("Done late").reads("Not told yet")
    for partner in PARTNERS:
        nia.goes_to(page).follows("Record that the partners were told")
        nia.fills(partners=[partner], **a_moment_ago("told_at"), channel="secure_email", late_reason="As above.")
        nia.presses("Record that they were told")
    nia.does_not_read("Not told yet").reads("Every partner told")
    cora = at("coordinator")
    cora.goes_to(page).follows("Record that the business unit has its copy")
    cora.fills(**a_moment_ago("received_at")).presses("Record the copy").reads("Business unit has its copy")
    assert not Deadline.objects.filter(case=notification.case, code__in=["T01", "T02", "T02a"], met_on=None).exists()


def an_answer_is_copied_and_the_time_counts_down(nia) -> None:
    nia.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=nia.base)
    box = nia.page.locator(".app-copy").filter(has_text="What happened").first
    box.get_by_role("button").click()
    nia.page.wait_for_function("document.body.textContent.includes('Copied')")
    assert nia.page.evaluate("navigator.clipboard.readText()") == box.locator(".app-copy__words").inner_text()
    nia.page.clock.install()
    nia.goes_to(nia.path)
    nia.page.get_by_role("button", name="Start 20 minutes").click()
    nia.reads("20 minutes left")
    nia.page.clock.fast_forward("16:00")
    nia.reads("4 minutes left. Save or move on in the national form now.")
    nia.page.clock.fast_forward("04:01")
    nia.reads("has signed you out if you did nothing there")


def test_a_notification_is_withdrawn_when_the_criteria_turn_out_not_to_be_met(notification, at, cast, standing):
    by = standing(cast.la_notifier)
    review = record_notification_sent(notification, by=by, sent_at=by.at - timedelta(minutes=5), reference="SIN-7")
    nia, page = at("la_notifier"), f"/notifications/{notification.pk}/"
    nia.goes_to(page).follows("Withdraw the notification").is_refused("Withdraw").reads("Enter why")
    nia.fills(reason="The post-mortem found a natural cause.").presses("Withdraw").reads("Its open clocks are void")
    nia.reads("Void").reads("The post-mortem found a natural cause.").reads("SIN-7")
    cora = at("coordinator").goes_to(f"/rapid-reviews/{review.pk}/").reads("The post-mortem found a natural cause.")
    cora.goes_to(f"/cases/{notification.case.reference}/").reads("Withdrawn")
    assert not Deadline.objects.open().filter(case=notification.case).exists()
    nia.goes_to(page).follows("was told")
    nia.fills(**a_moment_ago("sent_at"), channel="national_form").presses("Record").goes_to(page)
    nia.does_not_read("Not sent yet").goes_to(f"/cases/{notification.case.reference}/")
    nia.follows("Open another notification")
    nia.fills(kind="s16c_death", notifying_la=cast.agencies.westmoor.pk, received_on=today()).presses("Open")
    nia.reads("Serious incident notification 2").reads("was withdrawn")


def test_a_death_on_either_route_that_is_only_notified_ends_without_a_rapid_review(at, cast):
    nia = at("la_notifier")
    for kind, limit in (("lac_death_no_abuse", "T03"), ("care_leaver_death", "T04")):
        nia.goes_to("/notifications/").follows("Open a notification").reads("No rapid review follows")
        nia.fills(kind=kind, notifying_la=cast.agencies.westmoor.pk, title="A young person’s death")
        nia.fills(outside_england="no", received_on=today()).presses("Open notification")
        nia.reads("Notification of a death").reads("No rapid review follows.")
        nia.follows("Copy the answers").reads("No rapid review follows from it")
        nia.follows("Record that it was sent").fills(**a_moment_ago("sent_at"), reference="SIN-8")
        nia.presses("Record as sent").reads("No rapid review follows.").reads("Secretary of State")
        case = Notification.objects.get(kind=kind).case
        assert set(Deadline.objects.filter(case=case).values_list("code", flat=True)) == {limit}
        nia.goes_to(f"/cases/{case.reference}/").reads("No rapid review follows")
    assert not RapidReview.objects.exists()
