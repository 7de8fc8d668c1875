"""The page of a local review."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from audit.access import open_part
from lcspr.models import Review
from lcspr.presenter import notices, steps, summary


@require_GET
def listing(request):
    """The local reviews this person may see."""
    rows = Review.objects.visible_to(request.by).select_related("case")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "lcspr/list.html", {"page": page})


@require_GET
def review(request, pk):
    opened = open_part(request, Review, pk)
    return render(
        request,
        "lcspr/review.html",
        {
            "review": opened,
            "rows": summary(opened),
            "steps": steps(opened, request.by),
            "notices": notices(opened, by=request.by, on=request.by.today),
            "reviewers": opened.reviewers.select_related("membership__user", "membership__agency"),
            "monitorings": opened.monitorings.select_related("recorded_by"),
            "delay_notices": opened.delay_notices.all(),
            "family_contacts": opened.family_contacts.all(),
        },
    )
