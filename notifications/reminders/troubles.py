"""A row that a sweep could not deal with becomes a visible task; the others go on."""

from __future__ import annotations

import logging
from datetime import datetime

from .models import Trouble

logger = logging.getLogger(__name__)


def report(subject: str, error: Exception, *, at: datetime) -> None:
    """Say it once. The kind of error is kept, never its words: they may carry what was typed.

    One that somebody had seen to, or that had gone away, and is back, is said again.
    """
    what = type(error).__name__
    row, new = Trouble.objects.get_or_create(subject=subject, defaults={"what": what, "first_at": at})
    if not new and row.settled_at is not None:
        new = bool(
            Trouble.objects.filter(pk=row.pk, settled_at=row.settled_at).update(what=what, first_at=at, settled_at=None)
        )
    if new:
        logger.error("The sweep could not deal with %s (%s)", subject, what)


def over(subject: str, *, at: datetime) -> None:
    """It has gone well this time: nobody has to see to it any more."""
    Trouble.objects.filter(subject=subject, settled_at=None).update(settled_at=at)
