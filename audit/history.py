"""Field history, said once: who changed which field from what to what."""

from __future__ import annotations

from typing import Any

from simple_history.models import HistoricalRecords


def kept() -> Any:
    """History of a row's fields. Status and version are left to the chain of events.

    Rows with history are changed by `save()` (through `audit.lifecycle.amend`), never by `update()`.
    """
    return HistoricalRecords(excluded_fields=["status", "version"], related_name="+", use_base_model_db=True)
