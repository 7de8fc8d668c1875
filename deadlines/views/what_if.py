"""The page of a case that asks: if this happened on that day, what would be due, and when? Nothing is changed."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from audit.access import open_part
from cases.models import Case
from deadlines.forms import WhatIfForm
from deadlines.models import Deadline
from deadlines.presenter import edition_words, short_date, weekday_and_date
from deadlines.register import Register
from deadlines.working_days import BeyondKnownHolidays

# What may happen, in words, and the limits whose first day that is.
EVENTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "aware": ("the local authority became aware", ("T01", "T02")),
    "notified": ("we notified", ("T02a", "T05")),
    "review_sent": ("the rapid review was sent", ("T08",)),
    "decided": ("the partners decided to carry out a local review", ("T07", "T09")),
    "published": ("the report was published", ("T10", "T13", "T14")),
}


@require_safe
def what_if(request: PersonRequest, pk: int) -> HttpResponse:
    """Work out what would follow, beside what is running."""
    case = open_part(request, Case, pk)
    asked = "event" in request.GET
    form = WhatIfForm(
        request.GET if asked else None,
        events=[(name, words) for name, (words, _) in EVENTS.items()],
        initial={"event": "notified", "day": request.by.today},
    )
    context: dict[str, object] = {"case": case, "form": form, "asked": False}
    event, day = "notified", request.by.today
    if asked and not form.is_valid():
        return render(request, "deadlines/what_if.html", context)
    if asked:
        event, day = form.cleaned_data["event"], form.cleaned_data["day"]
    context |= {
        "asked": True,
        "heading": f"If {EVENTS[event][0]} on {weekday_and_date(day)}",
        "rows": _rows(case, event, day, request),
    }
    return render(request, "deadlines/what_if.html", context)


def _rows(case: Case, event: str, day: date, request: PersonRequest) -> list[tuple[str, str, str, str, str]]:
    """Code, title, the date it would be, the edition, and the date of the clock that runs already."""
    register = Register.read()
    running = {
        clock.code: clock.due_on
        for clock in Deadline.objects.visible_to(request.by).open().filter(case=case).order_by("-due_on")
        if clock.due_on
    }
    found = []
    for code in EVENTS[event][1]:
        now = f"Running: {short_date(running[code])}" if code in running else "Not running"
        try:
            worked = register.work_out(code, day)
        except (BeyondKnownHolidays, LookupError) as refusal:
            found.append((code, code, str(refusal), "", now))
            continue
        found.append(
            (code, worked.limit.title, weekday_and_date(worked.due_on), edition_words(worked.limit.edition), now)
        )
    return found
