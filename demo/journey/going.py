"""Who does a thing, and when: in the past, one step after another."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from accounts.models import Agency
from accounts.standing import LONDON, Standing
from cases.models import Case
from deadlines.models import BankHoliday
from demo.prose import Story
from lcspr.models import Review
from notifications.incident.models import Notification
from rapid_reviews.models import RapidReview
from referrals.models import Referral

from .world import World


class Going:
    """One case, moved forward day by day. `now` is the instant (UTC) at which the next thing is done.

    What it is about is there once the step that makes it has been taken.
    """

    referral: Referral
    case: Case
    notification: Notification
    review: RapidReview
    local: Review

    def __init__(
        self, world: World, story: Story, *, began: date, la: str = "westmoor", referred_by: str = "hospital"
    ) -> None:
        self.world, self.story, self.la, self.referring = world, story, la, referred_by
        self.now = datetime.combine(began, time(9, 10), tzinfo=LONDON).astimezone(UTC)

    def by(self, person: str) -> Standing:
        self.now += timedelta(minutes=3)
        return Standing.of(self.world.people[person], self.now)

    def later(self, *, working_days: int = 0, days: int = 0) -> Self:
        """Go on so much later, at a quarter past nine."""
        day = self.now.astimezone(LONDON).date() + timedelta(days=days)
        if working_days:
            day = BankHoliday.objects.calendar().add_working_days(day, working_days)
        self.now = max(self.now, datetime.combine(day, time(9, 15), tzinfo=LONDON).astimezone(UTC))
        return self

    def until(self, day: date) -> Self:
        self.now = max(self.now, datetime.combine(day, time(9, 15), tzinfo=LONDON).astimezone(UTC))
        return self

    @property
    def day(self) -> date:
        return self.now.astimezone(LONDON).date()

    @property
    def authority(self) -> Agency:
        return self.world.agencies[self.la]

    @property
    def notifier(self) -> str:
        return "la_notifier" if self.la == "westmoor" else "isles_notifier"

    @property
    def partners(self) -> tuple[str, ...]:
        return ("partner_la" if self.la == "westmoor" else "partner_isles", "partner_icb", "partner_police")
