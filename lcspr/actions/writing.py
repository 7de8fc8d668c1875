"""Writing the report in sections, commenting, and handing it in."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone, transition
from documents import drafts
from documents.models import Comment, Section, SectionVersion
from govuk.rich_text import plain
from lcspr import rights
from lcspr.headings import NEEDED
from lcspr.models import Review, ReviewStatus


class NotComplete(Exception):
    """The report lacks what the regulations ask for. `missing` are the headings."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"Still to be written: {', '.join(missing)}.")
        self.missing = missing


@transaction.atomic
def write(review: Review, section: Section, html: str, *, by: Standing, seen_version: int) -> SectionVersion | None:
    """Save a section of the report. Raises AlreadyDone when it may no longer be written, StaleEdit."""
    rights.WRITE.require(by, review)
    hold(review.trail)
    review.refresh_from_db(fields=["status"])
    if not review.may_be_written:
        raise AlreadyDone("The report can no longer be changed.")
    before = section.version
    saved = drafts.save_section(section, html, by=by, seen_version=seen_version)
    if section.version != before or (saved and saved.number != seen_version):
        record(review.trail, "report section saved", by=by, subject=section, changed=[section.key])
    return saved


@transaction.atomic
def comment_on(review: Review, section: Section, text: str, *, by: Standing) -> Comment:
    """Leave a remark beside a section."""
    rights.COMMENT.require(by, review)
    hold(review.trail)
    remark = drafts.comment(section, text, by=by)
    record(review.trail, "report commented on", by=by, subject=review, changed=[section.key])
    return remark


@transaction.atomic
def settle_comment(review: Review, remark: Comment, *, by: Standing) -> None:
    """Mark a remark as dealt with. Raises AlreadyDone when it has been."""
    rights.WRITE.require(by, review)
    hold(review.trail)
    if not drafts.resolve(remark, by=by):
        raise AlreadyDone("This comment has been dealt with.")
    record(review.trail, "comment dealt with", by=by, subject=review, changed=[remark.section.key])


@transaction.atomic
def hand_in(review: Review, *, by: Standing, token: str | None = None) -> None:
    """Hand the draft in to be checked. Raises NotComplete without what regulation 15 asks for."""
    rights.HAND_IN.require(by, review)
    hold(review.trail)
    unwritten = [
        section.heading for section in review.draft.sections.filter(key__in=NEEDED) if not plain(section.html).strip()
    ]
    if unwritten:
        raise NotComplete(unwritten)
    transition(review, ReviewStatus.DRAFT_QA, by=by, verb="draft report handed in", token=token)


@transaction.atomic
def hand_back(review: Review, *, by: Standing, reason: str) -> None:
    """Give the draft back to the reviewer with what is to be changed."""
    rights.CHECK.require(by, review)
    transition(review, ReviewStatus.IN_PROGRESS, by=by, verb="draft report handed back", reason=reason)
