"""The register of everything sent to others: one row per recipient, so that a gap is seen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Role
from accounts.standing import Standing
from audit.lifecycle import HasVersion
from audit.models import Trail
from cases.models import Case, part_held
from cases.parts import Part
from documents.models import IssuedDocument

from .recipients import Channel, Recipient, ReturnType, name_of


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, by: Standing | None) -> SubmissionQuerySet:
        seen = Q(part_held("case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS))
        if by is not None and by.holds(Role.COORDINATOR, Role.PARTNER, Role.SENIOR_PARTNER, Role.AUDITOR):
            # What belongs to no case: the yearly report.
            seen |= Q(case=None)
        return self.filter(seen)

    def of_occasion(self, key: str) -> SubmissionQuerySet:
        """What one row gave rise to, by its text key."""
        return self.filter(occasion=key)

    def sent(self) -> SubmissionQuerySet:
        return self.exclude(sent_at=None)

    def waiting(self) -> SubmissionQuerySet:
        """What is expected to be sent and has not been."""
        return self.filter(sent_at=None)


class Submission(HasVersion):
    """One thing sent, or to be sent, to one recipient.

    `occasion` is the text key of the row it is about. `recipient_name` says which one, where the recipient is one of
    several (a partner, another area). `sent_at` is an instant; it is empty while the thing is only expected by
    `due_on`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    return_type = models.CharField("what was sent", max_length=30, choices=ReturnType.choices)
    recipient = models.CharField(max_length=30, choices=Recipient.choices)
    recipient_name = models.CharField(max_length=200, blank=True)
    occasion = models.CharField(max_length=100)
    channel = models.CharField("how it was sent", max_length=20, choices=Channel.choices, blank=True)
    address = models.CharField("address it was sent to", max_length=254, blank=True)
    due_on = models.DateField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    method_reference = models.CharField("reference", max_length=100, blank=True)
    paper = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "pk"]
        indexes = [models.Index(fields=["case"]), models.Index(fields=["occasion"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None) | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="what_was_sent_names_its_sender",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at=None) | Q(sent_at__isnull=False), name="acknowledged_only_when_sent"
            ),
        ]

    def __str__(self) -> str:
        to = f"the {self.to[4:]}" if self.to.startswith("The ") else self.to
        return f"{self.get_return_type_display()} to {to}"

    def get_absolute_url(self) -> str:
        return reverse("register:submission", args=[self.pk])

    @property
    def trail(self) -> Trail:
        return self.case.chain if self.case else Trail.of_the_house()

    @property
    def to(self) -> str:
        """The recipient in words, by name where there may be several."""
        return self.recipient_name or name_of(self.recipient)

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    @property
    def is_acknowledged(self) -> bool:
        return self.acknowledged_at is not None
