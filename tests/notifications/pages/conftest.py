"""A notification of today, being prepared or sent, and what is read from its pages."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.actions import add_child, open_case
from notifications.incident.actions import open_notification, record_sent


@pytest.fixture
def case(cast, standing):
    """Westmoor's case, opened three days ago."""
    by = standing(cast.coordinator, timezone.now() - timedelta(days=3))
    made = open_case(by=by, incident_la=cast.agencies.westmoor, harm="serious_harm")
    add_child(made, by=by, identity={"full_name": "Zephyrine Quillfeather", "born_on": date(2026, 3, 2)}, age_years=0)
    return made


@pytest.fixture
def notification(case, cast, standing):
    return open_notification(case, by=standing(cast.la_notifier, timezone.now() - timedelta(days=3)))


@pytest.fixture
def sent(notification, cast, standing):
    by = standing(cast.la_notifier)
    return record_sent(notification, by=by, sent_at=by.at - timedelta(hours=2), reference="N-1")


def hidden(client, url, *names):
    page = client.get(url).content.decode()
    found = {}
    for name in names:
        tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
        value = re.search(r'value="([^"]*)"', tag.group(0)) if tag else None
        found[name] = value.group(1) if value else ""
    return found


def when(name, instant=None):
    """An instant as the three boxes and the time of a form; by default yesterday at midday."""
    day = instant or timezone.localtime() - timedelta(days=1)
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
        f"{name}-time": "midday",
    }


def url_of(notification, rest=""):
    return f"/notifications/{notification.pk}/{rest}"
