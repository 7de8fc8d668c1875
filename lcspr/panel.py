"""How a local review shows on the case page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accounts.rights import found_for
from accounts.standing import Standing
from cases.models import Case
from cases.panel import Doing, Panel, Row
from documents.models import IssuedDocument
from govuk.words import date_in_words
from rapid_reviews.models import RapidReview

from . import rights
from .lifecycle import ReviewStatus as S
from .models import Review
from .presenter import TURN, steps


def panel(case: Case, by: Standing, on: date) -> Panel | None:
    """The newest local review of a case, or the offer to open one that the partners have initiated."""
    reviews = found_for(by, Review.objects.visible_to(by).filter(case=case).order_by("-pk")[:1])
    review = reviews[0] if reviews else None
    waiting = _initiated_without_record(case)
    if waiting is not None and rights.OPEN.allows(by, waiting):
        return Panel(
            order=50,
            title="Local review",
            state="To be opened",
            colour="light-blue",
            turn="The partners have decided to carry out a local review. Its six months are running.",
            doings=(Doing("Open the local review", reverse("lcspr:open", args=[waiting.pk])),),
        )
    if review is None:
        return None
    rows = [Row("Decided", date_in_words(review.initiated_on))]
    if review.published_on:
        rows.append(Row("Published", date_in_words(review.published_on)))
    papers: tuple[tuple[IssuedDocument, str], ...] = ()
    if review.report:
        papers = ((review.report, reverse("lcspr:paper", args=[review.pk])),)
    return Panel(
        order=50,
        title="Local review",
        state=review.get_status_display(),
        colour=review.colour,
        finished=review.is_over,
        turn=TURN[S(review.status)],
        url=review.get_absolute_url(),
        rows=tuple(rows),
        doings=tuple(steps(review, by)),
        papers=papers,
    )


def _initiated_without_record(case: Case) -> RapidReview | None:
    for rapid_review in RapidReview.objects.standing().filter(case=case, initiated_on__isnull=False).order_by("-pk"):
        if not Review.objects.filter(occasion=rapid_review.initiation_occasion).exists():
            return rapid_review
    return None
