"""A local review's own page, the list of them, and the signed papers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.access import open_part
from audit.events import key_of
from documents.serve import download
from lcspr import presenter
from lcspr.models import PublicationPack, Review, ReviewStatus
from notifications.register.models import Submission


@require_GET
def listing(request):
    """The local reviews this person may see, and the publication packs of those they may not."""
    rows = Review.objects.visible_to(request.by).select_related("case")
    packs = PublicationPack.objects.visible_to(request.by).exclude(pk__in=rows.values("pk")).select_related("case")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "lcspr/list.html", {"page": page, "packs": packs[:50]})


@require_GET
def review(request, pk):
    opened = open_part(request, Review, pk)
    by = request.by
    return render(
        request,
        "lcspr/review.html",
        {
            "review": opened,
            "case": opened.case,
            "turn": presenter.TURN[ReviewStatus(opened.status)],
            "rows": presenter.summary(opened),
            "steps": presenter.steps(opened, by),
            "also": presenter.also(opened, by),
            "clocks": presenter.clocks_of(opened, by),
            "notices": presenter.notices(opened, by=by),
            "reviewers": presenter.reviewers_shown(opened, by),
            "monitorings": opened.monitorings.select_related("recorded_by"),
            "delay_notices": opened.delay_notices.all(),
            "family_contacts": opened.family_contacts.all(),
            "submissions": Submission.objects.visible_to(by).of_occasion(opened.publication_occasion).sent(),
            "paper_url": reverse("lcspr:paper", args=[pk]),
            "signing_url": reverse("lcspr:paper_for_signing", args=[pk]),
            "terms_rows": presenter.terms_rows(opened.terms),
            "has_pack": opened.has_a_plan,
            "key": key_of(opened),
        },
    )


def _download(request, pk, field):
    issued = getattr(open_part(request, Review, pk, verb="downloaded"), field)
    if issued is None:
        raise Http404("There is no such paper yet.")
    return download(issued, request.GET.get("as"))


@require_GET
def paper(request, pk):
    """The report as it was signed."""
    return _download(request, pk, "report")


@require_GET
def paper_for_signing(request, pk):
    """The report as it was put before the partners."""
    return _download(request, pk, "for_signing")
