"""Opening a notification and writing the sections of the national form."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actions import add_child, open_case
from cases.models import Case
from cases.panel import Doing
from notifications.incident import doings
from notifications.incident.actions import save_answers
from notifications.incident.models import Notification
from notifications.incident.panel import panel

from .conftest import hidden, url_of, when


def test_a_notifier_opens_a_case_with_its_notification(cast, signed_in):
    client = signed_in(cast.la_notifier)
    today = timezone.localdate()
    form = {
        "kind": "s16c_serious_harm",
        "notifying_la": cast.agencies.westmoor.pk,
        "title": "Baby with a head injury",
        "outside_england": "no",
        "received_on-day": today.day,
        "received_on-month": today.month,
        "received_on-year": today.year,
        **hidden(client, "/notifications/open/", "token"),
    }
    first, second = client.post("/notifications/open/", form), client.post("/notifications/open/", form)
    opened = Notification.objects.get()
    assert first["Location"] == second["Location"] == url_of(opened)
    assert Case.objects.count() == 1
    assert (opened.case.harm, opened.case.incident_la) == ("serious_harm", cast.agencies.westmoor)


def test_another_authority_is_the_same_form_error_as_one_that_does_not_exist(cast, signed_in):
    client = signed_in(cast.la_notifier)
    answers = []
    for foreign in (cast.agencies.fell_isles.pk, cast.agencies.icb.pk, 999999):
        page = client.post("/notifications/open/", {"kind": "s16c_death", "notifying_la": foreign}).content.decode()
        assert "Select which local authority notifies" in page
        answers.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[^"]*"|nonce', "", page))
    assert answers[0] == answers[1] == answers[2]
    assert not Case.objects.exists()


@pytest.mark.parametrize("person", ["coordinator", "partner_la", "referrer"])
def test_nobody_else_opens_a_case_this_way(cast, signed_in, person):
    assert signed_in(getattr(cast, person)).get("/notifications/open/").status_code == 403


def test_a_section_saves_by_itself_and_says_which_version_it_is(notification, cast, signed_in):
    client, url = signed_in(cast.la_notifier), url_of(notification, "form/incident/")
    assert f'data-autosave="{url}"' in client.get(url).content.decode()
    by_itself = {"X-Autosave": "1"}
    first = client.post(url, {"narrative": "Half a sent", "seen_version": "0"}, headers=by_itself)
    seen = first.json()["version"]
    assert client.post(url, {"narrative": "Half a sentence", "seen_version": seen}, headers=by_itself).json()
    stale = client.post(url, {"narrative": "Another tab", "seen_version": seen}, headers=by_itself)
    assert stale.status_code == 409
    assert notification.answer_sets.get().answers["narrative"] == "Half a sentence"
    unreadable = {"narrative": "Half", "incident_on-month": "13", "incident_on-year": "2026", "seen_version": seen}
    assert client.post(url, unreadable, headers=by_itself).status_code == 400
    both = client.post(url, {"narrative": "Another tab", "seen_version": seen}).content.decode()
    assert "Theirs: Half a sentence" in both and "data-autosave" not in both


def test_a_section_is_saved_and_leads_to_the_next(notification, cast, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(notification, "form/notifier/")
    response = client.post(url, {"notifier_name": "Nia", "criteria_rationale": "Because", "seen_version": ""})
    assert response["Location"] == url_of(notification, "form/incident/")
    assert notification.answer_sets.get().answers["notifier_name"] == "Nia"
    child = notification.case.child_set.get()
    response = client.post(
        url_of(notification, f"form/child/{child.pk}/"), {"sex": "female", "disabilities": ["LD", "VIS"]}
    )
    assert response["Location"] == url_of(notification, "form/family/")
    assert notification.answer_sets.get(section="child").answers["disabilities"] == ["LD", "VIS"]
    response = client.post(url_of(notification, "form/agreement/"), {"approver": "Alma"})
    assert response["Location"] == url_of(notification)


def test_an_answer_that_is_not_on_the_list_is_refused_and_keeps_the_rest(notification, cast, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(notification, "form/incident/")
    page = client.post(url, {"nature": "sent", "narrative": "Half a story", "incident_on-year": "20"}).content.decode()
    assert "Half a story" in page and "There is a problem" in page
    assert not notification.answer_sets.exists()


def test_two_tabs_on_one_section_show_both_texts(notification, cast, standing, signed_in):
    client = signed_in(cast.la_notifier)
    url = url_of(notification, "form/incident/")
    client.get(url)
    save_answers(notification, "incident", {"narrative": "Theirs"}, by=standing(cast.la_approver))
    response = client.post(url, {"narrative": "Mine", "seen_version": "0"})
    page = response.content.decode()
    assert response.status_code == 409 and "Theirs: Theirs" in page and "Yours: Mine" in page
    again = re.search(r'name="seen_version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="seen_version"', page)
    version = again.group(1) or again.group(2)
    assert client.post(url, {"narrative": "Both", "seen_version": version}).status_code == 302
    assert notification.answer_sets.get().answers["narrative"] == "Both"


def test_a_child_of_another_case_has_no_section_here(notification, cast, standing, signed_in):
    other = open_case(by=standing(cast.coordinator), incident_la=cast.agencies.westmoor)
    foreign = add_child(other, by=standing(cast.coordinator))
    client = signed_in(cast.la_notifier)
    assert client.get(url_of(notification, f"form/child/{foreign.pk}/")).status_code == 404
    for page in ("form/child/", "form/nothing/", "form/child/999999/"):
        assert client.get(url_of(notification, page)).status_code == 404


def test_dates_recorded_on_the_page_confirm_the_clock(notification, cast, signed_in):
    client = signed_in(cast.coordinator)
    url = url_of(notification, "aware/")
    form = {**when("la_first_aware_at"), "note": "Call log", **hidden(client, url, "seen_version")}
    future = {**form, **when("la_first_aware_at", timezone.localtime() + timedelta(days=2))}
    assert "must be today or in the past" in client.post(url, future).content.decode()
    assert client.post(url, form).status_code == 302
    notification.refresh_from_db()
    assert notification.la_first_aware_recorded_by == cast.coordinator
    page = client.get(url_of(notification)).content.decode()
    assert "Date not confirmed" not in page and "Recorded by Cora Coordinator" in page
    other = {
        **when("la_first_aware_at", timezone.localtime() - timedelta(days=2)),
        "seen_version": form["seen_version"],
    }
    assert client.post(url, other).status_code == 409


def test_the_stages_offer_what_follows_and_this_room_points_at_none(notification, cast, standing, signed_in):
    def offers(about, by):
        return [Doing(f"Go on with {about.pk}", "/somewhere/")] if by.holds("la_notifier") else []

    before = list(doings._offers)
    doings.register(offers)
    doings.register(offers)
    try:
        page = signed_in(cast.la_notifier).get(url_of(notification)).content.decode()
        assert page.count(f"Go on with {notification.pk}") == 1
        assert "Go on with" not in signed_in(cast.coordinator).get(url_of(notification)).content.decode()
        by = standing(cast.la_notifier)
        assert f"Go on with {notification.pk}" in repr(panel(notification.case, by, by.today))
    finally:
        doings._offers[:] = before


def test_a_stage_that_followed_ends_with_the_withdrawal_or_neither_happens(sent, cast, standing):
    from notifications.incident.actions import withdraw

    def follows(about, by, reason):
        raise RuntimeError("it could not end")

    doings.when_withdrawn(follows)
    try:
        with pytest.raises(RuntimeError):
            withdraw(sent, by=standing(cast.la_notifier), reason="Not met")
    finally:
        doings._withdrawals.remove(follows)
    sent.refresh_from_db()
    assert sent.is_sent


def test_a_later_day_of_suspicion_is_asked_how_it_is_known_and_keeps_what_was_typed(notification, cast, signed_in):
    client, url = signed_in(cast.la_notifier), url_of(notification, "aware/")
    dates = {
        **when("la_first_aware_at", timezone.localtime() - timedelta(days=2)),
        **when("abuse_first_suspected_at"),
        **hidden(client, url, "seen_version"),
    }
    page = client.post(url, dates).content.decode()
    assert "Enter how these times are known" in page
    assert client.post(url, {**dates, "note": "The post-mortem report"}).status_code == 302
    notification.refresh_from_db()
    assert notification.awareness_note == "The post-mortem report"
