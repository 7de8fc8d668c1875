"""Two referrals of one incident: the later one is considered in the case of the earlier."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.standing import Standing
from audit.models import Trail
from cases.models import Case, part_held
from cases.parts import Part

from .referrals import Referral


class JoiningQuerySet(models.QuerySet[Any]):
    def visible_to(self, by: Standing | None) -> JoiningQuerySet:
        return self.filter(part_held("into", by, Part.WHOLE_CASE))


class Joining(models.Model):
    """A referral was joined to a case, by whom and when, and perhaps taken out again.

    `children` pairs each child of the case that the referral opened with the same child in the case it is joined to,
    or with nothing where there is none: {"12": 7, "13": null}.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="joining_set")
    out_of = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    children = models.JSONField(default=dict)
    joined_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = JoiningQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(out_of=F("into")), name="joined_to_another_case"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(undone_at=None), name="referral_joined_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.out_of} joined to {self.into}"

    @property
    def trail(self) -> Trail:
        return self.into.chain
