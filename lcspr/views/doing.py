"""One page for one verb: open, bind, act, go on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.rights import Right
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from lcspr.models import Review


def do(
    request: HttpRequest,
    pk: int,
    right: Right,
    *,
    form: Callable[[Review], Any],
    act: Callable[[Review, Any], str],
    title: str,
    button: str,
    refused: tuple[type[Exception], ...] = (),
    on_refusal: Callable[[Any, Exception], None] | None = None,
    template: str = "lcspr/form.html",
    also: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; when it is good, act and go to the review. What is refused goes back onto the form."""
    review = open_part(request, Review, pk)
    right.require(request.by, review)  # type: ignore[attr-defined]
    bound = form(review)
    stale = None
    if request.method == "POST" and bound.is_valid():
        try:
            said = act(review, bound)
        except AlreadySubmitted:
            return redirect(review)
        except StaleEdit as error:
            stale = error
        except refused as error:
            assert on_refusal is not None
            on_refusal(bound, error)
        else:
            messages.success(request, said)
            return redirect(review)
    context = {"review": review, "form": bound, "title": title, "button": button, "stale": stale, **(also or {})}
    return render(request, template, context)
