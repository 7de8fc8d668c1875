"""What coordinators do with the public site."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.access import open_part
from audit.lifecycle import StaleEdit
from documents.uploads import Refused
from publications import actions, rights
from publications.forms import BriefingForm, FileForm, PageForm, WithdrawForm
from publications.models import Feedback, Page, PageFile, Publication

DOING = require_http_methods(["GET", "POST"])


@require_GET
def manage(request):
    rights.EDIT_PAGES.require(request.by)
    return render(
        request,
        "publications/manage.html",
        {
            "pages": Page.objects.visible_to(request.by),
            "publications": Paginator(Publication.objects.visible_to(request.by), 50).get_page(request.GET.get("page")),
            "unread": Feedback.objects.visible_to(request.by).filter(read_at=None).count(),
        },
    )


@DOING
def add_page(request):
    rights.EDIT_PAGES.require(request.by)
    form = PageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        said.pop("seen_version")
        page = actions.add_page(by=request.by, **said)
        messages.success(request, f"“{page}” has been added.")
        return redirect("publications:manage")
    return render(request, "publications/edit.html", {"form": form, "title": "Add a page", "button": "Add page"})


@DOING
def edit_page(request, pk):
    page = open_part(request, Page, pk)
    rights.EDIT_PAGES.require(request.by, page)
    names = [name for name in PageForm.base_fields if name != "seen_version"]
    initial = {name: getattr(page, name) for name in names} | {"seen_version": page.version}
    form = PageForm(request.POST or None, initial=initial)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_page(page, by=request.by, **form.cleaned_data)
        except StaleEdit as error:
            stale = error
        else:
            messages.success(request, f"“{page}” has been saved.")
            return redirect("publications:manage")
    return render(
        request,
        "publications/edit.html",
        {
            "form": form,
            "title": "Edit a page",
            "button": "Save page",
            "page": page,
            "stale": stale,
            "files": page.files.filter(removed_on=None).select_related("upload"),
        },
    )


@DOING
def add_file(request, pk):
    page = open_part(request, Page, pk)
    rights.EDIT_PAGES.require(request.by, page)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_file(page, form.cleaned_data["files"][0], form.cleaned_data["title"], by=request.by)
        except Refused as refused:
            form.add_error("files", str(refused))
        else:
            messages.success(request, "The document has been added.")
            return redirect("publications:edit_page", pk=pk)
    return render(
        request,
        "publications/edit.html",
        {"form": form, "title": "Add a document", "button": "Add document", "page": page, "with_files": True},
    )


@require_POST
def remove_file(request, pk, file):
    page = open_part(request, Page, pk)
    actions.remove_file(get_object_or_404(PageFile, pk=file, page=page), by=request.by)
    messages.success(request, "The document has been removed.")
    return redirect("publications:edit_page", pk=pk)


@DOING
def publish(request):
    rights.PUBLISH_OTHER.require(request.by)
    form = BriefingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publication = actions.publish_text(by=request.by, **form.cleaned_data)
        messages.success(request, f"“{publication}” is published.")
        return redirect("publications:manage")
    return render(request, "publications/edit.html", {"form": form, "title": "Publish something", "button": "Publish"})


@DOING
def withdraw(request, pk):
    publication = open_part(request, Publication, pk)
    rights.WITHDRAW.require(request.by, publication)
    form = WithdrawForm(request.POST or None)
    owed = request.by.today < publication.removable_from
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(publication, by=request.by, reason=form.cleaned_data["reason"])
        except actions.StillOwedToThePublic:
            form.add_error(None, "It must stay public until the day shown above")
        else:
            messages.success(request, f"“{publication}” is no longer public.")
            return redirect("publications:manage")
    return render(request, "publications/withdraw.html", {"form": form, "publication": publication, "still_owed": owed})


@require_POST
def switch_feedback(request, pk):
    publication = open_part(request, Publication, pk)
    actions.set_feedback(publication, not publication.takes_feedback, by=request.by)
    messages.success(request, "Saved.")
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
    return redirect("publications:feedback")
