"""Clocks of a case and a scheduler whose time the test sets."""

from datetime import UTC, datetime

import pytest

from accounts.roles import Role
from cases.actions import add_child, open_case
from deadlines.actions import clocks
from notifications.reminders.sweep import sweep


@pytest.fixture
def at():
    """`at(2026, 10, 5, 9)`: an instant in UTC."""

    def instant(year, month, day, hour=9, minute=0):
        return datetime(year, month, day, hour, minute, tzinfo=UTC)

    return instant


@pytest.fixture
def swept():
    """`swept(instant)`: one pass of the scheduler at that instant."""

    def run(instant):
        return sweep(clock=lambda: instant)

    return run


@pytest.fixture
def quiet_case(cast, standing, swept, at, mailoutbox):
    """A case of Westmoor's opened on 1 October 2026, with everything of its opening told already."""
    by = standing(cast.coordinator, at(2026, 10, 1))
    case = open_case(by=by, incident_la=cast.agencies.westmoor, title="A baby with a head injury")
    add_child(case, by=by, identity={"full_name": "Zephyrine Quillfeather", "nhs_number": "9434765919"})
    swept(at(2026, 10, 1))
    mailoutbox.clear()
    return case


@pytest.fixture
def notification_clock(quiet_case, cast, standing, at):
    """T01 of case one, counted from Monday 5 October 2026 and due on Monday 12 October, owed by the notifiers."""
    by = standing(cast.coordinator, at(2026, 10, 5))
    return clocks.start(
        quiet_case,
        "T01",
        occasion="incident.Notification:1",
        counted_from=by.today,
        by=by,
        owed_by_role=Role.LA_NOTIFIER,
        owed_by_agency=cast.agencies.westmoor,
    )
