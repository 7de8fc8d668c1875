"""Who may let in whom, and what follows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.models import Membership, User
from accounts.rights import MANAGE_PEOPLE, NotPermitted
from accounts.roles import Role
from audit.lifecycle import AlreadyDone
from audit.models import Event
from audit.verify import first_break
from tests.cast import EVER, PASSWORD, PEOPLE, make_person

MANAGERS = {"coordinator", "second_coordinator", "system_administrator"}


@pytest.fixture
def asking(cast):
    """Nell, who has asked for access."""
    return actions.ask_for_access(
        "nell@harbourlane.example.org",
        name="Nell Newcomer",
        agency=cast.agencies.school,
        role=Role.REFERRER,
        password=PASSWORD,
        at=timezone.now(),
    )


@pytest.fixture
def cora(cast, standing):
    return standing(cast.coordinator)


def membership_of(user) -> Membership:
    return user.memberships.get()


# --- who may ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("attribute", [attribute for attribute, *_ in PEOPLE])
def test_only_coordinators_and_system_administrators_see_and_change_people(cast, signed_in, standing, attribute):
    user = getattr(cast, attribute)
    client = signed_in(user)
    expected = 200 if attribute in MANAGERS else 403
    for name in ("people", "invite", "set_up", "agencies", "new_agency", "partnership"):
        assert client.get(reverse(f"accounts:{name}")).status_code == expected, name
    somebody = cast.other_referrer if user != cast.other_referrer else cast.referrer
    pages = [reverse("accounts:person", args=[somebody.pk]), reverse("accounts:close", args=[somebody.pk])]
    for page in pages:
        assert client.get(page).status_code == (200 if attribute in MANAGERS else 404), "others do not exist to them"
    assert MANAGE_PEOPLE.allows(standing(user), somebody) is (attribute in MANAGERS)


@pytest.mark.parametrize("attribute", ["coordinator", "system_administrator"])
def test_nobody_changes_their_own_access(cast, standing, attribute, agencies):
    user = getattr(cast, attribute)
    by = standing(user)
    mine = membership_of(user)
    pending = Membership.objects.create(
        user=user, agency=agencies.westmoor, role=Role.PARTNER, starts_on=by.today - timedelta(days=1)
    )
    tries = [
        lambda: actions.approve(pending, by=by),
        lambda: actions.refuse(pending, by=by, reason="x"),
        lambda: actions.end_membership(mine, last_day=by.today, by=by),
        lambda: actions.add_membership(user, agency=agencies.westmoor, role=Role.PARTNER, starts_on=by.today, by=by),
        lambda: actions.invite(
            user.email, name="x", agency=agencies.westmoor, role=Role.PARTNER, starts_on=by.today, by=by,
            outside_confirmed=True,
        ),
        lambda: actions.close_account(user, by=by, reason="x"),
        lambda: actions.remove_second_factors(user, by=by, reason="x"),
    ]  # fmt: skip
    for attempt in tries:
        with pytest.raises(NotPermitted):
            attempt()
    pending.refresh_from_db()
    assert pending.is_waiting


def test_not_even_the_database_lets_somebody_approve_themselves(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=cast.referrer,
            agency=cast.agencies.school,
            role=Role.PARTNER,
            starts_on=EVER,
            approved_at=timezone.now(),
            approved_by=cast.referrer,
        )


def test_a_coordinator_who_opens_their_own_page_sees_their_account_instead(cast, signed_in):
    answer = signed_in(cast.coordinator).get(reverse("accounts:person", args=[cast.coordinator.pk]))
    assert answer["Location"] == reverse("accounts:profile")


def test_the_fixed_actors_of_the_system_are_nobody_in_the_list(cast, signed_in):
    scheduler = User.objects.the_scheduler()
    client = signed_in(cast.coordinator)
    assert client.get(reverse("accounts:person", args=[scheduler.pk])).status_code == 404
    client.post(reverse("accounts:people"), {"sought": "scheduler"})
    assert b"No people match" in client.get(reverse("accounts:people")).content


# --- the list -----------------------------------------------------------------------------------------------------
def test_the_list_asks_as_much_of_the_database_for_many_people_as_for_few(cast, signed_in, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(cast.coordinator)
    client.get(reverse("accounts:people"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("accounts:people"))
    for number in range(20):
        user = make_person(f"extra{number}", f"Aaa {number}", Role.REFERRER, cast.agencies.school)
        Membership.objects.create(user=user, agency=cast.agencies.hospital, role=Role.REFERRER, starts_on=EVER)
    with django_assert_num_queries(len(few)):
        client.get(reverse("accounts:people"))


def test_the_list_is_filtered_by_agency_role_and_state(cast, signed_in, asking):
    client = signed_in(cast.coordinator)

    def found(**query):
        return {line["user"] for line in client.get(reverse("accounts:people"), query).context["lines"]}

    assert found(state="waiting") == {asking.user}
    assert found(agency=cast.agencies.school.pk) == {cast.referrer, cast.lead, asking.user}
    assert found(agency=cast.agencies.school.pk, role="agency_lead") == {cast.lead}
    assert found(agency=cast.agencies.school.pk, state="active") == {cast.referrer, cast.lead}
    User.objects.filter(pk=cast.lead.pk).update(is_active=False)
    assert found(state="closed") == {cast.lead}
    assert asking.user in found(state="none")


@pytest.mark.parametrize(
    "query", ["?agency=999999", "?role=nonsense", "?state=x", "?agency=a&agency=b", "?page=1e9", "?page=-1"]
)
def test_a_filter_that_makes_no_sense_breaks_nothing(cast, signed_in, query):
    assert signed_in(cast.coordinator).get(reverse("accounts:people") + query).status_code == 200


def test_a_name_is_looked_for_without_standing_in_an_address(cast, signed_in):
    client = signed_in(cast.coordinator)
    answer = client.post(reverse("accounts:people"), {"sought": "Lena"})
    assert answer["Location"] == reverse("accounts:people")
    page = client.get(answer["Location"])
    assert [line["user"] for line in page.context["lines"]] == [cast.lead]
    assert "Lena" not in page.wsgi_request.get_full_path()


# --- letting in ---------------------------------------------------------------------------------------------------
def test_approving_is_done_once_by_whoever_is_first(asking, cora, cast, standing):
    actions.approve(asking, by=cora)
    with pytest.raises(AlreadyDone):
        actions.refuse(asking, by=standing(cast.second_coordinator), reason="x")
    asking.refresh_from_db()
    assert asking.approved_by == cast.coordinator


def form_of(client, page, **facts):
    day = timezone.localdate()
    dates = {"starts_on-day": day.day, "starts_on-month": day.month, "starts_on-year": day.year}
    return {**dates, "token": client.get(page).context["form"]["token"].value(), **facts}


def test_e3_an_address_outside_the_agencys_domains_is_looked_at_twice(cast, signed_in, letters):
    client = signed_in(cast.coordinator)
    page = reverse("accounts:invite")
    facts = {
        "name": "Jo Bloggs",
        "email": "jo@elsewhere.example.org",
        "agency": cast.agencies.school.pk,
        "role": "referrer",
    }
    answer = client.post(page, form_of(client, page, **facts))
    assert answer["Location"] == reverse("accounts:confirm_access")
    assert not User.objects.filter(email="jo@elsewhere.example.org").exists()
    assert letters("jo@elsewhere.example.org") == []
    second = client.get(answer["Location"]).content.decode()
    for shown in ("Jo Bloggs", "jo@elsewhere.example.org", "Harbour Lane Academy"):
        assert shown in second
    client.post(answer["Location"])
    assert membership_of(User.objects.get(email="jo@elsewhere.example.org")).agency == cast.agencies.school
    assert len(letters("jo@elsewhere.example.org")) == 1


def test_e3_the_verb_itself_refuses_without_the_second_look(cast, cora):
    with pytest.raises(actions.OutsideDomains):
        actions.add_membership(
            cast.other_referrer, agency=cast.agencies.school, role=Role.REFERRER, starts_on=cora.today, by=cora
        )


def test_the_second_look_comes_only_after_the_first(cast, signed_in):
    answer = signed_in(cast.coordinator).post(reverse("accounts:confirm_access"))
    assert answer["Location"] == reverse("accounts:invite")


def test_a_role_is_given_once(cast, cora):
    with pytest.raises(actions.AlreadyHeld):
        actions.add_membership(
            cast.referrer, agency=cast.agencies.school, role=Role.REFERRER, starts_on=cora.today, by=cora
        )


def test_somebody_whose_account_is_closed_is_not_invited_into_it(cast, cora):
    actions.close_account(cast.referrer, by=cora, reason="Left")
    cast.referrer.refresh_from_db()
    with pytest.raises(actions.ClosedAccount):
        actions.invite(
            cast.referrer.email,
            name="x",
            agency=cast.agencies.school,
            role=Role.AGENCY_LEAD,
            starts_on=cora.today,
            by=cora,
        )


def test_an_agency_id_that_is_not_there_is_a_form_error(cast, signed_in):
    client = signed_in(cast.coordinator)
    page = reverse("accounts:give_role", args=[cast.referrer.pk])
    answer = client.post(page, form_of(client, page, agency=999_999, role="referrer"))
    assert b"Select an agency" in answer.content
    assert cast.referrer.memberships.count() == 1


def test_a_role_with_a_last_day_ends_by_itself(cast, cora, standing):
    actions.add_membership(
        cast.reviewer,
        agency=cast.agencies.independent,
        role=Role.AUDITOR,
        starts_on=cora.today,
        ends_on=cora.today + timedelta(days=3),
        by=cora,
    )
    in_days = [standing(cast.reviewer, cora.at + timedelta(days=days)).holds(Role.AUDITOR) for days in (0, 3, 4)]
    assert in_days == [True, True, False]


# --- letting out --------------------------------------------------------------------------------------------------
def test_a_role_ended_now_is_gone_at_once_and_one_ended_today_stays_today(cast, cora, standing):
    actions.end_membership(membership_of(cast.referrer), last_day=cora.today - timedelta(days=1), by=cora)
    actions.end_membership(membership_of(cast.lead), last_day=cora.today, by=cora)
    assert standing(cast.referrer).held == ()
    assert standing(cast.lead).held != ()
    assert standing(cast.lead, cora.at + timedelta(days=1)).held == ()


def test_ending_a_role_on_its_page(cast, signed_in, standing):
    client = signed_in(cast.coordinator)
    page = reverse("accounts:end_role", args=[membership_of(cast.referrer).pk])
    assert b"Select when it ends" in client.post(page, {"when": ""}).content
    assert b"Enter last day" in client.post(page, {"when": "later"}).content
    client.post(page, {"when": "now"})
    assert standing(cast.referrer).held == ()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR])
def test_the_last_of_those_who_manage_people_cannot_be_ended_or_closed(cast, standing, role):
    by = standing(cast.coordinator if role == Role.SYSTEM_ADMINISTRATOR else cast.system_administrator)
    holders = list(Membership.objects.filter(role=role))
    for spare in holders[1:]:
        actions.end_membership(spare, last_day=by.today - timedelta(days=1), by=by)
    last = holders[0]
    with pytest.raises(NotPermitted, match="Nobody else is"):
        actions.end_membership(last, last_day=by.today, by=by)
    with pytest.raises(NotPermitted, match="Nobody else is"):
        actions.close_account(last.user, by=by, reason="Left")
    assert standing(last.user).holds(role)


def test_a_colleague_whose_role_ends_sooner_does_not_count_as_left(cast, standing):
    by = standing(cast.system_administrator)
    Membership.objects.filter(user=cast.second_coordinator).update(ends_on=by.today + timedelta(days=5))
    with pytest.raises(NotPermitted):
        actions.end_membership(membership_of(cast.coordinator), last_day=by.today + timedelta(days=10), by=by)
    actions.end_membership(membership_of(cast.coordinator), last_day=by.today + timedelta(days=2), by=by)


def test_closing_an_account_signs_the_person_out_and_can_be_undone(cast, signed_in, cora):
    theirs = signed_in(cast.lead)
    actions.close_account(cast.lead, by=cora, reason="On long leave")
    assert theirs.get(reverse("accounts:profile")).status_code == 302
    actions.open_account_again(cast.lead, by=cora, reason="Back")
    assert theirs.get(reverse("accounts:profile")).status_code == 302, "the old session stays over"
    assert signed_in(User.objects.get(pk=cast.lead.pk)).get(reverse("accounts:profile")).status_code == 200


def test_somebody_who_lost_their_phone_sets_up_a_new_factor_with_their_password(cast, enter, signed_in):
    theirs = enter(cast.lead)
    client = signed_in(cast.coordinator)
    client.post(reverse("accounts:lost_second_factor", args=[cast.lead.pk]), {"reason": "Spoke to her on 01632 960123"})
    assert not cast.lead.factors.exists()
    assert theirs.get(reverse("accounts:profile"))["Location"].startswith(reverse("account_login"))


def test_every_change_of_access_is_an_event_with_its_author_and_the_chain_holds(cast, cora, asking):
    actions.approve(asking, by=cora)
    actions.end_membership(membership_of(cast.referrer), last_day=cora.today, by=cora, reason="Moved")
    actions.close_account(cast.lead, by=cora, reason="Left")
    events = Event.objects.filter(actor=cast.coordinator).values_list("verb", flat=True)
    assert list(events) == ["access approved", "role ended", "account closed"]
    for event in Event.objects.all():
        for personal in ("Nell", "nell@", "Ada", "referrer@", PASSWORD):
            assert personal not in f"{event.verb} {event.subject} {event.changed}"
    assert first_break(Event.objects.first().trail) is None


def test_opening_somebodys_page_is_recorded(cast, signed_in):
    signed_in(cast.coordinator).get(reverse("accounts:person", args=[cast.referrer.pk]))
    event = Event.objects.get(verb="opened", subject=f"accounts.User:{cast.referrer.pk}")
    assert event.reading
    assert event.actor == cast.coordinator


def test_what_was_done_with_somebodys_access_can_be_read_on_their_page(cast, signed_in, cora):
    actions.close_account(cast.lead, by=cora, reason="Left on Friday")
    page = signed_in(cast.system_administrator).get(reverse("accounts:person", args=[cast.lead.pk])).content.decode()
    assert "Account closed" in page
    assert "Left on Friday" in page
    assert "Open the account again" in page


def test_no_page_has_a_box_for_somebody_elses_password(cast, signed_in):
    client = signed_in(cast.coordinator)
    for name in ("person", "give_role", "close", "lost_second_factor"):
        assert b'type="password"' not in client.get(reverse(f"accounts:{name}", args=[cast.referrer.pk])).content
    assert b'type="password"' not in client.get(reverse("accounts:invite")).content


def test_a_second_decision_on_the_same_request_is_answered_with_already_done(cast, signed_in, asking, cora):
    page = reverse("accounts:decide", args=[asking.pk])
    client = signed_in(cast.second_coordinator)
    token = client.get(page).context["form"]["token"].value()
    actions.approve(asking, by=cora)
    assert client.post(page, {"decision": "yes", "token": token}).status_code == 409
