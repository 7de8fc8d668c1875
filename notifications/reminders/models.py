"""Messages to our own people. A reminder is a row; a message carries one or more; nothing is sent twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.models import Event
from deadlines.models import Deadline


class Message(models.Model):
    """One e-mail to one person, with a Message-ID that never changes.

    Claimed with a lease; marked sent only after the mail server has accepted it. `state` is no lifecycle:
    it says how far the sending has come, and a lease that ran out is simply taken up again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting to be sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Could not be delivered"
        SETTLED = "settled", "Dealt with by a person"

    message_id = models.CharField(max_length=120, unique=True)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    made_at = models.DateTimeField()
    digest = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    claim = models.CharField(max_length=40, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"]),
            models.Index(fields=["recipient", "digest", "made_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="a_sent_message_says_when"
            )
        ]

    def __str__(self) -> str:
        return self.message_id


class Reminder(models.Model):
    """A person is to be reminded of a clock at a milestone: once, whatever runs twice.

    `milestone` counts working days to the due date: 2 is two before, 0 the day, -1 one after.
    """

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    milestone = models.SmallIntegerField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reminders", null=True, blank=True)
    dropped = models.CharField("why it was not sent", max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "due_on", "milestone", "recipient"], name="one_reminder_of_a_kind"
            )
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(message=None, dropped=""), name="reminders_to_be_composed")
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id} at {self.milestone}"


class Telling(models.Model):
    """One person is to be told of one event, once."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=120)
    urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tellings", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "recipient", "template"], name="told_once_of_an_event")]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(message=None), name="tellings_to_be_composed"),
        ]

    def __str__(self) -> str:
        return f"event {self.event_id} to {self.recipient_id}"


class Tick(models.Model):
    """When a scheduled pass last ran to its end: what `/readyz` and the dead-man's switch look at."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"


class Trouble(models.Model):
    """A row that a sweep could not deal with: reported once, and the others went on."""

    subject = models.CharField(max_length=100, unique=True)
    what = models.CharField(max_length=200)
    first_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.subject}: {self.what}"
