"""Rows I5 and I11: the database goes down in mid-work, or everything is killed at once. What was answered is there, whole.

The PostgreSQL of these tests is their own and keeps what it has confirmed; the web server, the worker and the scheduler
are the product's own processes.
"""

from __future__ import annotations

import contextlib
import re
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import environ
import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.utils import load_backend
from django.test import Client

from audit.models import Event, Untold
from audit.verify import breaks
from cases.models import Case
from documents.models import IssuedDocument
from documents.papers import LEASE
from documents.store import damaged
from notifications.incident.models import Notification
from notifications.reminders.models import Message
from referrals import actions
from referrals.models import Referral
from tests import servers
from tests.clocked_worker import Clock
from tests.mail_sink import MailSink
from tests.referrals.addresses import page, url

pytestmark = pytest.mark.services
PEOPLE = 4
# Seconds that everything may take to come back and catch up.
A_BUSY_MACHINE = 120
CSRF = "c" * 32
DONE, AWAY = 302, 503


# --- a database of these tests' own -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster(django_db_blocker) -> Iterator[servers.PostgreSQL]:
    """A PostgreSQL that has one database, `ready`, as `manage.py prepare` leaves it."""
    server = servers.DurablePostgreSQL()
    try:
        server.start()
        asked(server, "CREATE DATABASE ready")
        with django_db_blocker.unblock(), reading(server.url("ready")):
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", "rate_limits", verbosity=0)
        yield server
    finally:
        server.remove()


@pytest.fixture
def address(cluster) -> str:
    """The DATABASE_URL of a fresh copy of it."""
    name = f"reviews_{time.monotonic_ns()}"
    asked(cluster, f"CREATE DATABASE {name} TEMPLATE ready")
    return cluster.url(name)


@pytest.fixture
def db(address, django_db_blocker) -> Iterator[None]:
    """Here the models, and with them the cast, are those of that copy."""
    with django_db_blocker.unblock(), reading(address):
        yield


@contextlib.contextmanager
def reading(address: str) -> Iterator[None]:
    """Meanwhile Django looks into the database at that address; the one it had before is left as it is."""
    before = connections["default"]
    described = {**before.settings_dict, "OPTIONS": {}, **environ.Env.db_url_config(address)}
    own = connections["default"] = load_backend(described["ENGINE"]).DatabaseWrapper(described, "default")
    try:
        yield
    finally:
        own.close()
        connections["default"] = before


def asked(cluster: servers.PostgreSQL, statement: str) -> list[tuple]:
    """What the server answers, asked beside everybody's work."""
    link = psycopg2.connect(cluster.url("postgres"))
    link.autocommit = True
    with contextlib.closing(link), link.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


# --- people who press buttons -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    began: float
    status: int
    body: str


@dataclass
class Person:
    """Somebody signed in, at a browser of their own. Every answer they had is kept in `answers`."""

    site: servers.Server
    session: str
    answers: list[Answer] = field(default_factory=list)

    @classmethod
    def of(cls, client: Client, site: servers.Server, answers: list[Answer]) -> Person:
        return cls(site, client.cookies[settings.SESSION_COOKIE_NAME].value, answers)

    def press(self, path: str, **typed: str) -> bool:
        """Whether it was answered as done. Nobody answers while the web server is down."""
        host = f"127.0.0.1:{self.site.port}"
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
            "X-Forwarded-Proto": "https",
            "Origin": f"https://{host}",
        }
        began = time.monotonic()
        try:
            with contextlib.closing(HTTPConnection(host, timeout=40)) as link:
                link.request("POST", path, urlencode({**typed, "csrfmiddlewaretoken": CSRF}), headers)
                answer = link.getresponse()
                self.answers.append(Answer(began, answer.status, answer.read().decode()))
        except (OSError, HTTPException):
            return False
        return answer.status == DONE

    def press_until_done(self, path: str, **typed: str) -> None:
        """The same form again and again, as somebody does who was told to try again."""
        servers.wait_until(
            lambda: self.press(path, **typed),
            saying=lambda: f"{path}: {[one.status for one in self.answers[-5:]]}",
            seconds=A_BUSY_MACHINE,
        )


def words_of(referral: Referral) -> str:
    return f"What was seen at visit {referral.pk}."


@dataclass
class Office:
    """A referrer and a lead who carry drafts to the partnership, several at a time."""

    referrer: Person
    lead: Person
    saved: list[int] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    def carry(self, draft: Referral) -> None:
        self.referrer.press_until_done(page(draft, "concerns"), good_practice=words_of(draft), version="0")
        self.saved.append(draft.pk)
        self.referrer.press_until_done(url("send_for_approval", draft.pk), token=f"asking-for-{draft.pk}")
        self.lead.press_until_done(url("approve", draft.pk), token=f"approving-{draft.pk}")
        self.sent.append(draft.pk)


@contextlib.contextmanager
def at_work(office: Office, drafts: list[Referral]) -> Iterator[list[Future]]:
    """Meanwhile PEOPLE carry the drafts; at the end all have been carried. Raises what went wrong for any of them."""
    with ThreadPoolExecutor(PEOPLE) as people:
        carried = [people.submit(office.carry, draft) for draft in drafts]
        yield carried
        for one in carried:
            one.result()


@pytest.fixture
def drafts(cast, standing) -> list[Referral]:
    by = standing(cast.referrer)
    return [actions.start_draft(by=by, agency=cast.agencies.school) for _ in range(12)]


@pytest.fixture
def office(cast, signed_in) -> Callable[[servers.Server], Office]:
    """`office(site)`: the people of one agency, in front of that web server."""

    def of(site: servers.Server) -> Office:
        answers: list[Answer] = []
        return Office(*(Person.of(signed_in(who), site, answers) for who in (cast.referrer, cast.lead)))

    return of


# --- what must be true afterwards ---------------------------------------------------------------------------------


def is_whole(drafts: list[Referral]) -> None:
    """Each of them was sent once, with what was typed; each deed has its event, each event its subject."""
    assert list(breaks()) == []
    sent = Referral.objects.in_bulk([draft.pk for draft in drafts])
    assert all(referral.is_sent and words_of(referral) in str(referral.frozen) for referral in sent.values())
    cases = {referral.case_id for referral in sent.values()}
    assert len(cases) == len(drafts) == Case.objects.count() == Notification.objects.count()
    numbers = sorted(int(reference[-4:]) for reference in Case.objects.values_list("reference", flat=True))
    assert numbers == list(range(1, len(drafts) + 1))
    for verb in ("referral sent for approval", "referral submitted"):
        told = Event.objects.filter(verb=verb).values_list("subject", flat=True)
        assert sorted(told) == sorted(f"referrals.Referral:{pk}" for pk in sent), verb
    for subject in Event.objects.filter(subject__regex=r"^\w+\.\w+:\d+$").values_list("subject", flat=True):
        model, _, pk = subject.partition(":")
        assert apps.get_model(model)._base_manager.filter(pk=pk).exists(), (
            f"an event about {subject}, which is not there"
        )


# --- row I5 -------------------------------------------------------------------------------------------------------


def test_i5_a_database_that_goes_down_in_the_middle_of_deeds_leaves_each_whole_or_absent(
    cluster, address, drafts, office
):
    site = servers.web_server(DATABASE_URL=address, CELERY_BROKER_URL="redis://127.0.0.1:1/0", TRUST_PROXY="1")
    people = office(site)
    try:
        site.start()
        answers = people.lead.answers
        with at_work(people, drafts):
            for so_many in (1, 4):
                servers.wait_until(lambda: len(people.sent) >= so_many, saying=site.log)  # noqa: B023
                with nobody_comes_to_an_end(cluster, address):
                    cluster.stop(signal.SIGQUIT)
                servers.wait_until(lambda: answers[-1].status == AWAY, saying=site.log)
                cluster.start()
                back = time.monotonic()
        # Once more, while nobody works: the connections that the web server keeps are dead, and nobody notices.
        cluster.stop(signal.SIGQUIT)
        cluster.start()
        for draft in drafts:
            assert people.lead.press(url("approve", draft.pk), token=f"approving-{draft.pk}"), site.log()[-2000:]
        connection.close()
        is_whole(drafts)
        assert {one.status for one in answers} == {DONE, AWAY}
        assert {one.status for one in answers if one.began > back} == {DONE}
        for one in answers:
            assert one.status == DONE or is_plain(one.body)
        assert site.log().count("Booting worker") == 1, "the web server was not started again"
    finally:
        site.remove()


@contextlib.contextmanager
def nobody_comes_to_an_end(cluster: servers.PostgreSQL, address: str) -> Iterator[None]:
    """Begins when everybody's deed and its event are written, in open transactions that lack one row: whom to tell."""
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND backend_type = 'client backend'"
    link = psycopg2.connect(address)
    with contextlib.closing(link), link.cursor() as cursor:
        cursor.execute("LOCK TABLE audit_untold IN SHARE ROW EXCLUSIVE MODE")
        servers.wait_until(lambda: asked(cluster, waits) == [(PEOPLE,)], saying=lambda: "not all came to the last row")
        yield


def is_plain(body: str) -> bool:
    """Whether a page of failure says nothing of how it is made."""
    return "<h1" in body and not re.search(r"Traceback|psycopg|django|SELECT|127\.0\.0\.1|\.py\b", body)


# --- row I11 ------------------------------------------------------------------------------------------------------


def test_i11_everything_killed_at_once_and_started_again_loses_nothing_and_tells_nobody_twice(
    cluster, address, drafts, office, redis_server, tmp_path, settings
):
    sink = MailSink()
    clock = Clock(tmp_path / "clock")
    clock.set(datetime.now(UTC))
    environment = {
        "DATABASE_URL": address,
        "CELERY_BROKER_URL": redis_server.url,
        "EMAIL_URL": sink.url,
        "DATA_DIR": str(tmp_path),
        "TRUST_PROXY": "1",
        "SWEEP_SECONDS": "2",
    }
    site = servers.web_server(**environment)
    worker, beat = servers.clocked_worker(clock.file, **environment), servers.celery_beat(**environment)
    people = office(site)
    sink.hold_at = 4
    try:
        for process in (site, worker, beat):
            process.start()
        half = len(drafts) // 2
        with at_work(people, drafts[:half]):
            assert sink.reached.wait(60), worker.log()[-2000:]
        with at_work(people, drafts[half:]):
            # A letter is with the mail server and not noted, a paper is half made, and people press their buttons.
            servers.wait_until(lambda: len(people.saved) > half and being_prepared().exists(), saying=worker.log)
            for process in (worker, site, beat, redis_server, cluster):
                process.crash()
            connection.close()
            held = sink.ids[sink.hold_at - 1]
            sink.go_on.set()
            # What the dead held is free again when their leases are over.
            clock.set(datetime.now(UTC) + LEASE + timedelta(minutes=1))
            for process in (cluster, redis_server, site, worker, beat):
                process.start()
        servers.wait_until(nothing_waits, saying=worker.log, seconds=A_BUSY_MACHINE)
    finally:
        for process in (site, worker, beat):
            process.remove()
        sink.remove()
    is_whole(drafts)
    made = Message.objects.values_list("message_id", flat=True)
    assert set(sink.ids) == set(made)
    twice = [one for one, times in Counter(sink.ids).items() if times > 1]
    assert twice == [held], "only the letter in flight came twice, under the same Message-ID"
    said = Message.objects.values_list("address", "text")
    assert len(set(said)) == len(said)
    assert IssuedDocument.objects.count() == len(drafts)
    settings.MEDIA_ROOT = tmp_path / "papers"
    assert list(damaged()) == []


def being_prepared():
    return IssuedDocument.objects.filter(rendering=IssuedDocument.Rendering.WAITING).exclude(claimed_until=None)


def nothing_waits() -> bool:
    letters = Message.objects.exclude(state=Message.State.SENT)
    papers = IssuedDocument.objects.exclude(rendering=IssuedDocument.Rendering.READY)
    return not any(waiting.exists() for waiting in (Untold.objects.all(), letters, papers))
