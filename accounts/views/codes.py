"""Signing in with a code, for people who refer now and then and have no account."""

from __future__ import annotations

from typing import cast

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import codes, recording
from accounts.adapter import home_of, is_own_path
from accounts.forms.codes import AskForCode, EnterEmailedCode
from accounts.models import Agency
from accounts.requests import AnyRequest, PersonRequest
from accounts.standing import LONDON

from . import proving

ASKED = "code_asked"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def purpose_of(agency: Agency) -> str:
    return f"sign in:{agency.pk}"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_ask(request: HttpRequest) -> HttpResponse:
    """Which agency, which address. Everyone gets the same answer; what the letter says depends on the address."""
    asked = cast(AnyRequest, request)
    if asked.by is not None:
        return redirect(home_of(cast(PersonRequest, request).user))
    form = AskForCode(request.POST or None, on=asked.at.astimezone(LONDON).date())
    if request.method == "POST" and form.is_valid():
        address, agency = form.cleaned_data["email"], form.cleaned_data["agency"]
        purpose = purpose_of(agency)

        def sending() -> None:
            if codes.may_use_codes(address, agency):
                codes.send_code(address, purpose, at=asked.at)
            else:
                codes.send_instead(address, purpose, "accounts/mail/no_code", at=asked.at)

        if proving.send(request, form, address, sending):
            wanted = request.GET.get("next", "")
            after = wanted if is_own_path(wanted) else ""
            proving.remember(request, ASKED, email=address, agency=agency.pk, next=after)
            return redirect("accounts:code_enter")
    return render(request, "accounts/code_ask.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_enter(request: HttpRequest) -> HttpResponse:
    """The code from the letter; then in, to one's own drafts and referrals and nothing else."""
    asked = cast(AnyRequest, request)
    facts = proving.remembered(request, ASKED)
    agency = Agency.objects.filter(pk=facts["agency"]).first() if facts else None
    if facts is None or agency is None:
        return redirect("accounts:code_ask")
    form = EnterEmailedCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if proving.is_right(request, form, facts["email"], purpose_of(agency)):
            try:
                user = codes.correspondent_for(facts["email"], agency, at=asked.at)
            except codes.NotACorrespondent:
                form.add_error("code", proving.WRONG)
            else:
                del request.session[ASKED]
                login(request, user, backend=BACKEND)
                return redirect(facts["next"] or home_of(user))
        else:
            recording.failed(facts["email"], at=asked.at, verb="emailed code refused")
    return render(request, "accounts/code_enter.html", {"form": form, "address": facts["email"]})
