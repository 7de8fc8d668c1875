"""A referral and a case that have something to do with each other, each considered by itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.standing import Standing
from audit.models import Trail
from cases.models import Case, part_held
from cases.parts import Part

from .referrals import Referral


class LinkQuerySet(models.QuerySet[Any]):
    def visible_to(self, by: Standing | None) -> LinkQuerySet:
        """To whoever sees both cases whole: that there is another says something of both."""
        return self.filter(part_held("case", by, Part.WHOLE_CASE), part_held("referral__case", by, Part.WHOLE_CASE))

    def in_force(self) -> LinkQuerySet:
        return self.filter(removed_at=None)


class Link(models.Model):
    """A referral is related to a case, by whom, when and why; perhaps taken back. Neither case is changed by it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="link_set")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("how they are related")
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "case"], condition=Q(removed_at=None), name="referral_linked_once_to_a_case"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="link_was_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral} related to {self.case}"

    @property
    def trail(self) -> Trail:
        return self.referral.trail
