"""What the national body answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from audit.models import Trail
from documents.models import Upload

from .reviews import OfReviewQuerySet, RapidReview


class PanelAnswer(models.TextChoices):
    """What its letter may say (specification 2.6); several may apply."""

    AGREE_NO_LCSPR = "AGREE_NO_LCSPR", "Agrees that there is no local review"
    AGREE_LCSPR = "AGREE_LCSPR", "Agrees that there is a local review"
    DISAGREE_SHOULD_LCSPR = "DISAGREE_SHOULD_LCSPR", "Thinks there should be a local review, and asks to reconsider"
    DISAGREE_LCSPR_NOT_NEEDED = "DISAGREE_LCSPR_NOT_NEEDED", "Thinks a local review is not needed"
    FURTHER_INFO_REQUIRED = "FURTHER_INFO_REQUIRED", "Asks for more information"
    NATIONAL_REVIEW = "NATIONAL_REVIEW", "Will carry out a national review"
    NATIONAL_INTEREST = "POSSIBLE_NATIONAL_INTEREST", "May be of thematic or national interest"
    RR_QUALITY_FEEDBACK = "RR_QUALITY_FEEDBACK", "Comments on the quality of the rapid review"
    LATE_COMMENT = "LATE_SIN_OR_RR_COMMENT", "Comments on a late notification or rapid review"
    NOT_SIN_CRITERIA = "NOT_SIN_CRITERIA", "Thinks the notification should not have been made"
    NO_COMMENT = "NO_COMMENT", "No comment"


class PanelResponse(models.Model):
    """One letter. `letter_on` is its date, `received_on` the local date it arrived."""

    review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="responses")
    answers = models.JSONField(default=list)
    letter_on = models.DateField("date of the letter")
    received_on = models.DateField("date it was received")
    summary = models.TextField("what it says", blank=True)
    letter = models.OneToOneField(Upload, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"letter of {self.letter_on:%d.%m.%Y}"

    @property
    def trail(self) -> Trail:
        return self.review.trail

    @property
    def answers_in_words(self) -> list[str]:
        words = dict(PanelAnswer.choices)
        return [words.get(code, code) for code in self.answers]
