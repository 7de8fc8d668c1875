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
    return hmac.new(keys()[key_id], content.encode(), hashlib.sha256).hexdigest()


def canonical(facts: Mapping[str, Any]) -> str:
    """The one spelling of the facts that every database, locale and Python version agrees on."""

    def plain(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        raise TypeError(f"{type(value).__name__} has no canonical form")

    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True, default=plain)


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


def digest_of(event: Any, trail_key: str) -> str:
    facts = {name: getattr(event, name) for name in CHAINED}
    return seal(canonical({**facts, "trail": trail_key}), event.key_id)


def reason_digest(text: str, salt: str, key_id: str) -> str:
    return seal(f"{salt}:{text}", key_id)
