"""Says in good time that the calendar is running out."""

from datetime import date, timedelta
from typing import Any

from django.core.checks import CheckMessage, Warning, register
from django.db import DatabaseError
from django.utils import timezone

from deadlines.bank_holidays import LAST_YEAR
from deadlines.working_days import london_date

NOTICE = timedelta(days=365)


@register("deadlines")
def bank_holidays_are_entered_a_year_ahead(**kwargs: Any) -> list[CheckMessage]:
    """deadlines.W001: the last year whose bank holidays are known ends within twelve months."""
    from deadlines.models import KnownYear

    try:
        last = KnownYear.last() or LAST_YEAR
    except DatabaseError:
        last = LAST_YEAR
    return runs_out(last, on=london_date(timezone.now()))


def runs_out(last_known_year: int, *, on: date) -> list[CheckMessage]:
    """The warning, if it is due on a London date."""
    if date(last_known_year, 12, 31) > on + NOTICE:
        return []
    return [
        Warning(
            f"Bank holidays are known only to the end of {last_known_year}.",
            hint=(
                f"Enter those of {last_known_year + 1} on the page Bank holidays, then say that the year is complete. "
                "Clocks that need a later day will have no due date until then."
            ),
            id="deadlines.W001",
        )
    ]
