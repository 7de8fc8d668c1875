"""How often one visitor may write to us."""

from __future__ import annotations

import hashlib

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

AN_HOUR = 3600
MOST = 5


def wrote_too_often(request: HttpRequest) -> bool:
    """Count one message from this address; True past five an hour.

    The address is the visitor's, also behind the proxy the settings trust.
    """
    address = str(get_adapter().get_client_ip(request) or "")
    key = f"feedback:{hashlib.sha256(address.encode()).hexdigest()[:32]}"
    cache.add(key, 0, AN_HOUR)
    try:
        return cache.incr(key) > MOST
    except ValueError:  # it lapsed between the two
        cache.set(key, 1, AN_HOUR)
        return False
