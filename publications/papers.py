"""The public PDF of a publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts.models import Partnership

from .public_report import PublicReport


@dataclass(frozen=True)
class PublishedReport:
    """Everything the public report says, and nothing it does not."""

    partnership: str
    title: str
    summary: str
    reviewers: tuple[str, ...]
    published_on: date
    sections: tuple[tuple[str, str], ...]
    recommendations: tuple[str, ...]

    @classmethod
    def of(cls, report: PublicReport) -> PublishedReport:
        return cls(
            partnership=Partnership.this().name,
            title=report.title,
            summary=report.summary,
            reviewers=report.reviewers,
            published_on=report.published_on,
            sections=report.sections,
            recommendations=report.recommendations,
        )
