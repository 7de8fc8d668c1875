"""The list of cases, the case page across stages, its clocks and its history."""

from __future__ import annotations

from dataclasses import replace

from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.rights import only_looking
from audit.access import open_part
from audit.presenter import history_of
from caseload import rights
from caseload.filters import CaseFilter
from caseload.forms import SearchForm
from caseload.keyset import page_of
from caseload.lines import case_lines
from caseload.listing import choices_of, columns_for, lists_for, narrowed_by
from caseload.presenter import case_facts, with_clocks_named, without_clocks
from caseload.search import Found, find
from caseload.stages import panels
from cases.models import Case
from cases.presenter import doings
from deadlines.presenter import clocks_of

LATEST = 12


@require_GET
def listing(request):
    """The cases whose whole is open to this person, newest first; none where what narrows them makes no sense."""
    cases = Case.objects.visible_to(request.by).select_related("incident_la")
    saved, shown = lists_for(request.by, request.GET.get("list", ""))
    narrowed = CaseFilter(narrowed_by(request.GET, shown), queryset=cases, by=request.by)
    found = cases.none() if narrowed.errors else narrowed.qs
    page = page_of(found, request.GET, field="received_on")
    return render(
        request,
        "caseload/cases.html",
        {
            "filter": narrowed,
            "forms": [narrowed.form],
            "page": page,
            "lines": case_lines(page.rows, on=request.by.today, columns=columns_for(request.by, shown)),
            "search_form": SearchForm(),
            "saved": saved,
            "shown": shown,
            "may_keep": rights.KEEP_LISTS.allows(request.by),
            "choosing": choices_of(request.by),
            "nothing_open": not page.rows and not request.GET,
        },
    )


@require_http_methods(["GET", "POST"])
def search(request):
    """Find cases by reference, pseudonym, text or, where entitled, name. Posted: no name stands in an address."""
    form = SearchForm(request.POST or None)
    found = Found([])
    if request.method == "POST" and form.is_valid():
        found = find(form.cleaned_data["words"], by=request.by)
    return render(
        request,
        "caseload/search.html",
        {
            "form": form,
            "searched": form.is_bound and form.is_valid(),
            "instead": found.instead,
            "lines": case_lines(found.cases, on=request.by.today),
        },
    )


@require_GET
def case(request, reference):
    """One case across its stages: where it is, what is next, whose turn it is."""
    opened = open_part(request, Case, reference=reference)
    today = request.by.today
    with only_looking(request.by, opened=[opened]):
        clocks = clocks_of(opened, by=request.by, on=today)
        shown = {
            "case": opened,
            "facts": case_facts(opened, by=request.by),
            "panels": panels(opened, request.by, on=today),
            "running": [clock for clock in clocks if not clock.is_closed],
            "over": [clock for clock in clocks if clock.is_closed],
            "timeline": without_clocks(history_of(opened.trail, {"show": "changes"}, with_reasons=False))[:LATEST],
            "doings": doings(opened, by=request.by),
            "may_see_history": rights.SEE_HISTORY.allows(request.by, opened),
        }
        return render(request, "caseload/case.html", shown)


@require_GET
def clocks(request, reference):
    """Every clock of a case, to be read or printed."""
    opened = open_part(request, Case, reference=reference)
    return render(
        request,
        "caseload/clocks.html",
        {"case": opened, "clocks": clocks_of(opened, by=request.by, on=request.by.today)},
    )


@require_GET
def history(request, reference):
    """Who did what, newest first, for those entitled to read it."""
    opened = open_part(request, Case, reference=reference, verb="history opened")
    rights.SEE_HISTORY.require(request.by, opened)
    found = history_of(opened.trail, request.GET)
    named = replace(found, rows=with_clocks_named(found.rows, opened))
    return render(request, "caseload/history.html", {"case": opened, "history": named})
