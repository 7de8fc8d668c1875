"""One action: where it stands, its evidence, and what becomes of it."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from audit.access import open_part
from audit.events import AlreadySubmitted
from documents.serve import download
from documents.uploads import Refused, accept
from improvements import actions, forms, presenter, rights
from improvements.models import Action, ActionPlan, Evidence

from .doing import DOING, do


@require_GET
def action(request, pk):
    opened = open_part(request, Action, pk)
    words, colour = presenter.standing_of(opened, on=request.by.today)
    return render(
        request,
        "improvements/action.html",
        {
            "action": opened,
            "case": opened.case,
            "state": words,
            "colour": colour,
            "rows": presenter.action_rows(opened, on=request.by.today),
            "evidence": presenter.evidence_shown(opened),
            "checks": opened.checks.select_related("checked_by"),
            "may": presenter.may(opened, request.by),
            "plan": ActionPlan.objects.visible_to(request.by).filter(pk=opened.case_id).first(),
        },
    )


def _open(request, pk, right):
    opened = open_part(request, Action, pk)
    right.require(request.by, opened)
    return opened


def _do(request, opened, form, act, **more):
    return do(request, form, act, case=opened.case, action=opened, to=opened, back=opened.get_absolute_url(), **more)


@DOING
def report(request, pk):
    opened = _open(request, pk, rights.REPORT)
    initial = {"seen_version": opened.version, "progress": opened.progress, "status": opened.status}
    form = forms.ReportForm(request.POST or None, initial=initial, action=opened)

    def act(said):
        actions.report(
            opened, said["status"], by=request.by, progress=said["progress"], seen_version=said["seen_version"]
        )

    return _do(request, opened, form, act, title="Report on an action", said="You have reported on the action.")


@DOING
def evidence(request, pk):
    opened = _open(request, pk, rights.REPORT)
    form = forms.EvidenceForm(request.POST or None, request.FILES or None)

    def act(said):
        uploads = [accept(file, by=request.by) for file in said["files"]]
        actions.give_evidence(opened, by=request.by, text=said["text"], uploads=uploads, token=said["token"])

    return _do(
        request,
        opened,
        form,
        act,
        title="Give evidence",
        said="Your evidence has been added.",
        refused={Refused: "files"},
        with_files=True,
    )


@require_GET
def evidence_file(request, pk, evidence, upload):
    opened = open_part(request, Action, pk, verb="downloaded")
    given = get_object_or_404(Evidence, pk=evidence, action=opened)
    return download(get_object_or_404(given.uploads, pk=upload))


@DOING
def accept_evidence(request, pk):
    """Accept the evidence: the action is completed."""
    opened = _open(request, pk, rights.ASSURE)
    form = forms.TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_evidence(opened, by=request.by, token=form.cleaned_data["token"])
        except AlreadySubmitted:
            return redirect(opened)
        except actions.EvidenceNeeded:
            form.add_error(None, "Add evidence before you complete the action")
        else:
            messages.success(request, "The action is completed.")
            return redirect(opened)
    context = {
        "form": form,
        "action": opened,
        "case": opened.case,
        "evidence": presenter.evidence_shown(opened),
        "back": opened.get_absolute_url(),
    }
    return render(request, "improvements/accept.html", context)


@DOING
def target(request, pk):
    opened = _open(request, pk, rights.ASSURE)
    initial = {"seen_version": opened.version, "target_on": opened.target_on}
    form = forms.TargetForm(request.POST or None, initial=initial, today=request.by.today)
    return _do(
        request,
        opened,
        form,
        lambda said: actions.change_target(opened, by=request.by, **said),
        title="Change the target date",
        said="The target date has been changed.",
    )


@DOING
def not_pursue(request, pk):
    opened = _open(request, pk, rights.ASSURE)
    form = forms.ReasonForm(request.POST or None, asks="Why it will not be done", submit="Close action")
    return _do(
        request,
        opened,
        form,
        lambda said: actions.not_pursue(opened, by=request.by, **said),
        title="Close without doing it",
        said="The action has been closed.",
    )


@DOING
def reopen(request, pk):
    opened = _open(request, pk, rights.ASSURE)
    form = forms.ReasonForm(request.POST or None, asks="Why it is taken up again", submit="Take up again")
    return _do(
        request,
        opened,
        form,
        lambda said: actions.reopen(opened, by=request.by, **said),
        title="Take the action up again",
        said="The action is open again.",
    )


@DOING
def impact(request, pk):
    opened = _open(request, pk, rights.ASSURE)
    form = forms.ImpactForm(request.POST or None)
    return _do(
        request,
        opened,
        form,
        lambda said: actions.check_impact(opened, by=request.by, **said),
        title="Check the impact",
        said="The check of impact has been recorded.",
    )
