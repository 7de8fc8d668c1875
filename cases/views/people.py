"""The children and people of a case: by pseudonym, and who they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from cases import actions, rights
from cases.forms import AboutChild, AboutPerson, NewChild, NewPerson, WhoTheyAre, WhyReveal
from cases.models import Case, CasePeople, Child, Identity, Person
from cases.presenter import child_rows, children_of, identity_rows, person_rows, persons_of


@require_GET
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """The children and people of a case, by pseudonym."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, CasePeople, pk)
    return render(
        request,
        "cases/people.html",
        {
            "case": case,
            "children": children_of(case, by=by),
            "persons": persons_of(case, by=by),
            "may_add": rights.EDIT_PEOPLE.allows(by, case) and Case.objects.visible_to(by).filter(pk=pk).exists(),
            "sees_case": Case.objects.visible_to(by).filter(pk=pk).exists(),
        },
    )


@require_http_methods(["GET", "POST"])
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """The coded facts about a child: to change, or to read."""
    by = request.by  # type: ignore[attr-defined]
    opened = open_part(request, Child, pk)
    if request.method == "GET" and not rights.EDIT_PEOPLE.allows(by, opened):
        return render(request, "cases/read.html", {"case": opened.case, "owner": opened, "rows": child_rows(opened)})
    rights.EDIT_PEOPLE.require(by, opened)
    form = AboutChild(request.POST or None, instance=Child.objects.get(pk=opened.pk), today=by.today)
    return _change(request, opened, form, actions.change_child)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The facts about a person: to change, or to read."""
    by = request.by  # type: ignore[attr-defined]
    opened = open_part(request, Person, pk)
    if request.method == "GET" and not rights.EDIT_PEOPLE.allows(by, opened):
        return render(request, "cases/read.html", {"case": opened.case, "owner": opened, "rows": person_rows(opened)})
    rights.EDIT_PEOPLE.require(by, opened)
    form = AboutPerson(request.POST or None, instance=Person.objects.get(pk=opened.pk), today=by.today)
    return _change(request, opened, form, actions.change_person)


def _change(request: HttpRequest, opened: Child | Person, form: Any, verb: Any) -> HttpResponse:
    meeting = None
    if request.method == "POST" and form.is_valid():
        try:
            verb(opened, by=request.by, seen_version=form.seen_version, **form.facts())  # type: ignore[attr-defined]
        except StaleEdit as stale:
            meeting = form.met(stale)
        else:
            messages.success(request, f"{opened} changed")
            return redirect("cases:people", opened.case_id)
    return render(
        request, "cases/change.html", {"case": opened.case, "owner": opened, "form": form, "meeting": meeting}
    )


@require_http_methods(["GET", "POST"])
def add_child(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a child to the case."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, Case, pk)
    rights.EDIT_PEOPLE.require(by, case)
    form = NewChild(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        identity = {"full_name": given["full_name"], "born_on": given["born_on"]}
        facts = {name: given[name] for name in ("unborn", "age_years", "harm")}
        try:
            added: Any = actions.enter_child(case, by=by, token=given["token"], identity=identity, **facts)
            messages.success(request, f"{added} added. Check what is known about them")
            return redirect("cases:child", added.pk)
        except AlreadySubmitted:
            return redirect("cases:people", pk)
    return render(request, "cases/add.html", {"case": case, "form": form, "title": "Add a child"})


@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a person of the household or around it to the case."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, Case, pk)
    rights.EDIT_PEOPLE.require(by, case)
    form = NewPerson(request.POST or None, today=by.today)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        identity = {"full_name": given["full_name"], "born_on": given["born_on"]}
        facts = {name: given[name] for name in ("relationship", "in_household")}
        try:
            added: Any = actions.enter_person(case, by=by, token=given["token"], identity=identity, **facts)
            messages.success(request, f"{added} added. Check what is known about them")
            return redirect("cases:person", added.pk)
        except AlreadySubmitted:
            return redirect("cases:people", pk)
    return render(request, "cases/add.html", {"case": case, "form": form, "title": "Add a person"})


@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Who a child is: shown once, on the page that answers the reason given."""
    return _reveal(request, open_part(request, Child, pk))


@require_http_methods(["GET", "POST"])
def reveal_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Who a person is: shown once, on the page that answers the reason given."""
    return _reveal(request, open_part(request, Person, pk))


def _reveal(request: HttpRequest, owner: Child | Person) -> HttpResponse:
    by = request.by  # type: ignore[attr-defined]
    rights.REVEAL.require(by, owner)
    form = WhyReveal(request.POST or None)
    if request.method == "POST" and form.is_valid():
        identity = actions.reveal(owner.identity, by=by, reason=form.cleaned_data["reason"])
        return render(
            request,
            "cases/revealed.html",
            {
                "case": owner.case,
                "owner": owner,
                "rows": identity_rows(identity),
                "correction": WhoTheyAre(instance=identity) if rights.CORRECT_IDENTITY.allows(by, owner) else None,
                "identity": identity,
            },
        )
    return render(request, "cases/reveal.html", {"case": owner.case, "owner": owner, "form": form})


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct who someone is: the answer to the form on the page of a reveal."""
    by = request.by  # type: ignore[attr-defined]
    identity = open_part(request, Identity, pk, verb="identity opened to be corrected")
    rights.CORRECT_IDENTITY.require(by, identity.owner)
    owner, meeting = identity.owner, None
    form: Any = WhoTheyAre(request.POST, instance=Identity.objects.get(pk=identity.pk), today=by.today)
    if form.is_valid():
        try:
            actions.correct_identity(identity, by=by, seen_version=form.seen_version, **form.facts())
        except StaleEdit as stale:
            meeting = form.met(stale)
        else:
            messages.success(request, f"Who {owner} is has been corrected")
            return redirect("cases:people", owner.case_id)
    return render(request, "cases/correct.html", {"case": owner.case, "owner": owner, "form": form, "meeting": meeting})
