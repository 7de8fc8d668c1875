"""A rapid review's own page, its plan and its papers."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.access import open_part
from audit.events import key_of
from cases.models import Case
from documents.serve import download
from notifications.register.models import Submission
from rapid_reviews import presenter, rights
from rapid_reviews.forms import TokenForm
from rapid_reviews.models import PanelResponse, RapidReview


@require_GET
def listing(request):
    """The rapid reviews this person may see, the newest first."""
    rows = RapidReview.objects.visible_to(request.by).select_related("case")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    lines = presenter.lines(page.object_list, on=request.by.today)
    return render(request, "rapid_reviews/list.html", {"page": page, "lines": lines})


@require_GET
def review(request, pk):
    """Where the review stands. Whoever reads only the finished report is shown that, and nothing else."""
    opened = open_part(request, RapidReview, pk)
    by = request.by
    context = {
        "review": opened,
        "case": opened.case,
        "facts": presenter.facts(opened),
        "whole": Case.objects.visible_to(by).filter(pk=opened.case_id).exists(),
        "paper_url": reverse("rapid_reviews:paper", args=[pk]),
    }
    if not rights.READ_ALL.allows(by, opened):
        return render(request, "rapid_reviews/finished.html", context)
    may = presenter.may(opened, by)
    return render(
        request,
        "rapid_reviews/review.html",
        {
            **context,
            "turn": presenter.turn_of(opened),
            "clocks": presenter.clocks_of(opened, by),
            "requests": presenter.requests(opened, by),
            "sections": presenter.section_tasks(opened, writing=may.edit),
            "panel_tasks": presenter.panel_tasks(opened),
            "responses": opened.responses.visible_to(by).select_related("letter"),
            "submissions": Submission.objects.visible_to(by).of_occasion(key_of(opened)),
            "signing_url": reverse("rapid_reviews:paper_for_signing", args=[pk]),
            "may": may,
            "token_form": TokenForm(auto_id=False),
        },
    )


@require_GET
def plan(request, pk):
    """The working plan with its dates."""
    opened = open_part(request, RapidReview, pk)
    rights.READ_ALL.require(request.by, opened)
    steps = presenter.plan_shown(opened, on=request.by.today)
    return render(request, "rapid_reviews/plan.html", {"review": opened, "case": opened.case, "steps": steps})


def _download(request, pk, field):
    opened = open_part(request, RapidReview, pk, verb="downloaded")
    issued = getattr(opened, field)
    if issued is None:
        raise Http404("There is no such paper yet.")
    return opened, issued


@require_GET
def paper(request, pk):
    """The report as it was signed."""
    _, issued = _download(request, pk, "report")
    return download(issued, request.GET.get("as"))


@require_GET
def paper_for_signing(request, pk):
    """The report as it was put before the partners."""
    opened, issued = _download(request, pk, "for_signing")
    rights.READ_ALL.require(request.by, opened)
    return download(issued, request.GET.get("as"))


@require_GET
def letter(request, pk):
    """The letter of the national body."""
    found = open_part(request, PanelResponse, pk, verb="downloaded", letter__isnull=False)
    assert found.letter is not None
    return download(found.letter)
