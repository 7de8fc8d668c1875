"""Verbs on what the public reads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify

from accounts.models import Partnership
from accounts.standing import Standing
from audit.events import hold, record, refuse_repeat
from audit.lifecycle import AlreadyDone, StaleEdit, amend, transition
from audit.models import Trail
from documents.papers import issue
from documents.uploads import accept
from govuk import rich_text

from . import rights
from .models import Feedback, Page, PageFile, Publication, PublicationStatus
from .papers import PublishedReport
from .public_report import PublicReport

WRITTEN_HERE = (Publication.Kind.BRIEFING, Publication.Kind.YEARLY_REPORT, Publication.Kind.OTHER)


class StillOwedToThePublic(Exception):
    """A publication is kept public for a year at least (SI 2018/789 reg 17): `publication.removable_from`."""

    def __init__(self, publication: Publication) -> None:
        super().__init__("It must stay public for a year.")
        self.publication = publication


@transaction.atomic
def publish(report: PublicReport, *, by: Standing, token: str | None = None) -> Publication:
    """Make a report public and issue its PDF. Called by a stage's verb, which has checked its own right."""
    hold(Trail.of_the_house())
    clean = tuple((heading, str(rich_text.clean(html))) for heading, html in report.sections)
    report = replace(report, sections=clean)
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
        slug=_free_slug(Publication, report.title, "publication"),
        kind=report.kind,
        title=report.title,
        summary=report.summary,
        sections=[list(pair) for pair in clean],
        recommendations=list(report.recommendations),
        reviewers=list(report.reviewers),
        words=_words(report),
        published_on=report.published_on,
        paper=issued,
    )
    record(Trail.of_the_house(), "published", by=by, subject=publication, token=token)
    return publication


def _words(report: PublicReport) -> str:
    """What the library is searched in."""
    texts = [f"{heading} {rich_text.plain(html)}" for heading, html in report.sections]
    return "\n".join([*texts, *report.recommendations, *report.reviewers])


def _free_slug(model: type[Page] | type[Publication], title: str, otherwise: str) -> str:
    """An address made from a title, that nothing else has."""
    stem = slugify(title)[:70] or otherwise
    taken = set(model.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def withdraw(publication: Publication, *, by: Standing, reason: str, token: str | None = None) -> None:
    """Take a publication down. Raises StillOwedToThePublic before the day after its anniversary."""
    rights.WITHDRAW.require(by, publication)
    hold(Trail.of_the_house())
    refuse_repeat(token)
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
        token=token,
        changed=("withdrawn_reason",),
    )


@transaction.atomic
def publish_text(
    kind: str, title: str, summary: str, body: str, *, by: Standing, token: str | None = None
) -> Publication:
    """Publish a briefing or yearly report that somebody wrote here. A review's report is published by its stage."""
    rights.PUBLISH_OTHER.require(by)
    if kind not in WRITTEN_HERE:
        raise ValueError("A report of a review is published by its review.")
    hold(Trail.of_the_house())
    refuse_repeat(token)
    report = PublicReport(
        title=title,
        kind=kind,
        summary=summary,
        sections=(("", body),),
        recommendations=(),
        reviewers=(),
        published_on=by.today,
    )
    return publish(report, by=by, token=token)


@transaction.atomic
def add_page(*, by: Standing, token: str | None = None, **fields: Any) -> Page:
    """Add a page to the public site, under an address made from its title."""
    rights.EDIT_PAGES.require(by)
    hold(Trail.of_the_house())
    refuse_repeat(token)
    page = Page(slug=_free_slug(Page, fields["title"], "page"), changed_at=by.at, **_clean(fields))
    page._history_user = by.user  # type: ignore[attr-defined]
    page.save()
    record(Trail.of_the_house(), "page added", by=by, subject=page, token=token)
    return page


def edit_page(page: Page, *, by: Standing, seen_version: int | None, **fields: Any) -> None:
    """Change a page; every earlier wording is kept. Saving what is there changes nothing. Raises StaleEdit."""
    rights.EDIT_PAGES.require(by, page)
    said = _clean(fields)
    now = Page.objects.get(pk=page.pk)
    if all(getattr(now, name) == value for name, value in said.items()):
        return
    try:
        amend(page, by=by, verb="page changed", seen_version=seen_version, changed_at=by.at, **said)
    except StaleEdit as stale:
        # When it was saved is nobody's text.
        raise StaleEdit(stale.subject, mine=said, theirs={name: stale.theirs[name] for name in said}) from None


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    return {**fields, "body": str(rich_text.clean(fields.get("body", "")))}


@transaction.atomic
def add_file(page: Page, file: UploadedFile, title: str, *, by: Standing, token: str | None = None) -> PageFile:
    """Offer a document on a page. Raises documents.uploads.Refused."""
    rights.EDIT_PAGES.require(by, page)
    hold(Trail.of_the_house())
    refuse_repeat(token)
    offered = PageFile.objects.create(page=page, title=title, upload=accept(file, by=by))
    record(Trail.of_the_house(), "document added to a page", by=by, subject=page, changed=["files"], token=token)
    return offered


@transaction.atomic
def remove_file(file: PageFile, *, by: Standing) -> None:
    """Offer the document no longer."""
    rights.EDIT_PAGES.require(by, file.page)
    hold(Trail.of_the_house())
    if not PageFile.objects.filter(pk=file.pk, removed_on=None).update(removed_on=by.today):
        raise AlreadyDone("The document has been removed.")
    record(Trail.of_the_house(), "document removed from a page", by=by, subject=file.page, changed=["files"])


@transaction.atomic
def set_feedback(publication: Publication, on: bool, *, by: Standing) -> None:
    """Let people have their say on a publication, or stop. Saying what is so already changes nothing."""
    rights.EDIT_PAGES.require(by, publication)
    amend(publication, by=by, verb="feedback opened" if on else "feedback closed", takes_feedback=on)


@transaction.atomic
def give_feedback(about: Page | Publication, text: str, reply_to: str, *, by: Standing, token: str) -> Feedback:
    """Keep what somebody had to say. `by` is the anonymous standing. Raises AlreadyDone where feedback is closed."""
    hold(Trail.of_the_house())
    refuse_repeat(token)
    if not type(about)._default_manager.get(pk=about.pk).takes_feedback:
        raise AlreadyDone("This page does not take feedback any more.")
    where = {"page": about} if isinstance(about, Page) else {"publication": about}
    given = Feedback.objects.create(text=text, reply_to=reply_to, given_at=by.at, **where)
    record(Trail.of_the_house(), "feedback given", by=by, subject=given, token=token)
    return given


@transaction.atomic
def mark_read(feedback: Feedback, *, by: Standing) -> None:
    """Note that a coordinator has read it."""
    rights.READ_FEEDBACK.require(by)
    hold(Trail.of_the_house())
    if not Feedback.objects.filter(pk=feedback.pk, read_at=None).update(read_at=by.at, read_by=by.user):
        raise AlreadyDone("Somebody has read this.")
    record(Trail.of_the_house(), "feedback read", by=by, subject=feedback)
