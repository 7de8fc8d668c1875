"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from . import sessions
from .models import Partnership


def house(request: HttpRequest) -> dict[str, Any]:
    """The partnership, who is signed in, where "Exit this page" leads and the idle limit in seconds."""
    by = getattr(request, "by", None)
    partnership = Partnership.this()
    return {
        "partnership": partnership,
        "by": by,
        "demo_mode": settings.DEMO,
        "exit_url": partnership.exit_url,
        "session_limit_seconds": int(sessions.idle_limit(by).total_seconds()) if by else 0,
    }
