"""Rows A1-A5, A10, A11, A13, B1, B17 of the security catalogue."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from tests.accounts.conftest import app_code, give_password, link_in, path_in, without_token
from tests.cast import PASSWORD

LOGIN = "/account/login/"


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.fixture
def client_in_council():
    return Client(REMOTE_ADDR="198.51.100.7")


# --- A1, A2, A3 ---------------------------------------------------------------------------------------------------
def test_a1_after_eight_wrong_passwords_the_right_one_is_refused_too(cast, client):
    for _ in range(8):
        answer = give_password(client, cast.referrer, "not the password")
        assert b"One of them is not right" in answer.content
    answer = give_password(client, cast.referrer)
    assert b"too many attempts" in answer.content
    assert not is_in(client)


def test_a1_a_colleague_at_the_same_address_still_signs_in(cast, client):
    for _ in range(10):
        give_password(client, cast.referrer, "not the password")
    assert give_password(client, cast.lead).status_code == 302


def test_a1_attempts_and_the_lock_are_events_that_name_nobody(cast, client):
    for _ in range(12):
        give_password(client, cast.referrer, "not the password")
    failed = Event.objects.filter(verb="sign-in failed")
    locked = Event.objects.filter(verb="sign-in locked after too many attempts")
    assert failed.count() == 8
    assert locked.count() == 1, "once for each lock, however often it is tried"
    for event in [*failed, *locked]:
        assert event.actor == User.objects.anonymous()
        assert cast.referrer.email not in event.subject
        assert "not the password" not in str(event.__dict__)
    assert len({event.subject for event in [*failed, *locked]}) == 1, "the same address gives the same text"


@pytest.mark.parametrize("spelling", [str.upper, lambda email: f"  {email} ", str.title])
def test_a2_the_count_is_one_however_the_address_is_spelt(cast, client, spelling):
    for _ in range(8):
        client.post(LOGIN, {"login": spelling(cast.referrer.email), "password": "not the password"})
    assert b"too many attempts" in give_password(client, cast.referrer).content


def test_a2_a_letter_that_only_looks_alike_is_another_address(cast, client):
    typed = cast.other_referrer.email.replace("s", "\u017f")
    assert typed != cast.other_referrer.email
    answer = client.post(LOGIN, {"login": typed, "password": PASSWORD})
    assert answer.status_code == 200
    assert not is_in(client)


def test_a2_a_forwarded_address_that_no_proxy_vouches_for_changes_nothing(cast):
    client = Client()
    for number in range(8):
        give_password(client, cast.referrer, "not the password", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert b"too many attempts" in give_password(client, cast.referrer, HTTP_X_FORWARDED_FOR="203.0.113.99").content


def test_a3_a_new_password_by_link_lets_the_owner_in_during_a_lock(cast, client, letters, client_in_council):
    for _ in range(9):
        give_password(client, cast.coordinator, "not the password")
    client_in_council.post(reverse("account_reset_password"), {"email": cast.coordinator.email})
    page = client_in_council.get(path_in(letters(cast.coordinator.email)[-1]), follow=True)
    client_in_council.post(page.redirect_chain[-1][0], {"password1": "a new and quiet river"})
    cast.coordinator.refresh_from_db()
    assert give_password(client_in_council, cast.coordinator, "a new and quiet river").status_code == 302


# --- A4, A5 -------------------------------------------------------------------------------------------------------
@pytest.fixture
def addresses(cast):
    cast.other_lead.is_active = False
    cast.other_lead.save()
    return [cast.referrer.email, "nobody@harbourlane.example.org", cast.other_lead.email]


def test_a4_signing_in_says_the_same_of_known_unknown_and_closed_accounts(addresses):
    answers = []
    for address in addresses:
        answer = Client().post(LOGIN, {"login": address, "password": "not the password"})
        answers.append((answer.status_code, without_token(answer).replace(address, ""), sorted(answer.headers)))
    assert len({str(answer) for answer in answers}) == 1


def test_a4_the_right_password_of_a_closed_account_says_no_more(addresses, cast):
    wrong = Client().post(LOGIN, {"login": cast.other_lead.email, "password": "not the password"})
    right = Client().post(LOGIN, {"login": cast.other_lead.email, "password": PASSWORD})
    assert (right.status_code, without_token(right)) == (wrong.status_code, without_token(wrong))


def test_a4_asking_for_a_new_password_says_the_same_to_everyone(addresses, letters):
    answers = set()
    for address in addresses:
        client = Client()
        answer = client.post(reverse("account_reset_password"), {"email": address}, follow=True)
        answers.add((answer.redirect_chain[0][0], without_token(answer)))
        assert len(letters(address)) == 1, "everyone gets a letter, so that sending takes as long"
    assert len(answers) == 1
    assert "http" in letters(addresses[0])[0].body
    assert all("/key/" not in letters(address)[0].body for address in addresses[1:])


def test_a5_an_unknown_address_takes_as_long_as_a_known_one(cast, client, settings):
    """A coarse guard: an unknown address must cost a password hash too. The fine measurement is the bench's."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {}
    cast.referrer.set_password(PASSWORD)
    cast.referrer.save()
    took: dict[str, list[float]] = {cast.referrer.email: [], "nobody@harbourlane.example.org": []}
    for _ in range(3):
        for address, times in took.items():
            began = time.perf_counter()
            client.post(LOGIN, {"login": address, "password": "not the password"})
            times.append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in took.values())
    assert 0.5 < unknown / known < 2


# --- A10 ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def link(cast, letters):
    """The path of a link by which Ada may choose a new password."""
    Client().post(reverse("account_reset_password"), {"email": cast.referrer.email})
    return path_in(letters(cast.referrer.email)[-1])


def choose(path: str, password: str = "a new and quiet river") -> bool:
    """Whether the link let a password be chosen."""
    client = Client()
    page = client.get(path, follow=True)
    if not page.redirect_chain:
        return False
    return client.post(page.redirect_chain[-1][0], {"password1": password}).status_code == 302


def test_a10_the_link_works_once(link, cast):
    assert choose(link)
    assert not choose(link, "yet another quiet river")


def test_a10_the_link_ends_when_the_password_changes(link, cast):
    cast.referrer.set_password("something else entirely")
    cast.referrer.save()
    assert not choose(link)


def test_a10_the_link_ends_after_an_hour(link, time_machine):
    time_machine.move_to(timezone.now() + timedelta(seconds=3601))
    assert not choose(link)


def test_a10_the_link_opens_nothing_for_somebody_deactivated_since(link, cast):
    cast.referrer.is_active = False
    cast.referrer.save()
    assert not choose(link)


@override_settings(SITE_URL="https://reviews.example.org", ALLOWED_HOSTS=["testserver", "other.example.org"])
def test_a10_the_link_names_the_configured_site_whatever_host_was_asked(cast, client, letters):
    client.post(
        reverse("account_reset_password"),
        {"email": cast.referrer.email},
        HTTP_HOST="other.example.org",
        HTTP_X_FORWARDED_HOST="evil.example.org",
    )
    assert link_in(letters(cast.referrer.email)[-1]).startswith("https://reviews.example.org/account/")


def test_a10_a_new_password_does_not_sign_in_nor_skip_the_second_factor(enter, cast, letters):
    enter(cast.referrer)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": cast.referrer.email})
    page = client.get(path_in(letters(cast.referrer.email)[-1]), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": "a new and quiet river"})
    assert not is_in(client)
    answer = give_password(client, cast.referrer, "a new and quiet river")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


def test_a10_a_correspondent_cannot_come_by_a_password(cast, letters):
    user = User.objects.create_user("gp@surgery.example.org", correspondent=True)
    Client().post(reverse("account_reset_password"), {"email": user.email})
    assert "You need none" in letters(user.email)[0].body


# --- A11, A13 -----------------------------------------------------------------------------------------------------
TOO_WEAK = (
    "seven77",
    "eight888",
    "Password123",
    "elevenchars",
    "passwordpassword",
    "123456789012",
    "qwertyuiop12",
    "Harbour Lane Academy",
    "harbour-lane-academy-26",
    "Wrenshire SCP",
    "Safeguarding reviews 1",
    "Ada Referrer!",
)
STRONG = (
    "three little oak chairs",
    "x7" * 32,
    "k" * 128,
    "\U0001f40d and twelve ladders",
    "   spaced out words",
    "Harbour Lane has many boats",
)


@pytest.mark.parametrize("password", TOO_WEAK)
def test_a11_short_common_and_near_passwords_are_refused(cast, password):
    with pytest.raises(ValidationError):
        validate_password(password, cast.referrer)


@pytest.mark.parametrize("password", STRONG)
def test_a11_long_ones_are_taken_as_they_are(cast, letters, password):
    validate_password(password, cast.referrer)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": cast.referrer.email})
    page = client.get(path_in(letters(cast.referrer.email)[-1]), follow=True)
    assert client.post(page.redirect_chain[-1][0], {"password1": password}).status_code == 302
    cast.referrer.refresh_from_db()
    assert cast.referrer.check_password(password)


def test_a11_password_boxes_let_people_paste_and_managers_fill(cast, client):
    page = client.get(LOGIN).content.decode()
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page
    assert "onpaste" not in page
    assert "maxlength" not in page


def test_a13_passwords_are_kept_by_a_slow_hash():
    from config import settings as product

    assert product.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    assert PBKDF2PasswordHasher.iterations >= 1_000_000


# --- B1, B17 ------------------------------------------------------------------------------------------------------
def test_b1_the_session_id_changes_at_every_step_of_signing_in(cast, enter):
    first = enter(cast.referrer)
    client = Client()
    ids = []

    def note():
        ids.append(client.cookies["__Host-session"].value)

    client.get(LOGIN)
    give_password(client, cast.referrer)
    note()
    client.post(reverse("mfa_authenticate"), {"code": app_code(first.totp_secret)})
    assert is_in(client)
    note()
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    note()
    assert len(set(ids)) == 3
    for old in ids[:-1]:
        stranger = Client()
        stranger.cookies["__Host-session"] = old
        assert stranger.get(reverse("accounts:profile")).status_code == 302, "an old id opens nothing"


def test_b1_a_session_id_that_somebody_planted_is_not_kept(cast):
    client = Client()
    client.cookies["__Host-session"] = "planted1234567890planted12345678"
    give_password(client, cast.referrer)
    assert client.cookies["__Host-session"].value != "planted1234567890planted12345678"


ELSEWHERE = (
    "//evil.example.org",
    "///evil.example.org",
    "https:evil.example.org",
    "https://evil.example.org/",
    "http:///evil.example.org",
    "\\\\evil.example.org",
    "/\\evil.example.org",
    "/\tevil.example.org",
    "/\r\nLocation: https://evil.example.org",
    "javascript:alert(1)",
)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_b17_signing_in_stays_on_the_site(cast, client, elsewhere, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    answer = client.post(LOGIN, {"login": cast.referrer.email, "password": PASSWORD, "next": elsewhere})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert "alert" not in answer["Location"]


def test_b17_signing_in_goes_on_to_the_page_that_was_asked_for(cast, client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    answer = client.post(LOGIN, {"login": cast.referrer.email, "password": PASSWORD, "next": "/account/details/"})
    assert answer["Location"] == "/account/details/"


def test_the_pages_of_allauth_that_are_not_named_are_closed(cast, signed_in):
    client = signed_in(cast.coordinator)
    closed = (
        "signup",
        "email",
        "confirm-email",
        "login/code",
        "inactive",
        "password/set",
        "3rdparty",
        "2fa",
        "sessions",
    )
    for path in closed:
        assert client.get(f"/account/{path}/").status_code == 404, path
