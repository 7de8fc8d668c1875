"""People who ask for an account, and people who are invited."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import codes, invitations
from accounts.actions import NotOpenToYou, ask_for_access
from accounts.models import Membership, User
from accounts.roles import Role
from audit.models import Event
from tests.accounts.conftest import code_in, give_password, path_in, set_up_app, without_token

NEW = "nell.newcomer@harbourlane.example.org"
PASSWORD = "a long and quiet river"


def prove(client: Client, address: str, letters) -> None:
    client.post(reverse("accounts:register"), {"email": address})
    client.post(reverse("accounts:register_code"), {"code": code_in(letters(address)[-1])})


def about(agency, role="referrer", **more) -> dict:
    return {"name": "Nell Newcomer", "agency": agency.pk, "role": role, "password": PASSWORD, **more}


@pytest.fixture
def newcomer(cast, letters):
    client = Client()
    prove(client, NEW, letters)
    answer = client.post(reverse("accounts:register_details"), about(cast.agencies.school))
    assert answer["Location"] == reverse("account_login")
    return User.objects.get(email=NEW)


def test_an_address_is_proved_before_there_is_an_account(cast):
    client = Client()
    client.post(reverse("accounts:register"), {"email": NEW})
    assert not User.objects.filter(email=NEW).exists()
    assert client.get(reverse("accounts:register_details"))["Location"] == reverse("accounts:register")


def test_who_has_asked_holds_nothing_until_a_coordinator_approves(newcomer, standing, signed_in, cast):
    assert standing(newcomer).held == ()
    client = Client()
    assert give_password(client, newcomer, PASSWORD).status_code == 302
    set_up_app(client)
    answer = client.get(reverse("accounts:people"))
    assert answer["Location"] == reverse("accounts:nothing_held")
    page = client.get(answer["Location"]).content.decode()
    assert "Your account is waiting for approval" in page
    assert "Referring practitioner, Harbour Lane Academy" in page

    membership = newcomer.memberships.get()
    decide = reverse("accounts:decide", args=[membership.pk])
    coordinator = signed_in(cast.coordinator)
    token = coordinator.get(decide).context["form"]["token"].value()
    coordinator.post(decide, {"decision": "yes", "token": token})
    assert [held.role for held in standing(newcomer).held] == [Role.REFERRER]
    assert client.get(reverse("accounts:nothing_held")).status_code == 302


def test_who_was_turned_down_still_holds_nothing(newcomer, standing, signed_in, cast):
    membership = newcomer.memberships.get()
    decide = reverse("accounts:decide", args=[membership.pk])
    client = signed_in(cast.coordinator)
    token = client.get(decide).context["form"]["token"].value()
    assert b"Enter reason" in client.post(decide, {"decision": "no", "token": token, "reason": ""}).content
    client.post(decide, {"decision": "no", "token": token, "reason": "Nobody knows her"})
    assert standing(newcomer).held == ()
    event = Event.objects.get(verb="access refused")
    assert event.reason.text == "Nobody knows her"


def test_the_coordinators_are_to_be_told(newcomer, cast):
    membership = newcomer.memberships.get()
    event = Event.objects.get(verb="access asked for")
    assert event.subject == f"accounts.Membership:{membership.pk}"
    assert event.untold
    told = membership.recipients("approvers", timezone.localdate())
    assert set(told) == {cast.coordinator, cast.second_coordinator}
    assert set(membership.recipients("person", timezone.localdate())) == {newcomer}


def test_a4_everyone_who_asks_gets_the_same_answer_and_a_letter(cast, letters):
    cast.other_lead.is_active = False
    cast.other_lead.save()
    known, closed, stranger = cast.referrer.email, cast.other_lead.email, "somebody@elsewhere.example.org"
    answers = set()
    for address in (NEW, known, closed, stranger):
        answer = Client().post(reverse("accounts:register"), {"email": address}, follow=True)
        answers.add((str(answer.redirect_chain), without_token(answer).replace(address, "")))
        assert len(letters(address)) == 1
    assert len(answers) == 1
    assert "Your code is" in letters(NEW)[0].body
    assert "There is one already" in letters(known)[0].body
    assert "not in one of the email domains" in letters(stranger)[0].body


def test_only_agencies_that_approve_the_domain_can_be_chosen(cast, letters):
    client = Client()
    prove(client, NEW, letters)
    page = client.get(reverse("accounts:register_details"))
    assert list(page.context["form"].fields["agency"].queryset) == [cast.agencies.school]
    foreign = client.post(reverse("accounts:register_details"), about(cast.agencies.hospital))
    cast.agencies.hospital.pk = 999_999
    nowhere = client.post(reverse("accounts:register_details"), about(cast.agencies.hospital))
    assert without_token(foreign) == without_token(nowhere)
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.REFERRER, Role.AGENCY_LEAD)])
def test_no_other_role_can_be_asked_for(cast, letters, role):
    with pytest.raises(NotOpenToYou):
        ask_for_access(NEW, name="N", agency=cast.agencies.school, role=role, password=PASSWORD, at=timezone.now())


def test_extra_fields_of_the_form_change_nothing(cast, letters):
    client = Client()
    prove(client, NEW, letters)
    more = {"approved_at": "2026-01-01", "is_active": "1", "email": "other@example.org", "is_superuser": "1"}
    client.post(reverse("accounts:register_details"), about(cast.agencies.school, **more))
    membership = Membership.objects.get(user__email=NEW)
    assert membership.is_waiting
    assert not membership.user.is_superuser


def test_the_password_is_checked_against_who_they_are(cast, letters):
    client = Client()
    prove(client, NEW, letters)
    answer = client.post(reverse("accounts:register_details"), about(cast.agencies.school, password="nell.newcomer"))
    assert "Password must not be like your" in answer.content.decode()


def test_a_proved_address_counts_for_half_an_hour(cast, letters, time_machine):
    now = timezone.now()
    time_machine.move_to(now)
    client = Client()
    prove(client, NEW, letters)
    time_machine.move_to(now + timedelta(minutes=31))
    assert client.get(reverse("accounts:register_details")).status_code == 302


def test_somebody_who_came_in_with_codes_can_ask_for_an_account(cast, letters):
    user = codes.correspondent_for(NEW, cast.agencies.school, at=timezone.now())
    client = Client()
    prove(client, NEW, letters)
    client.post(reverse("accounts:register_details"), about(cast.agencies.school, role="agency_lead"))
    user.refresh_from_db()
    assert not user.correspondent
    assert user.check_password(PASSWORD)
    assert user.memberships.get(role="agency_lead").is_waiting


# --- invitations --------------------------------------------------------------------------------------------------
@pytest.fixture
def invited(cast, signed_in, letters):
    """(person, path of the link in the letter)"""
    client = signed_in(cast.coordinator)
    page = client.get(reverse("accounts:invite"))
    day = timezone.localdate()
    form = {
        "name": "Ivy Invited",
        "email": "ivy@hospitals.example.org",
        "agency": cast.agencies.hospital.pk,
        "role": "agency_lead",
        "starts_on-day": day.day,
        "starts_on-month": day.month,
        "starts_on-year": day.year,
        "token": page.context["form"]["token"].value(),
    }
    answer = client.post(reverse("accounts:invite"), form)
    user = User.objects.get(email="ivy@hospitals.example.org")
    assert answer["Location"] == reverse("accounts:person", args=[user.pk])
    again = client.post(reverse("accounts:invite"), form)
    assert again["Location"] == answer["Location"], "a second press of the button leads to the same person"
    assert user.memberships.count() == 1
    return user, path_in(letters(user.email)[-1])


def welcome(path: str, password: str = PASSWORD):
    client = Client()
    client.get(path)
    return client, client.post(reverse("accounts:welcome"), {"password": password})


def test_an_invited_person_chooses_a_password_and_then_needs_a_second_factor(invited, standing):
    user, path = invited
    assert user.email not in path
    client, answer = welcome(path)
    assert answer["Location"] == reverse("account_login")
    give_password(client, user, PASSWORD)
    assert client.get(reverse("accounts:profile"))["Location"].startswith(reverse("mfa_index"))
    assert standing(user).holds(Role.AGENCY_LEAD)


def test_the_link_of_an_invitation_works_once(invited):
    path = invited[1]
    welcome(path)
    client = Client()
    assert client.get(path).status_code == 410
    assert client.post(reverse("accounts:welcome"), {"password": "another quiet river"}).status_code == 410


def test_the_link_of_an_invitation_ends_after_seven_days(invited, time_machine):
    path = invited[1]
    time_machine.move_to(timezone.now() + timedelta(days=7, minutes=1))
    assert Client().get(path).status_code == 410


def test_the_link_opens_nothing_once_the_account_is_closed(invited):
    user, path = invited
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Client().get(path).status_code == 410


def test_a_link_that_was_tampered_with_opens_nothing(invited):
    path = invited[1]
    assert Client().get(path[:-4] + "abc/").status_code == 410


def test_the_link_names_the_configured_site(invited, cast, settings):
    settings.SITE_URL = "https://reviews.example.org"
    from django.core import mail

    invitations.send(invited[0])
    assert "https://reviews.example.org/account/invitation/" in mail.outbox[-1].body


def test_the_letter_names_nobody_and_no_case(invited, letters):
    letter = letters(invited[0].email)[-1]
    for word in ("Ivy", "Invited\n", "Cora", "hospital"):
        assert word not in letter.body


def test_after_choosing_the_person_reads_what_comes_next(invited):
    _, answer = welcome(invited[1])
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["Your password is saved. Sign in to finish setting up your account"]
