"""Opening a local review, its terms of reference and its reviewers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import Membership
from accounts.standing import Standing
from audit.events import hold, key_of, record
from audit.lifecycle import AlreadyDone, amend, transition
from cases.actions import admit
from cases.models import TeamMember
from cases.parts import Part
from deadlines.actions import clocks
from documents.drafts import new_draft
from lcspr import rights
from lcspr.headings import SECTIONS
from lcspr.models import Review, Reviewer, ReviewStatus, TermsOfReference
from rapid_reviews.models import RapidReview

RECIPIENTS = ("panel", "ofsted", "dfe")


@transaction.atomic
def open_review(rapid_review: RapidReview, *, by: Standing, token: str | None = None) -> Review:
    """Open the record of the local review that the partners decided to initiate.

    Its clocks (T09, and the first T07) were started by that decision and are counted from its date, whenever
    this record is opened. Raises AlreadyDone when the rapid review initiated none, or it has been opened.
    """
    case = rapid_review.case
    rights.OPEN.require(by, rapid_review)
    hold(case.trail)
    rapid_review.refresh_from_db()
    if rapid_review.initiated_on is None:
        raise AlreadyDone("The partners have not decided to carry out a local review.")
    occasion = rapid_review.initiation_occasion
    if Review.objects.filter(occasion=occasion).exists():
        raise AlreadyDone("This local review has been opened.")
    draft = new_draft(f"Local review, {case.reference}", SECTIONS, by=by)
    review = Review.objects.create(
        case=case, rapid_review=rapid_review, occasion=occasion, initiated_on=rapid_review.initiated_on, draft=draft
    )
    TermsOfReference.objects.create(review=review)
    record(case.trail, "local review opened", by=by, subject=review, token=token)
    clocks.start(case, "T15", occasion=review, counted_from=by.today, by=by)
    return review


def set_terms(terms: TermsOfReference, *, by: Standing, seen_version: int, **fields: Any) -> None:
    """Write the terms of reference; every version is kept. Raises StaleEdit."""
    rights.SET_TERMS.require(by, terms.review)
    amend(terms, by=by, verb="terms of reference changed", seen_version=seen_version, **fields)


@transaction.atomic
def agree_terms(review: Review, *, by: Standing, token: str | None = None) -> None:
    """Agree the terms of reference: the review begins. Raises AlreadyDone when it has begun."""
    rights.AGREE_TERMS.require(by, review)
    hold(review.trail)
    amend(review.terms, by=by, verb="terms of reference agreed", agreed_on=by.today)
    transition(review, ReviewStatus.IN_PROGRESS, by=by, verb="local review begun", token=token)


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

    `suitability` holds what was found on each point of specification 1.5; `appointed_on` is a local date.
    """
    rights.COMMISSION.require(by, review)
    hold(review.trail)
    if review.reviewers.filter(membership=membership, removed_on=None).exists():
        raise AlreadyDone("This reviewer has been appointed.")
    reviewer = Reviewer.objects.create(
        review=review,
        membership=membership,
        appointed_on=appointed_on or by.today,
        suitability=suitability,
        conflict=conflict,
    )
    record(review.trail, "reviewer appointed", by=by, subject=reviewer, token=token)
    admit(review.case, Part.REVIEW_PAPERS, by=by, membership=membership)
    for recipient in RECIPIENTS:
        clocks.start(
            review.case,
            "T07",
            occasion=reviewer,
            counted_from=reviewer.appointed_on,
            by=by,
            recipient=recipient,
        )
    return reviewer


@transaction.atomic
def remove_reviewer(reviewer: Reviewer, *, by: Standing, reason: str) -> None:
    """Remove a reviewer before the report is provided (reg 13); their access ends today."""
    review = reviewer.review
    rights.COMMISSION.require(by, review)
    hold(review.trail)
    if reviewer.removed_on:
        raise AlreadyDone("This reviewer has been removed.")
    reviewer.removed_on, reviewer.removed_reason = by.today, reason
    reviewer.save()
    # Access ends at once: the part is ended as of yesterday.
    TeamMember.objects.filter(
        case=review.case, membership=reviewer.membership, part=Part.REVIEW_PAPERS, ends_on=None
    ).update(ends_on=date.fromordinal(by.today.toordinal() - 1))
    record(review.trail, "reviewer removed", by=by, subject=reviewer, reason=reason)


@transaction.atomic
def discontinue(review: Review, *, by: Standing, reason: str) -> None:
    """Stop the review, with the reason; its open clocks are void and stay to be read."""
    rights.DISCONTINUE.require(by, review)
    hold(review.trail)
    transition(review, ReviewStatus.DISCONTINUED, by=by, verb="local review discontinued", reason=reason)
    for occasion in (review.occasion, key_of(review), review.publication_occasion):
        clocks.void(occasion, by=by, reason=reason)
