"""Who is told of a request, where the links in the letters lead, and what a letter never says."""

import pytest
from django.urls import reverse

from agency_returns import actions
from agency_returns.messages import TELLINGS
from deadlines.actions import clock_of
from notifications.reminders.announce import announce
from notifications.reminders.compose import compose
from notifications.reminders.models import Message, Telling


@pytest.fixture
def told(standing, cast):
    """Announce and compose everything that waits; gives the messages by address."""

    def of():
        by = standing(cast.coordinator)
        announce(at=by.at, day=by.today)
        compose(at=by.at, day=by.today)
        return {message.recipient: message for message in Message.objects.order_by("pk")}

    return of


def test_the_leads_of_the_agency_are_told_at_once_and_nobody_else_of_it(school_return, cast, told):
    letters = told()
    assert cast.lead in letters
    assert not {cast.referrer, cast.other_lead, cast.other_referrer} & set(letters)


def test_a_letter_names_the_reference_and_leads_to_the_return(school_return, cast, told, signed_in):
    letter = told()[cast.lead]
    assert school_return.request.case.reference in letter.subject
    assert "Quillfeather" not in letter.text + letter.subject + letter.html
    event = school_return.trail.events.get(verb="information requested")
    link = reverse("reminders:news", args=[event.pk])
    assert link in letter.text
    assert signed_in(cast.lead).get(link).url == school_return.get_absolute_url()
    assert signed_in(cast.other_lead).get(link).status_code == 404


def test_the_reminder_of_its_clock_leads_the_agency_to_its_return(school_return, cast, signed_in):
    link = reverse("reminders:duty", args=[clock_of("L07", school_return).pk])
    assert signed_in(cast.lead).get(link).url == school_return.get_absolute_url()
    assert signed_in(cast.other_lead).get(link).status_code == 404


def people_told(verb):
    return set(Telling.objects.filter(event__verb=verb).values_list("recipient", flat=True))


def test_the_business_unit_is_told_of_a_return_that_came(sent, cast, told):
    told()
    assert people_told("return submitted") == {cast.coordinator.pk, cast.second_coordinator.pk}


def test_only_the_leads_are_told_that_a_return_waits_for_approval(written, cast, standing, told):
    actions.ask_for_approval(written, by=standing(cast.referrer))
    told()
    assert people_told("return ready for approval") == {cast.lead.pk}


def test_every_telling_has_its_words():
    from django.template.loader import get_template

    for telling in TELLINGS:
        get_template(f"{telling.template}.subject.txt")
        get_template(f"{telling.template}.txt")
