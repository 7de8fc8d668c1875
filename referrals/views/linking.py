"""Related cases of a referral."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from audit.access import open_part
from audit.events import AlreadySubmitted
from cases.models import Case
from referrals import actions, rights
from referrals.forms import LinkForm, ReasonForm
from referrals.models import Link

from .opening import opened

DOING = require_http_methods(["GET", "POST"])


@DOING
def link(request: PersonRequest, pk: int) -> HttpResponse:
    """Say which case the referral is related to, and how."""
    referral = opened(request, pk)
    rights.JOIN.require(request.by, referral)
    form = LinkForm(
        request.POST or None, by=request.by, referral=referral, initial={"reference": request.GET.get("with", "")}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.link(referral, said["reference"], by=request.by, reason=said["reason"], token=said["token"])
        except AlreadySubmitted:
            return redirect("referrals:triage", pk)
        else:
            messages.success(request, f"The referral is linked to {said['reference']}.")
            return redirect("referrals:triage", pk)
    context = {
        "form": form,
        "referral": referral,
        "title": "Link this referral to another case",
        "lead": "Use this where the two have something to do with each other, such as a brother or sister or the same "
        "household. Each is still considered by itself. If it is the same incident, join them instead.",
        "back": reverse("referrals:triage", args=[pk]),
    }
    return render(request, "referrals/form.html", context)


@DOING
def unlink(request: PersonRequest, pk: int, case: int) -> HttpResponse:
    """Take a link back."""
    referral = opened(request, pk)
    rights.JOIN.require(request.by, referral)
    other = open_part(request, Case, case)
    links = Link.objects.visible_to(request.by).in_force()
    found = links.filter(referral=referral, case=other).select_related("case").first()
    if found is None:
        return redirect("referrals:triage", pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.unlink(referral, found.case, by=request.by, reason=said["reason"], token=said["token"])
        except AlreadySubmitted:
            return redirect("referrals:triage", pk)
        messages.success(request, f"The link to {found.case} has been removed.")
        return redirect("referrals:triage", pk)
    context = {
        "form": form,
        "referral": referral,
        "title": f"Remove the link to {found.case}",
        "does": "Remove the link",
        "back": reverse("referrals:triage", args=[pk]),
    }
    return render(request, "referrals/form.html", context)
