"""The report of a local review, and what of it the public reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from accounts.models import Partnership
from audit.events import key_of
from decisions.models import Decision
from govuk.words import date_in_words, instant_in_words
from improvements.models import Action, Recommendation
from publications.public_report import PublicReport

from .models import Review

NO_TITLE = "Local child safeguarding practice review"
# What is published of a report that is not published itself.
ABOUT_IMPROVEMENTS = ("learning", "improvements", "response")


@dataclass(frozen=True)
class WrittenSection:
    key: str
    heading: str
    html: str


@dataclass(frozen=True)
class RecommendedImprovement:
    number: int
    text: str
    intended_outcome: str
    actions: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """One partner's sign-off, given for their own body."""

    body: str
    signed_by: str
    capacity: str
    signed_at: str
    view: str
    reasons: str
    differs: bool


@dataclass(frozen=True)
class ReviewReport:
    """Everything the review report says, and nothing it does not. Unsigned, it has no signatures and no date."""

    partnership: str
    reference: str
    initiated_on: str
    reviewers: tuple[str, ...]
    scope: str
    purpose: str
    method: str
    sections: tuple[WrittenSection, ...]
    recommendations: tuple[RecommendedImprovement, ...]
    approved_on: str = ""
    rationale: str = ""
    signatures: tuple[Signature, ...] = ()

    @classmethod
    def of(cls, review: Review) -> ReviewReport:
        """The report as it stands, to be put before the partners."""
        terms = review.terms
        return cls(
            partnership=Partnership.this().name,
            reference=review.case.reference,
            initiated_on=date_in_words(review.initiated_on),
            reviewers=reviewers_of(review),
            scope=period(terms.scope_from, terms.scope_until),
            purpose=terms.purpose,
            method=terms.method,
            sections=written_sections(review),
            recommendations=recommended(review),
        )

    @classmethod
    def signed(cls, frozen: dict[str, Any], decision: Decision, *, on: date) -> ReviewReport:
        """The very words that were put before the partners, with their decision and signatures."""
        as_put = cls(
            **{
                **frozen,
                "reviewers": tuple(frozen["reviewers"]),
                "sections": tuple(WrittenSection(**section) for section in frozen["sections"]),
                "recommendations": tuple(
                    RecommendedImprovement(**{**item, "actions": tuple(item["actions"])})
                    for item in frozen["recommendations"]
                ),
                "signatures": (),
            }
        )
        return replace(
            as_put,
            approved_on=date_in_words(on),
            rationale=decision.rationale,
            signatures=tuple(
                Signature(
                    body=str(position.seat.agency),
                    signed_by=str(position.signed_by),
                    capacity=position.capacity,
                    signed_at=instant_in_words(position.signed_at),
                    view=position.view_words,
                    reasons=position.reasons,
                    differs=position.view != decision.outcome,
                )
                for position in decision.standing_positions()
            ),
        )


def period(start: date | None, end: date | None) -> str:
    """ "1 March 2024 to 27 March 2026"; empty unless both are known."""
    return f"{date_in_words(start)} to {date_in_words(end)}" if start and end else ""


def reviewers_of(review: Review) -> tuple[str, ...]:
    """The reviewers' own names: Working Together asks for them in the report."""
    appointed = review.reviewers.filter(removed_on=None).select_related("membership__user")
    return tuple(str(reviewer.membership.user) for reviewer in appointed)


def written_sections(review: Review) -> tuple[WrittenSection, ...]:
    """What has been written, in the order of the report."""
    return tuple(
        WrittenSection(section.key, section.heading, section.html)
        for section in review.draft.sections.all()
        if section.html
    )


def recommended(review: Review) -> tuple[RecommendedImprovement, ...]:
    """What this review recommends, with the actions planned for each."""
    rows = Recommendation.objects.standing().filter(case=review.case).made_by(key_of(review))
    actions: dict[int, list[str]] = {}
    for action in Action.objects.filter(recommendation__in=rows).select_related("lead_agency").order_by("number"):
        line = f"{action.text} ({action.lead_agency}, by {date_in_words(action.target_on)})"
        actions.setdefault(action.recommendation_id or 0, []).append(line)
    return tuple(
        RecommendedImprovement(row.number, row.text, row.intended_outcome, tuple(actions.get(row.pk, ())))
        for row in rows
    )


def public_report(review: Review, *, summary: str, on: date) -> PublicReport:
    """The report the partners signed, for the public: without reference, sign-offs or marking."""
    return _public(review, kind="lcspr", summary=summary, on=on, keys=None)


def public_improvements(review: Review, *, summary: str, on: date) -> PublicReport:
    """Only the information about improvements that the partners find it right to publish."""
    return _public(review, kind="improvements", summary=summary, on=on, keys=ABOUT_IMPROVEMENTS)


def _public(review: Review, *, kind: str, summary: str, on: date, keys: tuple[str, ...] | None) -> PublicReport:
    assert review.report is not None
    signed = review.report.frozen()
    return PublicReport(
        title=review.public_title,
        kind=kind,
        summary=summary,
        sections=tuple(
            (section["heading"], section["html"])
            for section in signed["sections"]
            if keys is None or section["key"] in keys
        ),
        recommendations=tuple(item["text"] for item in signed["recommendations"]),
        # Improvements are the partners' own: whoever wrote the report that stays unpublished is not named for them.
        reviewers=tuple(signed["reviewers"]) if keys is None else (),
        published_on=on,
    )
