"""What the partnership does with a referral: look, ask, put to the partners, conclude, join."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import PersonRequest
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.models import Event
from cases.models import Case, CaseStatus, Child
from deadlines.models import Deadline
from deadlines.presenter import clocks_of
from deadlines.register import Register
from decisions.actions import NotReady, why_not
from referrals import actions, facts, presenting, rights
from referrals.actions.authorities import SETTLED
from referrals.actions.triage import options_for
from referrals.doubts import doubts
from referrals.duplicates import possible_duplicates
from referrals.forms import (
    AnswerForm,
    AskForm,
    AuthoritiesForm,
    ConcludeForm,
    JoinForm,
    MatchForm,
    ReasonForm,
    TokenForm,
)
from referrals.known_before import NOTIFYING, known_before
from referrals.models import Joining, Link, Question, Referral

from .opening import opened, to_the_first

DOING = require_http_methods(["GET", "POST"])


@require_GET
def triage(request: PersonRequest, pk: int) -> HttpResponse:
    """One referral as the coordinator works on it."""
    referral = opened(request, pk)
    by = request.by
    rights.TRIAGE.require(by, referral)
    answers = referral.answers()
    _, said = facts.authority_of_incident(answers, referral.agency, by.today)
    clocks = clocks_of(referral.case, by=by, on=by.today) if referral.case else []
    joining = Joining.objects.filter(referral=referral, undone_at=None).select_related("into").first()
    notifying = Deadline.objects.open().filter(case=referral.case_id, code__in=NOTIFYING).first()
    context = {
        "referral": referral,
        "next": presenting.what_happens_next(referral),
        "known_before": known_before(referral, notifying, Register.read(), on=by.today),
        "gaps": presenting.gaps(answers),
        "doubts": doubts(referral.kind, answers),
        "problems": presenting.problems(answers),
        "questions": Question.objects.filter(referral=referral).select_related("asked_by", "answered_by"),
        "running": [clock for clock in clocks if not clock.is_closed],
        "over": [clock for clock in clocks if clock.is_closed],
        "candidates": possible_duplicates(referral.opened, by=by) if referral.opened and not joining else [],
        "joining": joining,
        "links": Link.objects.visible_to(by).in_force().filter(referral=referral).select_related("case"),
        "authority_not_said": not said and not _is_settled(referral),
        "may_conclude": rights.CONCLUDE.allows(by, referral),
        "form": TokenForm(),
    }
    return render(request, "referrals/triage.html", context)


def _is_settled(referral: Referral) -> bool:
    return Event.objects.filter(trail=referral.trail, verb=SETTLED).exists()


@require_POST
def begin_triage(request: PersonRequest, pk: int) -> HttpResponse:
    referral = opened(request, pk)
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            actions.begin_triage(referral, by=request.by, token=form.cleaned_data["token"])
        except AlreadySubmitted as done:
            return to_the_first(done, "referrals:triage")
    return redirect("referrals:triage", pk)


@DOING
def authorities(request: PersonRequest, pk: int) -> HttpResponse:
    """Settle in whose area it happened and where the child lives."""
    referral = opened(request, pk)
    rights.TRIAGE.require(request.by, referral)
    case = referral.case
    initial = {"incident_la": case.incident_la_id, "home_la": case.home_la_id} if case else {}
    form = AuthoritiesForm(request.POST or None, by=request.by, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_authorities(referral, by=request.by, **form.cleaned_data)
        except AlreadySubmitted:
            return redirect("referrals:triage", pk)
        messages.success(request, "The authorities have been saved.")
        return redirect("referrals:triage", pk)
    return _form_page(request, referral, form, title="Settle the local authorities")


def _form_page(request: PersonRequest, referral: Referral, form: Any, **said: Any) -> HttpResponse:
    context = {"form": form, "referral": referral, "back": reverse("referrals:triage", args=[referral.pk]), **said}
    return render(request, "referrals/form.html", context)


@DOING
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the referring agency for more information."""
    referral = opened(request, pk)
    rights.TRIAGE.require(request.by, referral)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.ask(referral, said["text"], by=request.by, token=said["token"])
        except AlreadySubmitted:
            return redirect("referrals:triage", pk)
        messages.success(request, "The question has been sent to the referring agency.")
        return redirect("referrals:triage", pk)
    return _form_page(request, referral, form, title="Ask for more information")


@DOING
def answer(request: PersonRequest, pk: int, question: int) -> HttpResponse:
    """Answer for the referring agency."""
    found = open_part(request, Question, question, referral_id=pk)
    rights.ANSWER.require(request.by, found.referral)
    back = reverse("referrals:referral", args=[pk])
    if found.is_answered and request.method == "GET":
        return redirect(back)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer(found, said["text"], by=request.by, token=said["token"])
        except AlreadySubmitted:
            return redirect(back)
        messages.success(request, "Your answer has been sent.")
        return redirect(back)
    context = {"form": form, "referral": found.referral, "question": found, "back": back}
    return render(request, "referrals/answer.html", context)


@DOING
def open_decision(request: PersonRequest, pk: int) -> HttpResponse:
    """Put the referral to the partners."""
    referral = opened(request, pk)
    rights.TRIAGE.require(request.by, referral)
    form = TokenForm(request.POST or None)
    refused = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_decision(referral, by=request.by, token=form.cleaned_data["token"])
        except AlreadySubmitted as done:
            return to_the_first(done, "referrals:triage")
        except NotReady as obstacle:
            refused = str(obstacle)
        else:
            messages.success(request, "The partners have been asked to record their positions.")
            return redirect("referrals:triage", pk)
    context = {
        "form": form,
        "referral": referral,
        "refused": refused,
        "open_questions": Question.objects.filter(referral=referral, answered_at=None).count(),
        "options": [words for _, words in options_for(referral)],
    }
    return render(request, "referrals/open_decision.html", context)


@DOING
def conclude(request: PersonRequest, pk: int) -> HttpResponse:
    """Conclude the partners' decision and, with it, the referral."""
    referral = opened(request, pk)
    rights.CONCLUDE.require(request.by, referral)
    decision = referral.decision
    options = decision.choices if decision else []
    form = ConcludeForm(request.POST or None, by=request.by, options=options)
    if request.method == "POST" and form.is_valid():
        try:
            actions.conclude(referral, by=request.by, **form.facts())
        except AlreadySubmitted as done:
            return to_the_first(done, "referrals:triage")
        except NotReady as obstacle:
            form.add_error("outcome", str(obstacle))
        else:
            messages.success(request, "The decision is concluded, and the referrer will be told.")
            return redirect(
                "referrals:triage" if rights.TRIAGE.allows(request.by, referral) else "referrals:referral", pk
            )
    if not referral.is_with_the_partners:
        return redirect("referrals:referral", pk)
    context = {
        "form": form,
        "referral": referral,
        "seats": decision.as_seen(request.by) if decision else [],
        "joined": referral.considered_with_it(),
        "ready": [words for code, words in options if decision and not why_not(decision, code)],
        "decision_url": reverse("decisions:decision", args=[decision.pk]) if decision else "",
    }
    return render(request, "referrals/conclude.html", context)


@DOING
def decide_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the partners again, with a reason; the first decision is kept."""
    referral = opened(request, pk)
    rights.CONCLUDE.require(request.by, referral)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.decide_again(referral, by=request.by, reason=said["reason"], token=said["token"])
        except AlreadySubmitted as done:
            return to_the_first(done, "referrals:triage")
        except NotReady as obstacle:
            form.add_error(None, str(obstacle))
        else:
            messages.success(request, "The partners have been asked again.")
            return redirect("referrals:triage", pk)
    return _form_page(
        request,
        referral,
        form,
        title="Ask the partners to decide again",
        lead="The decision they came to is kept as it was.",
        does="Ask the partners again",
    )


@DOING
def join(request: PersonRequest, pk: int) -> HttpResponse:
    """Say which case the referral belongs to."""
    referral = opened(request, pk)
    rights.JOIN.require(request.by, referral)
    form = JoinForm(
        request.POST or None, by=request.by, referral=referral, initial={"reference": request.GET.get("with", "")}
    )
    if request.method == "POST" and form.is_valid():
        return redirect("referrals:match", pk, form.cleaned_data["reference"].pk)
    return _form_page(
        request,
        referral,
        form,
        title="Join this referral to another case",
        lead="The referral is then considered in that case. The case it opened keeps its reference, its record and its "
        "children, and its clocks end. You can undo this.",
    )


@DOING
def match(request: PersonRequest, pk: int, case: int) -> HttpResponse:
    """Match the children one by one, and join."""
    referral = opened(request, pk)
    rights.JOIN.require(request.by, referral)
    into = open_part(request, Case, case)
    if into.pk == referral.opened_id or into.status != CaseStatus.OPEN:
        raise Http404
    own = list(Child.objects.filter(case=referral.opened_id))
    theirs = list(Child.objects.filter(case=into))
    words = {child.pk: presenting.child_in_words(child) for child in (*own, *theirs)}
    form = MatchForm(request.POST or None, own=own, theirs=theirs, words=words)
    if request.method == "POST" and form.is_valid():
        try:
            actions.join(
                referral,
                into,
                by=request.by,
                reason=form.cleaned_data["reason"],
                children=form.children(),
                token=form.cleaned_data["token"],
            )
        except AlreadySubmitted as done:
            return to_the_first(done, "referrals:triage")
        messages.success(request, f"The referral is now considered in {into.reference}.")
        return redirect("referrals:triage", pk)
    return _form_page(request, referral, form, title=f"Match the children with those of {into.reference}", into=into)


@DOING
def undo_join(request: PersonRequest, pk: int) -> HttpResponse:
    """Take the referral out of the case it was joined to."""
    referral = opened(request, pk)
    rights.JOIN.require(request.by, referral)
    joining = Joining.objects.filter(referral=referral, undone_at=None).select_related("out_of", "into").first()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and joining:
        said = form.cleaned_data
        try:
            actions.undo_join(joining, by=request.by, reason=said["reason"], token=said["token"])
        except AlreadySubmitted as done:
            return to_the_first(done, "referrals:triage")
        messages.success(request, "The referral is considered in its own case again.")
        return redirect("referrals:triage", pk)
    if joining is None:
        return redirect("referrals:triage", pk)
    return _form_page(
        request,
        referral,
        form,
        title="Take the referral out of the case it was joined to",
        does="Undo the joining",
    )
