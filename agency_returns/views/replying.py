"""Answering without an account: a code is sent to the address the request was sent to."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.codes import TooManyCodes, check_code, may_use_codes, send_code, send_instead
from accounts.letters import NotSent
from accounts.models import normal_address
from accounts.standing import Standing
from agency_returns import actions
from agency_returns.forms import CodeForm, ReplyForm
from agency_returns.models import AgencyReturn, InformationRequest

PURPOSE = "information request"
ADDRESS = "answering_from"


def _may_answer(email):
    """Whether anything that stands was asked of this address, and it may be proved with a code."""
    asked = InformationRequest.objects.answerable_from(email).select_related("agency")
    return any(may_use_codes(email, request.agency) for request in asked)


@login_not_required
@require_http_methods(["GET", "POST"])
def reply(request):
    """Send a code, if this address was asked. The page answers the same if it was not."""
    if request.by is not None:
        return redirect("agency_returns:list")
    form = ReplyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = normal_address(form.cleaned_data["email"])
        try:
            if _may_answer(email):
                send_code(email, PURPOSE, at=request.at, letter="agency_returns/mail/code")
            else:
                send_instead(email, PURPOSE, "agency_returns/mail/not_asked", at=request.at)
        except (TooManyCodes, NotSent) as refused:
            form.add_error("email", str(refused))
        else:
            request.session[ADDRESS] = email
            return redirect("agency_returns:reply_code")
    return render(request, "agency_returns/reply.html", {"form": form})


@login_not_required
@require_http_methods(["GET", "POST"])
def reply_code(request):
    """The right code signs in whoever reads that address, to what it was asked and nothing else."""
    email = request.session.get(ADDRESS)
    if not email or request.by is not None:
        return redirect("agency_returns:reply")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if check_code(email, PURPOSE, form.cleaned_data["code"], at=request.at):
            user = actions.let_in(email, at=request.at)
            if user is not None:
                login(request, user, backend="django.contrib.auth.backends.ModelBackend")
                own = list(AgencyReturn.objects.own(Standing.of(user, request.at))[:2])
                return redirect(own[0]) if len(own) == 1 else redirect("agency_returns:list")
        form.add_error("code", "Enter the code from the newest email, or ask for another code")
    return render(request, "agency_returns/reply_code.html", {"form": form})
