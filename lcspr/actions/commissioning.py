"""Opening a local review, its terms of reference and its reviewers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import Membership
from accounts.standing import Standing
from audit.events import hold, key_of, record, refuse_repeat
from audit.lifecycle import AlreadyDone, StaleEdit, amend, transition
from cases.actions import admit
from cases.models import TeamMember
from cases.parts import Part
from deadlines.actions import clocks
from decisions import actions as decisions
from documents.drafts import new_draft
from lcspr import rights
from lcspr.headings import SECTIONS
from lcspr.models import Review, Reviewer, ReviewStatus, TermsOfReference
from rapid_reviews.models import RapidReview

from .dates import DateOutOfOrder

RECIPIENTS = ("panel", "ofsted", "dfe")


class TermsIncomplete(Exception):
    """The terms of reference do not yet say what is to be found out. `missing` are the fields, in words."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(f"Still to be written: {', '.join(missing)}.")
        self.missing = missing


@transaction.atomic
def open_review(rapid_review: RapidReview, *, by: Standing, token: str | None = None) -> Review:
    """Open the record of the local review that the partners decided to initiate.

    Its clocks (T09, and the first T07) were started by that decision and are counted from its date, whenever
    this record is opened. Raises AlreadyDone when the rapid review initiated none, is void, or it has been opened.
    """
    case = rapid_review.case
    rights.OPEN.require(by, rapid_review)
    hold(case.trail)
    refuse_repeat(token)
    rapid_review.refresh_from_db()
    if rapid_review.initiated_on is None or rapid_review.is_void:
        raise AlreadyDone("The partners have not decided to carry out a local review.")
    occasion = rapid_review.initiation_occasion
    if Review.objects.filter(occasion=occasion).exists():
        raise AlreadyDone("This local review has been opened.")
    review = Review(
        case=case,
        rapid_review=rapid_review,
        occasion=occasion,
        initiated_on=rapid_review.initiated_on,
        draft=new_draft(f"Local review, {case.reference}", SECTIONS, by=by),
    )
    review._history_user = by.user  # type: ignore[attr-defined]
    review.save()
    terms = TermsOfReference(review=review)
    terms._history_user = by.user  # type: ignore[attr-defined]
    terms.save()
    record(case.trail, "local review opened", by=by, subject=review, token=token)
    clocks.start(case, "T15", occasion=review, counted_from=by.today, by=by)
    return review


@transaction.atomic
def set_terms(terms: TermsOfReference, *, by: Standing, seen_version: int, **fields: Any) -> None:
    """Write the terms of reference; every version is kept. Raises StaleEdit, AlreadyDone once the review is over."""
    rights.SET_TERMS.require(by, terms.review)
    hold(terms.trail)
    if Review.objects.get(pk=terms.review_id).is_over:
        raise AlreadyDone("The review is over.")
    amend(terms, by=by, verb="terms of reference changed", seen_version=seen_version, **fields)


@transaction.atomic
def agree_terms(review: Review, *, by: Standing, seen_version: int | None = None, token: str | None = None) -> None:
    """Agree the terms of reference: the review begins.

    Raises TermsIncomplete, AlreadyDone when it has begun, and StaleEdit when they are no longer what was read
    (`seen_version`).
    """
    rights.AGREE_TERMS.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    terms = TermsOfReference.objects.get(review=review)
    if seen_version is not None and terms.version != seen_version:
        raise StaleEdit(terms, mine={}, theirs={})
    missing = [
        str(terms._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in terms.NEEDED
        if not getattr(terms, name).strip()
    ]
    if missing:
        raise TermsIncomplete(missing)
    transition(review, ReviewStatus.IN_PROGRESS, by=by, verb="local review begun", token=token)
    amend(terms, by=by, verb="terms of reference agreed", agreed_on=by.today)


@transaction.atomic
def appoint_reviewer(
    review: Review,
    membership: Membership,
    *,
    by: Standing,
    suitability: dict[str, str],
    conflict: str = "",
    appointed_on: date | None = None,
    token: str | None = None,
) -> Reviewer:
    """Commission a reviewer: they may read the review papers and write the report, and T07 runs again.

    `suitability` holds what was found on each point of specification 1.5; `appointed_on` is a local date, by default
    today. Raises AlreadyDone when the reviewer has been appointed or the report is signed, DateOutOfOrder.
    """
    rights.COMMISSION.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    day = appointed_on or by.today
    if day > by.today:
        raise DateOutOfOrder("Date of appointment must be today or in the past")
    if day < review.initiated_on:
        raise DateOutOfOrder("Date of appointment must be on or after the day the partners decided")
    now = Review.objects.get(pk=review.pk)
    if now.is_over or now.is_approved:
        raise AlreadyDone("The report has been signed, or the review is over.")
    if review.reviewers.filter(membership=membership, removed_on=None).exists():
        raise AlreadyDone("This reviewer has been appointed.")
    reviewer = Reviewer.objects.create(
        review=review,
        membership=membership,
        appointed_on=day,
        suitability=suitability,
        conflict=conflict,
    )
    record(review.trail, "reviewer appointed", by=by, subject=reviewer, token=token)
    admit(review.case, Part.REVIEW_PAPERS, by=by, membership=membership)
    for recipient in RECIPIENTS:
        clocks.start(review.case, "T07", occasion=reviewer, counted_from=day, by=by, recipient=recipient)
    return reviewer


@transaction.atomic
def remove_reviewer(reviewer: Reviewer, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Remove a reviewer before the report is provided (reg 13); their access to the review ends at once.

    Nobody need be told any more that they were appointed. Raises AlreadyDone when they have been removed or the
    report has been published.
    """
    review = reviewer.review
    rights.COMMISSION.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    reviewer.refresh_from_db()
    if reviewer.removed_on or Review.objects.get(pk=review.pk).is_over:
        raise AlreadyDone("This reviewer has been removed, or the review is over.")
    reviewer.removed_on, reviewer.removed_reason = by.today, reason
    reviewer.save(update_fields=["removed_on", "removed_reason"])
    # The part is ended as of yesterday, also one that was given until a day to come: the next request is refused.
    TeamMember.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=by.today),
        case=review.case,
        membership=reviewer.membership,
        part=Part.REVIEW_PAPERS,
    ).update(ends_on=by.today - timedelta(days=1))
    clocks.void(reviewer, by=by, reason=reason)
    record(review.trail, "reviewer removed", by=by, subject=reviewer, reason=reason, token=token)


@transaction.atomic
def discontinue(review: Review, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Stop the review, with the reason; its open clocks are void and stay to be read."""
    rights.DISCONTINUE.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    transition(review, ReviewStatus.DISCONTINUED, by=by, verb="local review discontinued", reason=reason, token=token)
    if review.sign_off is not None and review.sign_off.is_open:
        decisions.abandon(review.sign_off, by=by, reason=reason)
    for occasion in _occasions(review):
        clocks.void(occasion, by=by, reason=reason)


@transaction.atomic
def take_up_again(review: Review, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Undo that a review was discontinued. It is commissioned anew; its six months count from where they did."""
    rights.DISCONTINUE.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    transition(
        review, ReviewStatus.COMMISSIONING, by=by, verb="local review taken up again", reason=reason, token=token
    )
    for reviewer in review.reviewers.filter(removed_on=None):
        clocks.revive(reviewer, by=by, reason=reason)
    clocks.revive(review.occasion, by=by, reason=reason)
    if last := review.monitoring_clocks().filter(met_on=None).order_by("pk").last():
        clocks.revive(last.occasion, by=by, reason=reason)


def _occasions(review: Review) -> list[str]:
    """Every key under which clocks of this review run."""
    rows = [review, *review.reviewers.all(), *review.monitorings.all(), *review.delay_notices.all()]
    return [review.occasion, review.publication_occasion, *(key_of(row) for row in rows)]
