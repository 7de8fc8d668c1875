"""Whether the time limit to notify may be running already: since when the authority knew, as the referral says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Body
from deadlines.models import Deadline
from deadlines.register import Register
from deadlines.working_days import BeyondKnownHolidays
from govuk.approximate_date import ApproximateDate

from .answers.given import Answers
from .models import Referral

# The clocks of notifying, one for each route.
NOTIFYING = ("T01", "T03", "T04")


@dataclass(frozen=True)
class KnownBefore:
    """The authority may have known before the referral came: the clock counts from when it came, unconfirmed."""

    words: str
    code: str
    due_on: date | None
    is_over: bool


def known_before(referral: Referral, clock: Deadline | None, register: Register, *, on: date) -> KnownBefore | None:
    """What the referral says of an earlier day. None once a date is confirmed, or where it says of no earlier one."""
    if clock is None or not clock.provisional or not clock.is_open or referral.frozen is None:
        return None
    earliest = min(_told(referral), key=lambda told: told[0], default=None)
    if earliest is None or earliest[0] >= clock.counted_from:
        return None
    day, words = earliest
    try:
        due_on = register.work_out(clock.code, day).due_on
    except (BeyondKnownHolidays, LookupError):
        due_on = None
    return KnownBefore(words, clock.code, due_on, is_over=due_on is not None and due_on < on)


def _told(referral: Referral) -> Iterable[tuple[date, str]]:
    """The days from which the authority may have known, at their earliest, with what the referral says."""
    pages = (referral.frozen or {})["pages"]
    answers = Answers({key: page["answers"] for key, page in pages.items()})
    if "social_care" in answers.value("told", "told"):
        yield from _day(answers.value("told", "social_care_told_on"), "Children’s social care was told:")
    if referral.agency.body == Body.LA:
        yield from _day(answers.value("awareness", "agency_aware_on"), "The authority refers it, and became aware:")


def _day(stored: str, words: str) -> Iterable[tuple[date, str]]:
    day = ApproximateDate(stored).earliest if stored else None
    if day is not None:
        yield day, f"{words} {ApproximateDate(stored).text}"
