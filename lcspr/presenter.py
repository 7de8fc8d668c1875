"""A local review in words: what it is, whose turn it is, and what each person may do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.standing import Standing
from cases.panel import Doing
from deadlines.models import BankHoliday, Deadline
from deadlines.working_days import long_date
from govuk.rows import Row
from notifications.register.recipients import name_of

from . import rights
from .lifecycle import ReviewStatus as S
from .models import Review

TURN = {
    S.COMMISSIONING: "The partnership appoints a reviewer and agrees the terms of reference.",
    S.IN_PROGRESS: "The reviewer writes the report.",
    S.DRAFT_QA: "The partnership checks the draft: facts, law, identification, and whether it says what must change.",
    S.SIGNING: "Each partner signs the report off, or says why not.",
    S.APPROVED: "The partnership plans the publication.",
    S.PRE_PUBLICATION: "The Panel, the Secretary of State and Ofsted have the report before it is published.",
    S.PUBLISHED: "The report is public, and stays so for a year at least.",
    S.NOT_PUBLISHED: "Information about improvements is public instead of the report.",
    S.DISCONTINUED: "The review was discontinued.",
}


@dataclass(frozen=True)
class Notice:
    """One thing owed to one recipient, and whether it was done."""

    what: str
    to: str
    due: str
    state: str
    colour: str
    url: str = ""


def summary(review: Review) -> list[Row]:
    """The facts of the review."""
    terms = review.terms
    rows = [
        Row("Partners decided to carry it out", long_date(review.initiated_on)),
        Row("Status", review.get_status_display()),
        Row("Terms of reference", f"Agreed {long_date(terms.agreed_on)}" if terms.agreed_on else "Not agreed yet"),
    ]
    if terms.scope_from and terms.scope_until:
        rows.append(Row("Period looked at", f"{long_date(terms.scope_from)} to {long_date(terms.scope_until)}"))
    if review.planned_publication_on:
        rows.append(Row("Planned publication", long_date(review.planned_publication_on)))
    if review.published_on:
        rows.append(Row("Published", long_date(review.published_on)))
    if review.early_reason:
        rows.append(Row("Why it was published early", review.early_reason))
    if review.not_published_reason:
        rows.append(Row("Why it is not published", review.not_published_reason))
    return rows


def steps(review: Review, by: Standing) -> list[Doing]:
    """What this person may do now, in the order it is done."""
    status = S(review.status)

    def page(name: str) -> str:
        return reverse(f"lcspr:{name}", args=[review.pk])

    offered = (
        (status not in {S.PUBLISHED, S.DISCONTINUED}, rights.COMMISSION, "Appoint a reviewer", "appoint"),
        (not review.is_over, rights.SET_TERMS, "Write the terms of reference", "terms"),
        (status == S.COMMISSIONING, rights.AGREE_TERMS, "Agree the terms of reference and begin", "agree_terms"),
        (review.may_be_written, rights.WRITE, "Write the report", "report"),
        (review.may_be_written, rights.RECOMMEND, "Add a recommendation", "recommend"),
        (status == S.IN_PROGRESS, rights.HAND_IN, "Hand in the draft", "hand_in"),
        (status == S.DRAFT_QA, rights.CHECK, "Give the draft back to the reviewer", "hand_back"),
        (status == S.DRAFT_QA, rights.CHECK, "Ask the partners to sign off", "open_sign_off"),
        (status == S.SIGNING, rights.CONCLUDE, "Conclude the sign-off", "conclude"),
        (
            status in {S.APPROVED, S.PRE_PUBLICATION},
            rights.PLAN_PUBLICATION,
            "Plan the publication",
            "plan_publication",
        ),
        (status == S.PRE_PUBLICATION, rights.PUBLISH, "Publish the report", "publish"),
        (status == S.PRE_PUBLICATION, rights.PUBLISH, "Publish the improvements only", "improvements_only"),
        (not review.is_over, rights.MONITOR, "Record progress and quality", "monitor"),
        (not review.is_over, rights.ENGAGE_FAMILY, "Record contact with the family", "family"),
        (not review.is_over, rights.NOTIFY, "Record a notice of delay", "delay"),
        (not review.is_over, rights.DISCONTINUE, "Discontinue the review", "discontinue"),
    )
    doings = [Doing(words, page(name)) for shown, right, words, name in offered if shown and right.allows(by, review)]
    if status == S.SIGNING and review.sign_off:
        doings.insert(0, Doing("The partners' positions", reverse("decisions:decision", args=[review.sign_off.pk])))
    return doings


def notices(review: Review, *, by: Standing, on: date) -> list[Notice]:
    """What is owed to each national body, and whether it was sent."""
    calendar = BankHoliday.objects.calendar()
    may_record = rights.NOTIFY.allows(by, review)
    clocks = Deadline.objects.select_related("limit")
    made = []

    def add(what: str, occasion: object, code: str, page: str, *args: object) -> None:
        from audit.events import key_of
        from deadlines.presenter import shown_state

        for clock in clocks.for_occasion(key_of(occasion)).filter(code=code).order_by("pk"):  # type: ignore[arg-type]
            words, colour = shown_state(clock.state(on=on, calendar=calendar))
            url = reverse(f"lcspr:{page}", args=[review.pk, *args, clock.recipient])
            due = long_date(clock.due_on) if clock.due_on else "Not worked out"
            made.append(
                Notice(what, name_of(clock.recipient), due, words, colour, url if may_record and clock.is_open else "")
            )

    add("That there will be a review", review.occasion, "T07", "decision_notice")
    for reviewer in review.reviewers.filter(removed_on=None).select_related("membership__user"):
        add(f"The reviewer's name: {reviewer}", reviewer, "T07", "reviewer_notice", reviewer.pk)
    if review.plans:
        add("The full report before publication", review.publication_occasion, "T10", "copy_sent")
    return made
