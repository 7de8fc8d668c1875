"""What is done with the cases ticked in the list: each page says first what will happen, and to how many."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.rights import Right
from agency_returns.actions import tell_contact
from agency_returns.models import AgencyReturn
from audit.events import AlreadySubmitted
from caseload import actions, rights
from caseload.filters import CaseFilter
from caseload.forms import ChosenCases, GiveAccessForm, TakeAwayForm, TokenForm
from caseload.lines import COLUMNS
from caseload.listing import columns_for, lists_for
from caseload.owed import owed_in, to_remind
from caseload.presenter import owed_words
from cases.models import Case
from cases.parts import Part
from cases.rights import ASSIGN
from documents.serve import attachment

# No more than these are listed without being asked for.
FEW = 10


def _sent(request):
    return request.POST if request.method == "POST" else request.GET


def _list_url(request) -> str:
    """The list as it was narrowed when its cases were ticked. What makes no sense is left out."""
    narrowed = CaseFilter(QueryDict(_sent(request).get("narrowed", "")), queryset=Case.objects.none(), by=request.by)
    return f"{reverse('caseload:cases')}?{narrowed.query}" if narrowed.query else reverse("caseload:cases")


def _page(request, name: str, form, cases: list[Case], **context) -> HttpResponse:
    said = _sent(request)
    context |= {
        "form": form,
        "cases": cases,
        "count": len(cases),
        "several": len(cases) > 1,
        "is_short": len(cases) <= FEW,
        "list_url": _list_url(request),
        "narrowed": said.get("narrowed", ""),
        "list": said.get("list", ""),
    }
    return render(request, f"caseload/{name}.html", context)


def _ticked(request, right: Right) -> tuple[list[Case], HttpResponse | None]:
    """The cases that were ticked, or the page that says what is wrong with them."""
    right.require(request.by)
    form = ChosenCases(_sent(request), by=request.by)
    if form.is_valid():
        return form.cleaned_data["case"], None
    return [], _page(request, "chosen_none", form, [])


@require_http_methods(["GET", "POST"])
def assign(request):
    """Give somebody a part of each of these cases."""
    cases, wrong = _ticked(request, ASSIGN)
    if wrong:
        return wrong
    form = GiveAccessForm(request.POST if request.method == "POST" else None, by=request.by)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            new = actions.give_access(
                cases, said["part"], said["membership"], by=request.by, ends_on=said["ends_on"], token=said["token"]
            )
        except AlreadySubmitted:
            return redirect(_list_url(request))
        person, part = said["membership"].user, Part(said["part"]).label
        where = f"of {len(cases)} cases" if len(cases) > 1 else f"of {cases[0].reference}"
        already = f" They could already in {len(cases) - new}." if new < len(cases) else ""
        messages.success(request, f"{person} can now see {part} {where}.{already}")
        return redirect(_list_url(request))
    return _page(request, "chosen_assign", form, cases)


@require_http_methods(["GET", "POST"])
def remind(request):
    """Remind everybody these cases wait for, each with one message."""
    cases, wrong = _ticked(request, rights.CHASE)
    if wrong:
        return wrong
    form = TokenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            things = actions.remind_in(cases, by=request.by, token=form.cleaned_data["token"])
        except AlreadySubmitted:
            return redirect(_list_url(request))
        _tell_contacts(things, request.by)
        messages.success(request, "They will be reminded by email." if things else "There was nobody to remind.")
        return redirect(_list_url(request))
    found = to_remind(cases, request.by)
    lines = [owed_words(thing) for thing, _ in found]
    people = {person for _, owners in found for person in owners}
    return _page(
        request,
        "chosen_remind",
        form,
        cases,
        lines=lines,
        people=len(people),
        left_out=len(owed_in(cases, request.by)) - len(lines),
    )


def _tell_contacts(things, by) -> None:
    """Those who answer by an e-mailed code are written to by the room of the returns: once, however much they owe."""
    asked = {thing.request.contact_email: thing.request for thing in things if isinstance(thing, AgencyReturn)}
    for request in asked.values():
        tell_contact(request, by=by)


@require_http_methods(["GET", "POST"])
def export(request):
    """Take the lines of these cases away, with the columns that the list shows."""
    cases, wrong = _ticked(request, rights.EXPORT_CASES)
    if wrong:
        return wrong
    _, shown = lists_for(request.by, _sent(request).get("list", ""))
    columns = columns_for(request.by, shown)
    form = TakeAwayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        sheet = actions.export_cases(cases, columns, form.cleaned_data["format"], by=request.by)
        return attachment(sheet.file, f"OFFICIAL-SENSITIVE list of cases {request.by.today}.{sheet.ending}")
    headings = [COLUMNS[name] for name in columns]
    return _page(request, "chosen_export", form, cases, headings=headings)
