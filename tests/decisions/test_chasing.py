"""Each partner has its days; then it is reminded, its deputy, and its senior partner."""

from datetime import UTC, datetime

import pytest

from accounts.models import Cover, Membership
from audit.models import Event
from decisions.actions import chase_positions, open_decision, reopen
from decisions.models import Kind, Seat, days_for
from notifications.reminders.models import Message
from notifications.reminders.sweep import sweep
from tests.decisions.conftest import OPTIONS

MONDAY = datetime(2026, 10, 5, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 10, 6, 9, tzinfo=UTC)
WEDNESDAY = datetime(2026, 10, 7, 9, tzinfo=UTC)
THURSDAY = datetime(2026, 10, 8, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 10, 9, 9, tzinfo=UTC)


@pytest.fixture
def case_one(cast, standing):
    """Opened on that Monday: nobody holds a part of a case before there is one."""
    from cases.actions import open_case

    return open_case(by=standing(cast.coordinator, MONDAY), incident_la=cast.agencies.westmoor, title="A baby")


@pytest.fixture
def asked(case_one, cast, standing):
    return open_decision(case_one, Kind.CRITERIA, by=standing(cast.coordinator, MONDAY), options=OPTIONS)


@pytest.fixture
def told():
    """`told(at)`: addresses -> subjects of what one whole pass at that instant sends."""

    def of(at):
        before = set(Message.objects.values_list("pk", flat=True))
        sweep(clock=lambda: at)
        rows = Message.objects.exclude(pk__in=before).select_related("recipient")
        return {(row.recipient.name, row.subject) for row in rows if "osition" in row.subject}

    return of


def test_a_position_is_due_within_the_working_days_the_partnership_chose(asked, partnership, case_one, cast, standing):
    assert {seat.due_on for seat in asked.seats.all()} == {WEDNESDAY.date()}
    partnership.decision_rules = {"days": {"initiate_lcspr": 5}}
    partnership.save()
    assert (days_for(Kind.INITIATE_LCSPR), days_for(Kind.CRITERIA)) == (5, 2)
    other = open_decision(case_one, Kind.INITIATE_LCSPR, by=standing(cast.coordinator, FRIDAY), options=OPTIONS)
    assert {seat.due_on for seat in other.seats.all()} == {datetime(2026, 10, 16, tzinfo=UTC).date()}


def test_a_nonsensical_number_of_days_is_not_counted_by(partnership):
    for days in (0, -3, "five", None):
        partnership.decision_rules = {"days": {"criteria": days}}
        partnership.save()
        assert days_for(Kind.CRITERIA) == 2


def test_reminder_then_deputy_then_senior_partner_each_once(asked, sign, cast, standing, told):
    sign(cast.partner_icb, decision=asked)
    sign(cast.partner_police, decision=asked)
    Cover.objects.create(
        membership=Membership.objects.get(user=cast.partner_la),
        deputy=cast.group_member,
        starts_on=THURSDAY.date(),
        ends_on=FRIDAY.date(),
    )
    asked_first = "Your position is needed: CIOS-2026-0001"
    assert told(MONDAY) == {
        (person.name, asked_first) for person in (cast.partner_la, cast.partner_icb, cast.partner_police)
    }
    assert told(TUESDAY) == {("Petra Council", "Your position is due: CIOS-2026-0001")}
    assert told(TUESDAY) == set()
    assert told(WEDNESDAY) == set()
    overdue = "Overdue position: CIOS-2026-0001"
    assert told(THURSDAY) >= {("Petra Council", overdue), ("Gail Group", overdue)}
    senior = "Overdue position, for the senior partner: CIOS-2026-0001"
    assert ("Sena Senior", senior) in told(FRIDAY)
    assert told(FRIDAY) == set()
    assert not any(name == "Paul Police" for name, _ in told(FRIDAY))


def test_after_an_outage_only_the_furthest_is_said(asked, case_one):
    assert chase_positions(at=FRIDAY) == 3
    verbs = list(
        Event.objects.filter(trail=case_one.chain, verb__startswith="position ").values_list("verb", flat=True)
    )
    assert verbs == ["position overdue, senior partner told"] * 3
    assert chase_positions(at=FRIDAY) == 0


def test_whoever_has_signed_and_what_is_over_is_left_alone(asked, sign, cast, standing):
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        sign(person, decision=asked)
    assert chase_positions(at=FRIDAY) == 0
    assert set(Seat.objects.values_list("chased", flat=True)) == {Seat.Chased.NOT_YET}


def test_the_page_says_when_each_is_due_and_what_is_overdue(asked, cast, signed_in, standing):
    page = signed_in(cast.coordinator).get(f"/decisions/{asked.pk}/").content.decode()
    assert page.count("Due 7 October 2026") == 3 and page.count("Overdue") == 3


def test_the_senior_partner_sees_who_is_waited_for_until_the_position_is_in(asked, sign, cast, signed_in):
    url = f"/decisions/{asked.pk}/"
    client = signed_in(cast.senior_partner)
    assert client.get(url).status_code == 404
    chase_positions(at=FRIDAY)
    sign(cast.partner_police, "not_met", "Marmalade", decision=asked)
    page = client.get(url).content.decode()
    assert "Waiting for the position of: Westmoor Council" in page and "Marmalade" not in page
    sign(cast.partner_la, decision=asked)
    assert client.get(url).status_code == 404


def test_deciding_again_counts_the_days_anew(asked, sign, cast, standing):
    from decisions.actions import conclude

    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        sign(person, decision=asked)
    conclude(asked, by=standing(cast.coordinator, WEDNESDAY), outcome="met", rationale="All agree")
    again = reopen(asked, by=standing(cast.coordinator, FRIDAY), reason="New facts")
    assert {seat.due_on for seat in again.seats.all()} == {datetime(2026, 10, 13, tzinfo=UTC).date()}
