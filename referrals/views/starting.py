"""Before a referral: is this the right way, and what is it about?"""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from accounts.models import Agency
from accounts.requests import PersonRequest
from audit.events import AlreadySubmitted
from referrals import actions, rights
from referrals.forms import RightRouteForm, StartForm
from referrals.models import EventKind

from .opening import to_the_first

DOING = require_http_methods(["GET", "POST"])
# In the session: that the first question was answered, and then the form that used the answer up.
ANSWERED = "asked_whether_a_child_is_at_risk"


@DOING
def start(request: PersonRequest) -> HttpResponse:
    """Who may refer, what is needed, and whether a child is at risk now."""
    rights.REFER.require(request.by)
    form = RightRouteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session[ANSWERED] = ""
        if form.cleaned_data["at_risk_now"]:
            return redirect("referrals:child_at_risk")
        return redirect(_with_kind(request, reverse("referrals:begin")))
    return render(request, "referrals/start.html", {"form": form})


@require_GET
def child_at_risk(request: PersonRequest) -> HttpResponse:
    """This is not the way to report a child at risk now: what is."""
    rights.REFER.require(request.by)
    authorities = Agency.objects.on(request.by.today).local_authorities().exclude(front_door="")
    return render(request, "referrals/child_at_risk.html", {"authorities": authorities})


def _with_kind(request: PersonRequest, url: str) -> str:
    """The address with what was chosen to be referred, so that it is not asked twice."""
    kind = request.POST.get("kind") or request.GET.get("kind")
    return f"{url}?{urlencode({'kind': kind})}" if kind in EventKind.values else url


def _asked_first(request: PersonRequest) -> bool:
    """Whether it was asked, for this very referral, if a child is at risk now. A repeated submit was asked before."""
    answered = request.session.get(ANSWERED)
    return answered == "" or (answered is not None and answered == request.POST.get("token"))


@DOING
def begin(request: PersonRequest) -> HttpResponse:
    """What is referred; the draft is made here and kept from now on. Comes after the question of a child at risk."""
    rights.REFER.require(request.by)
    if not _asked_first(request):
        return redirect(_with_kind(request, reverse("referrals:start")))
    form = StartForm(request.POST or None, by=request.by, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            referral = actions.start_draft(by=request.by, agency=said["agency"], kind=said["kind"], token=said["token"])
        except AlreadySubmitted as done:
            return to_the_first(done, "referrals:tasks")
        request.session[ANSWERED] = said["token"]
        messages.success(request, "Your draft has been saved. You can leave it and come back at any time.")
        return redirect("referrals:tasks", referral.pk)
    return render(request, "referrals/begin.html", {"form": form})
