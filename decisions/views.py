"""Pages of a decision. Concluding it is on the page of the stage that asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from documents.serve import download

from . import actions, doings, forms, papers, presenter, rights
from .criteria import BY_CODE
from .lifecycle import Level
from .models import Decision, Escalation, Position, Seat

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
            "seats": presenter.seats_shown(opened, seats, on=by.today),
            "criteria": presenter.criteria_shown(opened, seats),
            "escalation": presenter.escalation_shown(opened, on=by.today),
            "turn": presenter.turn_of(opened, seats),
            "nobody_for": presenter.nobody_for(opened, seats, on=by.today),
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
    if request.method == "GET" and not opened.is_open:
        return redirect("decisions:decision", pk=pk)
    last = seat.signature()
    form = forms.PositionForm(
        request.POST or None,
        decision=opened,
        mine=Position.objects.visible_to(request.by).filter(seat=seat).order_by("-number").first(),
        replacing=last.number if last else 0,
    )
    too_late = False
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.record_position(
                seat,
                by=request.by,
                view=said["view"],
                reasons=said["reasons"],
                answers=form.answers(),
                replacing=said["replacing"] or 0,
                token=said["token"],
            )
        except AlreadySubmitted as done:
            if done.event.subject != f"{Seat._meta.label}:{seat.pk}":
                raise
            return redirect("decisions:decision", pk=pk)
        except AlreadyDone:
            # Somebody was first. What was typed stays: to be signed after theirs, or at least to be copied.
            too_late = True
            opened.refresh_from_db()
            last = seat.signature()
            form.data = form.data.copy()
            form.data["replacing"] = last.number if last else 0
        else:
            messages.success(request, "Your position has been signed and recorded.")
            return redirect("decisions:decision", pk=pk)
    context = {
        "form": form,
        "decision": opened,
        "case": opened.case,
        "seat": seat,
        "last": last,
        "is_own": last is not None and last.by == request.by.user,
        "too_late": too_late,
        "typed": form.in_words() if too_late and not opened.is_open else [],
    }
    return render(request, "decisions/sign.html", context, status=409 if too_late else 200)


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
            "criteria": presenter.criteria_shown(opened, opened.as_seen(request.by)),
            "may_answer": presenter.may_answer(opened, request.by),
            "is_blind": bool(opened.asked_of_each) and not opened.is_revealed,
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
        except actions.NotReady as not_yet:
            form.add_error(None, str(not_yet))
        else:
            return _next_criterion(opened)
    return render(
        request,
        "decisions/criterion.html",
        {
            "form": form,
            "decision": opened,
            "case": opened.case,
            "criterion": asked,
            "shown": next(
                one for one in presenter.criteria_shown(opened, opened.as_seen(request.by)) if one.code == code
            ),
            "stale": stale,
        },
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
    """How and when the partners discussed it, and their notes, as a draft of the record. Never a signature."""
    opened = open_part(request, Decision, pk)
    rights.WRITE_MINUTES.require(request.by, opened)
    form = forms.MinutesForm(
        request.POST or None,
        today=request.by.today,
        initial={
            "held": opened.held,
            "discussed_on": opened.discussed_on,
            "attendees": opened.attendees,
            "minutes": opened.minutes,
            "seen_version": opened.version,
        },
    )
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_minutes(
                opened,
                form.cleaned_data["minutes"],
                by=request.by,
                seen_version=form.cleaned_data["seen_version"],
                held=form.cleaned_data["held"],
                discussed_on=form.cleaned_data["discussed_on"],
                attendees=form.cleaned_data["attendees"],
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


@require_GET
def escalation(request, pk):
    """A disagreement about notifying: the authority's reasons, with whom it is, and the clock that keeps running."""
    opened = open_part(request, Decision, pk)
    found = get_object_or_404(Escalation.objects.visible_to(request.by), decision=opened)
    by = request.by
    return render(
        request,
        "decisions/escalation.html",
        {
            "decision": opened,
            "case": opened.case,
            "escalation": found,
            "shown": presenter.escalation_shown(opened, on=by.today),
            "clocks": presenter.clocks_of_notifying(found, on=by.today),
            **presenter.escalation_abilities(found, by),
        },
    )


def _disagreement(request, pk, right):
    opened = open_part(request, Decision, pk)
    found = get_object_or_404(Escalation.objects.visible_to(request.by), decision=opened)
    right.require(request.by, found)
    return found


def _done(found, act, form):
    """What the verb raises, as this page answers it: None when something is still missing."""
    try:
        act()
    except AlreadySubmitted as done:
        if done.event.subject != f"{Escalation._meta.label}:{found.pk}":
            raise
    except actions.NotReady as not_yet:
        form.add_error(None, str(not_yet))
        return None
    return redirect("decisions:escalation", found.decision_id)


@DOING
def pass_on(request, pk):
    """Take a disagreement a level higher."""
    found = _disagreement(request, pk, rights.PASS_ON)
    form = forms.PassOnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        answer = _done(
            found, lambda: actions.pass_on(found, by=request.by, reason=said["reason"], token=said["token"]), form
        )
        if answer:
            messages.success(request, "The disagreement has been passed on.")
            return answer
    return _disagreement_form(request, found, form, "Pass the disagreement on")


@DOING
def settle(request, pk):
    """Record how a disagreement ended."""
    found = _disagreement(request, pk, rights.SETTLE)
    form = forms.SettleForm(request.POST or None, may_stay_open=Level.UNRESOLVED in found.MOVES.get(found.status, ()))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        verb = actions.settle if said["settled"] == "yes" else actions.leave_unresolved
        answer = _done(found, lambda: verb(found, by=request.by, ending=said["ending"], token=said["token"]), form)
        if answer:
            messages.success(request, "How the disagreement ended has been recorded.")
            return answer
    return _disagreement_form(request, found, form, "Record how the disagreement ended")


def _disagreement_form(request, found, form, title):
    context = {"form": form, "decision": found.decision, "case": found.decision.case, "title": title}
    return render(request, "decisions/disagreement.html", context)


@DOING
def check(request):
    """Whether a decision record is the one that was issued. The same answer for none and for one not to be seen."""
    rights.CHECK.require(request.by)
    form = forms.CheckForm(request.POST or None, request.FILES or None)
    found, asked, both = None, False, False
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["record"]
        asked, both = True, bool(sent and form.cleaned_data["code"])
        found = papers.check(
            Decision.objects.visible_to(request.by),
            code=form.cleaned_data["code"],
            content=sent[0].read() if sent else None,
        )
        if found:
            open_part(request, Decision, found.decision.pk, verb="record checked")
    return render(request, "decisions/check.html", {"form": form, "found": found, "asked": asked, "both": both})
