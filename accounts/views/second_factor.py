"""The second factor: what there is, and the recovery codes."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import recovery, sessions
from accounts.adapter import home_of, is_own_path
from accounts.forms.second_factor import NewCodes
from accounts.letters import NotSent, send_letter
from accounts.requests import PersonRequest

NEXT = "after_second_factor"


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What this person signs in with besides the password; where nobody may pass without, the place to begin."""
    asked = cast(PersonRequest, request)
    if is_own_path(request.GET.get("next")):
        request.session[NEXT] = request.GET["next"]
    factors = list(asked.user.factors.order_by("created_at"))
    app = next((one for one in factors if one.type == one.Type.TOTP), None)
    passkeys = [one for one in factors if one.type == one.Type.WEBAUTHN]
    shown = sessions.SECOND_FACTOR in request.session
    return render(
        request,
        "mfa/index.html",
        {
            "app": app,
            "passkeys": passkeys,
            "has_one": bool(factors),
            "codes_left": recovery.unused(asked.user),
            "must_set_up": settings.SECOND_FACTOR_REQUIRED and not shown,
            "may_remove": len(factors) > 1 or not settings.SECOND_FACTOR_REQUIRED,
            "just_set_up": bool(factors) and shown and NEXT in request.session,
        },
    )


@require_safe
def go_on(request: HttpRequest) -> HttpResponse:
    """On to where the person was going before the second factor stood in the way."""
    wanted = request.session.pop(NEXT, "")
    return redirect(wanted if is_own_path(wanted) else home_of(cast(PersonRequest, request).user))


@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them this once."""
    asked = cast(PersonRequest, request)
    if not asked.user.factors.exists():
        messages.info(request, "Set up an authenticator app or a passkey first")
        return redirect("mfa_index")
    form = NewCodes(request.POST or None)
    if request.method == "POST":
        codes = recovery.make(asked.user, by=asked.by)
        try:
            send_letter("mfa/email/recovery_codes_generated", asked.user.email, {"at": asked.at})
        except NotSent:
            messages.warning(request, "The email that tells you about the new codes could not be sent")
        # The answer to a POST on purpose: the codes stand nowhere else, and going back does not show them.
        return render(request, "mfa/recovery_codes.html", {"codes": codes})
    return render(request, "mfa/make_recovery_codes.html", {"form": form, "left": recovery.unused(asked.user)})
