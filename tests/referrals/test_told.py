"""Who is told what: a reference and a link, never a name or what happened."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Cover
from documents.papers import html_of, render_waiting
from notifications.reminders.sweep import sweep
from referrals import actions
from referrals.messages import TELLINGS
from tests.referrals.conftest import NAME, NHS_NUMBER


def told():
    """The letters that a sweep sends now, by address."""
    mail.outbox.clear()
    sweep(clock=timezone.now)
    letters = {}
    for letter in mail.outbox:
        letters.setdefault(letter.to[0], []).append(letter)
    return letters


def test_the_leads_but_not_the_author_are_asked_to_approve(waiting, cast):
    letters = told()
    assert [letter.subject for letter in letters[cast.lead.email]] == ["A referral waits for your approval"]
    assert cast.referrer.email not in letters
    assert cast.coordinator.email not in letters


def test_coordinators_are_asked_where_the_agency_has_no_other_lead(written, cast, standing):
    cast.lead.memberships.update(ends_on="2021-01-01")
    actions.send_for_approval(written, by=standing(cast.referrer))
    assert cast.coordinator.email in told()


def test_a_deputy_of_the_lead_is_asked_too(waiting, cast, standing):
    today = standing(cast.lead).today
    membership = cast.lead.memberships.get()
    Cover.objects.create(membership=membership, deputy=cast.group_member, starts_on=today, ends_on=today)
    assert cast.group_member in waiting.recipients("approvers", today)


def test_author_and_leads_have_an_acknowledgement_with_the_reference(sent, cast):
    letters = told()
    for person in (cast.referrer, cast.lead):
        subjects = [letter.subject for letter in letters[person.email]]
        assert f"Referral sent: {sent.reference}" in subjects
    assert any(sent.reference in letter.subject for letter in letters[cast.coordinator.email])
    assert cast.other_lead.email not in letters


def test_the_referrer_is_told_of_a_question(sent, cast, standing):
    told()
    actions.ask(sent, "Where was Zephyrine Quillfeather?", by=standing(cast.coordinator))
    letter = told()[cast.referrer.email][0]
    assert letter.subject == f"{sent.reference}: a question for you"
    assert "Zephyrine" not in letter.body


def test_the_coordinator_is_told_that_more_was_told(sent, cast, standing):
    told()
    actions.add_information(sent, "Zephyrine Quillfeather has come home.", by=standing(cast.referrer))
    letter = told()[cast.coordinator.email][0]
    assert letter.subject == f"{sent.reference}: more was told"
    assert "Zephyrine" not in letter.body


def test_no_letter_holds_anything_of_the_child(sent, cast, standing):
    for letters in told().values():
        for letter in letters:
            content = str(letter.message())
            for secret in (*NAME.split(), NHS_NUMBER, "head injury", "Gannet"):
                assert secret not in content


def test_every_telling_has_its_words(cast):
    from django.template.loader import get_template

    for telling in TELLINGS:
        for ending in ("subject.txt", "txt"):
            assert get_template(f"{telling.template}.{ending}")


@pytest.mark.django_db
def test_the_paper_is_set_as_the_frozen_content_says(sent):
    html = html_of(sent.paper)
    assert "The child was brought to hospital with a head injury." in html
    assert "Child A" in html and "Child C" in html
    assert "Quillfeather" not in html
    assert "whether the child is looked after" in html
    assert render_waiting(at=timezone.now()) == 1
    sent.paper.refresh_from_db()
    assert sent.paper.is_ready
