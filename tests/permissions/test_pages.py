"""Every address of the URLconf with every role: who gets the page, who is refused, who is told there is nothing."""

from __future__ import annotations

import re
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import path, reverse

from .addresses import is_of_a_case, parts_of, patterns, rows_for
from .expected import EXPECTED, OUTSIDE, Line
from .markup import faults
from .world import EVERYONE, Everything

SIGN_IN = "/account/login/"
NOTHING_YET = "/account/nothing-yet/"
# Two cases of different sides are what the page is about.
ACROSS_CASES = {"referrals:match", "referrals:unlink"}
NOWHERE = 987654321
# Parts of a path that name no row: they are the same on both sides.
NO_ROWS = {"code", "ending", "group", "key", "number", "page", "recipient", "section"}


def address_of(name: str, rows: SimpleNamespace) -> str:
    return reverse(name.partition(" ")[0], kwargs=rows_for(name, rows))


def answer(world: Everything, person: str, url: str, line: Line, *, posting: bool = False) -> HttpResponse:
    """What the person gets there. Whatever it does is undone."""
    with transaction.atomic():
        client = world.client(person)
        if line.pressed or posting:
            response = client.post(url, {"token": "pressed-once", "seen": "1", "on": "yes"})
        else:
            response = client.get(url)
        transaction.set_rollback(True)
    return response


def words(response: HttpResponse) -> bytes:
    """The page without what differs every time: the token of its forms."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.content)


def told_nothing(world: Everything, person: str, url: str) -> bytes:
    """The page this person gets, in that part of the site, for what does not exist."""
    part = url.split("/")[1]
    if (person, part) not in world.refusals:
        world.refusals[person, part] = words(world.client(person).get(f"/{part}/nothing/of/this/name/"))
    return world.refusals[person, part]


def status(response: HttpResponse, person: str) -> Any:
    if response.status_code == 302 and response["Location"].startswith(SIGN_IN) and person in OUTSIDE:
        return "sign in"
    if response.status_code == 302 and response["Location"] == NOTHING_YET and person == "newcomer":
        return "nothing yet"
    return response.status_code


def wanted(line: Line, person: str) -> Any:
    if person in OUTSIDE and not line.names(person):
        return "sign in"
    if person == "newcomer" and not line.names(person):
        return "nothing yet"
    return line.status_for(person)


# --- the table is whole -------------------------------------------------------------------------------------------
def without_a_line(names: Any) -> set[str]:
    return set(names) - {name.partition(" ")[0] for name in EXPECTED}


def test_every_address_has_a_line_in_the_table():
    assert without_a_line(patterns()) == set()


def test_every_line_of_the_table_has_an_address():
    assert {name.partition(" ")[0] for name in EXPECTED} - set(patterns()) == set()


def test_an_address_that_nobody_put_into_the_table_would_be_seen():
    forgotten = path("forgotten/<int:pk>/", lambda request, pk: HttpResponse(), name="forgotten")
    assert without_a_line(patterns([*patterns().values(), forgotten])) >= {"forgotten"}


def test_the_pages_of_the_demonstration_are_not_there():
    assert not [name for name in patterns() if name.startswith("demo:")]


# --- one's own ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", EXPECTED)
def test_each_person_gets_what_the_table_says(world, name):
    line = EXPECTED[name]
    got, posted, pages = {}, {}, []
    # What everybody may read is the same page for everybody.
    people = ("coordinator", "referrer", "correspondent", "closed", "newcomer", "anonymous")
    if line.status_for("anonymous") == 404:
        people = EVERYONE
    for person in people:
        rows = world.side_of(person) if is_of_a_case(name) else world.house
        url = address_of(name, rows)
        response = answer(world, person, url, line)
        got[person] = status(response, person)
        if got[person] == 200 and response["Content-Type"].startswith("text/html"):
            pages.append(response)
        if got[person] == 403 and not line.pressed:
            # Refused to see the form is refused to send it.
            posted[person] = answer(world, person, url, line, posting=True).status_code
    assert got == {person: wanted(line, person) for person in people}
    assert set(posted.values()) <= {403, 405}, posted
    # What is wrong with how a page is written is wrong for everybody: one reader is enough.
    for response in pages[:1]:
        assert faults(response.content.decode()) == []


# --- another's -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", [name for name in EXPECTED if is_of_a_case(name)])
def test_the_other_side_is_told_that_there_is_nothing(world, name):
    line = EXPECTED[name]
    url = address_of(name, world.two)
    # Whoever opens it on their own side, and whoever works where the other side was referred from. Those who hold
    # nothing of it on their own side hold no more of the other; somebody elsewhere holds every role and no part.
    people = {person for person in EVERYONE if line.status_for(person) != 404}
    for person in sorted(people | {"group_member", "action_owner", "conflicted", "elsewhere", "anonymous"}):
        # Sending a form is tried where there is one: what may not be seen may not be changed either.
        response = answer(world, person, url, line, posting=person not in ("coordinator", "conflicted"))
        if response.status_code == 405:
            response = answer(world, person, url, line)
        if person in ("coordinator", "conflicted"):
            assert response.status_code == line.status_for("coordinator"), person
        else:
            assert status(response, person) == wanted(Line(), person), person
            if response.status_code == 404:
                assert words(response) == told_nothing(world, person, url), person


@pytest.mark.parametrize("name", [name for name in EXPECTED if is_of_a_case(name)])
def test_what_does_not_exist_is_answered_the_same(world, name):
    line = EXPECTED[name]
    for person in ("coordinator", next(iter(sorted(line.answers[200] | line.answers[302])), "partner")):
        rows = rows_for(name, world.side_of(person))
        for part, value in rows.items():
            missing = {**rows, part: NOWHERE if str(value).isdigit() else "none-such"}
            url = reverse(name.partition(" ")[0], kwargs=missing)
            response = answer(world, person, url, line)
            assert response.status_code in (404, 403 if line.status_for(person) == 403 else 404), (person, part)
            if response.status_code == 404:
                assert words(response) == told_nothing(world, person, url), (person, part)


def nested() -> list[str]:
    """The addresses that name a row within a row."""
    keyed = []
    for name in EXPECTED:
        parts = parts_of(name) if is_of_a_case(name) and name not in ACROSS_CASES else []
        if len(set(parts) - NO_ROWS) > 1:
            keyed.append(name)
    return keyed


@pytest.mark.parametrize("name", nested())
def test_a_row_of_the_other_side_is_not_found_within_a_row_of_ones_own(world, name):
    line = EXPECTED[name]
    opening = line.answers[200] | line.answers[302]
    person = "coordinator" if "coordinator" in opening else sorted(opening - {"correspondent"})[0]
    own, others = rows_for(name, world.one), rows_for(name, world.two)
    differing = [part for part in own if own[part] != others[part]]
    assert len(differing) > 1, "the two sides do not differ here"
    for chosen in list(product((False, True), repeat=len(differing)))[1:-1]:
        mixed = {**own, **{part: others[part] for part, other in zip(differing, chosen, strict=True) if other}}
        url = reverse(name.partition(" ")[0], kwargs=mixed)
        response = answer(world, person, url, line)
        assert response.status_code == 404, mixed
        assert words(response) == told_nothing(world, person, url)
