"""The month, and the calendar that a person subscribes to."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.models import Partnership
from accounts.standing import Standing
from caseload import actions, rights
from caseload.calendar_file import CONTENT_TYPE, calendar_file
from caseload.dates import due_between
from caseload.forms import TokenForm
from caseload.models import CalendarFeed
from caseload.month import WEEKDAYS, month_named, month_of

BEFORE, AFTER = timedelta(days=365), timedelta(days=2 * 365)


@require_GET
def month(request):
    """What is due in a month."""
    by = request.by
    first = month_named(request.GET.get("month", ""), otherwise=by.today)
    context = {"month": month_of(first, by=by), "weekdays": WEEKDAYS, "may_subscribe": rights.SUBSCRIBE.allows(by)}
    return render(request, "caseload/month.html", context)


@require_http_methods(["GET", "POST"])
def subscribing(request):
    """The address of one's own calendar: made here, shown once, switched off here."""
    rights.SUBSCRIBE.require(request.by)
    form = TokenForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        secret = actions.make_feed(by=request.by, token=form.cleaned_data["token"])
        address = settings.SITE_URL + reverse("caseload:feed", args=[secret])
        form = TokenForm()
    feed = CalendarFeed.objects.visible_to(request.by).current().first()
    return render(request, "caseload/subscribing.html", {"form": form, "address": address, "feed": feed})


@require_POST
def unsubscribe(request):
    """Switch the address off."""
    actions.revoke_feed(by=request.by)
    messages.success(request, "The address no longer works.")
    return redirect("caseload:subscribing")


@login_not_required
@require_safe
def feed(request, token):
    """One person's dates, for their calendar program. The address is the key: whoever guesses gets nothing."""
    found = CalendarFeed.objects.named(token)
    by = Standing.of(found.user, request.at) if found else None
    if found is None or by is None or not rights.SUBSCRIBE.allows(by):
        raise Http404
    actions.note_reading(found, on=by.today, by=by)
    entries = due_between(by, by.today - BEFORE, by.today + AFTER)
    body = calendar_file(entries, name=Partnership.this().service_name, site=settings.SITE_URL, at=by.at)
    return HttpResponse(
        body,
        content_type=CONTENT_TYPE,
        headers={
            "Cache-Control": "private, no-store",
            "Content-Disposition": 'attachment; filename="dates.ics"',
            "X-Robots-Tag": "noindex",
            "Referrer-Policy": "no-referrer",
        },
    )
