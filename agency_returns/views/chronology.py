"""Entries of one agency's chronology, and all agencies' merged into one."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agency_returns import actions, presenter, rights
from agency_returns.forms import EntryForm
from agency_returns.models import AgencyReturn, CaseChronology, ChronologyEntry
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from cases.models import Case


@require_GET
def chronology(request, case_pk):
    """Every entry this person may see, in the order in which things happened; key events alone with `?key=1`."""
    case = open_part(request, CaseChronology, case_pk)
    entries = ChronologyEntry.objects.merged(case, request.by)
    key_only = request.GET.get("key") == "1"
    if key_only:
        entries = entries.key_events()
    return render(
        request,
        "agency_returns/chronology.html",
        {
            "case": case,
            "page": presenter.chronology_page(entries, request.GET),
            "key_only": key_only,
            "whole": Case.objects.visible_to(request.by).filter(pk=case.pk).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
def add_entry(request, pk):
    opened = open_part(request, AgencyReturn, pk)
    rights.WRITE.require(request.by, opened)
    form = EntryForm(request.POST or None, today=request.by.today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_entry(opened, by=request.by, token=form.cleaned_data["token"], **form.facts())
        except AlreadySubmitted:
            # Pressed twice: the first press added it.
            return redirect(opened)
        messages.success(request, "The entry has been added")
        return redirect("agency_returns:entry" if "another" in request.POST else "agency_returns:return", pk=pk)
    return render(request, "agency_returns/entry.html", {"agency_return": opened, "form": form, "adding": True})


@require_http_methods(["GET", "POST"])
def edit_entry(request, pk):
    entry = open_part(request, ChronologyEntry, pk, removed_at=None)
    rights.WRITE.require(request.by, entry.agency_return)
    form = EntryForm(
        request.POST or None, instance=entry, today=request.by.today, initial={"seen_version": entry.version}
    )
    texts = []
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen_version"] or 0
        try:
            actions.edit_entry(entry, by=request.by, seen_version=seen, **form.facts())
        except StaleEdit as stale:
            texts = presenter.both_texts(form, stale.theirs)
            form.has_seen(stale.version)
        else:
            messages.success(request, "The entry has been changed")
            return redirect(entry.agency_return)
    return render(
        request,
        "agency_returns/entry.html",
        {"agency_return": entry.agency_return, "entry": entry, "form": form, "texts": texts},
        status=409 if texts else 200,
    )


@require_POST
def remove_entry(request, pk):
    entry = open_part(request, ChronologyEntry, pk, removed_at=None)
    actions.remove_entry(entry, by=request.by)
    messages.success(request, "The entry has been removed")
    return redirect(entry.agency_return)
