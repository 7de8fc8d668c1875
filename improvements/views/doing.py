"""What the pages of one verb share: bind, act, go on; what is refused goes back onto the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from audit.presenter import both_texts
from cases.models import Case

DOING = require_http_methods(["GET", "POST"])


def do(
    request: HttpRequest,
    form: Any,
    act: Callable[[dict[str, Any]], object],
    *,
    case: Case,
    title: str,
    said: str,
    to: Any,
    back: Any,
    refused: dict[type[Exception], str | None] | None = None,
    template: str = "improvements/form.html",
    **shown: Any,
) -> HttpResponse:
    """Show the form; when it is good, act, say what was done and go on to `to`.

    `refused` maps what the verb may raise to the field beside which its words stand (None: above the form). A stale
    edit shows both texts, and saving again then counts as having seen the other. The same submit a second time goes
    where the first one went.
    """
    both, status = None, 200
    if request.method == "POST" and form.is_valid():
        expected = refused or {}
        try:
            act(dict(form.cleaned_data))
        except AlreadySubmitted:
            return redirect(to)
        except StaleEdit as stale:
            both, status = both_texts(stale), 409
            form.has_seen(stale.version)
        except tuple(expected) as no:
            field = next(field for kind, field in expected.items() if isinstance(no, kind))
            form.add_error(field, str(no))
        else:
            messages.success(request, said)
            return redirect(to)
    context = {"form": form, "case": case, "title": title, "both": both, "back": back, **shown}
    return render(request, template, context, status=status)
