"""Rows B10 to B13, B15, B16, B18, C11, E1 and E11, on every page of the house, with something on it to show."""

from __future__ import annotations

import hashlib
import re
import socket

import pytest
from django.apps import apps
from django.db import connection

from cases.models import Identity
from tests.permissions.addresses import patterns
from tests.permissions.expected import EXPECTED
from tests.permissions.world import ONE

from .crawling import READERS, Opened, inline_code, loaded_from_elsewhere, opened_by

# What reading writes: its event, the head of that event's chain, and the session.
WRITTEN_BY_READING = {"audit_event", "audit_trail", "django_session"}
# What is known of each child and person besides the name, as nobody else's.
KNOWN = {
    "address": "14 Wexcombe Row, Little Harrowby",
    "postcode": "QX7 3ZD",
    "nhs_number": "9434765919",
    "upn": "H801200001001",
    "school": "Saint Osyth Primary",
    "gp": "Doctor Pemberley",
    "local_id": "LCS-774411",
    "other_names": "Zuzu Featherington",
}
# Where a name may stand: what its own agency is writing or sends, and who is asked about.
NAMES_A_CHILD = {"referrals:tasks", "referrals:check", "referrals:approve", "referrals:page", "referrals:remove"}


def fingerprints() -> dict[str, str]:
    """A hash of the rows of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if model._meta.managed and not model._meta.proxy and table not in WRITTEN_BY_READING:
                cursor.execute(f'SELECT * FROM "{table}"')
                rows = sorted(map(repr, cursor.fetchall()))
                found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.fixture(scope="module")
def _crawl(_world, django_db_blocker):
    """Every page as each of the readers got it, and the tables before and after."""
    from django.db import transaction

    called: list[object] = []

    def call(self: socket.socket, address: object) -> None:
        called.append(address)
        raise ConnectionRefusedError

    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        Identity.objects.update(**KNOWN)
        before = fingerprints()
        patch.setattr(socket.socket, "connect", call)
        pages = [page for person in READERS for page in opened_by(_world, person)]
        patch.undo()
        after = fingerprints()
        yield pages, before, after, called
        transaction.set_rollback(True)


@pytest.fixture
def pages(db: None, _crawl) -> list[Opened]:
    return _crawl[0]


def test_every_page_that_anybody_can_open_was_opened(pages):
    shown = {name for name, line in EXPECTED.items() if line.answers[200] and not line.pressed}
    assert shown - {page.name for page in pages} <= {"accounts:nothing_held"}
    assert [page for page in pages if page.response.status_code != 200] == []


def test_b10_opening_every_page_changes_nothing(pages, _crawl):
    _, before, after, _ = _crawl
    assert {table for table in before if before[table] != after[table]} == set()


def test_b11_no_page_and_no_file_can_be_framed(pages):
    for page in pages:
        policy = page.response["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy or policy == "sandbox; default-src 'none'", page.name
        assert page.response["X-Frame-Options"] == "DENY", page.name


def test_b12_no_page_holds_code_of_its_own_or_loads_anything_from_elsewhere(pages):
    faults = {
        page.name: [*inline_code(page.text), *loaded_from_elsewhere(page.text)]
        for page in pages
        if page.is_a_page and (inline_code(page.text) or loaded_from_elsewhere(page.text))
    }
    assert faults == {}
    assert not [page.name for page in pages if "unsafe" in page.response["Content-Security-Policy"]]


def test_b13_nothing_that_was_shown_to_somebody_signed_in_is_kept_by_a_browser(pages):
    keeps = {
        page.name
        for page in pages
        if page.person != "anonymous" and "no-store" not in page.response.headers.get("Cache-Control", "")
    }
    # The partnership's colour is the same for everyone.
    assert keeps == {"brand_css"}


def test_b15_every_answer_keeps_other_sites_out(pages):
    for page in pages:
        assert page.response["X-Content-Type-Options"] == "nosniff", page.name
        assert page.response["Referrer-Policy"] == "same-origin", page.name
        assert page.response["Cross-Origin-Opener-Policy"] == "same-origin", page.name
        assert page.response["Cross-Origin-Resource-Policy"] == "same-origin", page.name


def test_b16_a_host_that_is_not_ours_is_refused_at_every_address(world):
    client = world.client("coordinator")
    for name, pattern in patterns().items():
        url = "/" + re.sub(r"<[^>]+>|\(\?P[^)]*\)", "1", str(pattern.pattern))
        assert client.get(url, HTTP_HOST="evil.example.org").status_code == 400, name


def test_b16_no_page_names_the_host_that_was_forwarded(world):
    for url in ("/", "/account/login/", "/desk/", "/library/feed.xml"):
        answer = world.client("coordinator").get(url, HTTP_X_FORWARDED_HOST="evil.example.org")
        assert b"evil.example.org" not in answer.content


def test_b18_no_address_and_no_title_says_who_anybody_is(pages):
    names = re.compile("|".join(ONE.child_name.split()), re.IGNORECASE)
    for page in pages:
        if page.is_a_page:
            addressed = re.findall(r"\s(?:href|action|src)=[\"']([^\"']+)", page.text)
            titles = re.findall(r"<title>(.*?)</title>", page.text, re.DOTALL)
            assert not [text for text in (*addressed, *titles, page.url) if names.search(text)], page.name


def test_e1_no_page_but_those_of_a_draft_says_who_a_child_is(pages):
    names = re.compile("|".join(ONE.child_name.split()), re.IGNORECASE)
    shown = {page.name for page in pages if page.is_a_page and names.search(page.text)}
    assert shown <= NAMES_A_CHILD


def test_c11_nothing_that_anybody_opens_or_takes_away_says_where_a_child_lives_or_by_what_number_they_are_known(pages):
    """Files and exports too: who a child is takes a reveal, with a reason."""
    assert Identity.objects.filter(postcode=KNOWN["postcode"]).count() > 10
    told = {(page.name, field) for page in pages for field, value in KNOWN.items() if value.encode() in page.body}
    assert told == set()


def test_e11_no_page_calls_another_machine(world, _crawl):
    assert _crawl[3] == []
