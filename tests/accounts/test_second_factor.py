"""Rows A6-A9 and A15: nobody sees anything with a password alone."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts import recovery
from accounts.models import RecoveryCode, User
from accounts.standing import Standing
from audit.models import Event
from tests.accounts.conftest import app_code, give_password, set_up_app
from tests.accounts.paths import paths_of
from tests.cast import PASSWORD

PUBLIC_OR_SETTING_UP = ("/account/second-factor", "/account/reauthenticate", "/account/logout", "/account/session")


@pytest.fixture
def half_in(cast):
    """A session of Cora's that showed only a password."""
    client = Client()
    assert give_password(client, cast.coordinator).status_code == 302
    return client


def test_a6_with_a_password_alone_every_private_page_leads_to_setting_up_a_second_factor(half_in):
    looked = 0
    for path, view in paths_of(get_resolver()):
        if not getattr(view, "login_required", True) or path.startswith(PUBLIC_OR_SETTING_UP):
            continue
        answer = half_in.get(path)
        assert answer.status_code == 302, path
        assert answer["Location"].startswith(reverse("mfa_index")), path
        looked += 1
    assert looked > 20


def test_a6_the_way_in_of_djangos_admin_does_not_exist(half_in):
    assert half_in.get("/admin/").status_code == 404
    assert half_in.get("/admin/login/").status_code == 404


def test_a6_posting_is_no_way_round_it(half_in, cast):
    half_in.post(reverse("accounts:close", args=[cast.referrer.pk]), {"reason": "x"})
    cast.referrer.refresh_from_db()
    assert cast.referrer.is_active


def test_after_setting_up_an_app_the_person_goes_on_to_the_page_they_wanted(cast):
    client = Client()
    give_password(client, cast.coordinator)
    wanted = reverse("accounts:people")
    client.get(client.get(wanted)["Location"])
    set_up_app(client)
    assert client.get(reverse("accounts:go_on"))["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_somebody_with_an_app_signs_in_with_password_and_code(enter, cast):
    secret = enter(cast.coordinator).totp_secret
    client = Client()
    assert give_password(client, cast.coordinator)["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("accounts:people"))["Location"].startswith(reverse("account_login"))
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert client.get(reverse("accounts:people")).status_code == 200


def test_a_session_begun_before_there_was_a_second_factor_gains_nothing_by_it(half_in, enter, cast):
    enter(cast.coordinator)
    answer = half_in.get(reverse("accounts:people"))
    assert answer["Location"].startswith(reverse("mfa_reauthenticate"))
    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_add_webauthn", "account_reauthenticate"):
        assert half_in.get(reverse(name))["Location"].startswith(reverse("mfa_reauthenticate")), name


def test_that_session_may_show_the_second_factor_and_go_on(half_in, enter, cast):
    secret = enter(cast.coordinator).totp_secret
    half_in.post(reverse("mfa_reauthenticate"), {"code": app_code(secret)})
    assert half_in.get(reverse("accounts:people")).status_code == 200


def test_a7_a_code_works_once(enter, cast):
    secret = enter(cast.referrer).totp_secret
    code = app_code(secret)
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, cast.referrer)
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert "_auth_user_id" not in second.session


def test_a7_a_code_of_a_minute_and_a_half_ago_is_refused(enter, cast):
    secret = enter(cast.referrer).totp_secret
    client = Client()
    give_password(client, cast.referrer)
    client.post(reverse("mfa_authenticate"), {"code": app_code(secret, at=time.time() - 90)})
    assert "_auth_user_id" not in client.session


def test_a8_after_eight_wrong_codes_the_right_one_is_refused_too(enter, cast):
    secret = enter(cast.referrer).totp_secret
    client = Client()
    give_password(client, cast.referrer)
    for number in range(8):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
    answer = client.post(reverse("mfa_authenticate"), {"code": app_code(secret)})
    assert b"too many attempts" in answer.content
    assert "_auth_user_id" not in client.session
    assert Event.objects.filter(verb="second factor refused").exists()


def test_a8_recovery_codes_are_counted_with_them(enter, cast):
    enter(cast.referrer)
    right = recovery.make(cast.referrer, by=Standing.of(cast.referrer, timezone.now()))[0]
    client = Client()
    give_password(client, cast.referrer)
    for number in range(8):
        client.post(reverse("mfa_authenticate"), {"code": f"0-0000{number}-00000"})
    client.post(reverse("mfa_authenticate"), {"code": right})
    assert "_auth_user_id" not in client.session


# --- A9 -----------------------------------------------------------------------------------------------------------
@pytest.fixture
def codes(enter, cast):
    client = enter(cast.referrer)
    page = client.post(reverse("accounts:recovery_codes"))
    return page.context["codes"]


def test_a9_each_recovery_code_lets_its_owner_in_once(codes, cast):
    for expected in (True, False):
        client = Client()
        give_password(client, cast.referrer)
        client.post(reverse("mfa_authenticate"), {"code": codes[3]})
        assert ("_auth_user_id" in client.session) is expected
    assert recovery.unused(cast.referrer) == 9


def test_a9_spaces_and_hyphens_do_not_matter(codes, cast):
    client = Client()
    give_password(client, cast.referrer)
    client.post(reverse("mfa_authenticate"), {"code": " ".join(codes[0].replace("-", ""))})
    assert "_auth_user_id" in client.session


def test_a9_only_slow_hashes_of_them_are_kept(codes):
    kept = list(RecoveryCode.objects.values_list("digest", flat=True))
    assert len(kept) == 10
    assert len(set(kept)) == 10
    for digest in kept:
        assert digest.startswith("scrypt$")
        assert not any(code.partition("-")[2].replace("-", "") in digest for code in codes)


def test_a9_new_ones_end_the_older_ones_and_are_never_shown_again(codes, enter, cast):
    client = Client()
    give_password(client, cast.referrer)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    newer = client.post(reverse("accounts:recovery_codes")).context["codes"]
    page = client.get(reverse("accounts:recovery_codes")).content.decode()
    assert not any(code in page for code in newer)
    assert not recovery.use(cast.referrer, codes[5], at=timezone.now())
    assert recovery.use(cast.referrer, newer[5], at=timezone.now())


def test_somebody_elses_recovery_code_opens_nothing(codes, enter, cast):
    enter(cast.lead)
    client = Client()
    give_password(client, cast.lead)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert "_auth_user_id" not in client.session


def test_secrets_of_authenticator_apps_are_kept_encrypted(enter, cast, settings):
    secret = enter(cast.referrer).totp_secret
    kept = Authenticator.objects.get(user=cast.referrer)
    assert secret not in str(kept.data)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a newer key " * 6
    assert kept.wrap().validate_code(app_code(secret)), "an older key still opens what it closed"


# --- A15 ----------------------------------------------------------------------------------------------------------
def test_a15_every_change_of_password_or_second_factor_is_told_to_the_address(enter, cast, letters):
    client = enter(cast.referrer, REMOTE_ADDR="203.0.113.9", HTTP_USER_AGENT="a browser of mine")
    client.post(reverse("accounts:recovery_codes"))
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "a new and quiet river"})
    subjects = [letter.subject for letter in letters(cast.referrer.email)]
    assert subjects == ["An authenticator app was added", "New recovery codes were made", "Your password was changed"]
    for letter in mail.outbox:
        for personal in (cast.referrer.name, "Ada", "203.0.113.9", "a browser of mine", PASSWORD):
            assert personal not in letter.subject + letter.body


def test_the_only_second_factor_cannot_be_removed_where_one_is_needed(enter, cast):
    client = enter(cast.referrer)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert b"Set up another way" in answer.content
    assert cast.referrer.factors.count() == 1


def test_setting_up_is_asked_of_everyone_but_correspondents(cast, settings):
    user = User.objects.create_user("gp@surgery.example.org", correspondent=True)
    client = Client()
    client.force_login(user)
    assert client.get(reverse("accounts:profile")).status_code == 200
    for name in ("mfa_index", "mfa_activate_totp", "account_change_password", "account_reauthenticate"):
        assert client.get(reverse(name)).status_code == 404, name


def test_in_the_demo_nobody_needs_one(cast, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client = Client()
    give_password(client, cast.coordinator)
    assert client.get(reverse("accounts:people")).status_code == 200


def test_outside_the_demo_it_is_required():
    from config import settings as product

    assert product.DEMO is False
    assert product.SECOND_FACTOR_REQUIRED is True


def test_changing_how_one_signs_in_asks_again_once_signing_in_is_a_while_ago(enter, cast, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    client = enter(cast.coordinator)
    time_machine.move_to(now + timezone.timedelta(minutes=6), tick=False)
    assert client.get(reverse("mfa_add_webauthn")).status_code == 302
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
