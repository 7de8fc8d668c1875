"""Pages of a decision. Concluding it is on the page of the stage that asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from documents.serve import download

from . import actions, doings, forms, presenter, rights
from .criteria import BY_CODE
from .models import Decision, Position, Seat

DOING = require_http_methods(["GET", "POST"])


@require_GET
def decision(request, pk):
    """Where the partners stand: who has signed and, once shown or where it is one's own, what."""
    opened = open_part(request, Decision, pk)
    by = request.by
    seats = opened.as_seen(by)
    return render(
        request,
        "decisions/decision.html",
        {
            "decision": opened,
            "case": opened.case,
            "colour": presenter.colour_of(opened),
            "rows": presenter.rows_of(opened),
            "seats": presenter.seats_shown(opened, seats),
            "criteria": presenter.criteria_shown(opened),
            "turn": presenter.turn_of(opened, seats),
            "doings": doings.offered(opened, by),
            **presenter.abilities(opened, by, seats),
        },
    )


@DOING
def sign(request, pk, seat_pk):
    """The seat holder's own page: a view, its reasons, and a signature."""
    opened = open_part(request, Decision, pk)
    seat = get_object_or_404(Seat.objects.visible_to(request.by), pk=seat_pk, decision=opened)
    rights.SIGN.require(request.by, seat)
    mine = Position.objects.visible_to(request.by).filter(seat=seat).order_by("-number").first()
    form = forms.PositionForm(
        request.POST or None,
        decision=opened,
        initial={"view": mine.view, "reasons": mine.reasons, "replacing": mine.number} if mine else None,
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.record_position(
                seat,
                by=request.by,
                view=said["view"],
                reasons=said["reasons"],
                replacing=said["replacing"] or 0,
                token=said["token"],
            )
        except AlreadySubmitted as done:
            if done.event.subject != f"{Seat._meta.label}:{seat.pk}":
                raise
            return redirect("decisions:decision", pk=pk)
        messages.success(request, "Your position has been signed and recorded.")
        return redirect("decisions:decision", pk=pk)
    return render(
        request,
        "decisions/sign.html",
        {"form": form, "decision": opened, "case": opened.case, "seat": seat, "mine": mine},
    )


@DOING
def reveal(request, pk):
    opened = open_part(request, Decision, pk)
    rights.REVEAL.require(request.by, opened)
    form = forms.RevealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reveal(opened, by=request.by, reason=form.cleaned_data["reason"], token=form.cleaned_data["token"])
        except AlreadySubmitted as done:
            if done.event.subject != f"{Decision._meta.label}:{opened.pk}":
                raise
            return redirect("decisions:decision", pk=pk)
        except actions.NotReady as not_yet:
            form.add_error(None, str(not_yet))
        else:
            messages.success(request, "The positions are shown to the partners.")
            return redirect("decisions:decision", pk=pk)
    return render(request, "decisions/reveal.html", {"form": form, "decision": opened, "case": opened.case})


@require_GET
def criteria(request, pk):
    """The criteria of this decision, with their answers."""
    opened = open_part(request, Decision, pk)
    if not opened.criteria:
        raise Http404("This decision has no criteria.")
    return render(
        request,
        "decisions/criteria.html",
        {
            "decision": opened,
            "case": opened.case,
            "criteria": presenter.criteria_shown(opened),
            "may_answer": opened.is_open and rights.ANSWER_CRITERIA.allows(request.by, opened),
        },
    )


@DOING
def criterion(request, pk, code):
    """One criterion: is it met, and why. Leads on to the next without an answer."""
    opened = open_part(request, Decision, pk)
    asked = BY_CODE.get(code)
    if asked not in opened.criteria:
        raise Http404("This decision has no such criterion.")
    rights.ANSWER_CRITERIA.require(request.by, opened)
    given = opened.answers.filter(code=code).first()
    form = forms.CriterionForm(
        request.POST or None,
        criterion=asked,
        initial={"answer": given.answer, "narrative": given.narrative, "seen_version": given.version}
        if given
        else None,
    )
    stale = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer_criterion(
                opened,
                code,
                by=request.by,
                answer=said["answer"],
                narrative=said["narrative"],
                seen_version=said["seen_version"] or 0,
            )
        except StaleEdit as error:
            stale = error
            _show_both(form, error)
        else:
            return _next_criterion(opened)
    return render(
        request,
        "decisions/criterion.html",
        {"form": form, "decision": opened, "case": opened.case, "criterion": asked, "stale": stale},
        status=409 if stale else 200,
    )


def _show_both(form, error):
    """The form comes back with what was typed, ready to be saved over the version that is there now."""
    form.data = form.data.copy()
    form.data["seen_version"] = error.subject.version


def _next_criterion(opened):
    answered = set(opened.answers.values_list("code", flat=True))
    waiting = next((one.code for one in opened.criteria if one.code not in answered), None)
    if waiting:
        return redirect("decisions:criterion", pk=opened.pk, code=waiting)
    return redirect("decisions:criteria", pk=opened.pk)


@DOING
def minutes(request, pk):
    """Notes of the partners' meeting, as a draft of the record. Never a signature."""
    opened = open_part(request, Decision, pk)
    rights.WRITE_MINUTES.require(request.by, opened)
    form = forms.MinutesForm(request.POST or None, initial={"minutes": opened.minutes, "seen_version": opened.version})
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_minutes(
                opened,
                form.cleaned_data["minutes"],
                by=request.by,
                seen_version=form.cleaned_data["seen_version"],
            )
        except StaleEdit as error:
            stale = error
            _show_both(form, error)
        else:
            messages.success(request, "The notes have been saved.")
            return redirect("decisions:decision", pk=pk)
    return render(
        request,
        "decisions/minutes.html",
        {"form": form, "decision": opened, "case": opened.case, "stale": stale},
        status=409 if stale else 200,
    )


@require_GET
def paper(request, pk):
    """The decision record as a file."""
    opened = open_part(request, Decision, pk, verb="downloaded")
    if opened.record is None:
        raise Http404("The decision has not been concluded.")
    return download(opened.record, request.GET.get("as"))
