"""A local review in words: what it is, whose turn it is, and what each person may do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models
from django.urls import reverse

from accounts.standing import Standing
from audit.events import key_of
from cases.panel import Doing
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import Clock, clocks, shown_state
from documents.models import Section
from govuk.rows import Row
from govuk.words import date_in_words, listed
from improvements.models import Recommendation
from notifications.register.recipients import Recipient, name_of

from . import rights
from .actions import notice_too_short
from .lifecycle import ReviewStatus as S
from .models import PublicationPack, Review, Reviewer, TermsOfReference
from .papers import period

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
TERMS = (
    "purpose",
    "scope",
    "scope_reason",
    "lines_of_enquiry",
    "method",
    "agencies",
    "practitioners",
    "family",
    "timetable",
)


@dataclass(frozen=True)
class Notice:
    """What is owed to one recipient, and whether it was done."""

    to: str
    when: str
    state: str
    colour: str
    url: str = ""


@dataclass(frozen=True)
class Notices:
    """One thing owed, to each of its recipients."""

    what: str
    to: tuple[Notice, ...]


def summary(review: Review) -> list[Row]:
    """The facts of the review."""
    terms = review.terms
    agreed = f"Agreed on {date_in_words(terms.agreed_on)}" if terms.agreed_on else "Not agreed yet"
    rows = [
        Row("Partners decided", date_in_words(review.initiated_on)),
        Row("Terms of reference", agreed),
    ]
    if looked_at := period(terms.scope_from, terms.scope_until):
        rows.append(Row("Period looked at", looked_at))
    if review.public_title:
        rows.append(Row("Title for the public", review.public_title))
    if review.planned_publication_on:
        rows.append(Row("Planned publication", date_in_words(review.planned_publication_on)))
    if review.published_on:
        rows.append(Row("Published", date_in_words(review.published_on)))
    if review.early_reason:
        rows.append(Row("Why it was published early", review.early_reason))
    if review.not_published_reason:
        rows.append(Row("Why the report is not published", review.not_published_reason))
    return rows


def terms_rows(terms: TermsOfReference) -> list[Row]:
    """The terms of reference as they are read."""
    said = {name: getattr(terms, name) for name in TERMS if name != "scope"}
    said["scope"] = period(terms.scope_from, terms.scope_until)
    words = {name: str(terms._meta.get_field(name).verbose_name) for name in said if name != "scope"}  # type: ignore[union-attr]
    words["scope"] = "period looked at"
    return [
        Row(f"{words[name][:1].upper()}{words[name][1:]}", said[name].splitlines() or "Not written yet")
        for name in TERMS
        if said[name] or name in terms.NEEDED
    ]


def steps(review: Review, by: Standing) -> list[Doing]:
    """What moves the review on, in the order it is done, as far as this person may do it."""
    status = S(review.status)
    offered = (
        (status == S.COMMISSIONING, rights.COMMISSION, "Appoint a reviewer", "appoint"),
        (status == S.COMMISSIONING, rights.SET_TERMS, "Write the terms of reference", "terms"),
        (status == S.COMMISSIONING, rights.AGREE_TERMS, "Agree the terms of reference and begin", "agree_terms"),
        (review.may_be_written, rights.WRITE, "Write the report", "report"),
        (review.may_be_written, rights.RECOMMEND, "Add a recommendation", "recommend"),
        (status == S.IN_PROGRESS, rights.HAND_IN, "Hand in the draft", "hand_in"),
        (status == S.DRAFT_QA, rights.CHECK, "Ask the partners to sign off", "open_sign_off"),
        (status == S.DRAFT_QA, rights.CHECK, "Give the draft back to the reviewer", "hand_back"),
        (status == S.SIGNING, rights.CONCLUDE, "Conclude the sign-off", "conclude"),
        (status == S.APPROVED, rights.PLAN_PUBLICATION, "Plan the publication", "plan_publication"),
        (status == S.PRE_PUBLICATION, rights.PUBLISH, "Publish the report", "publish"),
        (status == S.PRE_PUBLICATION, rights.PUBLISH, "Publish the improvements only", "improvements_only"),
        (status == S.PRE_PUBLICATION, rights.PLAN_PUBLICATION, "Plan the publication again", "plan_publication"),
    )
    doings = _offered(offered, review, by)
    if review.is_being_signed and review.sign_off:
        doings.insert(0, Doing("The partners' positions", reverse("decisions:decision", args=[review.sign_off.pk])))
    return doings


def also(review: Review, by: Standing) -> list[Doing]:
    """What is recorded beside the way of the review."""
    going = not review.is_over
    commissioning = review.status == S.COMMISSIONING
    writable = going and not commissioning and not review.is_approved
    offered = (
        (writable, rights.COMMISSION, "Appoint another reviewer", "appoint"),
        (going and not commissioning, rights.SET_TERMS, "Change the terms of reference", "terms"),
        (going, rights.MONITOR, "Record progress and quality", "monitor"),
        (True, rights.ENGAGE_FAMILY, "Record contact with the family", "family"),
        (going, rights.NOTIFY, "Record a notice of delay", "delay"),
        (going and review.is_approved, rights.REOPEN_REPORT, "Take the approved report back", "reopen_report"),
        (S.DISCONTINUED in review.MOVES[review.status], rights.DISCONTINUE, "Discontinue the review", "discontinue"),
        (review.status == S.DISCONTINUED, rights.DISCONTINUE, "Take the review up again", "take_up_again"),
    )
    return _offered(offered, review, by)


def _offered(offered, review: Review, by: Standing) -> list[Doing]:
    return [
        Doing(words, reverse(f"lcspr:{name}", args=[review.pk]))
        for shown, right, words, name in offered
        if shown and right.allows(by, review)
    ]


def clocks_of(review: Review, by: Standing) -> list[Clock]:
    """The six months, and the year of being public, where this person may open clocks."""
    keys = [review.occasion, key_of(review)]
    rows = Deadline.objects.visible_to(by).of_case(review.case).filter(occasion__in=keys, code__in=["T09", "T13"])
    return clocks(rows, on=by.today)


def notices(review: Review, *, by: Standing) -> list[Notices]:
    """What is owed to each national body, and whether it was sent."""
    calendar = BankHoliday.objects.calendar()
    may_record = rights.NOTIFY.allows(by, review)
    made = []
    for what, occasion, code, page, args in _owed(review):
        rows = Deadline.objects.for_occasion(key_of(occasion)).filter(code=code).select_related("limit")
        told = []
        for clock in rows.order_by("pk"):
            words, colour = shown_state(clock.state(on=by.today, calendar=calendar))
            url = reverse(f"lcspr:{page}", args=[review.pk, *args, *filter(None, [clock.recipient])])
            told.append(
                Notice(
                    name_of(clock.recipient or Recipient.NSPCC),
                    _when(clock),
                    words,
                    colour,
                    url if may_record and clock.is_open else "",
                )
            )
        if told:
            made.append(Notices(what, tuple(told)))
    return made


def _when(clock: Deadline) -> str:
    if clock.met_on:
        return date_in_words(clock.met_on)
    return f"By {date_in_words(clock.due_on)}" if clock.due_on and clock.is_open else ""


def _owed(review: Review) -> Iterator[tuple[str, models.Model | str, str, str, tuple[int, ...]]]:
    yield "That there will be a review", review.occasion, "T07", "decision_notice", ()
    for reviewer in review.reviewers.filter(removed_on=None).select_related("membership__user"):
        yield f"The reviewer's name: {reviewer}", reviewer, "T07", "reviewer_notice", (reviewer.pk,)
    if review.plans:
        yield "The full report before publication", review.publication_occasion, "T10", "copy_sent", ()
    if review.is_published:
        yield "The published report", review, "T14", "repository_copy", ()


@dataclass(frozen=True)
class ReviewerShown:
    name: str
    line: str
    suitability: tuple[Row, ...]
    remove_url: str


def reviewers_shown(review: Review, by: Standing) -> list[ReviewerShown]:
    """Who was commissioned, why they are suitable, and until when."""
    from .headings import SUITABILITY

    may_remove = not review.is_over and rights.COMMISSION.allows(by, review)

    def one(reviewer: Reviewer) -> ReviewerShown:
        line = f"{reviewer.membership.agency}. Appointed on {date_in_words(reviewer.appointed_on)}."
        if reviewer.removed_on:
            line += f" Removed on {date_in_words(reviewer.removed_on)}: {reviewer.removed_reason}"
        removable = may_remove and not reviewer.removed_on
        return ReviewerShown(
            name=str(reviewer),
            line=line,
            suitability=tuple(Row(words, reviewer.suitability.get(key, "")) for key, words in SUITABILITY),
            remove_url=reverse("lcspr:remove_reviewer", args=[review.pk, reviewer.pk]) if removable else "",
        )

    return [one(reviewer) for reviewer in review.reviewers.select_related("membership__user", "membership__agency")]


@dataclass(frozen=True)
class SectionShown:
    anchor: str
    heading: str
    html: str
    url: str
    comments: str


def sections_shown(review: Review) -> list[SectionShown]:
    """The report as it stands."""
    shown = []
    for section in review.draft.sections.prefetch_related("comments"):
        waiting = sum(1 for remark in section.comments.all() if remark.resolved_at is None)
        words = f"{waiting} comment{'' if waiting == 1 else 's'} to deal with" if waiting else ""
        url = reverse("lcspr:section", args=[review.pk, section.key])
        shown.append(SectionShown(f"section-{section.key}", section.heading, section.html, url, words))
    return shown


@dataclass(frozen=True)
class RecommendationShown:
    number: int
    text: str
    intended_outcome: str
    change_url: str
    withdraw_url: str


def recommendations_shown(review: Review, by: Standing) -> list[RecommendationShown]:
    """What this review recommends, as it stands."""
    may_change = review.may_be_written and rights.RECOMMEND.allows(by, review)
    rows = Recommendation.objects.standing().filter(case=review.case).made_by(key_of(review))
    return [
        RecommendationShown(
            row.number,
            row.text,
            row.intended_outcome,
            reverse("lcspr:reword", args=[review.pk, row.pk]) if may_change else "",
            reverse("lcspr:take_back", args=[review.pk, row.pk]) if may_change else "",
        )
        for row in rows
    ]


def neighbours(review: Review, section: Section) -> tuple[Section | None, Section | None]:
    """The sections before and after one."""
    sections = list(review.draft.sections.all())
    at = next(number for number, one in enumerate(sections) if one.pk == section.pk)
    return (sections[at - 1] if at else None, sections[at + 1] if at + 1 < len(sections) else None)


def six_months_end(review: Review) -> date | None:
    """The statutory date; asked of its clock."""
    clock = Deadline.objects.for_occasion(review.occasion).filter(code="T09").first()
    return clock.due_on if clock else None


def waiting_for_notice(review: Review, *, on: date) -> str:
    """Who has not had the report for seven working days yet, in a sentence; empty when all have."""
    names = [name_of(recipient) for recipient in notice_too_short(review, on=on)]
    return f"{listed(names)} have not had the full report for seven working days yet." if names else ""


def pack_rows(pack: PublicationPack) -> list[Row]:
    """What whoever publishes needs to know."""
    rows = [Row("Title for the public", pack.public_title)]
    if pack.is_over and pack.publication:
        rows.append(Row("Published", date_in_words(pack.publication.published_on)))
    elif pack.planned_publication_on:
        rows.append(Row("Planned publication", date_in_words(pack.planned_publication_on)))
    rows.append(Row("What you need to know", pack.communications.splitlines() or "Nothing was noted"))
    return rows
