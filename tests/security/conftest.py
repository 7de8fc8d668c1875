"""Here, too, the database is the one with the two sides in it (tests/permissions/world.py)."""

from tests.permissions.conftest import _world, db, world

__all__ = ["_world", "db", "world"]
