"""What anybody may read."""

from __future__ import annotations

import contextlib

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts.standing import Standing
from audit.events import AlreadySubmitted
from documents.serve import download
from publications import actions
from publications.filters import LibraryFilter
from publications.forms import FeedbackForm
from publications.limits import wrote_too_often
from publications.models import Page, PageFile, Publication


def _shown():
    return Page.objects.filter(shown=True)


@login_not_required
@require_GET
def start(request):
    """The front of the site."""
    pages = list(_shown())
    sections = [
        {"title": section.label, "pages": [page for page in pages if page.section == section]}
        for section in Page.Section
    ]
    return render(
        request,
        "publications/start.html",
        {
            "sections": [section for section in sections if section["pages"]],
            "families": next((page for page in pages if page.slug == "families"), None),
            "referring": next((page for page in pages if page.section == Page.Section.REFERRING), None),
            "newest": Publication.objects.public()[:3],
        },
    )


@login_not_required
@require_GET
def page(request, slug):
    found = get_object_or_404(_shown(), slug=slug)
    beside = _shown().filter(section=found.section).exclude(pk=found.pk)
    files = found.files.filter(removed_on=None).select_related("upload")
    return render(request, "publications/page.html", {"page": found, "files": files, "beside": beside})


@login_not_required
@require_GET
def page_file(request, slug, pk):
    found = get_object_or_404(PageFile, pk=pk, page__slug=slug, page__shown=True, removed_on=None)
    return download(found.upload)


@login_not_required
@require_GET
def library(request):
    narrowed = LibraryFilter(request.GET, queryset=Publication.objects.public())
    listed = Paginator(narrowed.qs, 20).get_page(request.GET.get("page"))
    return render(request, "publications/library.html", {"filter": narrowed, "page": listed})


def _public(slug):
    return get_object_or_404(Publication.objects.public().select_related("paper"), slug=slug)


@login_not_required
@require_GET
def publication(request, slug):
    found = _public(slug)
    return render(request, "publications/publication.html", {"publication": found, "sections": _sections(found)})


def _sections(publication):
    """The sections with a place to jump to: (anchor, heading, html)."""
    return [(f"section-{number}", heading, html) for number, (heading, html) in enumerate(publication.sections, 1)]


@login_not_required
@require_GET
def pdf(request, slug):
    found = _public(slug)
    if not found.paper.is_ready:
        return render(request, "publications/being_prepared.html", {"publication": found}, status=503)
    return download(found.paper, "pdf")


@login_not_required
@require_http_methods(["GET", "POST"])
def page_feedback(request, slug):
    return _feedback(request, get_object_or_404(_shown(), slug=slug))


@login_not_required
@require_http_methods(["GET", "POST"])
def publication_feedback(request, slug):
    return _feedback(request, _public(slug))


def _feedback(request, about):
    """Have your say; where it is closed the page says so."""
    form = FeedbackForm(request.POST or None)
    status = 200
    if request.method == "POST" and about.takes_feedback and form.is_valid():
        if wrote_too_often(request):
            # What was typed stays: whoever wrote it may send it later.
            form.add_error(None, "You have sent several messages. Wait an hour, then send this one")
            status = 429
        else:
            said = form.cleaned_data
            with contextlib.suppress(AlreadySubmitted):
                actions.give_feedback(
                    about, said["text"], said["reply_to"], by=Standing.anonymous(timezone.now()), token=said["token"]
                )
            return redirect("publications:thanks")
    return render(request, "publications/have_your_say.html", {"about": about, "form": form}, status=status)


@login_not_required
@require_GET
def thanks(request):
    return render(request, "publications/thanks.html")


STANDING_PAGES = {
    "accessibility": "help/accessibility.html",
    "privacy": "help/privacy.html",
    "cookies": "help/cookies.html",
    "contact": "help/contact.html",
}


@login_not_required
@require_GET
def standing_page(request, name):
    """The pages that every service has."""
    if name not in STANDING_PAGES:
        raise Http404
    return render(request, STANDING_PAGES[name])
