"""My work."""

from __future__ import annotations

from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseload import desk as work
from caseload.lines import case_lines


@require_GET
def desk(request):
    """What this person must do, by when, and what they are waiting for."""
    by = request.by
    recent = work.recent(by)
    return render(
        request,
        "caseload/desk.html",
        {
            "owed": work.owed(by),
            "tasks": work.tasks(by),
            "waiting": work.waiting_on_others(by),
            "lines": case_lines(recent, on=by.today),
        },
    )
