"""Pages on which documents are attached to a notification, and read."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.access import open_part
from documents.serve import download
from documents.uploads import Refused, accept
from notifications.incident import actions, forms, rights
from notifications.incident.models import Attachment, Notification


@require_http_methods(["GET", "POST"])
def attachments(request, pk):
    """What is attached, and attaching more. One file that is refused keeps none of the others out."""
    opened = open_part(request, Notification, pk)
    rights.PREPARE.require(request.by, opened)
    form = forms.AttachForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = forms.AttachForm(request.POST, request.FILES)
        if form.is_valid() and _attach(request, opened, form):
            return redirect("incident:attachments", pk)
    return render(
        request,
        "incident/attachments.html",
        {
            "form": form,
            "notification": opened,
            "case": opened.case,
            "files": Attachment.objects.visible_to(request.by).filter(notification=opened).select_related("upload"),
            "may_remove": opened.is_preparing,
        },
    )


def _attach(request, notification, form):
    """Attach what is accepted; True when that was all."""
    attached = 0
    for file in form.cleaned_data["files"]:
        try:
            upload = accept(file, by=request.by)
        except Refused as refused:
            form.add_error("files", refused.message)
            continue
        actions.attach(notification, upload, by=request.by)
        attached += 1
    if attached and not form.errors:
        messages.success(request, "1 file attached." if attached == 1 else f"{attached} files attached.")
    return not form.errors


@require_POST
def detach(request, pk, attachment):
    found = open_part(request, Attachment, attachment, notification_id=pk)
    actions.detach(found, by=request.by)
    messages.success(request, "The file has been removed.")
    return redirect("incident:attachments", pk)


@require_GET
def attachment(request, pk, attachment):
    found = open_part(request, Attachment, attachment, verb="downloaded", notification_id=pk)
    return download(found.upload)
