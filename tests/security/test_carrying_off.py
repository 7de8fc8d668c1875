"""Row E12: nobody carries off case after case, and those who run the process hear of it when somebody tries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from audit import access
from audit.models import Event, Untold

STOPPED = "opened too many cases"


@pytest.fixture
def three_at_most(monkeypatch) -> None:
    monkeypatch.setattr(access, "MOST_CHAINS", 3)


def pages_of(world) -> list[str]:
    one = world.one
    cases = (one.case, one.middle, one.late, one.ended, one.death.case)
    return [reverse("caseload:case", args=[case.reference]) for case in cases]


def test_e12_whoever_opens_case_after_case_is_stopped_and_the_coordinators_are_told_once(world, three_at_most):
    client = world.client("partner")
    began = Event.objects.latest("pk").pk
    answers = [client.get(page).status_code for page in pages_of(world)]
    assert answers == [200, 200, 200, 429, 429]
    since = Event.objects.filter(pk__gt=began)
    assert since.filter(verb="opened").count() == 3
    stopped = since.get(verb=STOPPED)
    assert stopped.actor == world.people["partner"]
    assert Untold.objects.filter(event=stopped).exists()
    told = world.people["partner"].recipients("coordinators", world.world.today)
    assert world.people["coordinator"] in told
    assert world.people["partner"] not in told


def test_e12_going_to_and_fro_between_the_same_cases_stops_nobody(world, three_at_most):
    client = world.client("partner")
    assert {client.get(page).status_code for page in pages_of(world)[:3] * 4} == {200}


def test_e12_after_a_while_the_next_case_can_be_opened(world, three_at_most):
    client = world.client("partner")
    pages = pages_of(world)
    for page in pages[:4]:
        client.get(page)
    session = client.session
    long_ago = access.WITHIN + timedelta(seconds=1)
    session[access.OPENED] = {chain: at - long_ago.total_seconds() for chain, at in session[access.OPENED].items()}
    session.save()
    assert client.get(pages[4]).status_code == 200


def test_e12_the_page_says_the_limit_that_is_kept(world):
    client = world.client("partner")
    session = client.session
    now = int(world.standing("partner").at.timestamp())
    session[access.OPENED] = {f"another {number}": now for number in range(access.MOST_CHAINS)}
    session.save()
    answer = client.get(pages_of(world)[0])
    minutes = int(access.WITHIN.total_seconds() // 60)
    assert f"more than {access.MOST_CHAINS} cases in {minutes} minutes" in answer.content.decode()
    assert answer["Retry-After"] == str(minutes * 60)
