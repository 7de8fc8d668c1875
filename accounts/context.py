"""What every page knows."""

from django.conf import settings

from .models import Partnership


def house(request):
    """The partnership, who is signed in and the idle limit in seconds."""
    by = getattr(request, "by", None)
    minutes = settings.IDLE_MINUTES if by and by.holds_cases else settings.IDLE_MINUTES_REFERRER
    return {
        "partnership": Partnership.this(),
        "by": by,
        "demo_mode": settings.DEMO,
        "session_limit_seconds": minutes * 60 if by else 0,
    }
