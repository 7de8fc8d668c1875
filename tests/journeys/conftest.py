"""Browsers for the cast, on a real server."""

import pytest

from .people import Person


@pytest.fixture
def plain_cookies(settings):
    """The server under test speaks plain http to the loopback address, as the demonstration does."""
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False


@pytest.fixture
def seen():
    """Kind of page -> what axe found on it."""
    return {}


@pytest.fixture
def at_browser(chromium, live_server, plain_cookies, signed_in, seen):
    """`at_browser(user)`: that person, signed in, at a browser of their own."""
    people = []

    def sits_down(user, *, scripts=True, width=1280):
        client = signed_in(user)
        cookies = [
            {"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()
        ]
        person = Person(chromium, live_server.url, cookies, seen, scripts=scripts, width=width)
        people.append(person)
        return person

    yield sits_down
    for person in people:
        assert person.violations == []
        person.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts on a phone"])
def at(request, cast, at_browser, seen):
    """`at(name)`: that person of the cast at their browser. On each kind of page axe finds nothing."""
    sits = {}

    def of(name):
        if name not in sits:
            scripts = request.param
            sits[name] = at_browser(getattr(cast, name), scripts=scripts, width=1280 if scripts else 320)
        return sits[name]

    yield of
    assert {kind: found for kind, found in seen.items() if found} == {}
