"""Messages to our own people. A reminder is a row; a message carries one or more; nothing is sent twice."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.rights import SET_UP
from accounts.standing import Standing
from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Event, Trail
from deadlines.models import Deadline

from .schedule import BY_LIMIT, OTHERS, Plan, Rung, shipped

# The hour of the daily letter until a person chooses another.
DIGEST_HOUR = 8
# Names of ticks.
BEGUN, ENDED = "begun", "sweep"


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
    rung = models.CharField("why this person", max_length=10, choices=Rung.choices, default=Rung.OWNER)
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
    """When something of the scheduler last happened: what `/readyz` and the dead-man's switch look at.

    `begun` is the beginning of the last pass, `sweep` the end of the last one that came to its end.
    """

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


class OfTheHouse(models.QuerySet[Any]):
    def visible_to(self, by: Standing) -> models.QuerySet[Any]:
        """What says how everyone is told of things: read by those who set the partnership up."""
        return self.all() if SET_UP.allows(by) else self.none()


class LimitSchedule(HasVersion):
    """When and whom a partnership has reminded of one time limit; of every other one where the code is blank.

    `days` are working days to the due date, negative after it. The others are working days overdue after which the
    duty is passed up; None for never.
    """

    code = models.CharField(max_length=10, unique=True, blank=True)
    days = models.JSONField(default=list)
    deputy_after = models.PositiveSmallIntegerField("deputies", null=True, blank=True)
    manager_after = models.PositiveSmallIntegerField("managers", null=True, blank=True)
    partners_after = models.PositiveSmallIntegerField("partners", null=True, blank=True)

    history = kept()
    objects = OfTheHouse.as_manager()

    def __str__(self) -> str:
        return self.code or "every other time limit"

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    @property
    def plan(self) -> Plan:
        return Plan(tuple(self.days), self.deputy_after, self.manager_after, self.partners_after)

    @classmethod
    def plans(cls) -> dict[str, Plan]:
        """Code -> what the partnership has chosen; in one query."""
        return {row.code: row.plan for row in cls.objects.all()}

    @classmethod
    def plan_for(cls, code: str, plans: dict[str, Plan]) -> Plan:
        """What is done for a limit: chosen for it, else shipped for it, else chosen for all the others."""
        return plans.get(code) or (plans[OTHERS] if OTHERS in plans and code not in BY_LIMIT else shipped(code))


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, by: Standing) -> PreferenceQuerySet:
        """Each person's own and nobody else's."""
        return self.filter(user=by.user)


class Preference(HasVersion):
    """When one person wants to be written to. What is urgent comes at once whatever is chosen here, clocks by day."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest_hour = models.PositiveSmallIntegerField("hour of the daily email, London time", default=DIGEST_HOUR)
    news_at_once = models.BooleanField("everything as it happens", default=False)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__gte=5, digest_hour__lte=21), name="digest_by_day")
        ]

    def __str__(self) -> str:
        return f"at {self.digest_hour}"

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()


class Wording(HasVersion):
    """What a partnership wants a message to say, in three parts, with {places} for the facts. Blank: as shipped."""

    name = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=150)
    owed = models.TextField("what is owed and by when")
    why = models.TextField("why this person is told")

    history = kept()
    objects = OfTheHouse.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()
