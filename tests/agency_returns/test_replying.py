"""Answering a request without an account, by a code sent to the address it was sent to."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from agency_returns import actions
from agency_returns.lifecycle import ReturnStatus
from agency_returns.models import section_named
from cases.models import Case
from govuk.fields.text import new_submit_token

ADDRESS = "designated.lead@housing.example.org"


def page(name, *args):
    return reverse(f"agency_returns:{name}", args=args)


@pytest.fixture
def asked(ask, cast):
    """The school is asked through an address of somebody who has no account."""
    return ask(cast.agencies.school, contact_email=ADDRESS)


def code_in(message):
    return re.search(r"\b\d{6}\b", message.body)[0]


@pytest.fixture
def correspondent(asked, client, settings):
    """A client signed in with the code sent to that address."""
    client.post(page("reply"), {"email": ADDRESS.upper()})
    client.post(page("reply_code"), {"code": code_in(mail.outbox[-1])})
    return client


def test_the_contact_is_told_at_once_by_reference_only(asked, cast, standing):
    actions.tell_contact(asked.request, by=standing(cast.coordinator))
    [letter] = mail.outbox
    assert letter.to == [ADDRESS]
    assert asked.request.case.reference in letter.subject + letter.body
    assert page("reply") in letter.body
    assert "Quillfeather" not in letter.body


def test_the_right_code_leads_to_the_one_request(asked, correspondent):
    answer = correspondent.get(page("list"))
    assert page("return", asked.pk) in answer.content.decode()
    assert correspondent.get(page("return", asked.pk)).status_code == 200


def test_a_correspondent_reaches_nothing_else(asked, hospital_return, ask, correspondent, cast, standing):
    other = ask(cast.agencies.school, occasion="another.Occasion:1")
    assert correspondent.get(page("return", hospital_return.pk)).status_code == 404
    assert correspondent.get(page("return", other.pk)).status_code == 404
    by = standing(User.objects.get(email=ADDRESS))
    assert not Case.objects.visible_to(by).exists()


def test_a_wrong_code_signs_nobody_in(asked, client):
    client.post(page("reply"), {"email": ADDRESS})
    right = code_in(mail.outbox[-1])
    wrong = "000000" if right != "000000" else "111111"
    answer = client.post(page("reply_code"), {"code": wrong})
    assert "Enter the code from the newest email" in answer.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_code_is_used_once(asked, client):
    client.post(page("reply"), {"email": ADDRESS})
    code = code_in(mail.outbox[-1])
    client.post(page("reply_code"), {"code": code})
    client.logout()
    client.post(page("reply"), {"email": ADDRESS})
    assert client.post(page("reply_code"), {"code": code}).status_code == 200


def test_an_address_that_was_not_asked_gets_the_same_answer_and_no_code(asked, client):
    known = client.post(page("reply"), {"email": ADDRESS})
    unknown = client.post(page("reply"), {"email": "stranger@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert not re.search(r"\b\d{6}\b", mail.outbox[-1].body)


def test_somebody_with_a_password_is_not_signed_in_by_a_code(ask, cast, client):
    ask(cast.agencies.school, contact_email=cast.lead.email)
    client.post(page("reply"), {"email": cast.lead.email})
    assert not re.search(r"\b\d{6}\b", mail.outbox[-1].body)


def test_a_withdrawn_request_cannot_be_answered(asked, client, cast, standing):
    actions.withdraw(asked, by=standing(cast.coordinator), reason="Not needed")
    client.post(page("reply"), {"email": ADDRESS})
    assert not re.search(r"\b\d{6}\b", mail.outbox[-1].body)


def test_the_address_of_somebody_elsewhere_cannot_be_the_contact(ask, cast):
    with pytest.raises(actions.ContactElsewhere):
        ask(cast.agencies.school, contact_email=cast.other_lead.email)


def test_a_correspondent_names_the_senior_lead_who_approved(asked, correspondent, standing):
    by = standing(User.objects.get(email=ADDRESS))
    actions.save_section(
        asked, section_named("involvement"), by=by, seen_version=asked.version, involvement_summary="One tenancy."
    )
    with pytest.raises(actions.ApproverNeeded):
        actions.submit(asked, by=by)
    asked.refresh_from_db()
    given = {
        "approver_name": "Hollis Head",
        "approver_role": "Director",
        "confirmed": "on",
        "seen_version": asked.version,
        "token": new_submit_token(),
    }
    assert correspondent.post(page("submit", asked.pk), given).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.approver_name, asked.approved_by) == (ReturnStatus.SUBMITTED, "Hollis Head", None)
