"""Before a referral: is this the right way, and what is it about?"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Agency
from accounts.requests import PersonRequest
from audit.events import AlreadySubmitted
from referrals import actions, rights
from referrals.forms import RightRouteForm, StartForm

from .opening import to_the_first

DOING = require_http_methods(["GET", "POST"])


@DOING
def start(request: PersonRequest) -> HttpResponse:
    """Who may refer, what is needed, and whether a child is at risk now."""
    rights.REFER.require(request.by)
    form = RightRouteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("referrals:child_at_risk" if form.cleaned_data["at_risk_now"] else "referrals:begin")
    return render(request, "referrals/start.html", {"form": form})


@require_GET
def child_at_risk(request: PersonRequest) -> HttpResponse:
    """This is not the way to report a child at risk now: what is."""
    rights.REFER.require(request.by)
    authorities = Agency.objects.on(request.by.today).local_authorities().exclude(front_door="")
    return render(request, "referrals/child_at_risk.html", {"authorities": authorities})


@DOING
def begin(request: PersonRequest) -> HttpResponse:
    """What is referred; the draft is made here and kept from now on."""
    rights.REFER.require(request.by)
    form = StartForm(request.POST or None, by=request.by)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            referral = actions.start_draft(by=request.by, agency=said["agency"], kind=said["kind"], token=said["token"])
        except AlreadySubmitted as done:
            return to_the_first(done, "referrals:tasks")
        messages.success(request, "Your draft has been saved. You can leave it and come back at any time.")
        return redirect("referrals:tasks", referral.pk)
    return render(request, "referrals/begin.html", {"form": form})
