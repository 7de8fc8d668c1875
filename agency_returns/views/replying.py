"""Answering without an account: a code is sent to the address the request was sent to."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.codes import check_code, correspondent_for, send_code
from accounts.standing import Standing

from ..forms import CodeForm, ReplyForm
from ..models import AgencyReturn, InformationRequest

PURPOSE = "information request"
ADDRESS = "answering_from"


def _asked(email):
    """The requests sent to this address that stand."""
    return InformationRequest.objects.answerable_from(email)


@login_not_required
@require_http_methods(["GET", "POST"])
def reply(request):
    """Send a code, if this address was asked. The answer is the same if it was not."""
    if request.user.is_authenticated:
        return redirect("agency_returns:list")
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].strip().lower()
        if _asked(email).exists():
            send_code(email, PURPOSE, at=request.at)
        request.session[ADDRESS] = email
        return redirect("agency_returns:reply_code")
    return render(request, "agency_returns/reply.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def reply_code(request):
    """The right code signs in whoever reads that address, to what it was asked and nothing else."""
    email = request.session.get(ADDRESS)
    if not email:
        return redirect("agency_returns:reply")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = _asked(email).order_by("-pk").first()
        if asked is not None and check_code(email, PURPOSE, form.cleaned_data["code"], at=request.at):
            user = correspondent_for(email, asked.agency, at=request.at)
            login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            own = list(AgencyReturn.objects.own(Standing.of(user, request.at))[:2])
            return redirect(own[0]) if len(own) == 1 else redirect("agency_returns:list")
        form.add_error("code", "Enter the code from the newest email, or ask for another code")
    return render(request, "agency_returns/reply_code.html", {"form": form})
