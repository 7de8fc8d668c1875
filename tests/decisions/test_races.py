"""Partners who decide at the same moment."""

import pytest

from accounts.models import Membership
from audit.lifecycle import AlreadyDone
from audit.verify import breaks
from decisions.actions import NotReady, abandon, conclude, record_position
from decisions.models import Decision, Position, Seat
from tests.answers import answers_to
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_people_signing_for_one_seat_at_once_one_wins(decision, cast, standing):
    agency = cast.agencies.police
    Membership.objects.create(
        user=cast.senior_partner,
        agency=agency,
        role="partner",
        starts_on="2020-01-01",
        approved_at=standing(cast.partner_police).at,
    )
    seat = decision.seats.get(agency=agency)

    def sign(person):
        try:
            mine = Seat.objects.get(pk=seat.pk)
            record_position(mine, by=standing(person), view="met", reasons=person.name, answers=answers_to(mine))
        except AlreadyDone:
            return "refused"
        return "signed"

    assert sorted(in_threads(sign, [cast.partner_police, cast.senior_partner])) == ["refused", "signed"]
    assert Position.objects.count() == 1
    assert list(breaks()) == []


def test_three_partners_signing_at_once_are_all_kept_and_shown_once(decision, sign, cast):
    in_threads(sign, [cast.partner_la, cast.partner_icb, cast.partner_police])
    decision.refresh_from_db()
    assert decision.is_revealed
    assert Position.objects.count() == 3
    assert list(breaks()) == []


def test_concluding_and_abandoning_at_once_leave_one_of_them(decision, sign, cast, standing):
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        sign(person)
    by = standing(cast.coordinator)

    def end(how):
        mine = Decision.objects.get(pk=decision.pk)
        try:
            if how == "conclude":
                conclude(mine, by=by, outcome="met", rationale="All agree")
            else:
                abandon(mine, by=by, reason="The notification was withdrawn")
        except (AlreadyDone, NotReady):
            return "refused"
        return how

    done = in_threads(end, ["conclude", "abandon"])
    decision.refresh_from_db()
    assert sorted(done)[1] == "refused"
    assert decision.status == {"conclude": "concluded", "abandon": "abandoned"}[min(done)]
    assert bool(decision.outcome) == (decision.status == "concluded")
    assert list(breaks()) == []
