"""Staying signed in, and having been signed out."""

from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import sessions
from accounts.adapter import home_of, is_own_path
from accounts.requests import AnyRequest, PersonRequest


@require_safe
def session_left(request: HttpRequest) -> HttpResponse:
    """How many seconds are left. Asking does not make them more."""
    asked = cast(PersonRequest, request)
    seconds = int(sessions.left(request.session, asked.by, at=asked.at).total_seconds())
    return JsonResponse({"seconds": seconds})


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """ "Stay signed in": passing the middleware has already noted the activity."""
    asked = cast(PersonRequest, request)
    if request.accepts("text/html"):
        return redirect(home_of(asked.user))
    return JsonResponse({"seconds": int(sessions.left(request.session, asked.by, at=asked.at).total_seconds())})


@login_not_required
@never_cache
@require_safe
def session_ended(request: HttpRequest) -> HttpResponse:
    """Signed out after a time without activity: why, and the way back to the same page."""
    if cast(AnyRequest, request).by is not None:
        return redirect(home_of(cast(PersonRequest, request).user))
    wanted = request.GET.get("next", "")
    back = f"?{urlencode({'next': wanted})}" if is_own_path(wanted) else ""
    return render(request, "accounts/session_ended.html", {"sign_in_url": reverse("account_login") + back})


@require_safe
def nothing_held(request: HttpRequest) -> HttpResponse:
    """For somebody who holds nothing (yet, or any more): how it stands and whom to ask."""
    asked = cast(PersonRequest, request)
    if asked.by.held:
        return redirect(home_of(asked.user))
    memberships = asked.user.memberships.select_related("agency").order_by("-asked_at")
    return render(
        request,
        "accounts/nothing_held.html",
        {
            "waiting": [one for one in memberships if one.is_waiting],
            "to_come": [one for one in memberships if one.approved_at and one.starts_on > asked.by.today],
            "ended": [one for one in memberships if one.approved_at and one.ends_on and one.ends_on < asked.by.today],
        },
    )
