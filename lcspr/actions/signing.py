"""The partners' sign-off of the report."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, refuse_repeat
from audit.lifecycle import AlreadyDone, transition
from deadlines.actions import clocks
from decisions import actions as decisions
from decisions.models import Decision, Kind
from documents.papers import issue
from lcspr import rights
from lcspr.models import Review, ReviewStatus
from lcspr.papers import NO_TITLE, ReviewReport

AGREED = "agree"
TEMPLATE = "lcspr/papers/report.html"


@transaction.atomic
def open_sign_off(review: Review, *, by: Standing, token: str | None = None) -> Decision:
    """Freeze the report and ask each partner to sign it off, unseen by the others. It cannot be changed meanwhile."""
    rights.CHECK.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    if Review.objects.get(pk=review.pk).status != ReviewStatus.DRAFT_QA:
        raise AlreadyDone("The draft has not been handed in, or the partners have been asked.")
    review.for_signing = issue(
        ReviewReport.of(review),
        kind="local_review_for_signing",
        title=f"{NO_TITLE}, for signing",
        reference=review.case.reference,
        template=TEMPLATE,
        by=by,
    )
    review.sign_off = decisions.open_decision(review.case, Kind.LCSPR_SIGN_OFF, by=by)
    transition(
        review,
        ReviewStatus.SIGNING,
        by=by,
        verb="sign-off of the report asked for",
        token=token,
        changed=("for_signing", "sign_off"),
    )
    return review.sign_off


@transaction.atomic
def conclude_sign_off(
    review: Review, *, by: Standing, outcome: str, rationale: str, dissent: str = "", token: str | None = None
) -> None:
    """Conclude the sign-off: agreed, the report is issued as it was signed; not agreed, it goes back to be checked.

    Raises decisions.NotReady while the partners' rule is not met, AlreadyDone when nobody is signing.
    """
    rights.CONCLUDE.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if not review.is_being_signed or review.sign_off is None or review.for_signing is None:
        raise AlreadyDone("The partners are not being asked to sign.")
    if outcome != AGREED:
        # What the partners said is kept with the decision; it decided nothing, and they sign the next text anew.
        decisions.abandon(review.sign_off, by=by, reason=rationale)
        transition(review, ReviewStatus.DRAFT_QA, by=by, verb="report not signed off", reason=rationale, token=token)
        return
    decision = decisions.conclude(review.sign_off, by=by, outcome=outcome, rationale=rationale, dissent=dissent)
    review.report = issue(
        ReviewReport.signed(review.for_signing.frozen(), decision, on=by.today),
        kind="local_review",
        title=NO_TITLE,
        reference=review.case.reference,
        template=TEMPLATE,
        by=by,
        with_word=True,
    )
    transition(
        review, ReviewStatus.APPROVED, by=by, verb="report approved", reason=rationale, token=token, changed=("report",)
    )


@transaction.atomic
def reopen_report(review: Review, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Take an approved report back to be changed before it is published, with the reason.

    What was signed and issued is kept. The partners sign anew, and its publication is planned anew: the notice
    period of what is no longer the report is void.
    """
    rights.REOPEN_REPORT.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if not review.is_approved or review.is_over:
        raise AlreadyDone("The report is not approved, or has been published.")
    clocks.void(review.publication_occasion, by=by, reason=reason, codes=("T10",))
    review.planned_publication_on = None
    transition(
        review,
        ReviewStatus.DRAFT_QA,
        by=by,
        verb="approved report taken back",
        reason=reason,
        token=token,
        changed=("planned_publication_on",),
    )
