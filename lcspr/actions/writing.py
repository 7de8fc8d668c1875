"""Writing the report in sections, commenting, recommending, and handing it in."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, key_of, record, refuse_repeat
from audit.lifecycle import AlreadyDone, transition
from documents import drafts
from documents.models import Comment, Section, SectionVersion
from govuk.rich_text import plain
from improvements import actions as improvements
from improvements.models import Recommendation
from lcspr import rights
from lcspr.headings import NEEDED
from lcspr.models import Review, ReviewStatus


class NotComplete(Exception):
    """The report lacks what the regulations ask for. `missing` are the headings of sections; `reviewer_missing` says
    that nobody has been appointed whom it could name."""

    def __init__(self, missing: list[str], *, reviewer_missing: bool = False) -> None:
        super().__init__(
            f"Still to be written: {', '.join(missing)}." if missing else "No reviewer has been appointed."
        )
        self.missing, self.reviewer_missing = missing, reviewer_missing


def _may_be_written(review: Review) -> None:
    if not Review.objects.get(pk=review.pk).may_be_written:
        raise AlreadyDone("The report can no longer be changed, or has not been begun.")


def _of(review: Review, section: Section) -> None:
    if section.draft_id != review.draft_id:
        raise ValueError("This section is another report's.")


@transaction.atomic
def write(review: Review, section: Section, html: str, *, by: Standing, seen_version: int) -> SectionVersion | None:
    """Save a section of the report; every version is kept.

    Raises AlreadyDone when it may no longer be written, StaleEdit with both texts.
    """
    rights.WRITE.require(by, review)
    hold(review.trail)
    _may_be_written(review)
    _of(review, section)
    before = Section.objects.get(pk=section.pk).version
    saved = drafts.save_section(section, html, by=by, seen_version=seen_version)
    if section.version != before:
        record(review.trail, "report section saved", by=by, subject=review, changed=[section.key])
    return saved


@transaction.atomic
def comment_on(review: Review, section: Section, text: str, *, by: Standing, token: str | None = None) -> Comment:
    """Leave a remark beside a section. Raises AlreadyDone once the report is signed or the review over."""
    rights.COMMENT.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    now = Review.objects.get(pk=review.pk)
    if now.is_approved or now.is_over:
        raise AlreadyDone("The report has been signed, or the review is over.")
    _of(review, section)
    remark = drafts.comment(section, text, by=by)
    record(review.trail, "report commented on", by=by, subject=review, changed=[section.key], token=token)
    return remark


@transaction.atomic
def settle_comment(review: Review, remark: Comment, *, by: Standing) -> None:
    """Mark a remark as dealt with. Raises AlreadyDone when it has been."""
    rights.WRITE.require(by, review)
    hold(review.trail)
    _of(review, remark.section)
    if not drafts.resolve(remark, by=by):
        raise AlreadyDone("This comment has been dealt with.")
    record(review.trail, "comment dealt with", by=by, subject=review, changed=[remark.section.key])


@transaction.atomic
def recommend(review: Review, *, by: Standing, text: str, token: str | None = None, **facts: Any) -> Recommendation:
    """Add the next recommendation of this review. Raises AlreadyDone when the report may no longer be written."""
    rights.RECOMMEND.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    _may_be_written(review)
    return improvements.recommend(
        review.case, by=by, text=text, source=Recommendation.Source.LCSPR, review=review, token=token, **facts
    )


@transaction.atomic
def reword(review: Review, recommendation: Recommendation, *, by: Standing, seen_version: int, **facts: Any) -> None:
    """Change a recommendation while the report may be written; its history is kept. Raises StaleEdit, AlreadyDone."""
    rights.RECOMMEND.require(by, review)
    hold(review.trail)
    _may_be_written(review)
    _own(review, recommendation)
    improvements.reword(recommendation, by=by, seen_version=seen_version, **facts)


@transaction.atomic
def take_back(
    review: Review, recommendation: Recommendation, *, by: Standing, reason: str, token: str | None = None
) -> None:
    """Withdraw a recommendation while the report may be written, with the reason."""
    rights.RECOMMEND.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    _may_be_written(review)
    _own(review, recommendation)
    improvements.withdraw(recommendation, by=by, reason=reason, token=token)


def _own(review: Review, recommendation: Recommendation) -> None:
    if recommendation.made_by_review != key_of(review):
        raise ValueError("This recommendation is another review's.")


@transaction.atomic
def hand_in(review: Review, *, by: Standing, token: str | None = None) -> None:
    """Hand the draft in to be checked.

    Raises NotComplete without what regulation 15 asks for and a reviewer whom the report can name.
    """
    rights.HAND_IN.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    unwritten = [
        section.heading for section in review.draft.sections.filter(key__in=NEEDED) if not plain(section.html).strip()
    ]
    nobody = not review.reviewers.filter(removed_on=None).exists()
    if unwritten or nobody:
        raise NotComplete(unwritten, reviewer_missing=nobody)
    transition(review, ReviewStatus.DRAFT_QA, by=by, verb="draft report handed in", token=token)


def hand_back(review: Review, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Give the draft back to the reviewer with what is to be changed."""
    rights.CHECK.require(by, review)
    transition(review, ReviewStatus.IN_PROGRESS, by=by, verb="draft report handed back", reason=reason, token=token)
