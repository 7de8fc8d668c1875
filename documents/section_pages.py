"""The page of one section of a draft, wherever the draft belongs: what a save answers, and what stands on the page.

The room that owns the draft checks who may do what, and shows `templates/documents/_section.html`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from audit.lifecycle import StaleEdit
from govuk.words import time_in_words

from .models import Section

MOST_VERSIONS = 20


def save_sent(
    request: HttpRequest, section: Section, form: Any, save: Callable[[dict[str, Any]], object], *, to: str
) -> tuple[HttpResponse | None, str | None]:
    """Save what was sent with `save(cleaned_data)`: the answer, or None where the form is shown again, and then what
    somebody else saved meanwhile. A page that saves by itself always gets an answer.
    """
    by_itself = request.headers.get("X-Autosave") == "1"
    if not form.is_valid():
        return JsonResponse({}, status=400) if by_itself else None, None
    try:
        save(form.cleaned_data)
    except StaleEdit as stale:
        if by_itself:
            return JsonResponse({}, status=409), None
        form.has_seen(stale.version)
        return None, stale.theirs["html"]
    if by_itself:
        saved_at = time_in_words(request.at)  # type: ignore[attr-defined]  # accounts.middleware.Standings
        return JsonResponse({"saved_at": saved_at, "version": section.version}), None
    messages.success(request, f"“{section.heading}” has been saved.")
    return redirect(to), None


def on_the_page(section: Section, form: Any, comment_form: Any, *, theirs: str | None) -> dict[str, Any]:
    """What the page shows. `theirs` is what somebody else saved meanwhile."""
    return {
        "section": section,
        "form": form,
        "forms": [form, comment_form] if comment_form.is_bound else [form],
        "theirs": theirs,
        "is_stale": theirs is not None,
        "comments": section.comments.select_related("made_by", "resolved_by"),
        "comment_form": comment_form,
        "versions": section.versions.select_related("saved_by")[:MOST_VERSIONS],
    }
