"""The time limit to notify may have begun before the referral came: whoever looks at it is warned."""

from datetime import UTC, datetime

import pytest

from notifications.incident.actions import record_awareness
from notifications.incident.models import Notification
from referrals import actions
from tests.referrals.addresses import url


@pytest.fixture
def referred(cast, standing):
    """`referred(user, lead, agency, pages)`: a referral that was sent with these pages alone."""

    def of(author, lead, agency, pages):
        referral = actions.start_draft(by=standing(author), agency=agency)
        for page, given in pages.items():
            actions.save_page(referral, page, given, by=standing(author))
        actions.send_for_approval(referral, by=standing(author))
        return actions.approve(referral, by=standing(lead))

    return of


def test_an_earlier_day_on_which_the_authority_was_told_is_a_warning_until_it_confirms(sent, cast, signed_in, standing):
    client = signed_in(cast.coordinator)
    listed = client.get(url("queue")).text
    assert "May be overdue" in listed and "social care was told: 7 September 2026" in listed
    shown = client.get(url("triage", sent.pk)).text
    assert "The time limit may have begun earlier" in shown and "T01 was due 14 September 2026" in shown
    record_awareness(
        Notification.objects.get(case=sent.case),
        by=standing(cast.la_notifier),
        la_first_aware_at=datetime(2026, 9, 7, 9, tzinfo=UTC),
        abuse_first_suspected_at=datetime(2026, 9, 7, 9, tzinfo=UTC),
    )
    assert "may have begun earlier" not in client.get(url("triage", sent.pk)).text
    assert "May be overdue" not in client.get(url("queue")).text


@pytest.mark.parametrize(
    ("pages", "warned"),
    [
        ({"told": {"told": ["social_care"], "social_care_told_on": "2026-09"}}, True),
        ({"told": {"told": ["social_care"], "social_care_told_on": "unknown"}}, False),
        ({"told": {"told": ["police"]}, "awareness": {"agency_aware_on": "2026-09-01"}}, False),
        ({}, False),
    ],
)
def test_only_what_the_authority_was_told_before_is_one(referred, cast, signed_in, pages, warned):
    referral = referred(cast.referrer, cast.lead, cast.agencies.school, pages)
    shown = signed_in(cast.coordinator).get(url("triage", referral.pk)).text
    assert ("may have begun earlier" in shown) is warned


def test_an_authority_that_refers_itself_knew_when_it_says(referred, cast, signed_in):
    from accounts.models import Membership
    from accounts.roles import Role

    for person, role in ((cast.la_notifier, Role.REFERRER), (cast.la_approver, Role.AGENCY_LEAD)):
        Membership.objects.create(
            user=person,
            agency=cast.agencies.westmoor,
            role=role,
            starts_on="2020-01-01",
            approved_at=datetime(2020, 1, 1, tzinfo=UTC),
        )
    pages = {"awareness": {"agency_aware_on": "2026-09-01"}}
    referral = referred(cast.la_notifier, cast.la_approver, cast.agencies.westmoor, pages)
    shown = signed_in(cast.coordinator).get(url("triage", referral.pk)).text
    assert "became aware: 1 September 2026" in shown
