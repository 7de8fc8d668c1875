"""What coordinators do with the public site."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from audit.presenter import both_texts
from documents.uploads import Refused
from publications import actions, rights
from publications.forms import BriefingForm, FileForm, PageForm, SwitchForm, WithdrawForm
from publications.models import Feedback, Page, PageFile, Publication
from publications.shipped import BRIEFING

DOING = require_http_methods(["GET", "POST"])


@require_GET
def manage(request):
    rights.EDIT_PAGES.require(request.by)
    unread = Feedback.objects.visible_to(request.by).filter(read_at=None).count()
    return render(
        request,
        "publications/manage.html",
        {
            "pages": Page.objects.visible_to(request.by),
            "publications": Paginator(Publication.objects.visible_to(request.by), 50).get_page(request.GET.get("page")),
            "unread": unread,
            "unread_words": f"{unread} not read yet",
        },
    )


def _edit(request, form, *, title, page=None, status=200, **shown):
    context = {"form": form, "title": title, "page": page, "back": reverse("publications:manage"), **shown}
    return render(request, "publications/edit.html", context, status=status)


@DOING
def add_page(request):
    rights.EDIT_PAGES.require(request.by)
    form = PageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            page = actions.add_page(by=request.by, token=form.cleaned_data["token"], **form.facts())
        except AlreadySubmitted:
            return redirect("publications:manage")
        messages.success(request, f"“{page}” has been added.")
        return redirect("publications:manage")
    return _edit(request, form, title="Add a page")


@DOING
def edit_page(request, pk):
    page = open_part(request, Page, pk)
    rights.EDIT_PAGES.require(request.by, page)
    initial = {name: getattr(page, name) for name in PageForm.FACTS} | {"seen_version": page.version}
    form = PageForm(request.POST or None, initial=initial)
    both, theirs, status = None, "", 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_page(page, by=request.by, seen_version=form.cleaned_data["seen_version"], **form.facts())
        except StaleEdit as stale:
            # The text is shown as it reads, the short fields in a table.
            both = tuple(one for one in both_texts(stale) if one.field != "body")
            theirs, status = stale.theirs["body"], 409
            form.has_seen(stale.version)
        else:
            messages.success(request, f"“{page}” has been saved.")
            return redirect("publications:manage")
    files = page.files.filter(removed_on=None).select_related("upload")
    return _edit(
        request,
        form,
        title="Edit a page",
        page=page,
        status=status,
        both=both,
        is_stale=both is not None,
        theirs=theirs,
        files=files,
        has_files=True,
    )


@DOING
def add_file(request, pk):
    page = open_part(request, Page, pk)
    rights.EDIT_PAGES.require(request.by, page)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_file(page, said["files"][0], said["title"], by=request.by, token=said["token"])
        except AlreadySubmitted:
            return redirect("publications:edit_page", pk=pk)
        except Refused as refused:
            form.add_error("files", str(refused))
        else:
            messages.success(request, "The document has been added.")
            return redirect("publications:edit_page", pk=pk)
    return _edit(request, form, title="Add a document", page=page, back=reverse("publications:edit_page", args=[pk]))


@require_POST
def remove_file(request, pk, file):
    page = open_part(request, Page, pk)
    actions.remove_file(get_object_or_404(PageFile, pk=file, page=page), by=request.by)
    messages.success(request, "The document has been removed.")
    return redirect("publications:edit_page", pk=pk)


@DOING
def publish(request):
    """A briefing, with its seven headings to begin from, or another text."""
    rights.PUBLISH_OTHER.require(request.by)
    seven = {"kind": Publication.Kind.BRIEFING, "body": BRIEFING} if "seven" in request.GET else None
    form = BriefingForm(request.POST or None, initial=seven)
    if request.method == "POST" and form.is_valid():
        try:
            publication = actions.publish_text(by=request.by, **form.cleaned_data)
        except AlreadySubmitted as done:
            publication = get_object_or_404(Publication, pk=done.event.subject.rpartition(":")[2])
        else:
            messages.success(request, f"“{publication}” is published.")
        return redirect("publications:manage")
    return _edit(request, form, title="Publish a briefing or report", warns=True)


@DOING
def withdraw(request, pk):
    publication = open_part(request, Publication, pk)
    rights.WITHDRAW.require(request.by, publication)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(publication, by=request.by, **form.cleaned_data)
        except AlreadySubmitted:
            return redirect("publications:manage")
        except actions.StillOwedToThePublic:
            form.add_error(None, "It must stay public until the day shown below")
        else:
            messages.success(request, f"“{publication}” is no longer public.")
            return redirect("publications:manage")
    return render(
        request,
        "publications/withdraw.html",
        {
            "form": form,
            "publication": publication,
            "still_owed": publication.is_public and request.by.today < publication.removable_from,
        },
    )


@require_POST
def switch_feedback(request, pk):
    publication = open_part(request, Publication, pk)
    form = SwitchForm(request.POST)
    if not form.is_valid():
        raise AlreadyDone("The page was too old.")
    actions.set_feedback(publication, form.cleaned_data["on"], by=request.by)
    messages.success(request, "People may have their say." if form.cleaned_data["on"] else "Comments are closed.")
    return redirect("publications:manage")


@require_GET
def feedback(request):
    rights.READ_FEEDBACK.require(request.by)
    rows = Feedback.objects.visible_to(request.by).select_related("page", "publication", "read_by")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "publications/feedback.html", {"page": page})


@require_POST
def mark_read(request, pk):
    given = open_part(request, Feedback, pk)
    actions.mark_read(given, by=request.by)
    messages.success(request, "Marked as read.")
    return redirect("publications:feedback")
