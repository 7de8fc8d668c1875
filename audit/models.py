"""What was done: one chain of events for each case, and one for events of no case."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class AppendOnly(Exception):
    """Somebody tried to change or remove an event."""


class Trail(models.Model):
    """The head of a chain of events, and the lock of everything that belongs to it.

    A verb takes the head with `audit.events.hold()` first and keeps it to commit.
    """

    HOUSE = "house"

    key = models.CharField(max_length=40, unique=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.key

    @classmethod
    def mint(cls) -> Trail:
        """A new chain, for a draft referral or for a case that begins without one."""
        return cls.objects.create(key=str(uuid.uuid4()))

    @classmethod
    def of_the_house(cls) -> Trail:
        """The chain of events that belong to no case: sign-ins, people, reference data."""
        return cls.objects.get_or_create(key=cls.HOUSE)[0]


class EventQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Events are never removed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are never changed.")


class Event(models.Model):
    """Who did what, in what capacity, to which subject, and when. Holds no personal data of a case.

    `reading` marks openings, reveals, downloads, prints and exports: recorded, but nobody is told of them.
    """

    trail = models.ForeignKey(Trail, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=300, blank=True)
    verb = models.CharField(max_length=100)
    subject = models.CharField(max_length=100, blank=True)
    from_status = models.CharField(max_length=40, blank=True)
    to_status = models.CharField(max_length=40, blank=True)
    changed = models.JSONField(default=list)
    reading = models.BooleanField(default=False)
    token = models.CharField(max_length=80, null=True, unique=True)  # noqa: DJ001 - NULLs do not collide
    reason_hash = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=40)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["trail_id", "number"]
        constraints = [models.UniqueConstraint(fields=["trail", "number"], name="one_event_per_link")]
        indexes = [
            models.Index(fields=["subject"]),
            models.Index(fields=["actor", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnly("Events are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Events are never removed.")


class Reason(models.Model):
    """The free text given with an event. Erasable: the chain keeps only its salted, keyed hash."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="reason")
    text = models.TextField()
    salt = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.text[:60]


class Untold(models.Model):
    """An event that nobody has been told of yet. The sweep announces it and removes this row."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="untold")

    def __str__(self) -> str:
        return f"untold {self.event_id}"


class Anchor(models.Model):
    """A keyed hash over every head at an instant, to be kept off the machine: a cut tail shows against it.

    `lengths` names the chains that grew since the anchor before; `previous` is that anchor's digest, so that the last
    anchor stands for all of them.
    """

    at = models.DateTimeField()
    heads = models.PositiveIntegerField()
    lengths = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    key_id = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.digest[:12]}"
