"""Turning a paper's dataclass into plain JSON that says the same for ever. Pure."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from govuk.words import date_in_words, instant_in_words, time_in_words

_KEPT_CONTROLS = "\n\t"


def frozen(value: Any) -> Any:
    """The value as plain JSON. Dates and instants become words, as the paper says them ("27 March 2026").

    A dataclass becomes a dictionary of its fields. Raises TypeError for a row or anything else that could change later.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Enum):
        return frozen(getattr(value, "label", value.value))
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        return instant_in_words(value)
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, time):
        return time_in_words(value)
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: frozen(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_text(str(key)): frozen(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [frozen(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(frozen(one) for one in value)
    raise TypeError(f"A paper cannot hold a {type(value).__name__}: freeze the words it stands for.")


def _text(value: str) -> str:
    # Marks that turn the reading direction around, and bytes no database or font knows, say nothing on paper.
    return "".join(
        mark
        for mark in str(value).replace("\r\n", "\n").replace("\r", "\n")
        if mark in _KEPT_CONTROLS or unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co"}
    )


def sha256_of(content: Any) -> str:
    """The hash of frozen content, the same on every database."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
