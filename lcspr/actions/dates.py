"""Whether something can have happened on the day that is said."""

from __future__ import annotations

from datetime import date, datetime

from accounts.standing import LONDON, Standing


class DateOutOfOrder(ValueError):
    """It cannot have happened then. The message says why, as it stands beside the field."""


def day_of(instant: datetime, *, by: Standing, what: str, not_before: date | None = None, because: str = "") -> date:
    """The London date of an instant that has come, and lies on or after `not_before`. Raises DateOutOfOrder."""
    if instant > by.at:
        raise DateOutOfOrder(f"{what} must be in the past")
    day = instant.astimezone(LONDON).date()
    if not_before and day < not_before:
        raise DateOutOfOrder(f"{what} must be on or after {because}")
    return day
