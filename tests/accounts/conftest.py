"""Signing in as a person does: through the pages."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD


@pytest.fixture(autouse=True)
def _no_attempts_counted_yet():
    cache.clear()


@pytest.fixture(autouse=True)
def _what_waits_for_the_commit_comes_at_once(monkeypatch):
    """A test is one transaction that is never committed; allauth tells of a new factor on commit."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda then, using=None, robust=False: then())


def app_code(secret: str, at: float | None = None) -> str:
    """What an authenticator app shows (RFC 6238: SHA-1, six digits, thirty seconds)."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def give_password(client: Client, user, password: str = PASSWORD, **kwargs):
    return client.post(reverse("account_login"), {"login": user.email, "password": password}, **kwargs)


def set_up_app(client: Client) -> str:
    """Set up an authenticator app for whoever is signed in; returns its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": app_code(secret)})
    assert answer.status_code == 302, answer.context["form"].errors
    # The code just used is spent; the next one is that of another half minute.
    cache.clear()
    return secret


@pytest.fixture
def enter():
    """`enter(user)`: a client signed in by password, with a second factor set up on the way."""

    def of(user, **kwargs) -> Client:
        client = Client(**kwargs)
        assert give_password(client, user).status_code == 302
        client.totp_secret = set_up_app(client)
        return client

    return of


@pytest.fixture
def letters():
    """`letters(address)`: what was sent to an address, the newest last."""

    def to(address: str) -> list:
        return [letter for letter in mail.outbox if letter.to == [address]]

    return to


def code_in(letter) -> str:
    return re.search(r"\b(\d{6})\b", letter.body)[1]


def link_in(letter) -> str:
    return re.search(r"https?://\S+", letter.body)[0]


def path_in(letter) -> str:
    return "/" + link_in(letter).split("/", 3)[3]


def without_token(answer) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
