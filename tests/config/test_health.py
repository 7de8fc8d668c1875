"""What whoever watches the machine is told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config import health
from notifications.reminders.models import Tick


@pytest.fixture
def swept():
    """The scheduler ran a moment ago; or so long ago as is said."""

    def tick(ago=timedelta(seconds=1)):
        Tick.objects.update_or_create(name="sweep", defaults={"at": timezone.now() - ago})

    return tick


@pytest.fixture
def parts(client, redis_url, settings):
    """The answer of the page, with a broker that is there."""
    settings.CELERY_BROKER_URL = redis_url

    def ask():
        answer = client.get("/readyz")
        assert answer.status_code == (200 if answer.json()["ready"] else 503)
        return answer.json()

    return ask


def test_a_living_process_says_so_without_asking_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.services
def test_with_every_part_in_order_it_is_ready(parts, swept):
    swept()
    said = parts()
    assert said.pop("scheduler")["ended"] == Tick.objects.get().at.isoformat(timespec="seconds")
    assert said == {
        "ready": True,
        "failing": [],
        "parts": {"database": "ok", "migrations": "ok", "scheduler": "ok", "broker": "ok"},
    }


@pytest.mark.django_db
@pytest.mark.services
def test_a_scheduler_that_never_ran_is_named(parts):
    assert parts()["failing"] == ["scheduler"]
    assert parts()["scheduler"] == {"began": None, "ended": None}


@pytest.mark.django_db
@pytest.mark.services
def test_a_scheduler_that_stopped_is_named(parts, swept, settings):
    swept(timedelta(seconds=settings.SWEEP_SECONDS * (health.MISSED_PASSES - 1)))
    assert parts()["failing"] == []
    swept(timedelta(seconds=settings.SWEEP_SECONDS * (health.MISSED_PASSES + 1)))
    assert parts()["failing"] == ["scheduler"]


@pytest.mark.django_db
@pytest.mark.services
def test_a_migration_that_was_not_applied_is_named(parts, swept):
    swept()
    MigrationRecorder(connection).record_unapplied("cases", "0001_initial")
    assert parts()["failing"] == ["migrations"]


@pytest.mark.django_db
@pytest.mark.services
def test_a_broker_that_went_away_is_named_and_nothing_of_its_address(client, redis_server, settings, swept):
    settings.CELERY_BROKER_URL = redis_server.url
    swept()
    redis_server.stop()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["failing"] == ["broker"]
    assert redis_server.password.encode() not in answer.content and b"127.0.0.1" not in answer.content


@pytest.mark.django_db
def test_with_the_in_memory_broker_and_no_worker_in_the_process_the_broker_is_named(client, settings, swept):
    settings.CELERY_BROKER_URL = "memory://localhost/"
    swept()
    assert client.get("/readyz").json()["failing"] == ["broker"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/healthz", "/readyz"])
def test_nobody_can_change_anything_there(client, page):
    assert client.post(page).status_code == 405
