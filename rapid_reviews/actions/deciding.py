"""The partners sign one by one, and decide the next step."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.standing import LONDON, Standing
from audit.events import hold, refuse_repeat
from audit.lifecycle import AlreadyDone, amend, transition
from deadlines.actions import start, void
from decisions import actions as decisions
from decisions.actions import NotReady
from decisions.criteria import MUST, REVIEW_CRITERIA
from decisions.models import Decision, Kind
from documents.papers import issue
from rapid_reviews import rights
from rapid_reviews.lifecycle import NOT_SIGNED, Outcome, ReviewStatus
from rapid_reviews.models import RapidReview
from rapid_reviews.papers import RapidReviewReport

TOLD = ("panel", "ofsted", "dfe")
TEMPLATE = "rapid_reviews/report.html"


class DateOutOfOrder(ValueError):
    """The partners cannot have decided on that day. The message says why."""


def still_needed(review: RapidReview) -> list[str]:
    """What stands in the way of asking the partners to sign, one sentence each."""
    missing = []
    if not review.meetings.exists():
        missing.append("Record the panel's meeting.")
    found = set(review.findings.values_list("code", flat=True))
    # The law asks the partners to take these into account; the guidance's "have regard to" may stay open.
    for criterion in REVIEW_CRITERIA:
        if criterion.weight == MUST and criterion.code not in found:
            missing.append(f"Answer the criterion: {criterion.text}.")
    return missing


@transaction.atomic
def open_sign_off(review: RapidReview, *, by: Standing, recommendation: str, token: str | None = None) -> Decision:
    """Freeze the report and put it before the partners, each to sign for their own body, unseen by the others.

    Raises NotReady naming what is missing, and AlreadyDone when the report is not with the panel.
    """
    rights.OPEN_SIGN_OFF.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if not review.may_be_written:
        raise AlreadyDone("The report is with the partners, or has been signed.")
    if missing := still_needed(review):
        raise NotReady(missing[0])
    review.recommendation = Outcome(recommendation)
    review.for_signing = issue(
        RapidReviewReport.of(review),
        kind="rapid_review_for_signing",
        title="Rapid review report, for signing",
        reference=review.case.reference,
        template=TEMPLATE,
        by=by,
    )
    decision = decisions.open_decision(
        review.case, Kind.RAPID_REVIEW_SIGN_OFF, by=by, options=[*Outcome.choices, NOT_SIGNED]
    )
    for finding in review.findings.all():
        decisions.answer_criterion(decision, finding.code, by=by, answer=finding.answer, narrative=finding.narrative)
    review.sign_off = decision
    _set(review, by=by, fields=("recommendation", "for_signing", "sign_off"))
    transition(review, ReviewStatus.SIGNING, by=by, verb="rapid review put before the partners", token=token)
    return decision


@transaction.atomic
def return_to_panel(review: RapidReview, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Take the report back from the partners, with a reason, to change it. What they said is kept; they sign anew."""
    rights.OPEN_SIGN_OFF.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if review.sign_off is not None and review.sign_off.is_open:
        decisions.abandon(review.sign_off, by=by, reason=reason)
    transition(review, ReviewStatus.PANEL, by=by, verb="rapid review back with the panel", reason=reason, token=token)
    review.sign_off = None
    _set(review, by=by, fields=("sign_off",))


@transaction.atomic
def conclude(
    review: RapidReview,
    *,
    by: Standing,
    outcome: str,
    rationale: str,
    dissent: str = "",
    decided_on: date | None = None,
    token: str | None = None,
) -> RapidReview:
    """Conclude the sign-off: the report is issued as it was signed, with the decision and the signatures.

    `decided_on` is the local date the partners decided, by default today. Where they initiate a local review its six
    months (T09), and the first duty to tell the Panel, Ofsted and the DfE (T07), count from that day. Raises NotReady
    when the decision's rule is not met or the report is not signed, DateOutOfOrder, AlreadyDone.
    """
    rights.CONCLUDE.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if review.sign_off is None or not review.is_being_signed:
        raise AlreadyDone("The report is not being signed.")
    if outcome == NOT_SIGNED[0]:
        raise NotReady("A report that is not signed goes back to the panel.")
    day = _day_of_decision(review.sign_off, decided_on, by=by)
    decision = decisions.conclude(review.sign_off, by=by, outcome=outcome, rationale=rationale, dissent=dissent)
    review.outcome, review.decided_on = outcome, day
    review.initiated_on = day if outcome == Outcome.INITIATE_LCSPR else None
    assert review.for_signing is not None
    review.report = issue(
        RapidReviewReport.signed(review.for_signing.frozen(), review, decision),
        kind="rapid_review_report",
        title="Rapid review report",
        reference=review.case.reference,
        template=TEMPLATE,
        by=by,
        with_word=True,
    )
    _set(review, by=by, fields=("outcome", "decided_on", "initiated_on", "report"))
    transition(review, ReviewStatus.SIGNED, by=by, verb="rapid review signed", token=token)
    _start_initiation_clocks(review, by=by)
    return review


@transaction.atomic
def redecide(review: RapidReview, *, by: Standing, reason: str, token: str | None = None) -> Decision:
    """Ask the partners again whether to carry out a local review, after the national body's answer.

    The first decision stays as it was made. Raises AlreadyDone unless the review was sent and no other is being taken.
    """
    rights.REDECIDE.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if not review.is_sent or review.is_being_redecided:
        raise AlreadyDone("The partners are deciding again already, or the rapid review has not been sent.")
    decision = decisions.open_decision(review.case, Kind.INITIATE_LCSPR, by=by, options=Outcome.choices)
    amend(review, by=by, verb="partners asked to decide again", reason=reason, token=token, redecision=decision)
    return decision


@transaction.atomic
def conclude_again(
    review: RapidReview,
    *,
    by: Standing,
    outcome: str,
    rationale: str,
    dissent: str = "",
    decided_on: date | None = None,
    token: str | None = None,
) -> RapidReview:
    """Conclude what the partners decided again. A local review initiated now counts from this day, not the first.

    Raises NotReady, DateOutOfOrder, AlreadyDone.
    """
    rights.REDECIDE.require(by, review)
    hold(review.trail)
    refuse_repeat(token)
    review.refresh_from_db()
    if review.redecision is None or not review.is_being_redecided:
        raise AlreadyDone("The partners are not deciding again.")
    day = _day_of_decision(review.redecision, decided_on, by=by)
    decisions.conclude(review.redecision, by=by, outcome=outcome, rationale=rationale, dissent=dissent)
    was = review.initiated_on
    initiated_on = (was or day) if outcome == Outcome.INITIATE_LCSPR else None
    amend(
        review,
        by=by,
        verb="rapid review decided again",
        token=token,
        outcome=outcome,
        decided_on=day,
        initiated_on=initiated_on,
    )
    if was and initiated_on is None:
        void(review.initiation_occasion, by=by, reason=rationale, codes=("T07", "T09"))
    _start_initiation_clocks(review, by=by)
    return review


def _start_initiation_clocks(review: RapidReview, *, by: Standing) -> None:
    if review.initiated_on is None:
        return
    start(review.case, "T09", occasion=review.initiation_occasion, counted_from=review.initiated_on, by=by)
    for recipient in TOLD:
        start(
            review.case,
            "T07",
            occasion=review.initiation_occasion,
            counted_from=review.initiated_on,
            by=by,
            recipient=recipient,
        )


def _day_of_decision(decision: Decision, day: date | None, *, by: Standing) -> date:
    if day is None:
        return by.today
    if day > by.today:
        raise DateOutOfOrder("Date of the partners' decision must be today or in the past")
    if day < decision.opened_at.astimezone(LONDON).date():
        raise DateOutOfOrder("Date of the partners' decision must not be before they were asked")
    return day


def _set(review: RapidReview, *, by: Standing, fields: tuple[str, ...]) -> None:
    # Before the move: a signed row without its outcome cannot exist.
    review._history_user = by.user  # type: ignore[attr-defined]
    review.save(update_fields=list(fields))
