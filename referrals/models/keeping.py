"""How long a draft is kept that nobody works on: one row, which the partnership's coordinators decide."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from accounts.standing import LONDON, Standing
from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail

from .referrals import Referral


class DraftKeepingQuerySet(models.QuerySet["DraftKeeping"]):
    def visible_to(self, by: Standing | None) -> DraftKeepingQuerySet:
        """A rule of the house, of nobody in particular."""
        return self.all()


class DraftKeeping(HasVersion):
    """Days are calendar days, counted from the last change to the draft."""

    remind_days = models.PositiveSmallIntegerField("days after which its agency is reminded", default=14)
    approval_days = models.PositiveSmallIntegerField("days after which a lead is reminded to approve", default=2)
    kept_days = models.PositiveSmallIntegerField("days after which it is removed", default=90)
    warning_days = models.PositiveSmallIntegerField("days between the warning and the removal", default=14)

    history = kept()
    objects = DraftKeepingQuerySet.as_manager()

    class Meta:
        verbose_name = "how long drafts are kept"
        verbose_name_plural = "how long drafts are kept"
        constraints = [
            models.CheckConstraint(
                condition=Q(remind_days__gte=1, approval_days__gte=1, warning_days__gte=1)
                & Q(kept_days__gt=F("warning_days")),
                name="a_draft_is_removed_after_a_warning",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kept_days} days"

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    def kept_until(self, referral: Referral) -> date:
        """The London date on which a draft is removed if nobody works on it. What a warning promised is kept."""
        if referral.warned_at is not None and referral.warning_stands:
            end = referral.warned_at + timedelta(days=self.warning_days)
        else:
            end = referral.last_touched + timedelta(days=self.kept_days)
        return end.astimezone(LONDON).date()

    @classmethod
    def this(cls) -> DraftKeeping:
        """The rule in force: the row there is, or what holds until a coordinator has decided."""
        return cls.objects.first() or cls()
