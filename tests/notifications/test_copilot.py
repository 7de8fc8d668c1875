"""The national form's co-pilot: every answer in its order, to be copied; and the countdown of its time-out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cases.actions import add_child, open_case
from notifications.incident.actions import change_route, open_notification, record_awareness, save_answers
from notifications.incident.copilot import needed_in, pages_of
from notifications.incident.models import Notification
from tests.notifications.conftest import at


def answers(notification):
    return {answer.label: answer for page in pages_of(notification) for answer in page.answers}


def test_the_pages_stand_in_the_order_of_the_national_form(notification):
    titles = [page.title for page in pages_of(notification)]
    assert titles == [
        "What is notified",
        "Who notifies",
        "The incident",
        "The child: Child A",
        "Family and household",
        "Agreement and declaration",
    ]


def test_children_after_the_fourth_follow_in_the_free_text_and_have_no_page(notification, case_one, notifier):
    save_answers(notification, "incident", {"narrative": "Four fractures."}, by=notifier())
    for age in (4, 6, 8):
        add_child(case_one, by=notifier(), age_years=age, sex="male")
    four = {page.title: page for page in pages_of(notification)}
    assert "The child: Child D" in four and four["The incident"].note == ""
    assert answers(notification)["What is known"].words == "Four fractures."
    add_child(case_one, by=notifier(), age_years=10, sex="male")
    five = {page.title: page for page in pages_of(notification)}
    assert "The child: Child E" not in five and "children after the fourth" in five["The incident"].note
    words = answers(notification)["What is known"].words
    assert words.startswith("Four fractures.\n\nFurther children\nChild E: aged 10; sex: male")
    assert [child.pseudonym for child in five["The incident"].others] == ["Child E"]


def test_what_is_missing_and_what_is_asked_for_later_are_marked_until_they_are_answered(
    notification, case_one, notifier
):
    found = answers(notification)
    assert found["When the authority first knew"].needed
    assert found["Police investigation, arrests, charges, bail"].later
    assert found["Time of the incident"].needed is False
    before = needed_in(pages_of(notification))
    record_awareness(notification, by=notifier(), la_first_aware_at=at(2026, 10, 5, 9))
    save_answers(notification, "incident", {"police": "An arrest was made."}, by=notifier())
    found = answers(notification)
    assert found["When the authority first knew"].words == "5 October 2026 at 10am"
    police = found["Police investigation, arrests, charges, bail"]
    assert (police.words, police.needed, police.later) == ("An arrest was made.", False, False)
    assert needed_in(pages_of(notification)) < before
    child = next(page for page in pages_of(notification) if page.child)
    assert child.missing_identity == ("Address", "Postcode")


def of_child(notification, name):
    page = next(page for page in pages_of(notification) if page.title == f"The child: {name}")
    return {answer.label: answer for answer in page.answers}, page.missing_identity


def test_of_an_unborn_child_only_what_can_be_known_is_needed(notification, case_one, notifier):
    add_child(case_one, by=notifier(), unborn=True, harm="serious_harm")
    found, identity = of_child(notification, "Child B")
    assert found["Unborn child"].words == "Yes"
    assert not {label for label in ("Age in years", "Sex", "Education", "Legal status") if found[label].needed}
    assert not {label for label in ("Ethnicity", "Education", "Disabled") if found[label].later}
    assert found["Child protection plan"].needed
    assert identity == ("Expected date of delivery", "Address")
    born, _ = of_child(notification, "Child A")
    assert born["Unborn child"].words == "No" and born["Education"].needed


def test_what_follows_from_another_answer_is_needed_only_with_it(notification, case_one, notifier):
    child = case_one.child_set.get()
    found, _ = of_child(notification, "Child A")
    assert not found["Date of death"].needed and not found["Responsible local authority, if looked after"].needed
    said = {"harm": "death", "looked_after": "yes", "child_protection": "previous", "known_to_agency": "yes"}
    save_answers(notification, "child", said, by=notifier(), child=child)
    found, _ = of_child(notification, "Child A")
    for label in (
        "Date of death",
        "Responsible local authority, if looked after",
        "Category of the child protection plan",
        "Agencies that knew the child",
    ):
        assert found[label].needed, label


def test_a_case_without_a_child_says_that_one_is_still_needed_and_leads_there(cast, standing, signed_in):
    by = standing(cast.la_notifier)
    case = open_case(by=by, incident_la=cast.agencies.westmoor, harm="death")
    opened = open_notification(case, by=by, received_on=by.today)
    before = needed_in(pages_of(opened))
    assert answers(opened)["No child has been entered in the case yet"].needed
    client = signed_in(cast.la_notifier)
    page = client.get(f"/notifications/{opened.pk}/").content.decode()
    assert f"/cases/{case.pk}/people/add-child/" in page and "No child has been entered" in page
    assert client.get(f"/cases/{case.pk}/people/add-child/").status_code == 200
    approver = signed_in(cast.la_approver).get(f"/notifications/{opened.pk}/").content.decode()
    assert "No child has been entered" in approver and "add-child" not in approver
    add_child(case, by=by, age_years=3)
    assert "No child has been entered in the case yet" not in answers(opened)
    assert needed_in(pages_of(opened)) != before


def test_the_authority_of_the_incident_is_an_answer_of_its_own(notification, case_one, notifier):
    assert answers(notification)["Local authority in whose area it happened"].words == "Westmoor Council"
    assert not answers(notification)["Country, if outside England"].needed
    save_answers(notification, "incident", {"outside_england": "yes", "incident_la": ""}, by=notifier())
    found = answers(notification)
    assert found["Country, if outside England"].needed
    assert not found["Local authority in whose area it happened"].needed


def test_a_death_that_the_panel_does_not_consider_is_not_asked_why_the_criteria_are_met(notification, notifier):
    change_route(notification, by=notifier(), kind="lac_death_no_abuse")
    found = answers(notification)
    assert found["Is the threshold for a rapid review met?"].words == "No"
    assert found["Is abuse or neglect known or suspected?"].words == "Neither"
    needed = {label for label, answer in found.items() if answer.needed}
    assert not {"Why the criteria for notifying are met", "Kinds of abuse or neglect"} & needed


@pytest.mark.parametrize("kind", ["lac_death_no_abuse", "care_leaver_death"])
def test_the_notify_only_routes_are_not_asked_when_abuse_was_suspected(notification, notifier, kind):
    change_route(notification, by=notifier(), kind=kind)
    assert "When abuse or neglect was first suspected" not in answers(notification)


@pytest.fixture
def opened(cast, standing):
    """A notification opened an hour ago."""
    from cases.actions import open_case

    by = standing(cast.la_notifier, timezone.now() - timedelta(hours=1))
    made = open_notification(open_case(by=by, incident_la=cast.agencies.westmoor, harm="serious_harm"), by=by)
    save_answers(made, "incident", {"narrative": "Two fractures.\nOne is old."}, by=by)
    return made


def test_every_answer_stands_in_its_own_box_beside_its_button_and_what_follows_is_offered(opened, cast, signed_in):
    client: Client = signed_in(cast.la_notifier)
    page = client.get(f"/notifications/{opened.pk}/read/").content.decode()
    assert 'id="answer-2-narrative">Two fractures.\nOne is old.</p>' in page
    assert 'data-copy-target="#answer-2-narrative"' in page
    assert 'data-countdown-minutes="20"' in page and "Record that it was sent" in page
    assert "The department asks for this later" in page and "Still needed" in page
    coordinator = signed_in(cast.coordinator).get(f"/notifications/{opened.pk}/read/").content.decode()
    assert "Record that it was sent" not in coordinator
    change_route(opened, by=_by(cast), kind="care_leaver_death")
    assert "No rapid review follows" in client.get(f"/notifications/{opened.pk}/read/").content.decode()


def _by(cast):
    from accounts.standing import Standing

    return Standing.of(cast.la_notifier, timezone.now())


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_countdown_waits_to_be_started_speaks_at_whole_minutes_and_survives_a_reload(
    opened, cast, signed_in, chromium, live_server, settings
):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "sessionid", False
    client = signed_in(cast.la_notifier)
    with chromium.new_context(base_url=live_server.url) as context:
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page = context.new_page()
        page.clock.install()
        page.goto(f"/notifications/{opened.pk}/read/")
        said, left = page.locator("[data-countdown-said]"), page.locator("[data-countdown-left]")
        page.clock.run_for(60_000)
        assert said.text_content() == "" and "Start this when" in left.text_content()
        page.click("[data-countdown-start]")
        assert left.text_content() == "20 minutes left."
        page.clock.fast_forward(15 * 60_000)
        assert said.text_content() == "5 minutes left. Save or move on in the national form now."
        page.clock.run_for(60_000)
        assert "4 minutes left" in left.text_content() and "5 minutes left" in said.text_content()
        page.reload()
        assert "4 minutes left" in page.locator("[data-countdown-left]").text_content()
        page.clock.fast_forward(5 * 60_000)
        assert "signed you out" in page.locator("[data-countdown-said]").text_content()
        page.click("[data-countdown-stop]")
        assert page.locator("[data-countdown-stop]").is_hidden()
    assert Notification.objects.get().is_preparing


def test_the_notification_leads_its_notifiers_to_the_copilot_first(opened, cast, signed_in):
    words = "Copy the answers into the national form"
    page = signed_in(cast.la_notifier).get(f"/notifications/{opened.pk}/").content.decode()
    assert page.index(words) < page.index("Record that it was sent")
    assert words not in signed_in(cast.coordinator).get(f"/notifications/{opened.pk}/").content.decode()
