"""Row G1: each reading, each refusal, each search and each export is exactly one event."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event
from tests.permissions.addresses import is_of_a_case
from tests.permissions.expected import EXPECTED
from tests.permissions.test_pages import address_of

# Pages of a case that open no row of their own: a way on to the page that does, or a second row beside the first.
EVENTS = {"reminders:duty": 0, "reminders:news": 0, "referrals:match": 2, "referrals:unlink": 2}


def reader_of(name: str) -> str:
    """Somebody who gets the page; the coordinator where they do."""
    line = EXPECTED[name]
    opening = (line.answers[200] | line.answers[302]) - {"correspondent", "conflicted"}
    return "coordinator" if "coordinator" in opening else min(opening, default="")


OPENED = [name for name, line in EXPECTED.items() if is_of_a_case(name) and not line.pressed and reader_of(name)]
REFUSED = [
    name for name, line in EXPECTED.items() if line.answers[403] - {"correspondent", "conflicted"} and not line.pressed
]


def newest(since: int) -> list[Event]:
    return list(Event.objects.filter(pk__gt=since).order_by("pk"))


@pytest.fixture
def since(world) -> int:
    return Event.objects.order_by("-pk").first().pk


@pytest.mark.parametrize("name", OPENED)
def test_g1_opening_a_page_of_a_case_is_one_event(world, since, name):
    person = reader_of(name)
    answer = world.client(person).get(address_of(name, world.one))
    assert answer.status_code in (200, 302)
    events = newest(since)
    assert len(events) == EVENTS.get(name, 1), [event.verb for event in events]
    for event in events:
        assert event.reading
        assert event.actor == world.people[person]
        assert event.capacity


@pytest.mark.parametrize("name", REFUSED)
def test_g1_what_is_refused_is_an_event_that_says_who_and_where(world, since, name):
    line = EXPECTED[name]
    person = min(line.answers[403] - {"correspondent", "conflicted"})
    rows = world.one if is_of_a_case(name) else world.house
    assert world.client(person).get(address_of(name, rows)).status_code == 403
    refusals = [event for event in newest(since) if event.verb == "refused"]
    assert [(event.actor, event.subject) for event in refusals] == [
        (world.people[person], f"page:{name.partition(' ')[0]}")
    ]


def test_g1_what_is_not_there_for_somebody_leaves_no_event(world, since):
    assert world.client("comms_officer").get(f"/cases/{world.one.case.reference}/").status_code == 404
    assert newest(since) == []


def test_g1_a_search_is_one_event_without_its_words(world, since):
    world.client("coordinator").post(reverse("caseload:search"), {"words": "Quillfeather"})
    (event,) = newest(since)
    assert event.verb == "searched cases"
    assert "quillfeather" not in f"{event.subject}{event.capacity}".lower()


def test_g1_an_export_is_one_event(world, since):
    today = world.world.today
    said = {
        "sent_from-day": 1, "sent_from-month": 1, "sent_from-year": today.year - 2,
        "sent_until-day": today.day, "sent_until-month": today.month, "sent_until-year": today.year,
        "recipient": "The national body", "format": "csv",
    }  # fmt: skip
    answer = world.client("coordinator").post(reverse("caseload:export"), said)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    (event,) = newest(since)
    assert event.actor == world.people["coordinator"]


def test_g1_a_reveal_is_an_event_with_its_reason(world, since):
    url = reverse("cases:reveal", args=[world.one.child.pk])
    answer = world.client("partner").post(url, {"reason": "To match a record."})
    assert b"Quillfeather" in answer.content
    revealed = [event for event in newest(since) if event.verb == "identity revealed"]
    assert [event.reason.text for event in revealed] == ["To match a record."]


def test_g1_signing_in_failing_to_and_signing_out_are_one_event_each(world, since):
    person = world.people["referrer"]
    person.set_password("a long sentence nobody guesses")
    person.save()
    client = Client()
    for password in ("not that sentence at all", "a long sentence nobody guesses"):
        client.post(reverse("account_login"), {"login": person.email, "password": password})
    client.post(reverse("account_logout"))
    events = newest(since)
    assert [event.verb for event in events] == ["sign-in failed", "signed in", "signed out"]
    assert person.email not in events[0].subject
    assert [event.actor for event in events[1:]] == [person, person]
