"""The register of limits: its editions, and what stands in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines.statutory import (
    EDITIONS,
    SEED,
    STATUTORY_LIMITS,
    Kind,
    NoDateOfItsOwn,
    Unit,
    UnknownLimit,
    limit_in_force,
)
from tests.deadlines.counting import CODES, due


@pytest.mark.parametrize("edition", [edition.name for edition in EDITIONS])
def test_every_limit_stands_in_every_edition(edition):
    assert [limit.code for limit in STATUTORY_LIMITS if limit.edition == edition] == CODES


@pytest.mark.parametrize(
    ("on", "edition"),
    [
        (date(2018, 6, 29), "WT 2018"),
        (date(2023, 12, 14), "WT 2018"),
        (date(2023, 12, 15), "WT 2023"),
        (date(2026, 3, 17), "WT 2023"),
        (date(2026, 3, 18), "WT 2026"),
        (date(2028, 12, 31), "WT 2026"),
    ],
)
def test_the_edition_is_the_one_in_force_on_day_zero(on, edition):
    assert limit_in_force("T05", on).edition == edition


def test_before_the_first_edition_no_limit_is_in_force():
    with pytest.raises(UnknownLimit, match="the first is from 29 June 2018"):
        limit_in_force("T05", date(2018, 6, 28))


@pytest.mark.parametrize("code", ["T18", "T0", "", "T5"])
def test_a_limit_that_is_not_in_the_register_is_unknown(code):
    with pytest.raises(UnknownLimit):
        limit_in_force(code, date(2026, 10, 5))


def test_limits_may_be_named_in_either_case():
    assert limit_in_force("t02A", date(2026, 10, 5)).code == "T02a"


@given(st.dates(date(2018, 6, 29), date(2040, 1, 1)), st.sampled_from(CODES))
def test_exactly_one_edition_of_a_limit_is_in_force_on_any_day(on, code):
    assert sum(limit.code == code and limit.in_force(on) for limit in STATUTORY_LIMITS) == 1


def test_the_2026_edition_says_that_its_chapter_is_not_yet_checked():
    for limit in STATUTORY_LIMITS:
        if "Working Together" in limit.authority:
            assert ("chapter 5 not yet checked" in limit.authority) == (limit.edition == "WT 2026")


def test_no_paragraph_of_working_together_is_cited():
    assert not any("para" in limit.authority.lower() for limit in SEED)


def test_the_kinds_and_amounts_of_the_register():
    register = {limit.code: (limit.amount, limit.unit, limit.kind) for limit in STATUTORY_LIMITS}
    days, months = Unit.WORKING_DAYS, Unit.MONTHS
    assert register == {
        "T01": (5, days, Kind.DUE),
        "T02": (5, days, Kind.DUE),
        "T02a": (0, days, Kind.DUE),
        "T03": (5, days, Kind.DUE),
        "T04": (5, days, Kind.DUE),
        "T05": (15, days, Kind.DUE),
        "T06": (0, Unit.NONE, Kind.AS_SOON_AS),
        "T07": (5, days, Kind.ADVISORY),
        "T08": (20, days, Kind.ADVISORY),
        "T09": (6, months, Kind.DUE),
        "T10": (7, days, Kind.DUE),
        "T11": (7, days, Kind.DUE),
        "T12": (0, days, Kind.ADVISORY),
        "T13": (1, Unit.YEARS, Kind.NOT_BEFORE),
        "T14": (0, days, Kind.ADVISORY),
        "T15": (1, months, Kind.ADVISORY),
        "T16": (0, Unit.NONE, Kind.CONTINUOUS),
        "T17": (9, Unit.END_OF_MONTH, Kind.DUE),
    }


@pytest.mark.parametrize("code", ["T06", "T16"])
def test_a_duty_without_a_date_of_its_own_has_nothing_to_work_out(code):
    with pytest.raises(NoDateOfItsOwn, match="no date of its own"):
        due(code, "5 Oct 2026")


def test_the_same_thing_owed_to_several_names_each_of_them():
    assert limit_in_force("T07", date(2026, 10, 5)).recipients == ("panel", "ofsted", "dfe")
    assert limit_in_force("T10", date(2026, 10, 5)).recipients == ("panel", "secretary_of_state", "ofsted")
