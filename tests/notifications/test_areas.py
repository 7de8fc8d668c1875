"""Which authority notifies and who reviews, by the areas of the incident and of the child's home."""

from datetime import date

import pytest

from accounts.models import Agency, AgencyType, Body
from cases.actions import open_case
from notifications.incident.actions import begin_notification, change_route, open_notification
from notifications.incident.areas import differs, rule_for
from tests.notifications.conftest import at


@pytest.fixture
def otherland(db):
    return Agency.objects.create(
        name="Otherland Council", kind=AgencyType.LA_CSC, body=Body.LA, out_of_area=True, valid_from=date(2020, 1, 1)
    )


@pytest.fixture
def case_of(cast, standing):
    def of(**facts):
        facts.setdefault("incident_la", cast.agencies.westmoor)
        return open_case(by=standing(cast.coordinator, at(2026, 10, 5)), **facts)

    return of


def test_the_authority_of_the_incident_notifies_and_the_childs_own_area_is_told(case_of, cast, otherland, notifier):
    case = case_of(home_la=otherland)
    rule = rule_for(case, "s16c_death")
    assert rule.notifies == cast.agencies.westmoor
    assert any("Otherland Council" in said and "tell its safeguarding partners" in said for said in rule.sentences)
    assert open_notification(case, by=notifier()).notifying_la == cast.agencies.westmoor
    alone = rule_for(case_of(home_la=cast.agencies.westmoor), "s16c_death")
    assert alone.sentences == ("The authority of the area in which it happened notifies: Westmoor Council.",)


def test_outside_england_the_authority_of_the_home_notifies(case_of, cast, notifier):
    case = case_of(home_la=cast.agencies.fell_isles, outside_england=True)
    assert open_notification(case, by=notifier()).notifying_la == cast.agencies.fell_isles
    unknown = case_of(outside_england=True)
    assert rule_for(unknown, "s16c_death").notifies is None
    assert open_notification(unknown, by=notifier()).notifying_la == cast.agencies.westmoor


def test_in_another_area_that_authority_notifies_and_its_partnership_reviews(case_of, cast, otherland):
    rule = rule_for(case_of(incident_la=otherland, home_la=cast.agencies.westmoor), "s16c_serious_harm")
    assert rule.notifies == otherland
    assert "The partnership of that area reviews it" in " ".join(rule.sentences)


def test_a_looked_after_childs_death_is_notified_by_the_responsible_authority_and_nothing_follows(
    case_of, cast, standing, notifier
):
    from cases.actions import add_child

    case = case_of()
    assert rule_for(case, "lac_death_no_abuse").notifies is None
    add_child(case, by=notifier(), responsible_la=cast.agencies.fell_isles)
    rule = rule_for(case, "lac_death_no_abuse")
    assert rule.notifies == cast.agencies.fell_isles
    assert rule.sentences[-1] == "No rapid review follows."
    assert "Tell the safeguarding partners of Westmoor Council too" in " ".join(rule.sentences)
    opened = open_notification(case, by=notifier(), kind="lac_death_no_abuse")
    assert opened.notifying_la == cast.agencies.fell_isles


def test_another_choice_is_said_on_the_page_and_prevents_nothing(case_of, cast, otherland, notifier, signed_in):
    case = case_of(incident_la=cast.agencies.westmoor, home_la=cast.agencies.fell_isles, outside_england=True)
    chosen = begin_notification(
        case,
        by=notifier(),
        kind="s16c_death",
        notifying_la=cast.agencies.westmoor,
        received_on=date(2026, 10, 5),
    )
    assert differs(chosen)
    client = signed_in(cast.la_notifier)
    assert "another authority notifies" in client.get(f"/notifications/{chosen.pk}/").content.decode()
    case.outside_england = False
    case.save()
    assert "another authority notifies" not in client.get(f"/notifications/{chosen.pk}/").content.decode()


@pytest.mark.parametrize("kind", ["lac_death_no_abuse", "care_leaver_death"])
def test_the_pages_of_the_notify_only_routes_say_that_no_rapid_review_follows(notification, cast, signed_in, kind):
    from django.utils import timezone

    from accounts.standing import Standing

    change_route(notification, by=Standing.of(cast.la_notifier, timezone.now()), kind=kind)
    client = signed_in(cast.la_notifier)
    for page in ("", "read/", "route/", "sent/"):
        assert "No rapid review follows" in client.get(f"/notifications/{notification.pk}/{page}").content.decode(), (
            page
        )


@pytest.mark.parametrize("role", ["partner", "group_member"])
def test_somebody_of_another_area_is_joined_to_the_case_by_the_coordinator(
    notification, cast, otherland, standing, signed_in, role
):
    from django.utils import timezone

    from accounts.models import Membership, User
    from cases.actions import assign
    from cases.parts import Part

    url, give = f"/notifications/{notification.pk}/", f"/cases/{notification.case_id}/team/give/"
    assert give in signed_in(cast.coordinator).get(url).content.decode()
    assert give not in signed_in(cast.la_notifier).get(url).content.decode()
    olga = User.objects.create(email="olga@otherland.example.org", name="Olga Otherland")
    membership = Membership.objects.create(
        user=olga, agency=otherland, role=role, starts_on=date(2020, 1, 1), approved_at=timezone.now()
    )
    client = signed_in(olga)
    assert client.get(url).status_code == 404
    assert "Olga Otherland" in signed_in(cast.coordinator).get(give).content.decode()
    assign(notification.case, Part.REVIEW_PAPERS, membership, by=standing(cast.coordinator))
    assert client.get(url).status_code == 200
    assert client.get(f"{url}withdraw/").status_code == 403
    for closed in (f"/cases/{notification.case_id}/team/give/", f"/notifications/{notification.pk}/aware/"):
        assert client.get(closed).status_code in (403, 404)


def test_a_partner_of_another_area_reads_the_decision_and_has_no_seat_in_it(
    notification, cast, otherland, standing, signed_in
):
    from accounts.models import Membership, User
    from accounts.rights import NotPermitted
    from cases.actions import assign
    from cases.parts import Part
    from decisions.actions import open_decision, record_position
    from decisions.models import Kind
    from tests.answers import answers_to

    coordinator = standing(cast.coordinator)
    decision = open_decision(notification.case, Kind.CRITERIA, by=coordinator, options=[("met", "Met"), ("not", "No")])
    olga = User.objects.create(email="olga@otherland.example.org", name="Olga Otherland")
    membership = Membership.objects.create(
        user=olga, agency=otherland, role="partner", starts_on=date(2020, 1, 1), approved_at=coordinator.at
    )
    client = signed_in(olga)
    assert client.get(f"/decisions/{decision.pk}/").status_code == 404
    assign(notification.case, Part.REVIEW_PAPERS, membership, by=coordinator)
    page = client.get(f"/decisions/{decision.pk}/")
    assert page.status_code == 200 and "Record your position" not in page.content.decode()
    for seat in decision.seats.all():
        assert client.get(f"/decisions/{decision.pk}/positions/{seat.pk}/").status_code == 403
        with pytest.raises(NotPermitted):
            record_position(seat, by=standing(olga), view="met", reasons="Ours", answers=answers_to(seat))
