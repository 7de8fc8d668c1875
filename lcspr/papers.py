"""The report of a local review, and what of it the public reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Partnership
from deadlines.working_days import long_date
from improvements.models import Action, Recommendation
from publications.public_report import PublicReport

from .models import Review


@dataclass(frozen=True)
class RecommendedImprovement:
    number: int
    text: str
    intended_outcome: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class ReviewReport:
    """Everything the review report says, and nothing it does not."""

    partnership: str
    title: str
    reference: str
    initiated_on: date
    approved_on: date
    reviewers: tuple[str, ...]
    scope: str
    method: str
    sections: tuple[tuple[str, str], ...]
    recommendations: tuple[RecommendedImprovement, ...]
    sign_offs: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, review: Review, *, on: date) -> ReviewReport:
        """The report as it stands, approved on a local date."""
        terms = review.terms
        positions = review.sign_off.standing_positions() if review.sign_off else []
        return cls(
            partnership=Partnership.this().name,
            title=review.public_title or "Local child safeguarding practice review",
            reference=review.case.reference,
            initiated_on=review.initiated_on,
            approved_on=on,
            reviewers=reviewers_of(review),
            scope=_period(terms.scope_from, terms.scope_until),
            method=terms.method,
            sections=written_sections(review),
            recommendations=recommended(review),
            sign_offs=tuple(
                (str(position.seat.agency), str(position.signed_by), position.view_words) for position in positions
            ),
        )


def _period(start: date | None, end: date | None) -> str:
    return f"{long_date(start)} to {long_date(end)}" if start and end else ""


def reviewers_of(review: Review) -> tuple[str, ...]:
    """The reviewers' own names: Working Together asks for them in the report."""
    appointed = review.reviewers.filter(removed_on=None).select_related("membership__user")
    return tuple(str(reviewer.membership.user) for reviewer in appointed)


def written_sections(review: Review) -> tuple[tuple[str, str], ...]:
    return tuple((section.heading, section.html) for section in review.draft.sections.all() if section.html)


def recommended(review: Review) -> tuple[RecommendedImprovement, ...]:
    """The recommendations of the case, with the actions planned for each."""
    rows = Recommendation.objects.filter(case=review.case, withdrawn_on=None)
    actions: dict[int, list[str]] = {}
    for action in Action.objects.filter(recommendation__in=rows).select_related("lead_agency"):
        line = f"{action.text} ({action.lead_agency}, by {long_date(action.target_on)})"
        actions.setdefault(action.recommendation_id or 0, []).append(line)
    return tuple(
        RecommendedImprovement(row.number, row.text, row.intended_outcome, tuple(actions.get(row.pk, ())))
        for row in rows
    )


def public_report(review: Review, *, summary: str, on: date) -> PublicReport:
    """The report for the public, without reference, sign-offs or marking."""
    return PublicReport(
        title=review.public_title,
        kind="lcspr",
        summary=summary,
        sections=written_sections(review),
        recommendations=tuple(row.text for row in recommended(review)),
        reviewers=reviewers_of(review),
        published_on=on,
    )


def public_improvements(review: Review, *, summary: str, on: date) -> PublicReport:
    """Only the information about improvements that the partners find it right to publish."""
    wanted = {"learning", "improvements", "response"}
    sections = tuple(
        (section.heading, section.html)
        for section in review.draft.sections.all()
        if section.html and section.key in wanted
    )
    return PublicReport(
        title=review.public_title,
        kind="improvements",
        summary=summary,
        sections=sections,
        recommendations=tuple(row.text for row in recommended(review)),
        reviewers=(),
        published_on=on,
    )
