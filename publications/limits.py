"""How often one visitor may write to us."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

AN_HOUR = 3600
MOST = 5


def wrote_too_often(request: HttpRequest) -> bool:
    """Count one message from this address; True past five an hour."""
    address = hashlib.sha256(request.META.get("REMOTE_ADDR", "").encode()).hexdigest()[:32]
    key = f"feedback:{address}"
    cache.add(key, 0, AN_HOUR)
    return cache.incr(key) > MOST
