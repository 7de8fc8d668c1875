"""The processes that run beside the review."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from cases import actions, rights
from cases.forms import AboutProcess, NewProcess
from cases.models import Case, ParallelProcess
from cases.presenter import processes_of


@require_GET
def processes(request: HttpRequest, pk: int) -> HttpResponse:
    """Every process on the case's list."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, Case, pk)
    return render(
        request,
        "cases/processes.html",
        {
            "case": case,
            "processes": processes_of(case, by=by),
            "may_edit": rights.EDIT_PROCESSES.allows(by, case),
        },
    )


@require_http_methods(["GET", "POST"])
def add_process(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a process on the list."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, Case, pk)
    rights.EDIT_PROCESSES.require(by, case)
    form: Any = NewProcess(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_process(case, by=by, token=form.cleaned_data["token"], **form.facts())
            messages.success(request, f"{added} added")
        except AlreadySubmitted:
            pass
        return redirect("cases:processes", pk)
    return render(request, "cases/process.html", {"case": case, "form": form, "title": "Add a parallel process"})


@require_http_methods(["GET", "POST"])
def process(request: HttpRequest, pk: int) -> HttpResponse:
    """Where one process stands."""
    by = request.by  # type: ignore[attr-defined]
    opened = open_part(request, ParallelProcess, pk)
    rights.EDIT_PROCESSES.require(by, opened)
    meeting = None
    form: Any = AboutProcess(request.POST or None, instance=ParallelProcess.objects.get(pk=pk), today=by.today)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_process(opened, by=by, seen_version=form.seen_version, **form.facts())
        except StaleEdit as stale:
            meeting = form.met(stale)
        else:
            messages.success(request, f"{form.instance} changed")
            return redirect("cases:processes", opened.case_id)
    context = {"case": opened.case, "form": form, "meeting": meeting, "title": opened.get_kind_display()}
    return render(request, "cases/process.html", context)
