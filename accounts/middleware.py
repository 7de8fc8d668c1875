"""What every request passes through: headers, sessions, the second factor, the standing, refusals."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit

from .standing import Standing

Answer = Callable[[HttpRequest], HttpResponse]


class ResponseHeaders:
    """Nothing of a signed-in person is kept by a browser or proxy; no page may use device features."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response["Cache-Control"] = "no-store"
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class Sessions:
    """Idle and absolute limits, kept by the server."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class SecondFactor:
    """Everyone but a correspondent has a second factor before they see anything."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class Standings:
    """`request.by`: who acts, read once, with the one clock reading of the request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # type: ignore[attr-defined]
        request.by = (  # type: ignore[attr-defined]
            Standing.of(request.user, request.at)  # type: ignore[attr-defined, arg-type]
            if request.user.is_authenticated
            else None
        )
        return self.get_response(request)


class Refusals:
    """Turns what verbs raise into pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AlreadySubmitted | AlreadyDone):
            return render(request, "409.html", {"exception": exception}, status=409)
        if isinstance(exception, StaleEdit):
            return render(request, "409.html", {"exception": exception, "stale": exception}, status=409)
        return None
