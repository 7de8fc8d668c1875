"""What every test may use: a database, a broker, a browser; the people are in tests/cast.py."""

import importlib.util
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import servers

# The named people and cases, by what they may see.
pytest_plugins = ["tests.cast"] if importlib.util.find_spec("tests.cast") else []

# It talks to nobody but the server under test.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

_cluster = pytest.StashKey[servers.PostgreSQL]()


def pytest_configure(config: pytest.Config) -> None:
    """With TEST_DATABASE=postgres one cluster serves the whole run; the processes of xdist inherit its address."""
    if os.environ.get("TEST_DATABASE") != "postgres" or "TEST_POSTGRES_PORT" in os.environ:
        return
    cluster = config.stash[_cluster] = servers.PostgreSQL()
    cluster.start()
    os.environ["TEST_POSTGRES_PORT"] = str(cluster.port)
    os.environ["TEST_POSTGRES_PASSWORD"] = cluster.password

    # This process read its settings before the cluster had an address.
    from django.db import connections

    connections.settings["default"].update(PORT=str(cluster.port), PASSWORD=cluster.password)


def pytest_unconfigure(config: pytest.Config) -> None:
    if _cluster in config.stash:
        config.stash[_cluster].remove()
        del os.environ["TEST_POSTGRES_PORT"], os.environ["TEST_POSTGRES_PASSWORD"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """After a test that commits, the rows that migrations made (limits, bank holidays) come back."""
    committing = {"transactional_db", "live_server"}
    for item in items:
        marker = item.get_closest_marker("django_db")
        commits = (marker and marker.kwargs.get("transaction")) or committing & set(getattr(item, "fixturenames", ()))
        if commits and not (marker and marker.kwargs.get("serialized_rollback")):
            wishes = {**(marker.kwargs if marker else {}), "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(**wishes), append=False)


@pytest.fixture(scope="session")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """Debian's Chromium without a window; each test opens contexts of its own in it."""
    from django.db import connection, connections

    made_by_migrations = getattr(connection, "_test_serialized_contents", None)
    # The driver runs an event loop in this thread, which Django would take for an asynchronous view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        # Inside the loop Django has another connection; it too must know what to put back after a test.
        if made_by_migrations is not None:
            connection._test_serialized_contents = made_by_migrations
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=QUIET)
        yield browser
        browser.close()
        # Nobody else can: outside the loop it is not there, and PostgreSQL would not let go of the test database.
        connections.close_all()


@pytest.fixture(scope="session")
def _shared_redis() -> Iterator[servers.Redis]:
    server = servers.Redis()
    server.start()
    yield server
    server.remove()


@pytest.fixture
def redis_url(_shared_redis: servers.Redis) -> str:
    """The address of an empty Redis."""
    _shared_redis.client().flushall()
    return _shared_redis.url


@pytest.fixture
def redis_server() -> Iterator[servers.Redis]:
    """A Redis of this test's own, to be stopped and started again."""
    server = servers.Redis()
    server.start()
    yield server
    server.remove()
