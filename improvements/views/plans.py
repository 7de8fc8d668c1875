"""The list of actions, and the plan of one case: its recommendations with what carries them out."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from cases.models import Case
from improvements import actions, forms, presenter, rights
from improvements.filters import ActionFilter
from improvements.models import Action, ActionPlan, Recommendation

from .doing import DOING, do


@require_GET
def listing(request):
    """The actions this person may see, what is still to be done first."""
    seen = Action.objects.visible_to(request.by).select_related("case", "lead_agency").most_pressing_first()
    narrowed = ActionFilter(request.GET, queryset=seen, on=request.by.today)
    page = Paginator(narrowed.qs, 50).get_page(request.GET.get("page"))
    lines = presenter.action_lines(page.object_list, on=request.by.today)
    return render(request, "improvements/list.html", {"filter": narrowed, "page": page, "lines": lines})


@require_GET
def case(request, pk):
    """The action plan of a case."""
    opened = open_part(request, ActionPlan, pk)
    by = request.by
    recommendations, others = presenter.plan_shown(opened, by=by)
    return render(
        request,
        "improvements/case.html",
        {
            "case": opened,
            "recommendations": recommendations,
            "others": others,
            "may_recommend": rights.RECOMMEND.allows(by, opened),
            "may_plan": rights.PLAN.allows(by, Case.objects.get(pk=pk)),
        },
    )


@DOING
def recommend(request, pk):
    """A recommendation that no review of ours made: an audit's, or another area's."""
    plan = open_part(request, ActionPlan, pk)
    rights.RECOMMEND.require(request.by, plan)
    form = forms.RecommendForm(request.POST or None)
    return do(
        request,
        form,
        lambda said: actions.recommend(plan, by=request.by, source=Recommendation.Source.OTHER, **said),
        case=plan,
        title="Record a recommendation",
        said="The recommendation has been recorded.",
        to=plan,
        back=plan.get_absolute_url(),
    )


def _recorded_here(request, pk):
    """A recommendation that is changed in this room; one that a review made is changed with its report."""
    found = open_part(request, Recommendation, pk)
    if not found.was_recorded_here:
        raise Http404("A recommendation of a review is changed where its report is written.")
    rights.REWORD.require(request.by, found)
    return found


@DOING
def reword(request, pk):
    found = _recorded_here(request, pk)
    initial = {name: getattr(found, name) for name in ("text", "intended_outcome", "scope", "theme")}
    form = forms.RewordForm(request.POST or None, initial={**initial, "seen_version": found.version})
    return do(
        request,
        form,
        lambda said: actions.reword(found, by=request.by, seen_version=said["seen_version"], **form.facts()),
        case=found.case,
        title=f"Change recommendation {found.number}",
        said="The recommendation has been changed.",
        to=found,
        back=found.get_absolute_url(),
    )


@DOING
def withdraw(request, pk):
    found = _recorded_here(request, pk)
    form = forms.ReasonForm(request.POST or None, asks="Why it is withdrawn", submit="Withdraw recommendation")
    return do(
        request,
        form,
        lambda said: actions.withdraw(found, by=request.by, **said),
        case=found.case,
        title=f"Withdraw recommendation {found.number}",
        said="The recommendation has been withdrawn.",
        to=found,
        back=found.get_absolute_url(),
        refused={AlreadyDone: None},
        note=found.text,
    )


@DOING
def plan(request, pk):
    """Give an agency an action."""
    opened = open_part(request, Case, pk)
    rights.PLAN.require(request.by, opened)
    form = forms.PlanForm(request.POST or None, case=opened, by=request.by)
    if request.method == "POST" and form.is_valid():
        try:
            planned = actions.plan(opened, by=request.by, **form.cleaned_data)
        except AlreadySubmitted as done:
            return redirect("improvements:action", pk=done.event.subject.rpartition(":")[2])
        messages.success(request, "The action has been planned, and its agency will be told.")
        return redirect(planned)
    context = {"form": form, "case": opened, "title": "Plan an action", "back": reverse("improvements:case", args=[pk])}
    return render(request, "improvements/form.html", context)
