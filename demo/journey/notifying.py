"""The local authority notifies."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.core.files.base import ContentFile

from accounts.standing import LONDON
from deadlines import actions as clocks
from documents.uploads import accept
from notifications.incident import actions as incident
from rapid_reviews import actions as rapid_reviews

from .referring import Referring


class Notifying(Referring):
    def awareness_known(self, aware: date | None = None) -> Self:
        moment = datetime.combine(aware or self.day, time(8, 30), tzinfo=LONDON).astimezone(UTC)
        incident.record_awareness(
            self.notification,
            by=self.by(self.notifier),
            la_first_aware_at=min(moment, self.now),
            abuse_first_suspected_at=min(moment, self.now),
            note="Call from the hospital to the duty team.",
        )
        self.notification.refresh_from_db()
        return self

    def with_documents(self, *documents: tuple[str, str]) -> Self:
        """`documents`, (name of the file, what it says): they go with the notification."""
        for name, words in documents:
            by = self.by(self.notifier)
            incident.attach(self.notification, accept(ContentFile(words.encode(), name=name), by=by), by=by)
        return self

    def notified(self, late_reason: str = "", told: tuple[str, ...] = ("icb", "police"), copied: bool = True) -> Self:
        """Sent; `told` are the partners that were told of it, `copied` whether the business unit has its copy."""
        by = self.by(self.notifier)
        number = self.world.chance.randrange(10_000, 99_999)
        self.review = rapid_reviews.record_notification_sent(  # type: ignore[assignment]
            self.notification,
            by=by,
            sent_at=by.at - timedelta(minutes=2),
            reference=f"SIN-{number}",
            late_reason=late_reason,
        )
        self.notification.refresh_from_db()
        incident.tell_partners(
            self.notification,
            by=self.by(self.notifier),
            told_at=self.now - timedelta(minutes=2),
            recipients=[("safeguarding_partners", str(self.world.agencies[key])) for key in told],
            channel="secure_email",
            late_reason=late_reason,
        )
        if copied:
            incident.copy_received(self.notification, by=self.by("coordinator"), at=self.now - timedelta(minutes=1))
        return self

    def working_plan_applied(self) -> Self:
        """The partnership's own steps become deadlines of the case; the first is done at once."""
        clock = clocks.clock_of("T05", self.notification)
        first, *_ = clocks.apply_plan(clock, by=self.by("coordinator"))
        clocks.finish_step(first, self.day, by=self.by("coordinator"))
        return self

    def withdrawn(self) -> Self:
        incident.withdraw(
            self.notification,
            by=self.by(self.notifier),
            reason="The post-mortem found a natural cause, and nothing suggests abuse or neglect.",
        )
        return self
