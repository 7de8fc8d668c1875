"""Codes sent by e-mail, and the people who come in with one."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import codes
from accounts.models import EmailedCode, Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.models import Event
from tests.accounts.conftest import code_in, without_token

GP = "gp@surgery.example.org"
PURPOSE = "sign in:1"


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def code(db, at, letters) -> str:
    codes.send_code(GP, PURPOSE, at=at)
    return code_in(letters(GP)[-1])


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_right_code_is_right_once(code, at):
    assert codes.check_code(GP, PURPOSE, code, at=at)
    assert not codes.check_code(GP, PURPOSE, code, at=at)


@pytest.mark.parametrize(("minutes", "expected"), [(14.9, True), (15.1, False)])
def test_it_works_for_fifteen_minutes(code, at, minutes, expected):
    assert codes.check_code(GP, PURPOSE, code, at=at + timedelta(minutes=minutes)) is expected


def test_after_five_wrong_tries_the_right_one_is_refused_too(code, at):
    for _ in range(5):
        assert not codes.check_code(GP, PURPOSE, wrong(code), at=at)
    assert not codes.check_code(GP, PURPOSE, code, at=at)


def test_a_new_code_ends_the_one_before(code, at, letters):
    later = at + timedelta(minutes=1)
    codes.send_code(GP, PURPOSE, at=later)
    newer = code_in(letters(GP)[-1])
    assert newer == code or not codes.check_code(GP, PURPOSE, code, at=later)
    assert codes.check_code(GP, PURPOSE, newer, at=later)


@pytest.mark.parametrize(("address", "purpose"), [("other@surgery.example.org", PURPOSE), (GP, "sign in:2")])
def test_it_proves_nothing_but_that_address_for_that_purpose(code, at, address, purpose):
    assert not codes.check_code(address, purpose, code, at=at)


def test_spaces_and_capitals_do_not_matter(code, at):
    assert codes.check_code(f" {GP.upper()} ", PURPOSE, f"{code[:3]} {code[3:]}", at=at)


def test_an_address_is_sent_six_letters_an_hour_at_most(db, at):
    for _ in range(6):
        codes.send_code(GP, PURPOSE, at=at)
    with pytest.raises(codes.TooManyCodes):
        codes.send_instead(GP, "register", "accounts/mail/no_code", at=at)
    codes.send_code(GP, PURPOSE, at=at + timedelta(minutes=61))


def test_the_code_stands_in_no_row_no_event_and_no_log(code, at, caplog):
    caplog.set_level(logging.DEBUG)
    codes.check_code(GP, PURPOSE, wrong(code), at=at)
    codes.check_code(GP, PURPOSE, code, at=at)
    kept = EmailedCode.objects.get()
    assert code not in str(kept.__dict__)
    assert all(code not in str(event.__dict__) for event in Event.objects.all())
    assert code not in caplog.text


def test_old_codes_are_forgotten(code, at):
    codes.send_code("other@surgery.example.org", PURPOSE, at=at + timedelta(days=2))
    assert not EmailedCode.objects.filter(email=GP).exists()


# --- correspondents -----------------------------------------------------------------------------------------------
def test_proving_an_address_makes_a_person_who_holds_one_part_and_has_no_password(cast, at):
    user = codes.correspondent_for(GP, cast.agencies.school, at=at)
    by = Standing.of(user, at)
    assert user.correspondent
    assert not user.has_usable_password()
    assert [(held.role, held.agency_id) for held in by.held] == [(Role.REFERRER, cast.agencies.school.pk)]
    assert Membership.objects.get(user=user).approved_by is None


def test_proving_it_again_makes_nothing_new(cast, at):
    first = codes.correspondent_for(GP, cast.agencies.school, at=at)
    again = codes.correspondent_for(GP.upper(), cast.agencies.school, at=at + timedelta(days=3))
    assert again == first
    assert first.memberships.count() == 1


def test_somebody_with_a_password_does_not_come_in_by_a_code(cast, at):
    with pytest.raises(codes.NotACorrespondent):
        codes.correspondent_for(cast.referrer.email, cast.agencies.school, at=at)


def test_somebody_whose_access_was_ended_does_not_let_themselves_in_again(cast, at):
    user = codes.correspondent_for(GP, cast.agencies.school, at=at)
    user.memberships.update(ends_on=at.date() - timedelta(days=1))
    with pytest.raises(codes.NotACorrespondent):
        codes.correspondent_for(GP, cast.agencies.school, at=at)
    user.memberships.update(ends_on=None)
    user.is_active = False
    user.save()
    with pytest.raises(codes.NotACorrespondent):
        codes.correspondent_for(GP, cast.agencies.school, at=at)


# --- the pages ----------------------------------------------------------------------------------------------------
def ask(client: Client, address: str, agency, **kwargs):
    return client.post(reverse("accounts:code_ask"), {"agency": agency.pk, "email": address}, **kwargs)


def test_a_referrer_without_an_account_comes_in_with_a_code(cast, letters):
    client = Client()
    assert ask(client, GP, cast.agencies.school)["Location"] == reverse("accounts:code_enter")
    answer = client.post(reverse("accounts:code_enter"), {"code": code_in(letters(GP)[-1])})
    assert answer.status_code == 302
    assert client.get(reverse("accounts:profile")).status_code == 200, "no second factor is asked for"
    navigation = client.get(reverse("accounts:profile")).context["navigation"]
    assert [link.text for link in navigation] == ["Referrals"]
    for name in ("accounts:people", "accounts:set_up", "accounts:agencies", "accounts:invite"):
        assert client.get(reverse(name)).status_code == 403, name


def test_everyone_who_asks_gets_the_same_answer_and_a_letter(cast, letters):
    cast.other_lead.is_active = False
    cast.other_lead.save()
    answers = set()
    for address in (GP, cast.referrer.email, cast.other_lead.email):
        answer = ask(Client(), address, cast.agencies.school, follow=True)
        answers.add((str(answer.redirect_chain), without_token(answer).replace(address, "")))
        assert len(letters(address)) == 1
    assert len(answers) == 1
    assert "Your code is" in letters(GP)[0].body
    assert "sign in with it" in letters(cast.referrer.email)[0].body
    assert "Your code is" not in letters(cast.referrer.email)[0].body


def test_a_wrong_code_is_refused_in_plain_words_and_recorded_without_the_address(cast):
    client = Client()
    ask(client, GP, cast.agencies.school)
    answer = client.post(reverse("accounts:code_enter"), {"code": "000000"})
    assert b"Check the code" in answer.content
    event = Event.objects.get(verb="emailed code refused")
    assert GP not in event.subject


def test_the_agency_must_be_one_of_ours_and_still_there(cast):
    cast.agencies.school.valid_until = timezone.localdate() - timedelta(days=1)
    cast.agencies.school.save()
    gone = ask(Client(), GP, cast.agencies.school)
    cast.agencies.hospital.pk = 999_999
    never = ask(Client(), GP, cast.agencies.hospital)
    for answer in (gone, never):
        assert answer.status_code == 200
        assert b"Select the agency you work for" in answer.content
    assert not User.objects.filter(email=GP).exists()


def test_the_page_for_the_code_leads_back_when_nothing_was_asked(client, db):
    assert client.get(reverse("accounts:code_enter"))["Location"] == reverse("accounts:code_ask")


def test_asking_too_often_is_refused_the_same_for_every_address(cast):
    for address in (GP, cast.referrer.email):
        client = Client()
        for _ in range(5):
            ask(client, address, cast.agencies.school)
        assert b"too many attempts" in ask(client, address, cast.agencies.school).content


def test_a_mail_server_that_is_down_is_said_to_be(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = ask(Client(), GP, cast.agencies.school)
    assert b"could not be sent" in answer.content


def test_a_session_of_a_correspondent_lasts_thirty_minutes(cast, at):
    from accounts.sessions import idle_limit

    user = codes.correspondent_for(GP, cast.agencies.school, at=at)
    assert idle_limit(Standing.of(user, at)) == timedelta(minutes=30)


def test_after_the_code_they_go_on_to_the_page_of_this_site_they_wanted(cast, letters):
    for wanted, goes_there in (("/account/details/", True), ("//evil.example.org/", False)):
        client = Client()
        client.post(f"{reverse('accounts:code_ask')}?next={wanted}", {"agency": cast.agencies.school.pk, "email": GP})
        answer = client.post(reverse("accounts:code_enter"), {"code": code_in(letters(GP)[-1])})
        assert (answer["Location"] == wanted) is goes_there
        assert "evil" not in answer["Location"]
