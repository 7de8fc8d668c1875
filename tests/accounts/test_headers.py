"""Rows B8-B11, B13, B15, B16 and B19: what every answer carries, and what no request can do."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import EmailedCode
from tests.accounts.conftest import give_password
from tests.accounts.paths import paths_of

POLICY = "frame-ancestors 'none'"


def own_paths() -> list[str]:
    """The pages of this room; the walk over the whole house is in tests/house."""
    return [path for path, _ in paths_of(get_resolver()) if path.startswith("/account/") or path == "/brand.css"]


@pytest.fixture
def answers(cast, signed_in):
    """One of each: a page, a redirect, refusals, JSON, the style sheet; signed in."""
    client = signed_in(cast.referrer)
    return {
        200: client.get("/account/"),
        302: client.get("/account/login/"),
        403: client.get(reverse("accounts:people")),
        404: client.get("/nowhere/"),
        405: client.put("/account/"),
        "json": client.get(reverse("accounts:session_left")),
    }


def test_b8_cookies_are_bound_to_the_site_and_out_of_reach_of_scripts(cast):
    client = Client()
    client.get(reverse("account_login"))
    give_password(client, cast.referrer)
    assert set(client.cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in client.cookies.values():
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["samesite"] in ("Lax", "Strict")
        assert cookie["path"] == "/"
        assert not cookie["domain"]


def test_b9_no_post_is_taken_without_the_sites_own_token(cast, signed_in):
    strict = signed_in(cast.coordinator, enforce_csrf_checks=True)
    for path, _ in paths_of(get_resolver()):
        assert strict.post(path).status_code == 403, path
        assert strict.post(path, headers={"origin": "https://evil.example.org"}).status_code == 403, path


def everything_kept() -> dict[str, str]:
    """All rows but events, the heads of their chains and sessions."""
    free = {"audit.Event", "audit.Trail", "audit.Untold", "audit.Reason", "sessions.Session"}
    return {
        model._meta.label: serializers.serialize("json", model._base_manager.order_by("pk"))
        for model in apps.get_models()
        if model._meta.label not in free and model._meta.managed
    }


@pytest.mark.parametrize("method", ["get", "head"])
def test_b10_looking_changes_nothing(cast, signed_in, method):
    client = signed_in(cast.coordinator)
    before = everything_kept()
    for path in own_paths():
        assert getattr(client, method)(path).status_code < 500, path
    assert everything_kept() == before


def test_b11_no_answer_can_be_framed(answers):
    for what, answer in answers.items():
        assert answer.status_code == what or what == "json"
        assert POLICY in answer["Content-Security-Policy"], what
        assert answer["X-Frame-Options"] == "DENY", what


@pytest.mark.parametrize("path", ["/static/build/app.css", "/brand.css"])
def test_b11_nor_can_what_is_not_a_page(db, client, path, settings):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    answer = client.get(path)
    assert answer.status_code == 200
    assert POLICY in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_b11_nor_can_an_answer_to_a_failure(cast, signed_in, monkeypatch):
    client = signed_in(cast.coordinator, raise_request_exception=False)

    def fails(*args, **kwargs):
        raise RuntimeError("Zephyrine Quillfeather")

    monkeypatch.setattr("accounts.views.people.PeopleFilter", fails)
    answer = client.get(reverse("accounts:people"))
    assert answer.status_code == 500
    assert POLICY in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert b"Quillfeather" not in answer.content


def test_b12_pages_allow_no_inline_script_or_style(answers):
    policy = answers[200]["Content-Security-Policy"]
    for directive in ("default-src", "script-src", "style-src", "form-action"):
        assert f"{directive} 'self'" in policy
    for directive in ("object-src", "base-uri", "frame-ancestors"):
        assert f"{directive} 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "accounts:code_ask", "accounts:register"])
def test_b12_public_pages_hold_no_inline_script_or_style(db, client, name):
    page = client.get(reverse(name)).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\sstyle=|<style|\son\w+=", page)


def test_b13_nothing_shown_to_somebody_signed_in_is_kept_by_a_browser(answers):
    for what, answer in answers.items():
        assert answer["Cache-Control"] == "no-store", what


def test_b13_nor_is_the_answer_that_signs_them_in(cast, client):
    assert give_password(client, cast.referrer)["Cache-Control"] == "no-store"


def test_b13_a_page_that_a_code_is_typed_into_is_not_kept_either(db, client):
    for name in ("account_login", "accounts:code_ask", "accounts:register"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"], name


def test_b15_headers_that_keep_other_sites_out(answers):
    for what, answer in answers.items():
        assert answer["X-Content-Type-Options"] == "nosniff", what
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", what
        assert answer["Referrer-Policy"] == "same-origin", what
        assert "camera=()" in answer["Permissions-Policy"], what


def test_b15_browsers_are_told_to_come_back_by_https_only(cast):
    answer = Client().get("/account/login/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"


def test_b16_a_host_that_is_not_ours_is_refused_on_every_page(cast, signed_in):
    client = signed_in(cast.coordinator)
    for path in own_paths():
        answer = client.get(path, HTTP_HOST="evil.example.org")
        assert answer.status_code == 400, path
        assert b"evil" not in answer.content


def test_b16_a_forwarded_host_changes_nothing(cast, client):
    answer = client.get("/account/people/", HTTP_X_FORWARDED_HOST="evil.example.org")
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_b19_other_methods_are_refused_on_every_page(cast, signed_in, method):
    client = signed_in(cast.coordinator)
    for path in [*own_paths(), "/", "/nowhere/"]:
        answer = getattr(client, method)(path)
        assert answer.status_code == 405, path
        assert "GET" in answer["Allow"]


def test_b19_a_method_cannot_be_smuggled_in_a_header(cast, signed_in):
    client = signed_in(cast.coordinator)
    client.post(reverse("accounts:person", args=[cast.referrer.pk]), HTTP_X_HTTP_METHOD_OVERRIDE="DELETE")
    cast.referrer.refresh_from_db()
    assert cast.referrer.is_active


def test_a_page_that_only_takes_a_form_says_so_in_plain_words(cast, signed_in):
    answer = signed_in(cast.coordinator).get(reverse("accounts:my_sessions"))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert b"cannot be used like that" in answer.content


def test_refusals_are_pages_in_plain_words(answers):
    assert b"You cannot see the people of the partnership." in answers[403].content
    assert b"Page not found" in answers[404].content


def test_a_form_that_is_too_old_says_what_to_do(db):
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert answer.status_code == 403
    assert b"This form is no longer open" in answer.content


def test_more_than_we_take_is_refused_as_that(db, client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = client.post("/account/login/", {"login": "x" * 200})
    assert answer.status_code == 413
    assert not EmailedCode.objects.exists()


def test_a_database_that_cannot_be_reached_is_said_to_be_out_of_service_for_now(rf):
    from django.db import OperationalError

    from accounts.refusals import failed

    try:
        raise OperationalError("could not connect to server at 10.0.0.1")
    except OperationalError:
        answer = failed(rf.get("/"))
    assert answer.status_code == 503
    assert b"10.0.0.1" not in answer.content
    assert answer["Retry-After"]
