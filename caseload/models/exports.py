"""What left the building: the log of returns exported."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.roles import Role
from accounts.standing import Standing
from audit.models import Trail


class ReturnExportQuerySet(models.QuerySet["ReturnExport"]):
    def visible_to(self, by: Standing | None) -> ReturnExportQuerySet:
        return self if by is not None and by.holds(Role.COORDINATOR, Role.AUDITOR) else self.none()


class ReturnExport(models.Model):
    """One export of the return to the national body: who took what, and the hash of what they took."""

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel (XLSX)"
        JSON = "json", "JSON"

    exported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    exported_at = models.DateTimeField()
    sent_from = models.DateField("notifications sent from")
    sent_until = models.DateField("notifications sent until")
    recipient = models.CharField("who it is for", max_length=200)
    format = models.CharField(max_length=10, choices=Format.choices)
    rows = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = ReturnExportQuerySet.as_manager()

    class Meta:
        ordering = ["-exported_at", "-pk"]

    def __str__(self) -> str:
        return f"return of {self.exported_at:%Y-%m-%d}"

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()
