"""A return's own page, its sections and its files."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency_returns import actions, presenter, rights
from agency_returns.forms import AttachForm, ColleagueForm, TokenForm, section_form
from agency_returns.models import AgencyReturn, Attachment, section_named
from audit.access import open_part
from audit.lifecycle import StaleEdit
from documents.serve import download
from documents.uploads import Refused
from govuk.words import time_in_words


@require_GET
def agency_return(request, pk):
    """One request and its return: to write for its agency, to read for everyone else who may."""
    opened = open_part(request, AgencyReturn, pk)
    by = request.by
    writing = opened.may_be_written and rights.WRITE.allows(by, opened)
    judging = rights.JUDGE.allows(by, opened)
    return render(
        request,
        "agency_returns/return.html",
        {
            "agency_return": opened,
            "case": opened.case,
            "asked": presenter.request_rows(opened.request),
            "overdue": opened.is_overdue(on=by.today),
            "writing": writing,
            "tasks": presenter.tasks(opened) if writing else [],
            "sections": [] if writing else presenter.sections_as_read(opened),
            "entries": opened.entries.current(),
            "attachments": opened.attachments.current().select_related("upload"),
            "attach_form": AttachForm() if writing else None,
            "may": presenter.may(opened, by),
            "judging": judging,
            "token_form": TokenForm(auto_id=False),
            "question": presenter.latest_question(opened),
        },
    )


@require_http_methods(["GET", "POST"])
def section(request, pk, key):
    """Write one section. A stale save loses nothing: both texts are shown, and saving again keeps this one."""
    opened = open_part(request, AgencyReturn, pk)
    rights.WRITE.require(request.by, opened)
    named = section_named(key)
    if named is None:
        raise Http404
    by_itself = request.headers.get("X-Autosave") == "1"
    form = section_form(named, opened, request.POST, by=request.by)
    texts = []
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in named.fields if name in form.cleaned_data}
        try:
            actions.save_section(opened, named, by=request.by, seen_version=form.cleaned_data["seen_version"], **given)
        except StaleEdit as stale:
            if by_itself:
                return JsonResponse({}, status=409)
            texts = presenter.both_texts(form, stale.theirs)
            form.has_seen(stale.version)
        else:
            if by_itself:
                return JsonResponse({"saved_at": time_in_words(request.at), "version": opened.version})
            messages.success(request, f"{named.title}: saved")
            return redirect(opened)
    elif by_itself:
        return JsonResponse({}, status=400)
    return render(
        request,
        "agency_returns/section.html",
        {"agency_return": opened, "section": named, "form": form, "texts": texts},
        status=409 if texts else 200,
    )


@require_POST
def who(request, pk):
    """Whom to search the records for. Shown in answer to a press of a button, and recorded as a reveal."""
    opened = open_part(request, AgencyReturn, pk)
    revealed = actions.look_up(opened, by=request.by)
    people = [(pseudonym, presenter.identity_rows(identity)) for pseudonym, identity in revealed]
    return render(request, "agency_returns/who.html", {"agency_return": opened, "people": people})


@require_http_methods(["GET", "POST"])
def colleague(request, pk):
    """Ask somebody of one's own agency to write the return."""
    opened = open_part(request, AgencyReturn, pk)
    rights.ANSWER.require(request.by, opened)
    form = ColleagueForm(request.POST or None, agency_return=opened, by=request.by)
    if request.method == "POST" and form.is_valid():
        actions.ask_to_write(opened, form.cleaned_data["colleague"], by=request.by)
        messages.success(request, f"{form.cleaned_data['colleague'].user} can now write the return")
        return redirect(opened)
    return render(request, "agency_returns/colleague.html", {"agency_return": opened, "form": form})


@require_POST
def attach(request, pk):
    opened = open_part(request, AgencyReturn, pk)
    rights.WRITE.require(request.by, opened)
    form = AttachForm(request.POST, request.FILES)
    if form.is_valid():
        kept = 0
        for file in form.cleaned_data["documents"]:
            try:
                actions.attach(opened, file, by=request.by)
                kept += 1
            except Refused as refused:
                form.add_error("documents", refused.message)
        if not form.errors:
            messages.success(request, "The file has been attached" if kept == 1 else f"{kept} files have been attached")
            return redirect(opened)
    return render(
        request,
        "agency_returns/attach.html",
        {
            "agency_return": opened,
            "form": form,
            "attachments": opened.attachments.current().select_related("upload"),
        },
    )


@require_GET
def attachment(request, pk):
    found = open_part(request, Attachment, pk, verb="downloaded", removed_at=None)
    return download(found.upload)


@require_POST
def detach(request, pk):
    found = open_part(request, Attachment, pk, removed_at=None)
    actions.detach(found, by=request.by)
    messages.success(request, "The file has been removed")
    return redirect(found.agency_return)
