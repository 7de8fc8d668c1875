"""Pages for what is refused, and for what fails, before or outside a view."""

from __future__ import annotations

import re
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template import loader

from audit.events import record
from audit.models import Trail
from documents.serve import NotServed

from .rights import NotPermitted

_SECRET = re.compile("password|token|code|secret", re.IGNORECASE)
A_FEW_WORDS = 20


def written_in(sent: QueryDict) -> list[str]:
    """The texts in what was sent, for their writer to copy when they were not saved. Nothing short, nothing secret."""
    return [
        text
        for name, texts in sent.lists()
        if not _SECRET.search(name)
        for text in texts
        if len(text) >= A_FEW_WORDS and " " in text.strip()
    ]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was not ours, or too old."""
    return render(request, "csrf_failure.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request cannot be understood; or it carries more than we take."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return render(request, "413.html", status=413)
    return HttpResponse(loader.get_template("400.html").render(), status=400)


def not_permitted(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A colleague who may see this may not do that, which is recorded; or a file is not sent, and why."""
    by, page = getattr(request, "by", None), request.resolver_match
    if by is not None and page is not None and isinstance(exception, NotPermitted):
        record(Trail.of_the_house(), "refused", by=by, subject=f"page:{page.view_name}", reading=True)
    reason = str(exception) if isinstance(exception, NotPermitted | NotServed) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page for what does not exist as for what is not theirs to see."""
    return render(request, "404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "900"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke. A database that cannot be reached is said to be out of service for now."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(loader.get_template("503.html").render(), status=503, headers={"Retry-After": "60"})
    return HttpResponse(loader.get_template("500.html").render(), status=500)
