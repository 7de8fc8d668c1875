"""Cases that have really gone their way, told by the demonstration's journeys."""

from datetime import UTC, datetime

import pytest

from accounts.standing import LONDON
from demo import prose
from demo.journey import Journey, World
from demo.management.commands.load_demo import Command


@pytest.fixture
def world(db):
    """The people of the demonstration, without its cases."""
    now = datetime.now(UTC)
    Command().load_people(now)
    return World.found(today=now.astimezone(LONDON).date(), seed=1)


@pytest.fixture
def began(world):
    """`began(story, days)`: a case referred so many working days ago."""

    def begin(story=prose.HEAD_INJURY, days=20, **who):
        return Journey(world, story, began=world.working_days_ago(days), **who)

    return begin


@pytest.fixture
def notified(began):
    """A case with two children, notified twenty working days ago."""
    return began().referred().decided().awareness_known().notified()


@pytest.fixture
def cora(world, signed_in):
    return signed_in(world.people["coordinator"])
