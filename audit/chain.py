"""The keyed hash that chains events. Pure but for the keys, which come from the settings."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings


def keys() -> dict[str, bytes]:
    """Key id -> key, newest first. Older keys stay listed so that older events still verify."""
    pairs = (pair.split(":", 1) for pair in settings.AUDIT_KEYS)
    return {key_id: key.encode() for key_id, key in pairs}


def newest_key_id() -> str:
    return next(iter(keys()))


def seal(content: str, key_id: str) -> str:
    """Hex HMAC-SHA256 of the content. Raises KeyError for a key that is no longer listed."""
    return hmac.digest(keys()[key_id], content.encode(), hashlib.sha256).hex()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        # What the database returns is UTC already; a million events are verified at a time.
        in_utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return f"{in_utc.isoformat(timespec='microseconds')[:-6]}Z"
    raise TypeError(f"{type(value).__name__} has no canonical form")


_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=_plain).encode


def canonical(facts: Mapping[str, Any]) -> str:
    """The one spelling of the facts that every database, locale and Python version agrees on."""
    return _written(facts)


CHAINED = (
    "number",
    "at",
    "actor_id",
    "capacity",
    "verb",
    "subject",
    "from_status",
    "to_status",
    "changed",
    "reading",
    "token",
    "reason_hash",
    "key_id",
    "previous",
)


def digest_of_facts(facts: Mapping[str, Any], trail_key: str, known: Mapping[str, bytes]) -> str:
    """The digest of an event given as its CHAINED fields. `known` is what `keys()` says, read once for many events."""
    content = _written({**facts, "trail": trail_key})
    return hmac.digest(known[facts["key_id"]], content.encode(), hashlib.sha256).hex()


def digest_of(event: Any, trail_key: str) -> str:
    """The digest of an event, saved or not."""
    return digest_of_facts({name: getattr(event, name) for name in CHAINED}, trail_key, keys())


def reason_digest(text: str, salt: str, key_id: str) -> str:
    """What the chain keeps of a reason: nothing that could be guessed once the reason and its salt are erased."""
    return seal(f"{salt}:{text}", key_id)
