"""Writing the report, and what the panel records."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, HasVersion, amend, transition
from decisions.criteria import REVIEW_CRITERIA
from decisions.models import CriterionAnswer
from documents import drafts
from documents.models import Comment, Section
from rapid_reviews import rights
from rapid_reviews.lifecycle import ReviewStatus
from rapid_reviews.models import Attendance, CriterionFinding, ImmediateAction, LearningPoint, Meeting, RapidReview

CODES = {criterion.code for criterion in REVIEW_CRITERIA}


def _open_for_writing(review: RapidReview, *, by: Standing, token: str | None = None) -> None:
    rights.EDIT.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    if not RapidReview.objects.get(pk=review.pk).may_be_written:
        raise AlreadyDone("The report is with the partners, or has been signed.")


@transaction.atomic
def save_section(review: RapidReview, section: Section, html: str, *, by: Standing, seen_version: int) -> None:
    """Keep one section of the report; every version is kept. Raises StaleEdit with both texts."""
    _open_for_writing(review, by=by)
    if section.draft_id != review.draft_id:
        raise ValueError("This section is another report's.")
    before = section.version
    drafts.save_section(section, html, by=by, seen_version=seen_version)
    if section.version != before:
        record(review.trail, "rapid review written", by=by, subject=review, changed=[section.key])


@transaction.atomic
def comment(review: RapidReview, section: Section, text: str, *, by: Standing, token: str | None = None) -> Comment:
    """Make a remark beside a section. Raises AlreadyDone once the review is void."""
    rights.COMMENT.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    if RapidReview.objects.get(pk=review.pk).is_void:
        raise AlreadyDone("The rapid review is void.")
    if section.draft_id != review.draft_id:
        raise ValueError("This section is another report's.")
    remark = drafts.comment(section, text, by=by)
    record(review.trail, "rapid review commented on", by=by, subject=review, changed=[section.key], token=token)
    return remark


@transaction.atomic
def settle_comment(review: RapidReview, remark: Comment, *, by: Standing) -> None:
    """Say that a remark has been dealt with."""
    rights.EDIT.require(by, review)
    hold(review.trail)
    if remark.section.draft_id != review.draft_id or not drafts.resolve(remark, by=by):
        raise AlreadyDone("The comment has been dealt with.")
    record(review.trail, "comment dealt with", by=by, subject=review, changed=[remark.section.key])


@transaction.atomic
def record_meeting(review: RapidReview, *, by: Standing, token: str | None = None, **facts: Any) -> Meeting:
    """Record a meeting of the panel. With the first one the review passes from gathering the facts to the panel."""
    _open_for_writing(review, by=by, token=token)
    meeting = Meeting(review=review, **facts)
    meeting._history_user = by.user  # type: ignore[attr-defined]
    meeting.save()
    record(review.trail, "panel meeting recorded", by=by, subject=meeting, token=token)
    now = RapidReview.objects.get(pk=review.pk)
    if now.status == ReviewStatus.AGENCY_RETURNS:
        transition(now, ReviewStatus.PANEL, by=by, verb="rapid review before the panel")
        review.refresh_from_db(fields=["status", "version"])
    return meeting


def change_meeting(meeting: Meeting, *, by: Standing, seen_version: int, **facts: Any) -> None:
    """Change the record of a meeting; what it said before is kept. Raises StaleEdit."""
    with transaction.atomic():
        _open_for_writing(meeting.review, by=by)
        amend(meeting, by=by, verb="panel meeting changed", seen_version=seen_version, **facts)


@transaction.atomic
def add_attendance(meeting: Meeting, *, by: Standing, token: str | None = None, **facts: Any) -> Attendance:
    """Say who came to a meeting, or sent apologies."""
    _open_for_writing(meeting.review, by=by, token=token)
    row = Attendance.objects.create(meeting=meeting, **facts)
    record(meeting.trail, "attendance recorded", by=by, subject=meeting, token=token)
    return row


@transaction.atomic
def remove_attendance(row: Attendance, *, by: Standing) -> None:
    _open_for_writing(row.meeting.review, by=by)
    record(row.trail, "attendance removed", by=by, subject=row.meeting)
    row.delete()


@transaction.atomic
def answer_criterion(
    review: RapidReview, code: str, *, by: Standing, answer: str, narrative: str, seen_version: int = 0
) -> CriterionFinding:
    """Answer one criterion for a local review (SI 2018/789 reg 11, and "have regard to"), with why.

    `seen_version` is 0 for one nobody had answered. Raises StaleEdit, and ValueError without a narrative.
    """
    _open_for_writing(review, by=by)
    if code not in CODES or answer not in CriterionAnswer.Answer.values:
        raise ValueError("This is not a criterion and an answer to it.")
    if not narrative.strip():
        raise ValueError("An answer to a criterion needs its reasons.")
    finding = CriterionFinding.objects.filter(review=review, code=code).first()
    if finding is None:
        finding = CriterionFinding(
            review=review, code=code, answer=answer, narrative=narrative, recorded_by=by.user, recorded_at=by.at
        )
        finding._history_user = by.user  # type: ignore[attr-defined]
        finding.save()
        record(review.trail, "criterion considered", by=by, subject=finding)
    elif (finding.answer, finding.narrative) != (answer, narrative):
        amend(
            finding,
            by=by,
            verb="criterion considered",
            seen_version=seen_version,
            answer=answer,
            narrative=narrative,
            recorded_by=by.user,
            recorded_at=by.at,
        )
    return finding


@transaction.atomic
def add_learning_point(review: RapidReview, *, by: Standing, text: str, token: str | None = None) -> LearningPoint:
    _open_for_writing(review, by=by, token=token)
    point = LearningPoint(review=review, text=text)
    return _added(point, "learning point added", by=by, token=token)


@transaction.atomic
def add_action(review: RapidReview, *, by: Standing, token: str | None = None, **facts: Any) -> ImmediateAction:
    """Add an immediate action, with the agency that will do it and by when (a local date)."""
    _open_for_writing(review, by=by, token=token)
    return _added(ImmediateAction(review=review, **facts), "immediate action added", by=by, token=token)


def _added(row: Any, verb: str, *, by: Standing, token: str | None) -> Any:
    row._history_user = by.user
    row.save()
    record(row.trail, verb, by=by, subject=row, token=token)
    return row


def change_learning_point(point: LearningPoint, *, by: Standing, seen_version: int, text: str) -> None:
    _change(point, "learning point changed", by=by, seen_version=seen_version, text=text)


def change_action(action: ImmediateAction, *, by: Standing, seen_version: int, **facts: Any) -> None:
    _change(action, "immediate action changed", by=by, seen_version=seen_version, **facts)


def remove_learning_point(point: LearningPoint, *, by: Standing) -> None:
    """Take a learning point out; what it said is kept in its history."""
    _change(point, "learning point removed", by=by, removed_at=by.at)


def remove_action(action: ImmediateAction, *, by: Standing) -> None:
    """Take an immediate action out; what it said is kept in its history."""
    _change(action, "immediate action removed", by=by, removed_at=by.at)


@transaction.atomic
def _change(row: HasVersion, verb: str, *, by: Standing, seen_version: int | None = None, **facts: Any) -> None:
    _open_for_writing(row.review, by=by)  # type: ignore[attr-defined]
    if row.removed_at is not None:  # type: ignore[attr-defined]
        raise AlreadyDone("It has been removed.")
    amend(row, by=by, verb=verb, seen_version=seen_version, **facts)
