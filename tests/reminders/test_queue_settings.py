"""How the queue is set for production: what is taken is not lost, and what still runs is not begun again."""

import importlib
import json
import os
import re
import subprocess
import sys

import pytest
import yaml

from config.celery import app
from tests.servers import PROJECT

ASK = (
    "import json; from config import settings as s;"
    "print(json.dumps({'time_limit': s.CELERY_TASK_TIME_LIMIT, 'transport': s.CELERY_BROKER_TRANSPORT_OPTIONS}))"
)


@pytest.fixture
def redis_settings():
    """The settings as a process with a Redis reads them."""
    environment = {**os.environ, "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0"}
    answer = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, cwd=PROJECT, capture_output=True, text=True, check=True
    )
    return json.loads(answer.stdout)


def test_a_task_that_still_runs_is_never_handed_out_a_second_time(redis_settings):
    assert redis_settings["time_limit"] < redis_settings["transport"]["visibility_timeout"]


def test_typesetting_and_scanning_keep_no_letter_waiting():
    for room in ("audit", "documents", "notifications.reminders"):
        importlib.import_module(f"{room}.tasks")
    routes = {
        name: app.amqp.router.route({}, name)["queue"].name for name in app.tasks if not name.startswith("celery.")
    }
    assert routes["notifications.reminders.tasks.sweep"] == "messages"
    assert {queue for name, queue in routes.items() if name.startswith("documents.")} == {"papers"}
    assert set(routes.values()) == set(app.amqp.queues.consume_from), "a queue that one worker alone would leave out"


def test_a_kick_goes_to_its_own_queue_only():
    """Each queue is bound by its own name; one default binding for both would run every kick twice."""
    keys = {name: (queue.exchange.name, queue.routing_key) for name, queue in app.amqp.queues.items()}
    assert keys == {"messages": ("messages", "messages"), "papers": ("papers", "papers")}


def test_everything_the_scheduler_sends_expires_before_it_piles_up():
    assert all("expires" in entry["options"] for entry in app.conf.beat_schedule.values())
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1


def test_a_container_is_given_as_long_to_stop_as_what_it_does_may_take(redis_settings):
    services = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
    grace = {name: int(services[name]["stop_grace_period"].removesuffix("s")) for name in ("web", "worker")}
    requests_end_in = int(re.search(r"else (\d+)$", (PROJECT / "config/gunicorn.py").read_text(), re.M)[1])
    assert grace["worker"] > redis_settings["time_limit"]
    assert grace["web"] > requests_end_in
    documented = (PROJECT / "docs/workers.md").read_text()
    assert f"stop_grace_period: {grace['worker']}s" in documented
    assert f"{requests_end_in} seconds, and its container has {grace['web']}" in documented
