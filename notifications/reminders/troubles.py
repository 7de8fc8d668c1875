"""A row that a sweep could not deal with becomes a visible task; the others go on."""

from __future__ import annotations

import logging
from datetime import datetime

from .models import Trouble

logger = logging.getLogger(__name__)


def report(subject: str, error: Exception, *, at: datetime) -> None:
    """Say it once. The kind of error is kept, never its words: they may carry what was typed."""
    _, new = Trouble.objects.get_or_create(subject=subject, defaults={"what": type(error).__name__, "first_at": at})
    if new:
        logger.error("The sweep could not deal with %s (%s)", subject, type(error).__name__)
