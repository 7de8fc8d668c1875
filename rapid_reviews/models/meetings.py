"""The panel's meetings: who was there, what was seen and said."""

from __future__ import annotations

from django.db import models

from accounts.models import Agency
from accounts.standing import Standing
from audit.access import within
from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail

from .reviews import OfReviewQuerySet, RapidReview


class Meeting(HasVersion):
    """One meeting of the rapid review's panel. `held_on` is a local date."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField("date of the meeting")
    chair = models.CharField("who chaired it", max_length=200, blank=True)
    conflicts = models.TextField("conflicts of interest", blank=True)
    documents_seen = models.TextField("documents seen, with their versions", blank=True)
    discussion = models.TextField("summary of the discussion", blank=True)
    partners_views = models.TextField("each partner's view", blank=True)

    history = kept()
    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return f"meeting of {self.held_on:%d.%m.%Y}"

    @property
    def trail(self) -> Trail:
        return self.review.trail

    def get_absolute_url(self) -> str:
        return self.review.get_absolute_url()


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, by: Standing | None) -> AttendanceQuerySet:
        return self.filter(within("meeting", Meeting.objects.visible_to(by)))


class Attendance(models.Model):
    """One person who came to a meeting, or sent apologies: a professional, by name, agency and role."""

    class Presence(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Sent apologies"

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    role = models.CharField("role or job title", max_length=200, blank=True)
    presence = models.CharField(max_length=10, choices=Presence.choices, default=Presence.PRESENT)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "attendance"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"attendance {self.pk}"

    @property
    def trail(self) -> Trail:
        return self.meeting.trail
