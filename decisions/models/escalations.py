"""A disagreement about notifying, and who is to settle it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from audit.lifecycle import HasLifecycle
from audit.models import Trail
from decisions.lifecycle import ESCALATION_COLOURS, ESCALATION_MOVES, RUNNING, Level

from .decisions import Decision, OfDecisionQuerySet


class Escalation(HasLifecycle):
    """The partners say that the criteria are met and the local authority does not notify: who is to settle it.

    It goes from the chair of the panel to the partners to the senior partners (specification 4.10), each with a day by
    which it is settled or passed on. What is owed to the national body stays owed meanwhile.
    """

    MOVES = ESCALATION_MOVES

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="escalation")
    status = models.CharField(max_length=20, choices=Level.choices, default=Level.CHAIR)
    authority_reasons = models.TextField("why the local authority does not notify")
    raised_at = models.DateTimeField()
    due_on = models.DateField("to be settled or passed on by", null=True, blank=True)
    seniors_at = models.DateTimeField("reached the senior partners", null=True, blank=True)
    ending = models.TextField("how it ended", blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decision_id"]
        indexes = [models.Index(fields=["status", "due_on"])]
        constraints = [
            models.CheckConstraint(condition=~Q(authority_reasons=""), name="authority_says_why_it_does_not_notify"),
            models.CheckConstraint(
                condition=~Q(status__in=["settled", "unresolved"])
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ending="")),
                name="ended_escalation_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"Disagreement about notifying, {self.decision.case}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:escalation", args=[self.decision_id])

    @property
    def trail(self) -> Trail:
        return self.decision.trail

    @property
    def colour(self) -> str:
        return ESCALATION_COLOURS[self.status]

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    def is_overdue(self, *, on: date) -> bool:
        return self.is_running and self.due_on is not None and self.due_on < on

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        return self.decision.recipients(name, day)
