"""Calendars that people subscribe to."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.standing import Standing
from audit.models import Trail


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, by: Standing | None) -> CalendarFeedQuerySet:
        """One's own."""
        return self.filter(user=by.user) if by is not None else self.none()

    def current(self) -> CalendarFeedQuerySet:
        return self.filter(revoked_at=None)

    def named(self, token: str) -> CalendarFeed | None:
        """The feed with this address, unless it was switched off or its person may no longer sign in."""
        found = self.current().filter(token_sha256=digest_of(token), user__is_active=True)
        return found.select_related("user").first()


class CalendarFeed(models.Model):
    """An address that gives one person's dates to their calendar program. Only a hash of the address is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_on = models.DateField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="one_calendar_feed_a_person")
        ]

    def __str__(self) -> str:
        return f"calendar {self.pk}"

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()


def digest_of(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
