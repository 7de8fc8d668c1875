"""How long drafts are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from audit.lifecycle import StaleEdit
from referrals import actions, rights
from referrals.forms import KeepingForm
from referrals.models import DraftKeeping

DAYS = ("remind_days", "approval_days", "kept_days", "warning_days")


@require_http_methods(["GET", "POST"])
def keeping(request: PersonRequest) -> HttpResponse:
    """When the agencies are reminded of a draft, warned about it, and when it is removed."""
    rights.KEEP_DRAFTS.require(request.by)
    rule = DraftKeeping.this()
    now = {**{name: getattr(rule, name) for name in DAYS}, "seen_version": rule.version}
    form = KeepingForm(request.POST or None, initial=now)
    stale = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_keeping(by=request.by, **{**said, "seen_version": said["seen_version"] or 0})
        except StaleEdit as edit:
            stale = edit.subject
            form = KeepingForm({**request.POST.dict(), "seen_version": str(edit.subject.version)})  # type: ignore[attr-defined]
        else:
            messages.success(request, "How long drafts are kept has been saved.")
            return redirect("referrals:queue")
    return render(request, "referrals/keeping.html", {"form": form, "stale": stale}, status=409 if stale else 200)
