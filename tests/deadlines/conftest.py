from datetime import UTC, datetime

import pytest
from hypothesis import settings

from accounts.standing import Standing
from deadlines.actions import start

# How long a thing takes is measured by the bench; a slow machine is no reason to fail.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def cora(cast):
    """The coordinator at nine in the morning of 5 October 2026."""
    return Standing.of(cast.coordinator, datetime(2026, 10, 5, 8, tzinfo=UTC))


@pytest.fixture
def begin(case_one, cora):
    """`begin("T05", day)`: a clock of case one, started by an imaginary notification."""

    def begun(code, counted_from, *, occasion="notifications.Notification:1", case=case_one, by=cora, **kwargs):
        return start(case, code, occasion=occasion, counted_from=counted_from, by=by, **kwargs)

    return begun
