"""Rows B2-B7: sessions end, and what they may do changes at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.models import Membership, User
from accounts.standing import Standing
from audit.models import Event
from tests.cast import PASSWORD

PROFILE = "/account/"


@pytest.fixture
def clock(time_machine):
    """`clock(minutes)`: that many minutes later than when the test began."""
    began = timezone.now()
    time_machine.move_to(began, tick=False)

    def later(minutes: float) -> None:
        time_machine.move_to(began + timedelta(minutes=minutes), tick=False)

    return later


def test_b2_who_holds_cases_is_signed_out_after_fifteen_minutes_without_activity(cast, signed_in, clock):
    client = signed_in(cast.coordinator)
    clock(14.9)
    assert client.get(PROFILE).status_code == 200
    clock(14.9 + 16)
    answer = client.get(PROFILE)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:session_ended"))
    assert client.get(PROFILE)["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("attribute", "minutes"), [("referrer", 30), ("action_owner", 30), ("lead", 15), ("partner_la", 15)]
)
def test_b2_the_limit_is_thirty_minutes_for_those_who_only_refer(cast, signed_in, clock, attribute, minutes):
    client = signed_in(getattr(cast, attribute))
    clock(minutes - 0.1)
    assert client.get(PROFILE).status_code == 200
    clock(2 * minutes + 1)
    assert client.get(PROFILE).status_code == 302


def test_b2_asking_how_long_is_left_does_not_make_it_longer(cast, signed_in, clock):
    client = signed_in(cast.coordinator)
    for minute in range(1, 15):
        clock(minute)
        assert client.get(reverse("accounts:session_left")).json() == {"seconds": (15 - minute) * 60}
    clock(15.1)
    assert client.get(reverse("accounts:session_left")).status_code == 302
    assert client.get(PROFILE).status_code == 302


def test_b2_choosing_to_stay_does(cast, signed_in, clock):
    client = signed_in(cast.coordinator)
    clock(14)
    answer = client.post(reverse("accounts:stay"), headers={"accept": "application/json"})
    assert answer.json() == {"seconds": 900}
    clock(28)
    assert client.get(PROFILE).status_code == 200


def test_staying_without_scripts_leads_back_to_a_page(cast, signed_in):
    assert signed_in(cast.coordinator).post(reverse("accounts:stay")).status_code == 302
    assert signed_in(cast.coordinator).get(reverse("accounts:stay")).status_code == 405


def test_b2_the_clock_counts_from_a_row_that_was_changed_behind_our_back_too(cast, signed_in):
    client = signed_in(cast.coordinator)
    session = client.session
    session[sessions.SEEN_AT] -= 16 * 60
    session.save()
    assert client.get(PROFILE).status_code == 302


def test_after_the_time_is_up_the_way_back_leads_to_the_same_page(cast, signed_in, clock):
    client = signed_in(cast.coordinator)
    clock(20)
    answer = client.get("/account/details/?a=1", follow=True)
    assert "next=%2Faccount%2Fdetails%2F%3Fa%3D1" in answer.content.decode()
    assert answer.headers.get("Clear-Site-Data") is None
    assert Event.objects.filter(verb="session ended").count() == 1


def test_a_public_page_is_simply_shown_when_the_time_is_up(cast, signed_in, clock):
    client = signed_in(cast.coordinator)
    clock(20)
    assert client.get(reverse("account_login")).status_code == 200


def test_b3_nobody_stays_longer_than_twelve_hours(cast, signed_in, clock):
    client = signed_in(cast.coordinator)
    for minute in range(10, 12 * 60, 10):
        clock(minute)
        assert client.get(PROFILE).status_code == 200, minute
    clock(12 * 60 + 1)
    assert client.get(PROFILE).status_code == 302


def test_b4_after_signing_out_the_cookie_opens_nothing(cast, signed_in):
    client = signed_in(cast.coordinator)
    cookie = client.cookies["__Host-session"].value
    client.post(reverse("account_logout"))
    again = Client()
    again.cookies["__Host-session"] = cookie
    assert again.get(PROFILE).status_code == 302
    assert not Session.objects.filter(session_key=cookie).exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_b4_only_a_post_signs_out(cast, signed_in, method):
    client = signed_in(cast.coordinator)
    getattr(client, method)(reverse("account_logout"))
    assert client.get(PROFILE).status_code == 200


def test_b4_signing_out_tells_the_browser_to_forget(cast, signed_in):
    answer = signed_in(cast.coordinator).post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer["Cache-Control"] == "no-store"


def test_b5_the_next_request_of_somebody_deactivated_is_refused(cast, signed_in):
    client = signed_in(cast.coordinator)
    assert client.get(reverse("accounts:people")).status_code == 200
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    assert client.get(reverse("accounts:people")).status_code == 302


def test_b5_a_role_that_is_ended_is_gone_at_the_next_request(cast, signed_in):
    client = signed_in(cast.coordinator)
    assert client.get(reverse("accounts:people")).status_code == 200
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=cast.coordinator).update(ends_on=yesterday)
    assert client.get(reverse("accounts:people"))["Location"] == reverse("accounts:nothing_held")
    assert b"Your access has ended" in client.get(reverse("accounts:nothing_held")).content


def test_b5_somebody_who_moves_to_another_agency_holds_the_new_one_at_once(cast, signed_in, standing):
    Membership.objects.filter(user=cast.referrer).update(agency=cast.agencies.hospital)
    assert standing(cast.referrer).agencies() == {cast.agencies.hospital.pk}


def test_b6_a_new_password_ends_every_other_session(cast, signed_in):
    one, other = signed_in(cast.coordinator), signed_in(cast.coordinator)
    answer = one.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "a new and quiet river"}
    )
    assert answer.status_code == 302
    assert one.get(PROFILE).status_code == 200
    assert other.get(PROFILE).status_code == 302


def test_b6_guessing_at_the_current_password_in_an_open_session_is_counted(cast, signed_in):
    client = signed_in(cast.coordinator)
    form = {"oldpassword": "not the password", "password1": "a new and quiet river"}
    for _ in range(9):
        client.post(reverse("account_change_password"), form)
    client.post(reverse("account_change_password"), {**form, "oldpassword": PASSWORD})
    cast.coordinator.refresh_from_db()
    assert cast.coordinator.check_password(PASSWORD)


def test_a_person_can_sign_out_everywhere_else(cast, signed_in):
    one, other = signed_in(cast.coordinator), signed_in(cast.coordinator)
    one.post(reverse("accounts:my_sessions"))
    assert one.get(PROFILE).status_code == 200
    assert other.get(PROFILE).status_code == 302


def test_b7_a_session_that_was_ended_while_a_slow_request_ran_is_not_made_again(cast, signed_in):
    client = signed_in(cast.coordinator)
    slow = client.session
    slow[sessions.SEEN_AT] = 0  # read, as the slow request has read it, and about to be written
    Session.objects.filter(session_key=slow.session_key).delete()
    with pytest.raises(UpdateError):
        slow.save()
    assert not Session.objects.filter(session_key=slow.session_key).exists()


def test_the_session_is_not_written_at_every_page(cast, signed_in, django_assert_num_queries, clock):
    client = signed_in(cast.coordinator)
    client.get(reverse("accounts:session_left"))
    # Session, person, standing: reading how long is left changes nothing.
    with django_assert_num_queries(3):
        client.get(reverse("accounts:session_left"))


def test_the_limit_follows_the_role_not_the_person(cast):
    at = timezone.now()
    by = Standing.of(cast.referrer, at)
    assert sessions.idle_limit(by) == timedelta(minutes=30)
    Membership.objects.create(
        user=cast.referrer, agency=cast.agencies.school, role="agency_lead", starts_on=by.today, approved_at=at
    )
    assert sessions.idle_limit(Standing.of(cast.referrer, at)) == timedelta(minutes=15)
