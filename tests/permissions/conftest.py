from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from .world import Everything, inhabited


@pytest.fixture(scope="package")
def _world(django_db_setup, django_db_blocker) -> Iterator[Everything]:
    # The clients stay signed in for as long as the package runs.
    all_day = override_settings(IDLE_MINUTES=600, IDLE_MINUTES_REFERRER=600)
    with django_db_blocker.unblock(), all_day, inhabited() as everything:
        yield everything


@pytest.fixture
def db(_world: Everything) -> Iterator[None]:
    """Here the database is the one with the two sides in it; whatever a test does to them is undone."""
    cache.clear()
    _world.reach()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(_world: Everything, db: None) -> Everything:
    return _world
