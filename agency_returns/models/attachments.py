"""Files that go with a return."""

from __future__ import annotations

from django.db import models

from accounts.standing import Standing
from audit.access import within
from audit.models import Trail
from documents.models import Upload

from .returns import AgencyReturn


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, by: Standing | None) -> AttachmentQuerySet:
        return self.filter(within("agency_return", AgencyReturn.objects.visible_to(by)))

    def current(self) -> AttachmentQuerySet:
        return self.filter(removed_at=None)


class Attachment(models.Model):
    agency_return = models.ForeignKey(AgencyReturn, on_delete=models.PROTECT, related_name="attachments")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"attachment {self.pk}"

    def get_absolute_url(self) -> str:
        return self.agency_return.get_absolute_url()

    @property
    def trail(self) -> Trail:
        return self.agency_return.trail
