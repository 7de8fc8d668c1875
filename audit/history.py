"""Field history, said once: who changed which field from what to what."""

from __future__ import annotations

from typing import Any

from simple_history.models import HistoricalRecords


def kept(*links: str, apart: tuple[str, ...] = ("status", "version")) -> Any:
    """History of a row's fields, and of the `links` to several rows. Status and version stay with the chain.

    Rows with history are changed by `save()` (through `audit.lifecycle.amend`), never by `update()`. A row with links
    names those fields to be kept `apart` that it has.
    """
    return HistoricalRecords(excluded_fields=list(apart), m2m_fields=links, related_name="+", use_base_model_db=True)


def as_seen(row: Any, version: int) -> dict[str, Any] | None:
    """The fields of a row as they were at an earlier version; None when its history cannot say.

    Every version of a row that is only changed through `amend` has its place in the history: the first was its making.
    """
    if not hasattr(row, "history"):
        return None
    kept_rows = list(row.history.order_by("history_id"))
    if len(kept_rows) != row.version or not 1 <= version <= len(kept_rows):
        return None
    seen = kept_rows[version - 1]
    return {
        field.name: getattr(seen, field.name) for field in row._meta.concrete_fields if hasattr(seen, field.attname)
    }
