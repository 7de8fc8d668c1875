"""What the pages of one verb share: bind, act, go on; what is refused goes back onto the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audit.events import AlreadySubmitted
from rapid_reviews.models import RapidReview

DOING = require_http_methods(["GET", "POST"])


def do(
    request: HttpRequest,
    review: RapidReview,
    form: Any,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    said: str,
    to: Any = None,
    refused: dict[type[Exception], str | None] | None = None,
    template: str = "rapid_reviews/form.html",
    **shown: Any,
) -> HttpResponse:
    """Show the form; when it is good, act and go on to `to` (the review), saying what was done.

    `refused` maps what the verb may raise to the field beside which its words stand (None: above the form). The same
    submit a second time goes where the first one went.
    """
    if request.method == "POST" and form.is_valid():
        expected = refused or {}
        try:
            act(dict(form.cleaned_data))
        except AlreadySubmitted:
            return redirect(to or review)
        except tuple(expected) as no:
            field = next(field for kind, field in expected.items() if isinstance(no, kind))
            form.add_error(field, str(no))
        else:
            messages.success(request, said)
            return redirect(to or review)
    return render(request, template, {"review": review, "case": review.case, "form": form, "title": title, **shown})
