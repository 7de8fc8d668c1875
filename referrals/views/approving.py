"""Checking a referral, and agreeing it in the agency."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.requests import PersonRequest
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from referrals import actions, presenting, rights
from referrals.actions.approval import RETURNED
from referrals.doubts import doubts
from referrals.forms import ApproveForm, InformationForm, ReasonForm, ReturnForm, TokenForm
from referrals.models import Attachment, Referral

from .opening import opened, to_the_first

DOING = require_http_methods(["GET", "POST"])


def _answers(request: PersonRequest, referral: Referral, *, may_change: bool) -> dict[str, object]:
    answers = referral.answers()

    def change(place: object) -> str:
        return f"{presenting.page_url(referral, place)}?check"  # type: ignore[arg-type]

    return {
        "referral": referral,
        "shown": presenting.shown_answers(answers, with_identities=True, change=change if may_change else None),
        "gaps": presenting.gaps(answers),
        "doubts": doubts(referral.kind, answers.in_force()),
        "problems": presenting.problems(answers, change if may_change else None),
        "files": Attachment.objects.filter(referral=referral).select_related("upload"),
        "approvers": referral.recipients("approvers", request.by.today),
        "no_lead": not referral.other_leads(request.by.today).exists(),
    }


@require_GET
def check(request: PersonRequest, pk: int) -> HttpResponse:
    """Every answer, by section, and what is still needed. Nothing that is missing stands in the way."""
    referral = opened(request, pk)
    rights.WRITE.require(request.by, referral)
    if not referral.can_be_written:
        return redirect("referrals:referral", pk)
    context = _answers(request, referral, may_change=True)
    return render(request, "referrals/check.html", {**context, "form": TokenForm(initial={"seen": referral.version})})


@require_POST
def send_for_approval(request: PersonRequest, pk: int) -> HttpResponse:
    referral = opened(request, pk)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return redirect("referrals:check", pk)
    try:
        actions.send_for_approval(referral, by=request.by, token=form.cleaned_data["token"])
    except AlreadySubmitted as done:
        return to_the_first(done)
    messages.success(request, "The referral is with your safeguarding lead for approval.")
    return redirect("referrals:referral", pk)


@DOING
def approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Read the whole referral, and approve it: that sends it."""
    referral = opened(request, pk)
    changed = False
    if request.method == "POST":
        form = ApproveForm(request.POST)
        if form.is_valid():
            try:
                actions.approve(referral, by=request.by, **form.cleaned_data)
            except AlreadySubmitted as done:
                return to_the_first(done, "referrals:confirmation")
            except StaleEdit:
                changed = True
            else:
                return redirect("referrals:confirmation", pk)
    rights.APPROVE.require(request.by, referral)
    if not referral.awaits_approval:
        return redirect("referrals:referral", pk)
    context = {**_answers(request, referral, may_change=False), "changed": changed}
    context["returned"] = presenting.reasons_given(referral, RETURNED)
    context["form"] = ApproveForm(initial={"seen_version": referral.version})
    return render(request, "referrals/approve.html", context, status=409 if changed else 200)


@DOING
def return_to_author(request: PersonRequest, pk: int) -> HttpResponse:
    referral = opened(request, pk)
    rights.APPROVE.require(request.by, referral)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.return_to_author(referral, by=request.by, comments=said["comments"], token=said["token"])
        except AlreadySubmitted as done:
            return to_the_first(done)
        messages.success(request, "The referral has been returned to its author, who will be told.")
        return redirect("referrals:list")
    context = {
        "form": form,
        "referral": referral,
        "title": "Return the referral to its author",
        "back": reverse("referrals:approve", args=[pk]),
    }
    return render(request, "referrals/form.html", context)


@DOING
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    referral = opened(request, pk)
    rights.WITHDRAW.require(request.by, referral)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.withdraw(referral, by=request.by, reason=said["reason"], token=said["token"])
        except AlreadySubmitted as done:
            return to_the_first(done)
        messages.success(request, "The referral has been withdrawn.")
        return redirect("referrals:list")
    context = {
        "form": form,
        "referral": referral,
        "title": "Withdraw the referral",
        "lead": "A withdrawn referral is kept, but it cannot be sent or changed. If a child may have been harmed, "
        "talk to your safeguarding lead first.",
        "does": "Withdraw the referral",
        "style": "warning",
        "back": reverse("referrals:referral", args=[pk]),
    }
    return render(request, "referrals/form.html", context)


@DOING
def add_information(request: PersonRequest, pk: int) -> HttpResponse:
    """Tell the partnership something more about a referral that was sent."""
    referral = opened(request, pk)
    rights.ANSWER.require(request.by, referral)
    back = reverse("referrals:referral", args=[pk])
    form = InformationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_information(referral, said["text"], by=request.by, token=said["token"])
        except AlreadySubmitted:
            return redirect(back)
        messages.success(request, "The partnership’s coordinator will be told.")
        return redirect(back)
    if not referral.takes_more:
        return redirect(back)
    context = {
        "form": form,
        "referral": referral,
        "title": "Tell the partnership something more",
        "lead": "If a child is at risk now, do not write it here: call 999, or children’s social care.",
        "back": back,
    }
    return render(request, "referrals/form.html", context)


@require_GET
def confirmation(request: PersonRequest, pk: int) -> HttpResponse:
    """The reference, what happens next, and the paper to keep. It may be bookmarked."""
    referral = opened(request, pk)
    if not referral.is_sent:
        raise Http404("It has not been sent.")
    context = {"referral": referral, "paper_url": reverse("referrals:paper", args=[pk])}
    return render(request, "referrals/confirmation.html", context)
