"""What the pages of one verb share: bind, act, go on; what is refused goes back onto the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.rights import Right
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from audit.presenter import both_texts
from lcspr.models import Review

DOING = require_http_methods(["GET", "POST"])
# The field beside which the words of a refusal stand (None: above the form), or what puts them there.
Refused = dict[type[Exception], str | Callable[[Any, Any], None] | None]


def opened_for(request: HttpRequest, pk: int, right: Right) -> Review:
    """The review, opened by somebody who may do that with it."""
    review = open_part(request, Review, pk)
    right.require(request.by, review)  # type: ignore[attr-defined]
    return review


def do(
    request: HttpRequest,
    review: Review,
    form: Any,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    said: str,
    to: Any = None,
    refused: Refused | None = None,
    template: str = "lcspr/form.html",
    **shown: Any,
) -> HttpResponse:
    """Show the form; when it is good, act, say what was done and go on to `to` (the review).

    A stale edit shows both texts, and saving again then counts as having seen the other. The same submit a second
    time goes where the first one went.
    """
    both, status = None, 200
    if request.method == "POST" and form.is_valid():
        expected = refused or {}
        try:
            act(dict(form.cleaned_data))
        except AlreadySubmitted:
            return redirect(to or review)
        except StaleEdit as stale:
            both, status = both_texts(stale), 409
            form.has_seen(stale.version)
        except tuple(expected) as no:
            beside = next(beside for kind, beside in expected.items() if isinstance(no, kind))
            if callable(beside):
                beside(form, no)
            else:
                form.add_error(beside, str(no))
        else:
            messages.success(request, said)
            return redirect(to or review)
    context = {"review": review, "case": review.case, "form": form, "title": title, "both": both, **shown}
    return render(request, template, context, status=status)
