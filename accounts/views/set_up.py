"""The partnership's own details, and where everything else is set up."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import change_partnership
from accounts.forms.house import PartnershipDetails
from accounts.models import Membership, Partnership
from accounts.requests import PersonRequest
from accounts.rights import SET_UP
from audit.events import record
from audit.lifecycle import StaleEdit
from audit.models import Trail

from .stale import differences, seen_again


@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    by = cast(PersonRequest, request).by
    SET_UP.require(by)
    waiting = Membership.objects.visible_to(by).waiting().count()
    return render(
        request, "accounts/set_up.html", {"waiting": waiting, "is_entered": Partnership.this().pk is not None}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def partnership(request: HttpRequest) -> HttpResponse:
    """Name, look, addresses and rules."""
    by = cast(PersonRequest, request).by
    SET_UP.require(by)
    if request.method != "POST":
        record(Trail.of_the_house(), "opened", by=by, subject="accounts.Partnership", reading=True)
    stale: list[Any] = []
    form = PartnershipDetails(request.POST or None, instance=Partnership.this())
    if request.method == "POST" and form.is_valid():
        try:
            change_partnership(by=by, seen_version=form.cleaned_data["seen_version"] or 0, **form.facts())
        except StaleEdit as edit:
            stale = differences(form, edit)
            seen_again(form, edit)
        else:
            messages.success(request, "The partnership's details have been saved")
            return redirect("accounts:set_up")
    return render(request, "accounts/partnership_edit.html", {"form": form, "stale": stale})
