"""Keeping lists of cases, and the columns they show. One's own; nothing of any case changes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.models import Trail
from caseload import rights
from caseload.models import KeptColumns, SavedList


@transaction.atomic
def save_list(name: str, *, by: Standing, query: str, columns: Iterable[str] = (), shared: bool = False) -> SavedList:
    """Keep a list under a name; one of one's own that has that name already is replaced."""
    rights.KEEP_LISTS.require(by)
    hold(Trail.of_the_house())
    facts = {"query": query, "columns": list(columns), "shared": shared, "saved_at": by.at}
    saved, _ = SavedList.objects.update_or_create(owner=by.user, name=name, defaults=facts)
    record(Trail.of_the_house(), "list saved", by=by, subject=saved)
    return saved


@transaction.atomic
def remove_list(saved: SavedList, *, by: Standing) -> None:
    """Remove a list: one's own, or as a coordinator one that is shared. Raises NotPermitted."""
    rights.REMOVE_LIST.require(by, saved)
    hold(Trail.of_the_house())
    record(Trail.of_the_house(), "list removed", by=by, subject=saved)
    saved.delete()


def keep_columns(columns: Iterable[str], *, by: Standing) -> None:
    """Show these columns whenever this person opens the list of cases."""
    rights.KEEP_LISTS.require(by)
    KeptColumns.objects.update_or_create(user=by.user, defaults={"columns": list(columns)})
