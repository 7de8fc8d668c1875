"""Signing in at a real browser: app, passkey, recovery code; without scripts; nothing left behind; axe on each page."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache

from accounts import sessions
from accounts.models import User
from tests.accounts.conftest import app_code
from tests.cast import PASSWORD
from tests.journeys.people import AXE, RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def sits_down(chromium, live_server, cast, settings):
    """`sits_down(scripts=True)`: a browser in front of the sign-in page."""
    # The server under test speaks plain http to the loopback address.
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "session", "csrf"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    contexts, refused = [], []

    def sit(*, scripts: bool = True, width: int = 1280):
        context = chromium.new_context(
            base_url=live_server.url, java_script_enabled=scripts, viewport={"width": width, "height": 900}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto("/account/login/")
        return page

    yield sit
    for context in contexts:
        context.close()
    assert refused == []


def looks(page) -> None:
    """Axe finds nothing, and nothing has to be scrolled sideways on a phone."""
    found = AXE.run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], page.url
    size = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size(size)


def give_password(page, user) -> None:
    page.fill("#id_login", user.email)
    page.fill("#id_password", PASSWORD)
    page.click("main button:has-text('Sign in')")


def set_up_app(page) -> str:
    page.click("a:has-text('Set up an authenticator app')")
    secret = page.locator("#setup-key").text_content().strip()
    page.fill("#id_code", app_code(secret))
    page.click("button:has-text('Confirm and continue')")
    page.wait_for_url("**/account/second-factor/")
    cache.clear()
    return secret


def test_setting_up_an_app_and_keeping_recovery_codes(sits_down, cast):
    page = sits_down()
    looks(page)
    page.click("main button:has-text('Sign in')")
    looks(page)
    give_password(page, cast.coordinator)
    page.wait_for_url("**/account/second-factor/**")
    looks(page)
    page.click("a:has-text('Set up an authenticator app')")
    looks(page)
    page.click("button:has-text('Confirm and continue')")
    looks(page)
    page.go_back()
    page.goto("/account/second-factor/")
    set_up_app(page)
    looks(page)
    page.click("a:has-text('Make recovery codes')")
    looks(page)
    page.click("main button:has-text('Make recovery codes')")
    looks(page)
    code = page.locator("#recovery-codes li").first.inner_text()
    page.click("a:has-text('I have kept them')")
    page.click("header button:has-text('Sign out')")
    page.goto("/account/login/")
    give_password(page, cast.coordinator)
    looks(page)
    page.fill("#id_code", code)
    page.click("button:has-text('Continue')")
    for path in ("", "people/", "set-up/", "set-up/partnership/", "agencies/", "people/invite/", "details/"):
        page.goto(f"/account/{path}")
        looks(page)
    page.goto(f"/account/people/{cast.lead.pk}/")
    looks(page)


def test_a_passkey_is_made_and_used(sits_down, cast):
    page = sits_down()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    give_password(page, cast.lead)
    page.click("a:has-text('Add a passkey')")
    looks(page)
    page.click("button:has-text('Make the passkey')")
    page.wait_for_url("**/account/second-factor/")
    assert "Your passkey is set up" in page.content()
    page.click("header button:has-text('Sign out')")
    page.goto("/account/login/")
    give_password(page, cast.lead)
    looks(page)
    page.click("button:has-text('Use a passkey')")
    page.wait_for_url(lambda url: "second-factor" not in url)
    page.goto("/account/")
    assert "Lena Lead" in page.content()


def test_everything_but_passkeys_works_without_scripts(sits_down, cast):
    page = sits_down(scripts=False)
    give_password(page, cast.coordinator)
    set_up_app(page)
    page.goto("/account/people/")
    page.fill("#sought", "Lena")
    page.click("button:has-text('Search')")
    assert "Lena Lead" in page.content()
    assert "Ada Referrer" not in page.content()
    page.goto("/account/second-factor/passkey/")
    assert "A passkey needs JavaScript" in page.content()


def test_b13_after_signing_out_the_back_button_shows_nothing_of_anybody(sits_down, cast):
    page = sits_down()
    give_password(page, cast.coordinator)
    set_up_app(page)
    page.goto("/account/people/")
    assert "Ada Referrer" in page.content()
    page.click("header button:has-text('Sign out')")
    page.go_back()
    page.wait_for_load_state()
    assert "Ada Referrer" not in page.content()


def test_a_session_about_to_end_is_warned_of_and_kept_with_one_press(sits_down, cast, settings):
    settings.IDLE_MINUTES = 2  # the warning comes when half of it is left
    page = sits_down()
    page.clock.install()
    give_password(page, cast.coordinator)
    set_up_app(page)
    # Seventy seconds go by, for the browser and for the server.
    key = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "session")
    session = SessionStore(session_key=key)
    session[sessions.SEEN_AT] -= 70
    session.save()
    page.clock.fast_forward(70_000)
    page.clock.run_for(2_000)
    dialog = page.locator("dialog[data-session-dialog]")
    dialog.wait_for(state="visible")
    looks(page)
    with page.expect_response("**/account/session/stay/") as answer:
        dialog.locator("button").click()
    assert answer.value.ok
    dialog.wait_for(state="hidden")
    assert SessionStore(session_key=key)[sessions.SEEN_AT] > session[sessions.SEEN_AT] + 60


def test_the_pages_of_those_without_an_account(sits_down, cast):
    page = sits_down()
    for path in ("code/", "register/", "password/reset/", "password/reset/done/", "session/ended/"):
        page.goto(f"/account/{path}")
        looks(page)
    page.goto("/account/code/")
    page.click("main button")
    looks(page)
    assert not User.objects.filter(correspondent=True).exists()
