"""With real schedulers, real workers, a real Redis and a real mail server that all have bad days."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from kombu.utils.url import quote

from accounts.roles import Role
from deadlines.actions import clocks
from notifications.reminders.models import ENDED, Message, Reminder, Tick
from tests import servers
from tests.mail_sink import MailSink

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
CLOCKS = 8


class MoodySink(MailSink):
    """A mail server that hangs up, without an answer, on the letters numbered in `bad` (from 0, in order of arrival)."""

    def __init__(self, bad=()):
        super().__init__()
        self.bad = set(bad)
        self.arrived = 0

    def accept(self, letter):
        number, self.arrived = self.arrived, self.arrived + 1
        if number in self.bad:
            raise ConnectionResetError
        super().accept(letter)

    def handle_error(self, request, client_address):
        """It hung up on purpose."""


@pytest.fixture
def here():
    """The database of this test, as DATABASE_URL takes it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return "postgres://{USER}:{}@{HOST}:{PORT}/{NAME}".format(quote(settings["PASSWORD"]), **settings)


@pytest.fixture
def sink():
    server = MoodySink()
    yield server
    server.remove()


@pytest.fixture
def started():
    """`started(server)`: started now, stopped by its id at the end."""
    running = []

    def start(server):
        running.append(server)
        server.start()
        return server

    yield start
    for server in reversed(running):
        server.remove()


@pytest.fixture
def overdue(case_one, cast, standing):
    """Duties of a month ago that the notifier, and everyone up the ladder, is to be reminded of."""
    by = standing(cast.coordinator)
    for number in range(CLOCKS):
        clocks.start(
            case_one,
            "T01",
            occasion=f"incident.Notification:{number}",
            counted_from=by.today - timedelta(days=30),
            by=by,
            owed_by_role=Role.LA_NOTIFIER,
            owed_by_agency=cast.agencies.westmoor,
        )


def everything_sent():
    made = Reminder.objects.exists() and not Reminder.objects.filter(message=None, dropped="").exists()
    return made and not Message.objects.exclude(state=Message.State.SENT).exists()


def swept_since(instant):
    return lambda: Tick.objects.filter(name=ENDED, at__gt=instant).exists()


def assert_each_in_one_message(sink):
    """Each reminder stands in one message that was sent, and each message arrived once under its own Message-ID."""
    assert not Reminder.objects.filter(dropped="").exclude(message__state=Message.State.SENT).exists()
    ids = list(Message.objects.values_list("message_id", flat=True))
    assert sorted(sink.ids) == sorted(ids)
    assert len(set(ids)) == len(ids)
    keys = list(Reminder.objects.values_list("deadline", "due_on", "milestone", "recipient"))
    assert len(keys) == len(set(keys))


def test_two_schedulers_and_two_workers_put_each_reminder_in_one_message(here, redis_url, sink, overdue, started, cast):
    environment = {"DATABASE_URL": here, "CELERY_BROKER_URL": redis_url, "EMAIL_URL": sink.url, "SWEEP_SECONDS": "1"}
    workers = [started(servers.celery_worker(**environment)) for _ in range(2)]
    for _ in range(2):
        started(servers.celery_beat(**environment))
    servers.wait_until(everything_sent, saying=workers[0].log)
    # And some more passes of both, with nothing to do.
    servers.wait_until(swept_since(datetime.now(UTC) + timedelta(seconds=2)), saying=workers[0].log)
    assert_each_in_one_message(sink)
    about_clocks = [letter for letter in sink.letters if "/messages/clock/" in str(letter.get_payload(0))]
    assert len([letter for letter in about_clocks if letter["To"] == cast.la_notifier.email]) == 1
    assert len([letter for letter in about_clocks if letter["To"] == cast.partner_police.email]) == 1


def test_a_redis_that_comes_back_empty_has_lost_nothing(here, redis_server, sink, overdue, started):
    environment = {"DATABASE_URL": here, "CELERY_BROKER_URL": redis_server.url, "EMAIL_URL": sink.url}
    beat = servers.celery_beat(**environment, SWEEP_SECONDS="1")
    worker = servers.celery_worker(**environment, SWEEP_SECONDS="1")
    started(beat)
    # Kicks wait in its memory for a worker that is not there yet.
    servers.wait_until(lambda: redis_server.client().llen("messages") > 0, saying=beat.log)
    redis_server.stop()
    redis_server.start()
    started(worker)
    servers.wait_until(everything_sent, saying=worker.log)
    assert_each_in_one_message(sink)


def test_a_mail_server_that_fails_half_way_gets_every_letter_once(here, redis_url, sink, overdue, started):
    environment = {"DATABASE_URL": here, "CELERY_BROKER_URL": redis_url, "EMAIL_URL": sink.url, "SWEEP_SECONDS": "1"}
    sink.bad = {1, 2}
    worker = started(servers.celery_worker(**environment))
    started(servers.celery_beat(**environment))

    def failed_twice():
        # A try that failed is made again minutes later: the minutes go by now.
        Message.objects.filter(state=Message.State.WAITING, tries__gt=0).update(next_try_at=datetime.now(UTC))
        return sink.arrived > max(sink.bad)

    servers.wait_until(failed_twice, saying=worker.log)
    Message.objects.filter(state=Message.State.WAITING).update(next_try_at=datetime.now(UTC))
    servers.wait_until(lambda: failed_twice() and everything_sent(), saying=worker.log)
    assert sink.arrived == len(sink.letters) + 2
    assert Message.objects.filter(tries__gt=0, state=Message.State.SENT).exists()
    assert_each_in_one_message(sink)
