"""Whether the database has the tables this code expects."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@cache
def _expected() -> frozenset[tuple[str, str]]:
    # Read from disk once: the code of a running process does not change.
    return frozenset(MigrationLoader(None).disk_migrations)


def unapplied() -> list[str]:
    """The migrations that are in the code and not in the database, as `app.name`, in one query."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _expected() - applied.keys())
