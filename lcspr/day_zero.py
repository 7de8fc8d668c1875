"""The way from a clock to the day it is counted from, which the local review keeps: that of publication."""

from __future__ import annotations

from django.urls import reverse

from accounts.standing import Standing
from cases.panel import Doing
from deadlines.models import Deadline

from . import rights
from .lifecycle import ReviewStatus
from .models import Review


def leads(clock: Deadline, by: Standing) -> Doing | None:
    """The page that plans the publication for another day, or the review for those who may not or no longer can."""
    label, _, rest = clock.occasion.partition(":")
    pk = rest.partition(":")[0]
    if clock.code not in ("T10", "T11") or label != Review._meta.label or not pk.isdecimal():
        return None
    review = Review.objects.visible_to(by).filter(pk=pk).first()
    if review is None:
        return None
    if (
        clock.occasion == review.publication_occasion
        and review.status == ReviewStatus.PRE_PUBLICATION
        and rights.PLAN_PUBLICATION.allows(by, review)
    ):
        page = reverse("lcspr:plan_publication", args=[review.pk])
        return Doing("Plan the publication for another day, on the local review", page)
    return Doing("When publication is planned, on the local review", review.get_absolute_url())
