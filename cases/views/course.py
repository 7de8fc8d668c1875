"""Closing and reopening a case, and keeping it from disposal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.rights import Right
from audit.access import open_part
from audit.events import AlreadySubmitted
from cases import actions, rights
from cases.forms import Why
from cases.models import Case


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the case."""
    return _do(request, pk, rights.CLOSE, actions.close, "cases/close.html", "Close case", "Case closed")


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed case again."""
    return _do(request, pk, rights.CLOSE, actions.reopen, "cases/reopen.html", "Reopen case", "Case reopened")


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the case on legal hold, or lift the hold."""
    case = open_part(request, Case, pk)
    rights.HOLD.require(request.by, case)  # type: ignore[attr-defined]
    form = Why(request.POST or None, submit="Lift legal hold" if case.legal_hold else "Put on legal hold")
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_legal_hold(
                case,
                not case.legal_hold,
                by=request.by,  # type: ignore[attr-defined]
                reason=form.cleaned_data["reason"],
                token=form.cleaned_data["token"],
            )
            messages.success(request, "Legal hold set" if case.legal_hold else "Legal hold lifted")
        except AlreadySubmitted:
            pass
        return redirect("caseload:case", case.reference)
    return render(request, "cases/hold.html", {"case": case, "form": form})


def _do(request: HttpRequest, pk: int, right: Right, verb: Any, template: str, submit: str, done: str) -> HttpResponse:
    case = open_part(request, Case, pk)
    right.require(request.by, case)  # type: ignore[attr-defined]
    form = Why(request.POST or None, submit=submit)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            verb(case, by=request.by, reason=given["reason"], token=given["token"])  # type: ignore[attr-defined]
            messages.success(request, done)
        except AlreadySubmitted:
            pass
        return redirect("caseload:case", case.reference)
    return render(request, template, {"case": case, "form": form})
