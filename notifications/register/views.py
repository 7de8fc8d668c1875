"""Pages of the register: one thing that was sent to one recipient."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.access import open_part
from audit.events import AlreadySubmitted
from documents.serve import download
from govuk.rows import Row
from govuk.words import date_in_words, instant_in_words

from . import actions, forms, rights
from .models import Submission

DOING = require_http_methods(["GET", "POST"])


@require_GET
def submission(request, pk):
    """What was sent, to whom, when and how."""
    opened = open_part(request, Submission, pk)
    return render(
        request,
        "register/submission.html",
        {
            "submission": opened,
            "case": opened.case,
            "rows": _rows(opened),
            "may_send": not opened.is_sent and rights.RECORD.allows(request.by, opened.case),
            "may_acknowledge": opened.is_sent
            and not opened.is_acknowledged
            and rights.ACKNOWLEDGE.allows(request.by, opened),
        },
    )


def _rows(submission):
    rows = [Row("What", submission.get_return_type_display()), Row("To", submission.to)]
    if submission.due_on:
        rows.append(Row("To be sent by", date_in_words(submission.due_on)))
    rows.append(Row("Sent", instant_in_words(submission.sent_at) if submission.sent_at else "Not yet"))
    if submission.sent_at:
        received = instant_in_words(submission.acknowledged_at) if submission.acknowledged_at else "Not recorded"
        rows += [
            Row("Recorded by", str(submission.sent_by)),
            Row("How", submission.get_channel_display() or "Not recorded"),
            Row("Address", submission.address or "Not recorded"),
            Row("Reference", submission.method_reference or "None"),
            Row("Received", received),
        ]
    return rows


@DOING
def send(request, pk):
    """Record that what was expected has been sent."""
    opened = open_part(request, Submission, pk)
    rights.RECORD.require(request.by, opened.case)
    form = forms.SendForm(request.POST or None, today=request.by.today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.send(opened, by=request.by, **form.cleaned_data)
        except AlreadySubmitted as done:
            if done.event.subject != f"{Submission._meta.label}:{opened.pk}":
                raise
            return redirect("register:submission", pk=pk)
        except ValueError as mistaken:
            form.add_error("sent_at", str(mistaken))
        else:
            messages.success(request, "It has been recorded that it was sent.")
            return redirect("register:submission", pk=pk)
    return render(request, "register/send.html", {"form": form, "submission": opened, "case": opened.case})


@DOING
def acknowledge(request, pk):
    """Record that the recipient has it."""
    opened = open_part(request, Submission, pk)
    rights.ACKNOWLEDGE.require(request.by, opened)
    form = forms.AcknowledgeForm(request.POST or None, today=request.by.today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.acknowledge(
                opened, by=request.by, at=form.cleaned_data["received_at"], token=form.cleaned_data["token"]
            )
        except AlreadySubmitted as done:
            if done.event.subject != f"{Submission._meta.label}:{opened.pk}":
                raise
            return redirect("register:submission", pk=pk)
        except ValueError as mistaken:
            form.add_error("received_at", str(mistaken))
        else:
            messages.success(request, "It has been recorded that it was received.")
            return redirect("register:submission", pk=pk)
    return render(request, "register/acknowledge.html", {"form": form, "submission": opened, "case": opened.case})


@require_GET
def paper(request, pk):
    """The paper that was sent, as a file."""
    opened = open_part(request, Submission, pk, verb="downloaded")
    if opened.paper is None:
        raise Http404("Nothing was kept of what was sent.")
    return download(opened.paper, request.GET.get("as"))
