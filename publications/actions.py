"""Verbs on what the public reads."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from accounts.models import Partnership
from accounts.standing import Standing
from audit.events import hold, record
from audit.lifecycle import AlreadyDone, transition
from audit.models import Trail
from documents.papers import issue
from govuk import rich_text

from . import rights
from .models import Publication, PublicationStatus
from .papers import PublishedReport
from .public_report import PublicReport


class StillOwedToThePublic(Exception):
    """A publication is kept public for a year at least (SI 2018/789 reg 17). `until` is the last such day."""

    def __init__(self, publication: Publication) -> None:
        super().__init__("It must stay public for a year.")
        self.publication = publication


@transaction.atomic
def publish(report: PublicReport, *, by: Standing) -> Publication:
    """Make a report public and issue its PDF. Called by a stage's verb, which has checked its own right."""
    hold(Trail.of_the_house())
    clean = tuple((heading, str(rich_text.clean(html))) for heading, html in report.sections)
    issued = issue(
        PublishedReport.of(report),
        kind="published_report",
        title=report.title,
        reference=Partnership.this().short_name,
        template="publications/papers/report.html",
        by=by,
        marking="OFFICIAL",
    )
    publication = Publication.objects.create(
        slug=_free_slug(report.title),
        kind=report.kind,
        title=report.title,
        summary=report.summary,
        sections=[list(pair) for pair in clean],
        recommendations=list(report.recommendations),
        reviewers=list(report.reviewers),
        published_on=report.published_on,
        paper=issued,
    )
    record(Trail.of_the_house(), "published", by=by, subject=publication)
    return publication


def _free_slug(title: str) -> str:
    stem = slugify(title)[:100] or "publication"
    taken = set(Publication.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def withdraw(publication: Publication, *, by: Standing, reason: str) -> None:
    """Take a publication down. Raises StillOwedToThePublic before the day after its anniversary."""
    rights.WITHDRAW.require(by, publication)
    hold(Trail.of_the_house())
    if publication.status != PublicationStatus.PUBLIC:
        raise AlreadyDone("It has been taken down.")
    if by.today < publication.removable_from:
        raise StillOwedToThePublic(publication)
    publication.withdrawn_reason = reason
    transition(
        publication,
        PublicationStatus.WITHDRAWN,
        by=by,
        verb="publication taken down",
        reason=reason,
        changed=("withdrawn_reason",),
    )
