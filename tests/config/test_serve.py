"""The one command, as a newcomer runs it, and the processes of production."""

import json
import signal
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.servers import DidNotStart, Ours, web_server

pytestmark = pytest.mark.services


@pytest.fixture
def started():
    """Starts a process of the product and stops it when the test is over."""
    running = []

    def start(process):
        running.append(process)
        process.start()
        return process

    yield start
    for process in running:
        process.remove()


def serve(*arguments, **environment):
    return Ours("manage.py", "serve", *arguments, environment=environment, ready_when="Open http://127.0.0.1:{port}")


def ready(port):
    """What /readyz says, as soon as the server answers."""
    deadline = time.monotonic() + 20
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
                return json.load(answer)
        except HTTPError as answer:
            found = json.load(answer)
            if time.monotonic() > deadline:
                return found
        except OSError:
            assert time.monotonic() < deadline, "the server never answered"
        time.sleep(0.1)


def test_one_process_serves_works_and_keeps_time_and_stops_when_told(started):
    site = started(serve("--demo"))
    for how in (signal.SIGINT, signal.SIGTERM):
        said = ready(site.port)
        assert said.pop("scheduler").keys() == {"began", "ended"}
        assert said == {
            "ready": True,
            "failing": [],
            "parts": {"database": "ok", "migrations": "ok", "scheduler": "ok", "broker": "ok"},
        }
        site.process.send_signal(how)
        assert site.process.wait(10) == 0
        assert "Traceback" not in site.log() and '"exception"' not in site.log()
        # The second time it finds everything prepared.
        site.start()
    assert ready(site.port)["ready"]
    assert site.log().count("Preparing the database") == 1
    assert site.log().count("Open http://127.0.0.1") == 3


def test_two_web_processes_cannot_share_a_broker_in_memory(started):
    with pytest.raises(DidNotStart, match=r"in-memory broker .* one web process only, and 2 were asked for"):
        started(serve("--demo", WEB_CONCURRENCY="2"))


def test_the_web_server_alone_refuses_the_same(started):
    with pytest.raises(DidNotStart, match="works in one web process only, and 2 were asked for") as refusal:
        started(web_server(WEB_CONCURRENCY="2"))
    assert "Traceback" not in str(refusal.value)


def test_with_a_redis_two_web_processes_start(started, redis_url):
    site = started(web_server(WEB_CONCURRENCY="2", CELERY_BROKER_URL=redis_url, ALLOWED_HOSTS="127.0.0.1"))
    with urlopen(f"http://127.0.0.1:{site.port}/healthz", timeout=5) as answer:
        assert answer.read() == b"alive\n"
