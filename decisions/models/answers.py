"""What the partners together answer to the criteria."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail
from decisions import criteria

from . import kinds
from .decisions import Decision, OfDecisionQuerySet


class CriterionAnswer(HasVersion):
    """What the partners together answer to one criterion, with why.

    Changed until the decision is concluded; its history is kept. Where each partner answers for themselves first, it
    is the chair's record of how their answers were brought together.
    """

    Answer = kinds.Answer

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=20, choices=criteria.CODES)
    answer = models.CharField(max_length=20, choices=kinds.Answer.choices)
    narrative = models.TextField("why")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    history = kept()
    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decision_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "code"], name="criterion_answered_once")]

    def __str__(self) -> str:
        return f"{self.code} of {self.decision_id}"

    @property
    def trail(self) -> Trail:
        return self.decision.trail

    @property
    def criterion(self) -> criteria.Criterion:
        return criteria.BY_CODE[self.code]
