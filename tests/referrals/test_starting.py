"""Before a referral: the first question, and what it is about."""

from referrals.models import Referral
from tests.referrals.addresses import url


def test_somebody_with_a_child_at_risk_now_is_sent_to_the_front_door(cast, signed_in):
    client = signed_in(cast.referrer)
    answer = client.post(url("start"), {"at_risk_now": "yes"}, follow=True)
    assert answer.redirect_chain == [(url("child_at_risk"), 302)]
    assert "999" in answer.text and "01632 960000" in answer.text
    assert not Referral.objects.exists()


def test_starting_twice_with_one_form_makes_one_draft(cast, past_the_first_question):
    client = past_the_first_question(cast.referrer)
    sent = {"kind": "serious_incident", "agency": cast.agencies.school.pk, "token": "one-and-only-form"}
    first, second = client.post(url("begin"), sent), client.post(url("begin"), sent)
    assert first.url == second.url == url("tasks", Referral.objects.get().pk)


def test_a_referral_cannot_be_started_for_another_agency_whether_or_not_it_exists(cast, past_the_first_question):
    client = past_the_first_question(cast.referrer)
    answers = [
        client.post(url("begin"), {"kind": "serious_incident", "agency": pk, "token": "a-token-of-mine"})
        for pk in (cast.agencies.hospital.pk, 999_999)
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].context["form"].errors == answers[1].context["form"].errors
    assert not Referral.objects.exists()


def test_people_who_do_not_refer_are_told_so(cast, signed_in):
    for person in (cast.coordinator, cast.partner_la, cast.system_administrator):
        assert signed_in(person).get(url("start")).status_code == 403


def test_nothing_is_started_before_it_was_asked_whether_a_child_is_at_risk(cast, signed_in):
    client = signed_in(cast.referrer)
    sent = {"kind": "learning", "agency": cast.agencies.school.pk, "token": "straight-to-the-form"}
    assert client.get(url("begin")).url == url("start")
    turned_back = client.post(url("begin"), sent)
    assert turned_back.url == f"{url('start')}?kind=learning"
    assert not Referral.objects.exists()
    # What was chosen is not asked again.
    forward = client.post(turned_back.url, {"at_risk_now": "no"})
    assert client.get(forward.url).context["form"]["kind"].value() == "learning"
    client.post(forward.url, sent)
    assert Referral.objects.get().kind == "learning"


def test_the_first_question_is_asked_for_each_referral(cast, past_the_first_question):
    client = past_the_first_question(cast.referrer)
    sent = {"kind": "learning", "agency": cast.agencies.school.pk, "token": "the-first-referral"}
    client.post(url("begin"), sent)
    assert client.get(url("begin")).url == url("start")
    assert client.post(url("begin"), {**sent, "token": "the-second-referral"}).url.startswith(url("start"))
    client.post(url("start"), {"at_risk_now": "yes"})
    assert client.get(url("begin")).status_code == 200
    assert Referral.objects.count() == 1


def test_only_a_kind_that_there_is_is_carried_along(cast, signed_in):
    forged = "//elsewhere.example.org/?x=<script>"
    assert signed_in(cast.referrer).post(url("begin"), {"kind": forged}).url == url("start")
