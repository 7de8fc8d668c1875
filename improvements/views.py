"""Pages of recommendations and actions."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from cases.models import Case
from documents.serve import download
from documents.uploads import Refused, accept

from . import actions, forms, rights
from .filters import ActionFilter
from .models import Action, Evidence
from .presenter import action_lines, action_rows

DOING = require_http_methods(["GET", "POST"])


@require_GET
def listing(request):
    """The actions this person may see, those due first at the top."""
    seen = Action.objects.visible_to(request.by).select_related("case", "lead_agency").order_by("target_on", "pk")
    narrowed = ActionFilter(request.GET, queryset=seen)
    page = Paginator(narrowed.qs, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "improvements/list.html",
        {"filter": narrowed, "page": page, "lines": action_lines(page.object_list, on=request.by.today)},
    )


@require_GET
def action(request, pk):
    opened = open_part(request, Action, pk)
    by = request.by
    return render(
        request,
        "improvements/action.html",
        {
            "action": opened,
            "rows": action_rows(opened, on=by.today),
            "evidence": opened.evidence.select_related("upload", "given_by"),
            "checks": opened.checks.all(),
            "may_report": opened.is_unfinished and rights.REPORT.allows(by, opened),
            "may_assure": rights.ASSURE.allows(by, opened),
        },
    )


@DOING
def recommend(request, pk):
    case = open_part(request, Case, pk)
    rights.RECOMMEND.require(request.by)
    form = forms.RecommendForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {key: value for key, value in form.cleaned_data.items() if key != "token"}
        actions.recommend(case, by=request.by, source="other", **said)
        messages.success(request, "The recommendation has been recorded.")
        return redirect("improvements:list")
    return render(
        request,
        "improvements/form.html",
        {"form": form, "case": case, "title": "Record a recommendation", "does": "Record recommendation"},
    )


@DOING
def plan(request, pk):
    case = open_part(request, Case, pk)
    rights.PLAN.require(request.by, case)
    form = forms.PlanForm(request.POST or None, case=case, by=request.by)
    if request.method == "POST" and form.is_valid():
        try:
            planned = actions.plan(case, by=request.by, **form.cleaned_data)
        except AlreadySubmitted as done:
            return redirect("improvements:action", pk=done.event.subject.rpartition(":")[2])
        messages.success(request, "The action has been planned, and its agency will be told.")
        return redirect("improvements:action", pk=planned.pk)
    return render(
        request,
        "improvements/form.html",
        {"form": form, "case": case, "title": "Plan an action", "does": "Plan action"},
    )


def _verb(request, pk, right, form_class, title, does, act, initial=None):
    """One page for one verb on an action: open, bind, act, go back to the action."""
    opened = open_part(request, Action, pk)
    right.require(request.by, opened)
    form = form_class(request.POST or None, request.FILES or None, initial=initial(opened) if initial else None)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            said = act(opened, form.cleaned_data)
        except StaleEdit as error:
            stale = error
        except Refused as refused:
            form.add_error("files", str(refused))
        else:
            messages.success(request, said)
            return redirect("improvements:action", pk=pk)
    return render(
        request,
        "improvements/form.html",
        {"form": form, "case": opened.case, "action": opened, "title": title, "does": does, "stale": stale},
    )


def _seen(opened):
    return {"seen_version": opened.version, "progress": opened.progress, "status": opened.status}


@DOING
def report(request, pk):
    def act(opened, said):
        actions.report(
            opened, said["status"], by=request.by, progress=said["progress"], seen_version=said["seen_version"]
        )
        return "You have reported on the action."

    return _verb(request, pk, rights.REPORT, forms.ReportForm, "Report on an action", "Save report", act, _seen)


@DOING
def evidence(request, pk):
    def act(opened, said):
        files = said["files"] or []
        uploads = [accept(file, by=request.by) for file in files]
        for upload in uploads or [None]:
            actions.give_evidence(opened, by=request.by, text=said["text"], upload=upload)
        return "Your evidence has been added."

    return _verb(request, pk, rights.REPORT, forms.EvidenceForm, "Give evidence", "Add evidence", act)


@DOING
def target(request, pk):
    def act(opened, said):
        actions.change_target(
            opened, said["target_on"], by=request.by, reason=said["reason"], seen_version=said["seen_version"]
        )
        return "The target date has been changed."

    return _verb(
        request, pk, rights.ASSURE, forms.TargetForm, "Change the target date", "Change target date", act, _seen
    )


@DOING
def not_pursue(request, pk):
    def act(opened, said):
        actions.not_pursue(opened, by=request.by, reason=said["reason"])
        return "The action has been closed."

    return _verb(request, pk, rights.ASSURE, forms.NotPursueForm, "Close without doing it", "Close action", act)


@DOING
def impact(request, pk):
    def act(opened, said):
        actions.check_impact(opened, by=request.by, found=said["found"], impact_shown=said["impact_shown"])
        return "The check of impact has been recorded."

    return _verb(request, pk, rights.ASSURE, forms.ImpactForm, "Check the impact", "Record check", act)


@DOING
def accept_evidence(request, pk):
    opened = open_part(request, Action, pk)
    rights.ASSURE.require(request.by, opened)
    if request.method == "POST":
        try:
            actions.accept_evidence(opened, by=request.by)
        except actions.EvidenceNeeded:
            messages.error(request, "Add evidence before you complete the action.")
        else:
            messages.success(request, "The action is completed.")
        return redirect("improvements:action", pk=pk)
    return render(request, "improvements/accept.html", {"action": opened, "case": opened.case})


@require_GET
def evidence_file(request, pk, evidence):
    opened = open_part(request, Action, pk, verb="downloaded")
    given = get_object_or_404(Evidence, pk=evidence, action=opened, upload__isnull=False)
    return download(given.upload)
