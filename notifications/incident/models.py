"""The serious incident notification: one row per occasion, what it says, and what was frozen when it was sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Agency, Membership, User
from accounts.roles import Role
from accounts.standing import LONDON, Standing
from audit.access import within
from audit.history import kept
from audit.lifecycle import HasLifecycle, HasVersion
from audit.models import AppendOnly, Trail
from cases.models import Case, Child, part_held
from cases.parts import Part
from deadlines.statutory import is_after_cut_off
from documents.models import IssuedDocument, Upload

from .lifecycle import MOVES, Status
from .routes import NOTIFY_ONLY, Route, clock_of_route


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, by: Standing | None) -> NotificationQuerySet:
        return self.filter(part_held("case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS))

    def date_not_confirmed(self) -> NotificationQuerySet:
        """Those whose clock counts from the date received, because nobody has said when the authority knew."""
        return self.filter(
            la_first_aware_at=None, abuse_first_suspected_at=None, status__in=[Status.PREPARING, Status.SENT]
        )

    def sent(self) -> NotificationQuerySet:
        """Sent and standing: not withdrawn."""
        return self.filter(status=Status.SENT)


class Notification(HasLifecycle):
    """One notification of one occasion. The instants the authority became aware live here, never on the case."""

    MOVES = MOVES

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    occasion = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PREPARING)
    kind = models.CharField("kind of notification", max_length=30, choices=Route.choices)
    notifying_la = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="local authority that notifies"
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField("received on (local date)")
    reopened_from = models.OneToOneField("self", on_delete=models.PROTECT, related_name="next", null=True, blank=True)

    la_first_aware_at = models.DateTimeField(
        "when the local authority first knew of the death or serious harm", null=True, blank=True
    )
    la_first_aware_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    abuse_first_suspected_at = models.DateTimeField(
        "when abuse or neglect was first known or suspected", null=True, blank=True
    )
    abuse_first_suspected_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    awareness_note = models.TextField("how these times are known", blank=True)

    sent_at = models.DateTimeField(null=True, blank=True)
    sent_reference = models.CharField("reference of the national form", max_length=60, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    late_reason = models.TextField("why it was sent late", blank=True)
    partners_told_at = models.DateTimeField(null=True, blank=True)
    copy_received_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(blank=True)
    # A paper of what is written so far, to be read before it is sent. What was sent is in `versions`.
    draft = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    history = kept()
    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "occasion"]
        constraints = [
            models.UniqueConstraint(fields=["case", "occasion"], name="occasion_numbered_once_in_its_case"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(status="preparing"), name="one_notification_being_prepared"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "withdrawn"]) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="sent_notification_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="withdrawn_notification_says_why",
            ),
        ]
        indexes = [models.Index(fields=["status"])]

    def __str__(self) -> str:
        return f"notification {self.occasion} of {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("incident:notification", args=[self.pk])

    @property
    def trail(self) -> Trail:
        return self.case.chain

    @property
    def title(self) -> str:
        """ "Serious incident notification", with its number where the case has had more than one."""
        words = "Notification of a death" if self.is_notify_only else "Serious incident notification"
        return words if self.occasion == 1 else f"{words} {self.occasion}"

    @property
    def is_notify_only(self) -> bool:
        """Whether nothing follows from it: no rapid review."""
        return self.kind in NOTIFY_ONLY

    @property
    def is_preparing(self) -> bool:
        return self.status == Status.PREPARING

    @property
    def is_sent(self) -> bool:
        return self.status == Status.SENT

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def clock(self) -> str:
        """The code of the limit within which it is to be sent."""
        return clock_of_route(self.kind)

    @property
    def aware_at(self) -> datetime | None:
        """The instant the clock counts from: the later of the two, or the one that is known."""
        instants = [self.la_first_aware_at]
        if not self.is_notify_only:
            instants.append(self.abuse_first_suspected_at)
        return max((instant for instant in instants if instant), default=None)

    @property
    def counted_from(self) -> date:
        """Day zero, a London date: the day the authority became aware, or the day received while that is not known."""
        return self.aware_at.astimezone(LONDON).date() if self.aware_at else self.received_on

    @property
    def is_after_cut_off(self) -> bool:
        """Whether the authority became aware after 5pm on day zero."""
        return self.aware_at is not None and is_after_cut_off(self.aware_at)

    @property
    def is_provisional(self) -> bool:
        """Whether the date of becoming aware is still to be confirmed."""
        return self.aware_at is None

    @property
    def frozen(self) -> dict[str, Any] | None:
        """What was notified: the content as it was sent, before any correction. None while it has not been sent."""
        first = self.versions.order_by("number").first()
        return first.content if first else None

    @property
    def latest(self) -> FrozenContent | None:
        """The last version: as sent, or as last corrected."""
        return self.versions.order_by("-number").first()

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told: "notifiers" are those who may notify for this authority on that day."""
        roles = {"notifiers": [Role.LA_NOTIFIER, Role.LA_APPROVER]}[name]
        holding = Membership.objects.on(day).filter(role__in=roles, agency=self.notifying_la_id)
        return User.objects.filter(
            Q(memberships__in=holding)
            | Q(covering__membership__in=holding, covering__starts_on__lte=day, covering__ends_on__gte=day)
        ).distinct()


class OfNotificationQuerySet(models.QuerySet[Any]):
    def visible_to(self, by: Standing | None) -> OfNotificationQuerySet:
        return self.filter(within("notification", Notification.objects.visible_to(by)))


class Answers(HasVersion):
    """What has been written in one section of the national form; a child's section is that child's."""

    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="answer_sets")
    section = models.CharField(max_length=20)
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    answers = models.JSONField(default=dict)

    history = kept()
    objects = OfNotificationQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "answers"
        ordering = ["notification_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["notification", "section"], condition=Q(child=None), name="section_of_the_form_once"
            ),
            models.UniqueConstraint(
                fields=["notification", "section", "child"], name="section_of_the_form_once_a_child"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section} of notification {self.notification_id}"

    @property
    def trail(self) -> Trail:
        return self.notification.trail


class AttachmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, by: Standing | None) -> AttachmentQuerySet:
        """With the whole case: a letter or a form names the child, and so does often the name of its file."""
        return self.filter(part_held("notification__case", by, Part.WHOLE_CASE))


class Attachment(models.Model):
    """A document that goes with the notification: a legal paper, a letter, a form of the child death review."""

    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="attachment_set")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        # Never the file's name: people put names of children in them.
        return f"attachment {self.pk}"

    @property
    def trail(self) -> Trail:
        return self.notification.trail


class FrozenQuerySet(OfNotificationQuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("What was notified is never changed: record a correction.")

    def delete(self) -> NoReturn:
        raise AppendOnly("What was notified is never removed.")


class FrozenContent(models.Model):
    """What the notification said, per child: version 1 as it was sent, each later one a correction with its reason."""

    notification = models.ForeignKey(Notification, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("why it was corrected", blank=True)
    paper = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+")

    objects = FrozenQuerySet.as_manager()

    class Meta:
        ordering = ["notification_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["notification", "number"], name="version_numbered_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of notification {self.notification_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnly("What was notified is never changed: record a correction.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("What was notified is never removed.")

    @property
    def trail(self) -> Trail:
        return self.notification.trail
