"""Other processes that run beside the review (specification 4.6)."""

from __future__ import annotations

from django.db import models

from audit.history import kept
from cases import codes

from .children import OfCase


class ParallelProcess(OfCase):
    """One process: whether it applies, who leads it, where it stands and what it means for the review."""

    class Applies(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        NOT_KNOWN = "not_known", "Not known"

    kind = models.CharField(max_length=40, choices=codes.PARALLEL_PROCESS)
    applies = models.CharField("applies", max_length=10, choices=Applies.choices, default=Applies.YES)
    lead = models.CharField("who leads it", max_length=200, blank=True)
    process_reference = models.CharField("its reference", max_length=100, blank=True)
    state = models.CharField("where it stands", max_length=200, blank=True)
    next_on = models.DateField("next date", null=True, blank=True)
    impact = models.TextField("what it means for the review", blank=True)
    restrictions = models.TextField("limits on contact with practitioners or family", blank=True)
    information_sharing = models.CharField(
        "information sharing agreed", max_length=10, choices=Applies.choices, default=Applies.NOT_KNOWN
    )

    history = kept()

    class Meta:
        verbose_name_plural = "parallel processes"
        ordering = ["case_id", "kind", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
