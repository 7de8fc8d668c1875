"""Where the links in messages lead, how the scheduler is, and the messages that could not be delivered."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.contrib import messages as banners
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from audit.models import Event
from deadlines.models import Deadline
from notifications.reminders import actions, rights
from notifications.reminders.forms import SettleForm
from notifications.reminders.life import life_of
from notifications.reminders.models import Message, Trouble


def _page_of(key, by):
    """The page of the row a key names, if this person may see the row."""
    label, _, pk = key.partition(":")
    try:
        model = apps.get_model(label)
        row = model._default_manager.visible_to(by).filter(pk=pk).first()
    except (LookupError, ValueError, AttributeError):
        return None
    return row.get_absolute_url() if row is not None and hasattr(row, "get_absolute_url") else None


@require_GET
def duty(request, pk):
    """From a clock named in a message to the one page where the duty is done."""
    clock = get_object_or_404(Deadline, pk=pk)
    # An agency owes the clock of its own return without seeing the clocks of the case.
    page = _page_of(clock.occasion, request.by)
    if page is None and not Deadline.objects.visible_to(request.by).filter(pk=pk).exists():
        raise Http404
    return redirect(page or clock.get_absolute_url())


@require_GET
def news(request, pk):
    """From an event named in a message to the page of what it is about."""
    event = get_object_or_404(Event, pk=pk)
    page = _page_of(event.subject, request.by)
    if page is None:
        raise Http404
    return redirect(page)


@require_GET
def undelivered(request):
    """Messages that could not be delivered: each is somebody's task."""
    rights.SEE_MESSAGES.require(request.by)
    rows = Message.objects.filter(state=Message.State.FAILED).select_related("recipient")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "reminders/undelivered.html", {"page": page, "form": SettleForm()})


@require_safe
def life(request):
    """When the scheduler last ran, what waits, what failed: the page that is looked at when nothing comes."""
    rights.SEE_MESSAGES.require(request.by)
    return render(request, "reminders/life.html", {"life": life_of(at=request.by.at, every=settings.SWEEP_SECONDS)})


@require_POST
def settle_trouble(request, pk):
    rights.SETTLE.require(request.by)
    actions.settle_trouble(get_object_or_404(Trouble, pk=pk), by=request.by)
    banners.success(request, "You have recorded that this was seen to.")
    return redirect("reminders:life")


@require_POST
def send_again(request, pk):
    message = get_object_or_404(Message, pk=pk)
    actions.send_again(message, by=request.by)
    banners.success(request, "The message will be sent again.")
    return redirect("reminders:undelivered")


@require_http_methods(["GET", "POST"])
def settle(request, pk):
    rights.SETTLE.require(request.by)
    message = get_object_or_404(Message, pk=pk)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.settle(message, by=request.by, reason=form.cleaned_data["reason"])
        banners.success(request, "You have recorded how the person was told.")
        return redirect("reminders:undelivered")
    return render(request, "reminders/settle.html", {"message_row": message, "form": form})
