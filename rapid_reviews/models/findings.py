"""What the panel finds: each criterion answered, learning points, immediate actions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import Agency
from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail
from decisions.criteria import BY_CODE, CODES, Criterion
from decisions.models import CriterionAnswer

from .reviews import OfReviewQuerySet, RapidReview


class CriterionFinding(HasVersion):
    """The panel's answer to one criterion, with why. Put before the partners when they are asked to sign."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=20, choices=CODES)
    answer = models.CharField(max_length=20, choices=CriterionAnswer.Answer.choices)
    narrative = models.TextField("why")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    history = kept()
    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["review", "code"], name="criterion_found_once_a_review")]

    def __str__(self) -> str:
        return f"{self.code} of {self.review_id}"

    @property
    def trail(self) -> Trail:
        return self.review.trail

    @property
    def criterion(self) -> Criterion:
        return BY_CODE[self.code]


class LearningPoint(HasVersion):
    """One thing learned."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="learning_points")
    text = models.TextField("learning point")
    removed_at = models.DateTimeField(null=True, blank=True)

    history = kept()
    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "pk"]

    def __str__(self) -> str:
        return f"learning point {self.pk}"

    @property
    def trail(self) -> Trail:
        return self.review.trail


class ImmediateAction(HasVersion):
    """Something to be done without waiting for a further review. `due_on` is a local date."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="immediate_actions")
    text = models.TextField("what is to be done")
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="agency that will do it")
    due_on = models.DateField("due date")
    removed_at = models.DateTimeField(null=True, blank=True)

    history = kept()
    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return f"immediate action {self.pk}"

    @property
    def trail(self) -> Trail:
        return self.review.trail
