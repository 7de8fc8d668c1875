"""Asking for an account, and taking up an invitation."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import codes, invitations, recording
from accounts.actions import NotOpenToYou, accept_invitation, ask_for_access
from accounts.adapter import home_of
from accounts.forms.codes import AskForAddress, EnterEmailedCode
from accounts.forms.registration import AboutYou, AcceptInvitation
from accounts.models import Agency, User
from accounts.requests import AnyRequest, PersonRequest
from accounts.standing import LONDON

from . import proving

ASKED = "registration_asked"
PROVED = "registration_proved"
INVITED = "invitation"
PURPOSE = "register"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The address. Known, unknown or of no agency: the page answers the same, the letter says which it is."""
    asked = cast(AnyRequest, request)
    if asked.by is not None and not asked.by.is_correspondent:
        return redirect(home_of(cast(PersonRequest, request).user))
    form = AskForAddress(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["email"]

        def sending() -> None:
            letter = _letter_instead(address, asked)
            if letter:
                codes.send_instead(address, PURPOSE, letter, at=asked.at)
            else:
                codes.send_code(address, PURPOSE, at=asked.at)

        if proving.send(request, form, address, sending):
            proving.remember(request, ASKED, email=address)
            return redirect("accounts:register_code")
    return render(request, "accounts/register.html", {"form": form})


def _letter_instead(address: str, asked: AnyRequest) -> str:
    """The letter for an address that cannot register; nothing for one that can."""
    user = User.objects.filter(email=address).first()
    if user is not None and not (user.correspondent and user.is_active):
        return "accounts/mail/account_exists" if user.is_active else "accounts/mail/no_code"
    day = asked.at.astimezone(LONDON).date()
    if not Agency.objects.on(day).with_domain(address.rpartition("@")[2]).exists():
        return "accounts/mail/domain_not_approved"
    return ""


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_code(request: HttpRequest) -> HttpResponse:
    """The code from the letter."""
    asked = cast(AnyRequest, request)
    facts = proving.remembered(request, ASKED)
    if facts is None:
        return redirect("accounts:register")
    form = EnterEmailedCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if proving.is_right(request, form, facts["email"], PURPOSE):
            del request.session[ASKED]
            request.session.cycle_key()
            proving.remember(request, PROVED, email=facts["email"])
            return redirect("accounts:register_details")
        recording.failed(facts["email"], at=asked.at, verb="emailed code refused")
    return render(request, "accounts/register_code.html", {"form": form, "address": facts["email"]})


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def register_details(request: HttpRequest) -> HttpResponse:
    """Name, agency, role and password; the account then waits for a coordinator."""
    asked = cast(AnyRequest, request)
    facts = proving.remembered(request, PROVED)
    if facts is None:
        return redirect("accounts:register")
    address = facts["email"]
    form = AboutYou(request.POST or None, address=address, on=asked.at.astimezone(LONDON).date())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            ask_for_access(
                address,
                name=said["name"],
                agency=said["agency"],
                role=said["role"],
                password=said["password"],
                at=asked.at,
            )
        except NotOpenToYou:
            return redirect("accounts:register")
        request.session.flush()
        messages.success(request, "You have asked for an account. Sign in to finish setting it up")
        return redirect("account_login")
    return render(request, "accounts/register_details.html", {"form": form, "address": address})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the letter. It goes on at once to an address without it, so that no other site learns it."""
    user = invitations.user_of(token)
    if user is None:
        return render(request, "accounts/invitation_over.html", status=410)
    request.session[INVITED] = token
    return redirect("accounts:welcome")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """The invited person chooses a password."""
    asked = cast(AnyRequest, request)
    user = invitations.user_of(request.session.get(INVITED, ""))
    if user is None:
        return render(request, "accounts/invitation_over.html", status=410)
    form = AcceptInvitation(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        accept_invitation(user, password=form.cleaned_data["password"], at=asked.at)
        request.session.flush()
        messages.success(request, "Your password is saved. Sign in to finish setting up your account")
        return redirect("account_login")
    return render(request, "accounts/welcome.html", {"form": form, "invited": user})
