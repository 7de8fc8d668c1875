"""Who holds which part of a case, and who is barred from it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.access import open_part
from cases import actions, rights
from cases.forms import GivePart, OwnConflict, SomeonesConflict, Why
from cases.models import Case, CaseInPart, Conflict, TeamMember
from cases.parts import Part
from cases.presenter import conflicts_of, team_of


@require_GET
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has access today, to what, and until when."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, Case, pk)
    may_assign = rights.ASSIGN.allows(by, case)
    return render(
        request,
        "cases/team.html",
        {
            "case": case,
            "parts": team_of(case, by=by, may_assign=may_assign),
            "conflicts": conflicts_of(case, by=by),
            "may_assign": may_assign,
            "may_record": rights.RECORD_CONFLICT.allows(by, case),
        },
    )


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a part of the case."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, Case, pk)
    rights.ASSIGN.require(by, case)
    form = GivePart(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.assign(case, given["part"], given["membership"], by=by, ends_on=given["ends_on"])
        messages.success(request, f"{given['membership'].user} can now see {Part(given['part']).label}")
        return redirect("cases:team", pk)
    return render(request, "cases/assign.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def unassign(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's part of the case."""
    by = request.by  # type: ignore[attr-defined]
    member = open_part(request, TeamMember, pk)
    rights.ASSIGN.require(by, member.case)
    form = Why(request.POST or None, submit="End access")
    if request.method == "POST" and form.is_valid():
        actions.unassign(member, by=by, reason=form.cleaned_data["reason"])
        messages.success(request, "Access ended")
        return redirect("cases:team", member.case_id)
    holder = str(member.membership.user) if member.membership else f"{member.get_role_display()}, {member.agency}"
    return render(
        request,
        "cases/unassign.html",
        {"case": member.case, "form": form, "holder": holder, "part": member.get_part_display()},
    )


@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare one's own conflict of interest. Whoever holds any part of the case may."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, CaseInPart, pk)
    form = OwnConflict(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.declare_conflict(case, by.user, by=by, what=form.cleaned_data["what"])
        # From here on this person may not see the case: no redirect would be answered.
        return render(request, "cases/declared.html", {"case": case})
    return render(request, "cases/conflict.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def record_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """A coordinator records somebody else's conflict of interest."""
    by = request.by  # type: ignore[attr-defined]
    case = open_part(request, Case, pk)
    rights.RECORD_CONFLICT.require(by, case)
    barred = set(Conflict.objects.in_force(by.today).filter(case=case).values_list("user_id", flat=True))
    form: Any = SomeonesConflict(request.POST or None, on=by.today, barred={*barred, by.user.pk})
    if request.method == "POST" and form.is_valid():
        user = form.cleaned_data["user"]
        actions.declare_conflict(case, user, by=by, what=form.cleaned_data["what"])
        messages.success(request, f"{user} can no longer see this case")
        return redirect("cases:team", pk)
    return render(request, "cases/record_conflict.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def lift_conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody back in."""
    by = request.by  # type: ignore[attr-defined]
    barring = open_part(request, Conflict, pk)
    rights.LIFT_CONFLICT.require(by, barring.case)
    form = Why(request.POST or None, submit="Lift conflict of interest")
    if request.method == "POST" and form.is_valid():
        actions.lift_conflict(barring, by=by, reason=form.cleaned_data["reason"])
        messages.success(request, f"The conflict of interest of {barring.user} is lifted")
        return redirect("cases:team", barring.case_id)
    return render(request, "cases/lift_conflict.html", {"case": barring.case, "form": form, "conflict": barring})
