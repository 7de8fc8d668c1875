"""When a person is written to, and who stands in for them."""

from __future__ import annotations

from django.contrib import messages as banners
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Cover
from accounts.requests import PersonRequest
from notifications.reminders import actions, rights
from notifications.reminders.forms import PreferenceForm
from notifications.reminders.models import DIGEST_HOUR, Preference
from notifications.reminders.schedule import day_begins, oclock


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: PersonRequest):
    """One's own daily email."""
    rights.PREFER.require(request.by)
    row = Preference.objects.visible_to(request.by).first() or Preference(digest_hour=DIGEST_HOUR)
    initial = {"digest_hour": row.digest_hour, "news_at_once": row.news_at_once}
    form = PreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.choose(by=request.by, **form.cleaned_data)
        banners.success(request, "Your choice has been saved.")
        return redirect("reminders:preferences")
    today = request.by.today
    covers = Cover.objects.filter(membership__user=request.by.user, ends_on__gte=today).select_related(
        "deputy", "membership__agency"
    )
    covering = Cover.objects.filter(deputy=request.by.user, starts_on__lte=today, ends_on__gte=today).select_related(
        "membership__user", "membership__agency"
    )
    return render(
        request,
        "reminders/preferences.html",
        {
            "form": form,
            "covers": covers.order_by("starts_on"),
            "covering": covering.order_by("ends_on"),
            "day_begins": oclock(day_begins(row.digest_hour)),
        },
    )
