"""Agencies, the partnership's details, its colour, one's own details, and the first person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.colours import DEFAULT, contrast_with_white, readable
from accounts.models import Agency, EmailDomain, Membership, Partnership, User
from accounts.rights import NotPermitted
from accounts.roles import Role
from audit.lifecycle import AlreadyDone, StaleEdit
from audit.models import Event
from tests.accounts.conftest import code_in


@pytest.fixture
def cora(cast, standing):
    return standing(cast.coordinator)


# --- agencies -----------------------------------------------------------------------------------------------------
def agency_form(client, **facts):
    page = client.get(reverse("accounts:new_agency"))
    return {
        "name": "Quay Street Surgery",
        "kind": "gp",
        "body": "none",
        "valid_from-day": 1,
        "valid_from-month": 4,
        "valid_from-year": 2024,
        "token": page.context["form"]["token"].value(),
        **facts,
    }


def test_an_agency_is_added_once_however_often_the_button_is_pressed(cast, signed_in):
    client = signed_in(cast.coordinator)
    form = agency_form(client)
    first, second = (client.post(reverse("accounts:new_agency"), form) for _ in range(2))
    agency = Agency.objects.get(name="Quay Street Surgery")
    assert first["Location"] == second["Location"] == reverse("accounts:agency", args=[agency.pk])
    assert agency.body == ""
    assert agency.valid_from == date(2024, 4, 1)
    assert agency.history.get().history_user == cast.coordinator


def test_two_agencies_of_one_name_from_one_day_are_refused_in_plain_words(cast, signed_in):
    client = signed_in(cast.coordinator)
    client.post(reverse("accounts:new_agency"), agency_form(client))
    answer = client.post(reverse("accounts:new_agency"), agency_form(client))
    assert b"There is an agency of this name from that day already" in answer.content


def test_when_two_people_change_an_agency_the_second_sees_both_texts(cast, signed_in, cora):
    agency = cast.agencies.school
    client = signed_in(cast.second_coordinator)
    edit = reverse("accounts:edit_agency", args=[agency.pk])
    opened = client.get(edit).context["form"]
    form = agency_form(client, name="Harbour Lane School", seen_version=opened["seen_version"].value())
    actions.change_agency(agency, by=cora, seen_version=agency.version, front_door="Call 01632 960222")
    answer = client.post(edit, form)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Someone changed this since you opened it" in page
    assert "Call 01632 960222" in page
    assert Agency.objects.get(pk=agency.pk).name == "Harbour Lane Academy"
    form["seen_version"] = answer.context["form"]["seen_version"].value()
    assert client.post(edit, form).status_code == 302
    assert Agency.objects.get(pk=agency.pk).name == "Harbour Lane School"


def test_a_stale_change_raises_whoever_makes_it(cast, cora):
    agency = cast.agencies.school
    actions.change_agency(agency, by=cora, seen_version=1, ons_code="E1")
    with pytest.raises(StaleEdit):
        actions.change_agency(Agency.objects.get(pk=agency.pk), by=cora, seen_version=1, ons_code="E2")


def test_ending_an_agency_ends_what_its_people_hold_in_it(cast, cora, standing):
    actions.end_agency(cast.agencies.school, last_day=cora.today - timedelta(days=1), by=cora, reason="Merged")
    assert standing(cast.referrer).held == ()
    assert Event.objects.get(verb="agency ended").reason.text == "Merged"
    with pytest.raises(AlreadyDone):
        actions.end_agency(cast.agencies.school, last_day=cora.today, by=cora)


def test_a_domain_is_approved_once_and_withdrawn(cast, signed_in):
    client = signed_in(cast.coordinator)
    add = reverse("accounts:add_domain", args=[cast.agencies.school.pk])
    for _ in range(2):
        client.post(add, {"domain": " @Pupils.HarbourLane.example.org "})
    row = EmailDomain.objects.get(domain="pupils.harbourlane.example.org")
    assert Event.objects.filter(verb="email domain approved").count() == 1
    other = reverse("accounts:remove_domain", args=[cast.agencies.hospital.pk, row.pk])
    assert client.post(other).status_code == 404, "it is not that agency's"
    client.post(reverse("accounts:remove_domain", args=[cast.agencies.school.pk, row.pk]))
    assert not cast.agencies.school.approves("a@pupils.harbourlane.example.org")


@pytest.mark.parametrize(
    "typed", ["", "nodots", "a b.example.org", "x@example.org", "-x.example.org", "http://example.org"]
)
def test_a_domain_that_is_none_is_refused_in_plain_words(cast, signed_in, typed):
    answer = signed_in(cast.coordinator).post(
        reverse("accounts:add_domain", args=[cast.agencies.school.pk]), {"domain": typed, "x": "1"}
    )
    assert answer.status_code == 200
    assert b"There is a problem" in answer.content


@pytest.mark.parametrize("attribute", ["lead", "partner_la", "auditor"])
def test_nobody_else_changes_agencies_or_the_partnership(cast, standing, attribute):
    by = standing(getattr(cast, attribute))
    for attempt in (
        lambda: actions.add_agency(by=by, name="X", kind="gp"),
        lambda: actions.end_agency(cast.agencies.school, last_day=by.today, by=by),
        lambda: actions.approve_domain(cast.agencies.school, "x.example.org", by=by),
        lambda: actions.change_partnership(by=by, seen_version=1, name="X"),
    ):
        with pytest.raises(NotPermitted):
            attempt()


def test_the_list_of_agencies_asks_as_much_of_the_database_for_many_as_for_few(
    cast, signed_in, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.coordinator)
    client.get(reverse("accounts:agencies"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("accounts:agencies"))
    for number in range(20):
        EmailDomain.objects.create(
            agency=Agency.objects.create(name=f"Surgery {number}", kind="gp"), domain=f"s{number}.example.org"
        )
    with django_assert_num_queries(len(few)):
        client.get(reverse("accounts:agencies"))


# --- the partnership ----------------------------------------------------------------------------------------------
def partnership_form(client, **facts):
    form = client.get(reverse("accounts:partnership")).context["form"]
    return {**{name: form[name].value() or "" for name in form.fields}, **facts}


def test_the_partnership_says_its_rules(cast, signed_in):
    client = signed_in(cast.system_administrator)
    form = partnership_form(client, rule_initiate_lcspr="majority", days_criteria="1")
    assert client.post(reverse("accounts:partnership"), form).status_code == 302
    kept = Partnership.this()
    assert kept.decision_rules == {
        "criteria": "la_final_say",
        "rapid_review_sign_off": "unanimous",
        "initiate_lcspr": "majority",
        "lcspr_sign_off": "unanimous",
        "days": {"criteria": 1, "rapid_review_sign_off": 2, "initiate_lcspr": 2, "lcspr_sign_off": 5},
    }
    event = Event.objects.get(verb="partnership changed")
    assert event.changed == ["decision_rules"]
    assert kept.history.first().history_user == cast.system_administrator


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("brand_colour", "#ffee00", "dark enough for white text"),
        ("brand_colour", "red", "six hexadecimal digits"),
        ("reference_prefix", "1 A", "letters and numbers"),
        ("rule_lcspr_sign_off", "la_final_say", "Select the rule"),
        ("days_criteria", "0", "between 1 and 60"),
        ("days_lcspr_sign_off", "", "between 1 and 60"),
        ("name", "", "Enter full name of the partnership"),
        ("exit_url", "javascript:alert(1)", "web address"),
    ],
)
def test_what_makes_no_sense_of_a_partnership_is_refused_in_plain_words(cast, signed_in, name, typed, said):
    client = signed_in(cast.coordinator)
    answer = client.post(reverse("accounts:partnership"), partnership_form(client, **{name: typed}))
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Partnership.this().version == 1


def test_the_first_time_the_details_are_entered_there_is_a_row(cast, signed_in, partnership):
    Partnership.objects.all().delete()
    client = signed_in(cast.coordinator)
    assert b"have not been entered yet" in client.get(reverse("accounts:set_up")).content
    client.post(reverse("accounts:partnership"), partnership_form(client, name="Northern SCP", short_name="North"))
    assert Partnership.objects.get().name == "Northern SCP"
    assert Event.objects.filter(verb="partnership entered").count() == 1


def test_the_colour_is_a_style_sheet_anybody_may_read(partnership, client):
    Partnership.objects.update(brand_colour="#004d40")
    answer = client.get("/brand.css")
    assert answer.content == b":root { --brand: #004d40; }\n"
    assert answer["Content-Type"].startswith("text/css")
    assert "max-age" in answer["Cache-Control"]


@pytest.mark.parametrize("colour", ["#ffffff", "#ffee00", "red; } body { display: none", ""])
def test_a_colour_on_which_white_cannot_be_read_gives_way_to_our_own(partnership, client, colour):
    Partnership.objects.update(brand_colour=colour[:7])
    assert client.get("/brand.css").content.decode() == f":root {{ --brand: {DEFAULT}; }}\n"


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.01)
    assert readable("#767676") == "#767676"
    assert readable("#777777") == DEFAULT
    assert contrast_with_white(DEFAULT) >= 4.5


# --- oneself ------------------------------------------------------------------------------------------------------
def test_a_person_changes_their_own_details_and_nothing_else(cast, signed_in):
    client = signed_in(cast.referrer)
    more = {"email": "x@example.org", "is_superuser": "1", "correspondent": "1"}
    client.post(reverse("accounts:my_details"), {"name": "Ada R", "job_title": "Teacher", "phone": "", **more})
    user = User.objects.get(pk=cast.referrer.pk)
    assert (user.name, user.job_title, user.email, user.is_superuser) == (
        "Ada R",
        "Teacher",
        cast.referrer.email,
        False,
    )
    assert Event.objects.get(verb="own details changed").changed == ["job_title", "name"]


def test_a_new_address_is_proved_before_it_counts_and_the_old_one_is_told(cast, signed_in, letters):
    client, new = signed_in(cast.referrer), "ada.new@harbourlane.example.org"
    old = cast.referrer.email
    client.post(reverse("accounts:my_address"), {"email": new})
    assert User.objects.filter(email=old).exists()
    client.post(reverse("accounts:my_address_code"), {"code": code_in(letters(new)[-1])})
    assert not User.objects.filter(email=old).exists()
    assert User.objects.get(email=new) == cast.referrer
    assert letters(old)[-1].subject == "Your email address was changed"
    assert new not in letters(old)[-1].body


def test_an_address_that_is_not_of_ones_agency_or_is_taken_is_refused(cast, signed_in, letters):
    client = signed_in(cast.referrer)
    answer = client.post(reverse("accounts:my_address"), {"email": "ada@elsewhere.example.org"})
    assert b"must be one your agency gave you" in answer.content
    client.post(reverse("accounts:my_address"), {"email": cast.lead.email})
    client.post(reverse("accounts:my_address_code"), {"code": code_in(letters(cast.lead.email)[-1])})
    assert User.objects.get(pk=cast.referrer.pk).email == cast.referrer.email


# --- the first person (A12) ---------------------------------------------------------------------------------------
def test_a12_a_fresh_installation_has_nobody_who_can_sign_in(db):
    assert not User.objects.filter(is_active=True).exists()
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("email", "password"), [("admin", "admin"), ("admin@example.org", "admin"), ("demo@example.org", "demo")]
)
def test_a12_no_default_account_opens(db, client, email, password):
    client.post(reverse("account_login"), {"login": email, "password": password})
    assert "_auth_user_id" not in client.session


def test_a12_the_first_coordinator_is_made_by_a_command_that_prints_a_link_and_no_password(db, capsys, standing):
    call_command("first_coordinator", "cora@partnership.example.org", "--name", "Cora First")
    printed = capsys.readouterr().out
    user = User.objects.get(email="cora@partnership.example.org")
    assert not user.has_usable_password()
    assert standing(user).holds(Role.COORDINATOR)
    path = "/" + printed.strip().splitlines()[-1].split("/", 3)[3]
    client = Client()
    client.get(path)
    client.post(reverse("accounts:welcome"), {"password": "a long and quiet river"})
    assert User.objects.get(pk=user.pk).check_password("a long and quiet river")
    assert {event.actor for event in Event.objects.filter(verb="role given")} == {User.objects.the_scheduler()}


def test_a12_the_command_makes_nobody_once_somebody_manages_people(cast):
    with pytest.raises(CommandError, match="Somebody manages people here already"):
        call_command("first_coordinator", "second@partnership.example.org", "--name", "X")
    with pytest.raises(CommandError):
        call_command("first_coordinator", "not an address", "--name", "X")


def test_what_each_role_may_reach_from_the_set_up_page(cast, signed_in):
    page = signed_in(cast.coordinator).get(reverse("accounts:set_up")).content.decode()
    for name in ("partnership", "agencies", "people"):
        assert reverse(f"accounts:{name}") in page
