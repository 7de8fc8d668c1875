"""The notification recorded as sent, the report sent, the answer received, the report shown to the agencies."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.models import Partnership
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from deadlines.actions import LateReasonNeeded
from documents.uploads import Refused
from notifications.incident import rights as incident_rights
from notifications.incident.forms import SentForm
from notifications.incident.models import Notification
from rapid_reviews import actions, presenter, rights
from rapid_reviews.forms import ResponseForm, SendForm, TokenForm
from rapid_reviews.models import RapidReview

from .doing import DOING, do


@DOING
def record_sent(request, pk):
    """The local authority records that its notification was sent: the rapid review starts."""
    notification = open_part(request, Notification, pk)
    incident_rights.RECORD_SENT.require(request.by, notification)
    form = SentForm(request.POST or None, today=request.by.today, due_on=presenter.notification_due_on(notification))
    if request.method == "POST" and form.is_valid():
        try:
            started = actions.record_notification_sent(notification, by=request.by, **form.cleaned_data)
        except AlreadySubmitted:
            started = RapidReview.objects.visible_to(request.by).filter(notification=notification).first()
        except LateReasonNeeded as needed:
            form.add_error("late_reason", str(needed))
            return _record_sent_page(request, notification, form)
        except ValueError as refused:
            form.add_error("sent_at", str(refused))
            return _record_sent_page(request, notification, form)
        else:
            messages.success(request, "The notification is recorded as sent. A rapid review has started")
        return redirect(started or notification)
    return _record_sent_page(request, notification, form)


def _record_sent_page(request, notification, form):
    return render(
        request,
        "rapid_reviews/record_sent.html",
        {"notification": notification, "case": notification.case, "form": form},
    )


@DOING
def send(request, pk):
    """Record that the signed report was sent to the national body."""
    opened = open_part(request, RapidReview, pk)
    rights.SEND.require(request.by, opened)
    form = SendForm(request.POST or None, today=request.by.today, due_on=presenter.due_on(opened))
    here = Partnership.this()
    return do(
        request,
        opened,
        form,
        lambda said: actions.record_sent_to_panel(opened, by=request.by, **said),
        title="Record that the rapid review was sent",
        said="The rapid review is recorded as sent",
        refused={LateReasonNeeded: "late_reason", ValueError: "sent_at"},
        note=f"Send the report to the {here.national_body} first. This page records that you did.",
    )


@DOING
def response(request, pk):
    """Record what the national body answered."""
    opened = open_part(request, RapidReview, pk)
    rights.RECORD_RESPONSE.require(request.by, opened)
    form = ResponseForm(request.POST or None, request.FILES or None, today=request.by.today)

    def act(said):
        files = said.pop("letter")
        actions.record_panel_response(opened, by=request.by, file=files[0] if files else None, **said)

    return do(
        request,
        opened,
        form,
        act,
        title="Record the answer",
        said="The answer has been recorded",
        refused={Refused: "letter", ValueError: "received_on"},
    )


@require_POST
def release(request, pk):
    """Let the agencies that answered read the finished report."""
    opened = open_part(request, RapidReview, pk)
    form = TokenForm(request.POST)
    if not form.is_valid():
        raise AlreadyDone("The page was too old.")
    try:
        actions.release(opened, by=request.by, token=form.cleaned_data["token"])
    except AlreadySubmitted:
        return redirect(opened)
    messages.success(request, "The agencies' safeguarding leads can now read the report")
    return redirect(opened)
