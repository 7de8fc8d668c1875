"""Pages on which what was done with a notification is recorded."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Agency, Body
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import StaleEdit
from deadlines.actions import NoSuchClock, clock_of
from notifications.incident import actions, areas, forms, presenter, rights
from notifications.incident.models import Notification
from notifications.register.recipients import Recipient

DOING = require_http_methods(["GET", "POST"])


def due_on(notification, code=""):
    """The day by which it is to be done while its clock runs, for the form that asks why it was late."""
    try:
        clock = clock_of(code or notification.clock, notification)
    except NoSuchClock:
        return None
    return clock.due_on if clock.is_open else None


def _verb(request, opened, form, title, said, act, *, template="incident/form.html", **more):
    """One page for one verb: bind, act, go back to the notification; a repeat leads to the same place."""
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except AlreadySubmitted as done:
            if done.event.subject != f"{Notification._meta.label}:{opened.pk}":
                raise
            return redirect("incident:notification", pk=opened.pk)
        except StaleEdit:
            raise
        except ValueError as mistaken:
            form.add_error(None, str(mistaken))
        else:
            messages.success(request, said)
            return redirect("incident:notification", pk=opened.pk)
    return render(
        request, template, {"form": form, "notification": opened, "case": opened.case, "title": title, **more}
    )


@DOING
def record_notified(request, pk):
    """Record that a death was notified, where no rapid review follows."""
    opened = open_part(request, Notification, pk)
    rights.RECORD_SENT.require(request.by, opened)
    if not opened.is_notify_only:
        raise Http404("A serious incident is recorded as sent on another page.")
    form = forms.SentForm(request.POST or None, today=request.by.today, due_on=due_on(opened))
    return _verb(
        request,
        opened,
        form,
        "Record that it was sent",
        "The notification has been recorded as sent. No rapid review follows.",
        lambda said: actions.record_sent(opened, by=request.by, **said),
        note="No rapid review follows. What is written now is kept as it was sent. "
        "Anything that changes later is recorded as a correction.",
    )


@DOING
def tell_partners(request, pk):
    opened = open_part(request, Notification, pk)
    by = request.by
    rights.TELL_PARTNERS.require(by, opened)
    form = forms.TellPartnersForm(
        request.POST or None,
        today=by.today,
        partners=_to_tell(opened, by),
        told=[partner.name for partner in areas.partners_to_tell(opened, by.today) if partner.told],
        due_on=due_on(opened, "T02"),
    )
    return _verb(
        request,
        opened,
        form,
        "Record that the partners were told",
        "It has been recorded that the partners were told.",
        lambda said: actions.tell_partners(
            opened,
            by=by,
            told_at=said["told_at"],
            recipients=form.recipients,
            channel=said["channel"],
            late_reason=said["late_reason"],
            token=said["token"],
        ),
        note="Record together those who were told at the same time and in the same way, and then the others. "
        "The limit is met when each partner of this area has been told.",
    )


def _to_tell(notification, by):
    """(code, name) of this area's partners, then of the other bodies the partnership works with."""
    here = [partner.name for partner in areas.partners_to_tell(notification, by.today)]
    bodies = (
        Agency.objects.on(by.today)
        .filter(body__in=[Body.LA, Body.ICB, Body.POLICE])
        .exclude(pk=notification.notifying_la_id)
        .order_by("out_of_area", "body", "name")
    )
    others = [
        (Recipient.OTHER_AREA if body.out_of_area else Recipient.SAFEGUARDING_PARTNERS, str(body))
        for body in bodies
        if str(body) not in here
    ]
    return [(Recipient.SAFEGUARDING_PARTNERS, name) for name in here] + others


@DOING
def copy_received(request, pk):
    opened = open_part(request, Notification, pk)
    rights.RECORD_DATES.require(request.by, opened)
    form = forms.CopyReceivedForm(request.POST or None, today=request.by.today, due_on=due_on(opened, "T02a"))
    return _verb(
        request,
        opened,
        form,
        "Record that the business unit has its copy",
        "It has been recorded that the business unit has its copy.",
        lambda said: actions.copy_received(
            opened, by=request.by, at=said["received_at"], late_reason=said["late_reason"], token=said["token"]
        ),
    )


@DOING
def withdraw(request, pk):
    opened = open_part(request, Notification, pk)
    rights.WITHDRAW.require(request.by, opened)
    form = forms.ReasonForm(
        request.POST or None,
        asks="Why is the notification withdrawn?",
        refusal="Enter why the notification is withdrawn",
        submit="Withdraw notification",
    )
    return _verb(
        request,
        opened,
        form,
        "Withdraw the notification",
        "The notification has been withdrawn. Its open clocks are void.",
        lambda said: actions.withdraw(opened, by=request.by, reason=said["reason"], token=said["token"]),
        note="Only where it was found that the criteria are not met. Its open clocks become void, and a rapid review "
        "that followed from it ends. What was notified stays here. If more is learned later, open another one.",
    )


@DOING
def correct(request, pk):
    """Freeze what the form says now as a new version, with the reason."""
    opened = open_part(request, Notification, pk)
    rights.CORRECT.require(request.by, opened)
    last = opened.latest
    differences = presenter.differences(opened, last) if last else []
    form = forms.ReasonForm(
        request.POST or None,
        asks="Why is it corrected?",
        refusal="Enter why it is corrected",
        submit="Record correction",
    )
    return _verb(
        request,
        opened,
        form,
        "Record a correction",
        "The correction has been recorded as a new version.",
        lambda said: actions.correct(opened, by=request.by, reason=said["reason"], token=said["token"]),
        template="incident/correct.html",
        differences=differences,
    )


@DOING
def late_reason(request, pk):
    opened = open_part(request, Notification, pk)
    rights.RECORD_SENT.require(request.by, opened)
    form = forms.ReasonForm(
        request.POST or None,
        asks="Why was it sent late?",
        refusal="Enter why it was sent late",
        submit="Save reason",
    )
    return _verb(
        request,
        opened,
        form,
        "Say why it was sent late",
        "The reason has been recorded.",
        lambda said: actions.give_late_reason(opened, by=request.by, reason=said["reason"]),
    )


@DOING
def reference(request, pk):
    opened = open_part(request, Notification, pk)
    rights.RECORD_SENT.require(request.by, opened)
    form = forms.ReferenceForm(request.POST or None, initial={"reference": opened.sent_reference})
    return _verb(
        request,
        opened,
        form,
        "Enter the reference of the national form",
        "The reference has been saved.",
        lambda said: actions.give_reference(opened, by=request.by, reference=said["reference"]),
    )
