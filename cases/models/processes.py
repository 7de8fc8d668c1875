"""Other processes that run beside the review (specification 4.6)."""

from __future__ import annotations

from django.db import models

from .. import codes
from .children import OfCase


class ParallelProcess(OfCase):
    kind = models.CharField(max_length=40, choices=codes.PARALLEL_PROCESS)
    lead = models.CharField(max_length=200, blank=True)
    process_reference = models.CharField("reference", max_length=100, blank=True)
    state = models.CharField("where it stands", max_length=200, blank=True)
    next_on = models.DateField("next date", null=True, blank=True)
    impact = models.TextField("impact on the review", blank=True)

    class Meta:
        verbose_name_plural = "parallel processes"
        ordering = ["case_id", "kind"]

    def __str__(self) -> str:
        return self.get_kind_display()
