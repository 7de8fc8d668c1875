"""What belongs to a referral: the pages of its draft, the files, and the questions put to the referrer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.standing import Standing
from audit.access import within
from audit.lifecycle import HasVersion
from audit.models import Trail
from cases.models import part_held
from cases.parts import Part
from documents.models import Upload

from .referrals import Referral


class PageAnswers(models.Model):
    """One page of a draft, as saved: also when something on it could not be accepted. Gone once the referral is sent.

    `answers` holds what was accepted, `typed` what was typed when something was not.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="page_set")
    page = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    answers = models.JSONField(default=dict)
    typed = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "page answers"
        constraints = [models.UniqueConstraint(fields=["referral", "page"], name="page_answered_once")]

    def __str__(self) -> str:
        return f"page {self.pk}"


class UnsavedQuerySet(models.QuerySet["Unsaved"]):
    def visible_to(self, by: Standing | None) -> UnsavedQuerySet:
        """Each their own, on drafts they may still see."""
        if by is None:
            return self.none()
        return self.filter(within("referral", Referral.objects.visible_to(by)), user=by.user)


class Unsaved(models.Model):
    """What somebody had typed on a page when their session was over: held for them alone, and part of no draft yet.

    `typed` is the form as it was sent, `seen_version` the version of the page that it was typed on.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="unsaved_set")
    page = models.CharField(max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    typed = models.JSONField(default=dict)
    seen_version = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField()

    objects = UnsavedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "unsaved pages"
        constraints = [models.UniqueConstraint(fields=["referral", "page", "user"], name="unsaved_once_for_a_person")]

    def __str__(self) -> str:
        return f"unsaved page {self.pk}"


class OfReferralQuerySet(models.QuerySet[Any]):
    def visible_to(self, by: Standing | None) -> OfReferralQuerySet:
        return self.filter(within("referral", Referral.objects.visible_to(by)))


class AttachmentQuerySet(OfReferralQuerySet):
    def visible_to(self, by: Standing | None) -> AttachmentQuerySet:
        """With the draft until it is sent; then with the case, like all that was sent but the paper."""
        drafts = Referral.objects.visible_to(by).filter(submitted_at=None)
        return self.filter(within("referral", drafts) | part_held("referral__case", by, Part.WHOLE_CASE))


class Attachment(models.Model):
    """A file attached to a referral."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="attachment_set")
    upload = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        # Never the file's name: people put names of children in them.
        return f"attachment {self.pk}"

    @property
    def trail(self) -> Trail:
        return self.referral.trail


class Question(HasVersion):
    """Something the coordinator asks the referrer, and what the agency answers. Neither is changed afterwards.

    Without a text, the agency told the partnership something more of itself.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="question_set")
    text = models.TextField("what is asked", blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfReferralQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="answered_question_has_its_answer",
            )
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

    @property
    def trail(self) -> Trail:
        return self.referral.trail

    def get_absolute_url(self) -> str:
        return self.referral.get_absolute_url()

    @property
    def was_not_asked(self) -> bool:
        return not self.text

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        return self.referral.recipients(name, day)
