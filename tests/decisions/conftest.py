"""A case with a decision open before its three partners."""

import pytest

from decisions.actions import open_decision
from decisions.models import Kind
from tests.answers import answers_to

OPTIONS = (("met", "The criteria are met"), ("not_met", "The criteria are not met"))


@pytest.fixture
def decision(case_one, cast, standing):
    return open_decision(case_one, Kind.CRITERIA, by=standing(cast.coordinator), options=OPTIONS)


@pytest.fixture
def seat(decision):
    """`seat(agency)`: the seat of that body in the decision."""

    def of(agency, of=None):
        return (of or decision).seats.get(agency=agency)

    return of


@pytest.fixture
def sign(seat, cast, standing):
    """`sign(person, view, reasons)`: the person signs for their own body."""
    from decisions.actions import record_position

    bodies = {cast.partner_la: "westmoor", cast.partner_icb: "icb", cast.partner_police: "police"}

    def of(person, view="met", reasons="Reasons of {}", decision=None, **more):
        mine = seat(getattr(cast.agencies, bodies[person]), decision)
        said = {"reasons": reasons.format(person.name), "answers": answers_to(mine), **more}
        return record_position(mine, by=standing(person), view=view, **said)

    return of


@pytest.fixture
def all_signed(sign, cast):
    """All three partners say that the criteria are met; their positions are shown."""
    for person in (cast.partner_la, cast.partner_icb, cast.partner_police):
        sign(person)
