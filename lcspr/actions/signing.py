"""The partners' sign-off of the report."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold
from audit.lifecycle import transition
from decisions import actions as decisions
from decisions.models import Decision, Kind
from documents.papers import issue
from lcspr import rights
from lcspr.models import Review, ReviewStatus
from lcspr.papers import ReviewReport

AGREED = "agree"


@transaction.atomic
def open_sign_off(review: Review, *, by: Standing, token: str | None = None) -> Decision:
    """Ask each partner to sign the report off. Its text can no longer be changed until they have."""
    rights.CHECK.require(by, review)
    hold(review.trail)
    review.sign_off = decisions.open_decision(review.case, Kind.LCSPR_SIGN_OFF, by=by)
    transition(
        review, ReviewStatus.SIGNING, by=by, verb="sign-off of the report asked for", token=token, changed=("sign_off",)
    )
    return review.sign_off


@transaction.atomic
def conclude_sign_off(
    review: Review, *, by: Standing, outcome: str, rationale: str, dissent: str = "", token: str | None = None
) -> None:
    """Conclude the sign-off: agreed, the report is approved and issued; not agreed, it goes back to be checked.

    Raises decisions.NotReady while the partners' rule is not met.
    """
    rights.CONCLUDE.require(by, review)
    hold(review.trail)
    assert review.sign_off is not None
    decisions.conclude(review.sign_off, by=by, outcome=outcome, rationale=rationale, dissent=dissent)
    if outcome != AGREED:
        transition(review, ReviewStatus.DRAFT_QA, by=by, verb="report not signed off", reason=rationale, token=token)
        return
    review.report = issue(
        ReviewReport.of(review, on=by.today),
        kind="local_review",
        title=review.public_title or "Local child safeguarding practice review",
        reference=review.case.reference,
        template="lcspr/papers/report.html",
        by=by,
        with_word=True,
    )
    transition(
        review, ReviewStatus.APPROVED, by=by, verb="report approved", reason=rationale, token=token, changed=("report",)
    )
