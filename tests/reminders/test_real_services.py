"""With a real worker, a real Redis and a real mail server: nothing lost, nothing doubled."""

import signal
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from kombu.utils.url import quote

from config.celery import app
from notifications.reminders.models import Message
from notifications.reminders.sweep import sweep
from tests import servers
from tests.mail_sink import MailSink

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
MESSAGES = 20


@pytest.fixture
def here():
    """The database of this test, as DATABASE_URL takes it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return "postgres://{USER}:{}@{HOST}:{PORT}/{NAME}".format(quote(settings["PASSWORD"]), **settings)


@pytest.fixture
def sink():
    server = MailSink()
    yield server
    server.remove()


@pytest.fixture
def waiting(cast):
    now = datetime.now(UTC)
    for number in range(MESSAGES):
        Message.objects.create(
            message_id=f"<reminder-{number}@reviews.example.org>",
            recipient=cast.la_notifier,
            address=cast.la_notifier.email,
            subject="Due: CIOS-2026-0001",
            text="Do it here",
            made_at=now,
            next_try_at=now,
        )


def kick(broker):
    with app.connection_for_write(broker) as link:
        app.send_task("notifications.reminders.tasks.sweep", connection=link)


def all_sent():
    return not Message.objects.exclude(state=Message.State.SENT).exists()


def test_a_worker_killed_in_the_middle_of_a_sweep_loses_nothing(here, redis_url, sink, waiting):
    environment = {"DATABASE_URL": here, "CELERY_BROKER_URL": redis_url, "EMAIL_URL": sink.url}
    sink.hold_at = 7
    first = servers.celery_worker(**environment)
    second = servers.celery_worker(**environment)
    try:
        first.start()
        kick(redis_url)
        assert sink.reached.wait(60), first.log()[-2000:]
        # The server has the seventh letter, and nobody has noted it: the worst moment there is.
        first.stop(signal.SIGKILL)
        sink.go_on.set()
        assert Message.objects.filter(state=Message.State.SENT).count() == 6
        # The dead worker's lease runs out.
        Message.objects.exclude(claim="").update(claimed_until=datetime.now(UTC) - timedelta(seconds=1))
        second.start()
        kick(redis_url)
        servers.wait_until(all_sent, saying=second.log)
    finally:
        first.remove()
        second.remove()
    assert set(sink.ids) == {f"<reminder-{number}@reviews.example.org>" for number in range(MESSAGES)}
    assert len(sink.ids) == MESSAGES + 1, "only the letter in flight came twice, under the same Message-ID"


def test_a_broker_that_forgot_everything_loses_nothing(here, redis_server, sink, waiting):
    environment = {"DATABASE_URL": here, "CELERY_BROKER_URL": redis_server.url, "EMAIL_URL": sink.url}
    kick(redis_server.url)
    redis_server.client().flushall()
    worker = servers.celery_worker(**environment)
    try:
        worker.start()
        kick(redis_server.url)
        servers.wait_until(all_sent, saying=worker.log)
    finally:
        worker.remove()
    assert sorted(sink.ids) == sorted(set(sink.ids))
    assert len(sink.ids) == MESSAGES


def test_two_workers_and_many_kicks_send_each_message_once(here, redis_url, sink, waiting):
    environment = {"DATABASE_URL": here, "CELERY_BROKER_URL": redis_url, "EMAIL_URL": sink.url}
    workers = [servers.celery_worker(**environment) for _ in range(2)]
    try:
        for worker in workers:
            worker.start()
        for _ in range(10):
            kick(redis_url)
        servers.wait_until(all_sent, saying=workers[0].log)
    finally:
        for worker in workers:
            worker.remove()
    assert len(sink.ids) == len(set(sink.ids)) == MESSAGES


def test_a_referral_is_sent_and_answered_while_the_broker_is_down(
    cast, standing, signed_in, redis_server, settings, django_capture_on_commit_callbacks
):
    from demo import prose
    from demo.journey import Journey, World
    from referrals.models import Referral

    redis_server.stop()
    settings.CELERY_BROKER_URL = redis_server.url
    people = {"hospital_referrer": cast.other_referrer, "hospital_lead": cast.other_lead}
    world = World(datetime.now(UTC).date(), chance=None, agencies=vars(cast.agencies), people=people)
    journey = Journey(world, prose.HEAD_INJURY, began=world.working_days_ago(1)).sent_to_lead()
    answer = signed_in(cast.other_lead).post(
        f"/referrals/{journey.referral.pk}/approve/", {"token": "a-token-of-this-form"}
    )
    assert answer.status_code == 302
    assert Referral.objects.get().is_sent
    # What there is to tell waits in the database, and the next pass tells it without a broker.
    assert sweep(clock=lambda: datetime.now(UTC)).announced > 0
