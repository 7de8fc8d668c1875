"""What every request passes through: headers, the standing, sessions, the second factor, refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from audit import access
from audit.events import AlreadySubmitted, record
from audit.lifecycle import AlreadyDone, StaleEdit
from audit.models import Event, Trail

from . import sessions
from .refusals import written_in
from .standing import Standing

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., Any]

# Pages that look after one's own account: open before the second factor is there, and to those who hold nothing yet.
SETTING_UP = frozenset(
    {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "accounts:recovery_codes"}
)
PROVING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})
LEAVING = frozenset({"account_logout", "accounts:session_left", "accounts:stay", "accounts:session_ended"})


def is_private(view: View) -> bool:
    """Whether LoginRequiredMiddleware guards the view."""
    return bool(getattr(view, "login_required", True))


class ResponseHeaders:
    """Nothing of a signed-in person is kept by a browser or proxy; no page may use device features."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Flags, not `request.user`: when the database is down this must not ask it again.
        if getattr(request, "was_signed_in", False) and not getattr(response, "shows_nobody", False):
            response["Cache-Control"] = "no-store"
        if getattr(request, "has_left", False):
            response["Clear-Site-Data"] = '"cache", "storage"'
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class Standings:
    """`request.by`: who acts, read once, with the one clock reading of the request (`request.at`)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.at = timezone.now()
        request.by = Standing.of(request.user, request.at) if request.user.is_authenticated else None
        request.was_signed_in = request.by is not None
        return self.get_response(request)


class Sessions:
    """Idle and absolute limits, kept by the server.

    A page that only asks how long is left does not count as activity. What somebody sends after their session ended
    is not done. A view may still hold it for them until they have signed in again: its `when_signed_out(request, ...)`
    gives the answer then, or None to be sent on like everything else.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.session_over = False
        if request.by is not None:
            if sessions.left(request.session, request.by, at=request.at).total_seconds() <= 0:
                self._end(request)
            elif request.path != reverse("accounts:session_left"):
                sessions.seen(request.session, at=request.at)
        return self.get_response(request)

    def process_view(self, request: Any, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        hold = getattr(view, "when_signed_out", None)
        if request.by is None and request.method == "POST" and hold is not None:
            held: HttpResponse | None = hold(request, *args, **kwargs)
            if held is not None:
                return held
        if not request.session_over or not is_private(view):
            return None
        back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
        return redirect(reverse("accounts:session_ended") + back)

    def _end(self, request: Any) -> None:
        record(Trail.of_the_house(), "session ended", by=request.by, subject=request.by.user, reading=True)
        request.session.flush()
        request.user = AnonymousUser()
        request.by = None
        request.session_over = request.has_left = True


class SecondFactor:
    """Everyone but a correspondent shows a second factor before they see anything.

    The session remembers that it was shown, so that a session begun before there was one gains nothing by it.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        by, name = request.by, request.resolver_match.view_name
        if by is None or not is_private(view):
            return None
        if by.is_correspondent:
            # Without a password there is nothing to change, prove or protect here.
            if name.startswith(("mfa_", "account_")) and name not in LEAVING:
                raise Http404("A person signed in by a code has no such page.")
            return None
        if not settings.SECOND_FACTOR_REQUIRED or sessions.SECOND_FACTOR in request.session or name in LEAVING:
            return None
        request.navigation = False  # none of the other pages would open
        has_one = by.user.factors.exists()
        if name in (PROVING if has_one else SETTING_UP):
            return None
        where = "mfa_reauthenticate" if has_one else "mfa_index"
        back = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
        return redirect(reverse(where) + back)


class HoldsSomething:
    """A person who holds nothing is told why, and what happens next, instead of being refused page by page."""

    OPEN = SETTING_UP | PROVING | LEAVING | {"accounts:profile", "accounts:nothing_held"}
    OWN = ("accounts:my_", "account_", "mfa_")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        by, name = request.by, request.resolver_match.view_name
        if by is None or by.held or not is_private(view) or name in self.OPEN:
            return None
        if name.startswith(("accounts:my_", "account_", "mfa_")) or name in (
            "accounts:profile",
            "accounts:nothing_held",
        ):
            return None
        return redirect("accounts:nothing_held")


class Refusals:
    """Turns what verbs raise into pages, and every method but GET, HEAD and POST away."""

    METHODS = ("GET", "HEAD", "POST")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.METHODS:
            return self._not_like_that(request, ", ".join(self.METHODS))
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return self._not_like_that(request, response["Allow"])
        return response

    def _not_like_that(self, request: HttpRequest, allowed: str) -> HttpResponse:
        response = render(request, "405.html", status=405)
        response["Allow"] = allowed
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AlreadySubmitted):
            return render(request, "409.html", status=409)
        if isinstance(exception, AlreadyDone | StaleEdit):
            return render(request, "409.html", {"written": written_in(request.POST)}, status=409)
        if isinstance(exception, access.TooManyOpened):
            return self._stopped(request)
        return None

    def _stopped(self, request: Any) -> HttpResponse:
        """The page says so each time; those who run the process are told once."""
        by, verb = request.by, "opened too many cases"
        if not Event.objects.filter(actor=by.user, at__gt=by.at - access.WITHIN, verb=verb).exists():
            record(Trail.of_the_house(), verb, by=by, subject=by.user)
        minutes = int(access.WITHIN.total_seconds() // 60)
        response = render(request, "too_many_opened.html", {"most": access.MOST_CHAINS, "minutes": minutes}, status=429)
        response["Retry-After"] = str(int(access.WITHIN.total_seconds()))
        return response
