"""A real worker behind a real Redis."""

import pytest
from django.db import connection
from kombu.utils.url import quote

from config.celery import app
from notifications.reminders.models import Tick
from tests import servers


@pytest.fixture
def here():
    """The database of this test, as DATABASE_URL takes it."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    return "postgres://{USER}:{}@{HOST}:{PORT}/{NAME}".format(quote(settings["PASSWORD"]), **settings)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_task_that_is_kicked_is_run_by_the_worker(here, redis_url):
    worker = servers.celery_worker(DATABASE_URL=here, CELERY_BROKER_URL=redis_url)
    try:
        worker.start()
        with app.connection_for_write(redis_url) as link:
            app.send_task("notifications.reminders.tasks.sweep", connection=link)
        servers.wait_until(Tick.objects.filter(name="sweep").exists, saying=worker.log)
    finally:
        worker.remove()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_the_scheduler_sweeps_as_soon_as_it_starts(here, redis_url):
    environment = {"DATABASE_URL": here, "CELERY_BROKER_URL": redis_url, "SWEEP_SECONDS": "3600"}
    worker, beat = servers.celery_worker(**environment), servers.celery_beat(**environment)
    try:
        worker.start()
        beat.start()
        servers.wait_until(Tick.objects.filter(name="sweep").exists, saying=worker.log)
    finally:
        beat.remove()
        worker.remove()
