"""A notification being prepared in Westmoor's case, and instants to count from."""

from datetime import UTC, date, datetime

import pytest

from cases.actions import add_child, open_case
from notifications.incident.actions import open_notification


@pytest.fixture
def case_one(cast, standing):
    """Westmoor's case, opened on Monday 5 October 2026, with a child whose name is seen only in a reveal."""
    by = standing(cast.coordinator, at(2026, 10, 5))
    case = open_case(by=by, incident_la=cast.agencies.westmoor, title="A baby with a head injury", harm="serious_harm")
    add_child(
        case,
        by=by,
        identity={"full_name": "Zephyrine Quillfeather", "born_on": date(2026, 3, 2), "nhs_number": "9434765919"},
        age_years=0,
        sex="female",
        ethnicity="WBRI",
        harm="serious_harm",
    )
    return case


@pytest.fixture
def notification(case_one, cast, standing):
    """Opened on Tuesday 6 October 2026, received the day before; nobody has said when the authority knew."""
    by = standing(cast.la_notifier, at(2026, 10, 6))
    return open_notification(case_one, by=by, received_on=date(2026, 10, 5), kind="s16c_serious_harm")


@pytest.fixture
def notifier(cast, standing):
    """`notifier(*instant)`: Westmoor's notifier at an instant (UTC), by default 8 October 2026."""

    def of(*parts):
        return standing(cast.la_notifier, at(*(parts or (2026, 10, 8))))

    return of


def at(year, month, day, hour=12, minute=0):
    """An instant, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
