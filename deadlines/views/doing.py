"""What the pages that change a clock share: bind, act, go on; what is refused goes back onto the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.requests import PersonRequest
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from deadlines.models import Deadline
from deadlines.presenter import title_of
from govuk.forms import Form


def do(
    request: PersonRequest,
    clock: Deadline,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    said: str,
    intro: str = "",
    refused: dict[type[Exception], str],
    **shown: Any,
) -> HttpResponse:
    """Show the form; when it is good, act, say what was done and go on to the clock's page.

    `refused` maps what the verb may raise to the field beside which its words stand. After a stale edit the form says
    what stands now, and saving again counts as having seen it. A second press of the same button goes where the first
    one went.
    """
    stale, status = False, 200
    if request.method == "POST" and form.is_valid():
        try:
            act(dict(form.cleaned_data))
        except AlreadySubmitted:
            return redirect(clock)
        except StaleEdit as edit:
            stale, status = True, 409
            posted: Any = form.data
            form.data = posted.copy() | {"seen_version": str(edit.subject.version)}  # type: ignore[attr-defined]
            clock.refresh_from_db()
        except tuple(refused) as no:
            field = next(field for kind, field in refused.items() if isinstance(no, kind))
            form.add_error(field, str(no))
        else:
            messages.success(request, said)
            return redirect(clock)
    context = {"form": form, "clock": clock, "clock_title": title_of(clock), "title": title, "intro": intro}
    return render(request, "deadlines/change.html", {**context, "stale": stale, **shown}, status=status)
