"""References are given out once each, without gaps, however many people send at once."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from accounts.models import Partnership
from cases.actions import next_reference, open_case
from cases.models import Case
from tests.threads import in_threads


def test_the_first_case_of_a_year_is_number_one(case_one, standing, cast):
    year = standing(cast.coordinator).today.year
    assert case_one.reference == f"CIOS-{year}-0001"


def test_the_number_begins_again_with_the_year_of_the_london_date(cast, standing):
    new_years_eve = datetime(2026, 12, 31, 23, 59, tzinfo=UTC)
    new_year = datetime(2027, 1, 1, 0, 0, tzinfo=UTC)
    west = cast.agencies.westmoor
    references = [
        open_case(by=standing(cast.coordinator, at), incident_la=west).reference
        for at in (new_years_eve, new_years_eve, new_year)
    ]
    assert references == ["CIOS-2026-0001", "CIOS-2026-0002", "CIOS-2027-0001"]


def test_a_partnership_that_changes_its_prefix_starts_a_new_series(partnership):
    assert next_reference(2026) == "CIOS-2026-0001"
    Partnership.objects.update(reference_prefix="WREN")
    assert next_reference(2026) == "WREN-2026-0001"


def test_a_reference_taken_by_a_submit_that_failed_is_given_out_again(partnership):
    class Failed(Exception):
        pass

    with pytest.raises(Failed), transaction.atomic():
        assert next_reference(2026) == "CIOS-2026-0001"
        raise Failed
    assert next_reference(2026) == "CIOS-2026-0001"


@pytest.mark.django_db(transaction=True)
def test_fifty_cases_opened_at_once_get_fifty_references_without_a_gap(cast, standing):
    by = standing(cast.coordinator)

    def opened(number):
        return open_case(by=by, incident_la=cast.agencies.westmoor).reference

    references = in_threads(opened, range(50), threads=8)
    year = by.today.year
    assert sorted(references) == [f"CIOS-{year}-{number:04d}" for number in range(1, 51)]
    assert Case.objects.count() == 50
