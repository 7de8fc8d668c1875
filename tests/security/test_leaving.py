"""Rows B14 and B20, in a real browser: leaving a page in a hurry, and what a visit leaves behind."""

from __future__ import annotations

import mimetypes
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import Partnership
from tests.permissions.world import Everything

pytestmark = pytest.mark.browser

SITE = "http://reviews.example.org"
AWAY = "https://weather.example.org/"


class Visit:
    """A window whose every request is answered here: our pages by Django, other sites by a blank page, noted."""

    def __init__(self, context, world: Everything, person: str) -> None:
        self.world, self.client, self.elsewhere, self.paths = world, world.client(person), [], []
        context.route("**/*", self.answer)
        self.page = context.new_page()

    def answer(self, route) -> None:
        asked = urlsplit(route.request.url)
        self.paths.append(asked.path)
        if asked.hostname != urlsplit(SITE).hostname:
            self.elsewhere.append((route.request.url, route.request.headers.get("referer", "")))
            route.fulfill(status=200, content_type="text/html", body="<title>Weather</title>")
        elif asked.path.startswith("/static/"):
            path = finders.find(asked.path.removeprefix("/static/"))
            route.fulfill(path=path, content_type=mimetypes.guess_type(path)[0]) if path else route.abort()
        else:
            self.world.reach()
            # A browser that is answered from here looks for where a redirect leads on the network.
            response = self.client.get(route.request.url.removeprefix(SITE), HTTP_HOST="127.0.0.1", follow=True)
            headers = {name: value for name, value in response.headers.items() if name != "Set-Cookie"}
            route.fulfill(status=response.status_code, headers=headers, body=response.getvalue())


@pytest.fixture
def visit(chromium, world):
    Partnership.objects.update(exit_url=AWAY)
    contexts = []

    def begin(person: str = "anonymous", **kwargs) -> Visit:
        contexts.append(chromium.new_context(**kwargs))
        return Visit(contexts[-1], world, person)

    yield begin
    for context in contexts:
        context.close()


def test_b14_leaving_in_a_hurry_cannot_be_undone_with_the_back_button(visit):
    window = visit()
    window.page.goto(f"{SITE}/")
    window.page.goto(f"{SITE}/library/")
    window.page.locator(".govuk-js-exit-this-page-button").first.click()
    window.page.wait_for_url(AWAY)
    window.page.go_back()
    assert "/library/" not in window.page.url


def test_b14_pressing_shift_three_times_blanks_the_page_and_leaves_it(visit):
    window = visit()
    window.page.goto(f"{SITE}/library/")
    shown: list[str] = []
    window.page.on("console", lambda said: shown.append(said.text))
    # How the page stands after each press: the product's own listener has run by then.
    window.page.evaluate(
        "document.addEventListener('keyup', () => console.log(getComputedStyle(document.querySelector('main')).display))"
    )
    for _ in range(3):
        window.page.keyboard.press("Shift")
    expect(window.page).to_have_url(AWAY)
    assert shown == ["block", "block", "none"]
    assert {address for address, _ in window.elsewhere} == {AWAY}
    assert {referrer for _, referrer in window.elsewhere} == {""}


def test_b14_the_site_one_leaves_to_learns_nothing(visit):
    window = visit()
    window.page.goto(f"{SITE}/library/")
    window.page.locator(".govuk-js-exit-this-page-button").first.click()
    window.page.wait_for_url(AWAY)
    assert window.elsewhere == [(AWAY, "")]


def test_b14_leaving_works_without_scripts_too(visit):
    window = visit(java_script_enabled=False)
    window.page.goto(f"{SITE}/library/")
    window.page.locator(".govuk-js-exit-this-page-button").first.click()
    window.page.wait_for_url(AWAY)
    assert window.elsewhere == [(AWAY, "")]


def test_b14_a_link_to_another_site_does_not_say_which_case_one_was_reading(visit, world):
    window = visit("coordinator")
    window.page.goto(f"{SITE}/cases/{world.one.case.reference}/")
    window.page.evaluate(
        "url => { const a = document.createElement('a'); a.href = url; document.body.append(a); a.click(); }", AWAY
    )
    window.page.wait_for_url(AWAY)
    assert window.elsewhere == [(AWAY, "")]


STORED = """async () => ({
    local: Object.entries(localStorage), session: Object.entries(sessionStorage),
    databases: (await indexedDB.databases()).map(one => one.name),
    workers: navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
})"""


def test_b20_a_browser_keeps_nothing_of_a_case_or_of_what_was_being_written(visit, world):
    window = visit("referrer")
    window.page.goto(SITE + reverse("referrals:page", args=[world.one.draft.pk, "description"]))
    window.page.locator("textarea").first.fill("Bruises to the face, seen by the ward nurse")
    window.page.locator("textarea").first.blur()
    for path in (f"/referrals/{world.one.draft.pk}/", "/desk/"):
        window.page.goto(SITE + path)
    kept = window.page.evaluate(STORED)
    assert kept == {"local": [], "session": [], "databases": [], "workers": 0}
