"""The list of cases as a person keeps it."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from accounts.standing import Standing
from cases.rights import ASSIGN

from . import rights
from .lines import columns_known
from .models import KeptColumns, SavedList


def lists_for(by: Standing, chosen: str) -> tuple[list[SavedList], SavedList | None]:
    """The saved lists open to this person, and the one of them that an address names. One query."""
    saved = list(SavedList.objects.visible_to(by))
    return saved, next((one for one in saved if str(one.pk) == chosen), None)


def narrowed_by(query: QueryDict, shown: SavedList | None) -> QueryDict:
    """What narrows the list: the saved list that the address names, or else what the address says.

    Only the number of a saved list stands in an address. What a colleague's list asks for may be words of a case that
    is not open to whoever follows the link.
    """
    return QueryDict(shown.query) if shown is not None else query


def choices_of(by: Standing) -> list[tuple[str, str]]:
    """What this person may do with the cases they tick: its address and the words of its button."""
    offered = (
        (ASSIGN, "caseload:assign_chosen", "Give access"),
        (rights.CHASE, "caseload:remind_chosen", "Remind"),
        (rights.EXPORT_CASES, "caseload:export_chosen", "Export"),
    )
    return [(reverse(name), words) for right, name, words in offered if right.allows(by)]


def columns_for(by: Standing, shown: SavedList | None = None) -> tuple[str, ...]:
    """The columns of the list that is shown, or else those this person keeps, or else the usual ones."""
    if shown is not None and shown.columns:
        return columns_known(shown.columns)
    kept = KeptColumns.objects.visible_to(by).first()
    return columns_known(kept.columns if kept else ())
