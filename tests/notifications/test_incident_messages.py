"""Who is told about a notification."""

import pytest
from django.template.loader import render_to_string

from accounts.models import Membership
from notifications.incident.messages import TELLINGS


@pytest.mark.parametrize("telling", TELLINGS, ids=lambda telling: telling.verb)
def test_a_message_is_the_reference_and_a_link(telling, partnership):
    context = {
        "reference": "CIOS-2026-0003",
        "link": "https://example.org/notifications/1/",
        "partnership": partnership,
    }
    subject = render_to_string(f"{telling.template}.subject.txt", context).strip()
    text = render_to_string(f"{telling.template}.txt", context)
    assert "CIOS-2026-0003" in subject and "\n" not in subject
    assert "CIOS-2026-0003" in text and "https://example.org/notifications/1/" in text


def test_the_notifiers_of_the_authority_that_day_are_told(notification, cast, notifier):
    day = notifier().today
    assert set(notification.recipients("notifiers", day)) == {cast.la_notifier, cast.la_approver}
    Membership.objects.filter(user=cast.la_approver).update(ends_on="2021-01-01")
    assert set(notification.recipients("notifiers", day)) == {cast.la_notifier}
