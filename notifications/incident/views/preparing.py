"""Pages on which a notification is opened and written."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from cases.models import Case, Child
from govuk.words import time_in_words
from notifications.incident import actions, areas, forms, presenter, rights
from notifications.incident.composing import sheet_of, sheets_of
from notifications.incident.models import Notification
from notifications.incident.national_form import BY_KEY, CHILD, MOST_CHILDREN, children_of
from notifications.incident.routes import NOTIFY_ONLY

DOING = require_http_methods(["GET", "POST"])


def _of(done: AlreadySubmitted):
    """The notification that the winner of two equal submits opened."""
    label, _, pk = done.event.subject.partition(":")
    if label != Notification._meta.label:
        raise done
    return redirect("incident:notification", pk=pk)


@DOING
def open_with_case(request):
    """Open a notification of which there is no case yet."""
    by = request.by
    rights.OPEN_CASE.require(by)
    form = forms.OpenForm(
        request.POST or None,
        today=by.today,
        authorities=forms.authorities(by, rights.NOTIFIES),
        initial={"received_on": by.today},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        harm = {"s16c_serious_harm": Case.Harm.SERIOUS_HARM, "s16c_other": Case.Harm.OTHER}
        try:
            opened = actions.open_case_and_notification(
                by=by,
                notifying_la=said["notifying_la"],
                kind=said["kind"],
                received_on=said["received_on"],
                token=said["token"],
                title=said["title"],
                incident_on=said["incident_on"],
                outside_england=said["outside_england"],
                home_la=said["notifying_la"] if said["outside_england"] else None,
                harm=harm.get(said["kind"], Case.Harm.DEATH),
            )
        except AlreadySubmitted as done:
            return _of(done)
        messages.success(request, f"Case {opened.case.reference} and its notification have been opened.")
        return redirect("incident:notification", pk=opened.pk)
    return render(request, "incident/open.html", {"form": form})


@DOING
def open_in_case(request, case_pk):
    """Open a notification, or another one, in a case there is."""
    case = open_part(request, Case, case_pk)
    by = request.by
    rights.OPEN.require(by, case)
    form = forms.OpenInCaseForm(
        request.POST or None,
        today=by.today,
        authorities=forms.authorities(by, rights.NOTIFIES),
        initial={"received_on": by.today},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            opened = actions.begin_notification(
                case,
                by=by,
                kind=said["kind"],
                notifying_la=said["notifying_la"],
                received_on=said["received_on"],
                token=said["token"],
            )
        except AlreadySubmitted as done:
            return _of(done)
        except actions.NotInScope as outside:
            form.add_error("kind", str(outside))
        else:
            messages.success(request, "The notification has been opened.")
            return redirect("incident:notification", pk=opened.pk)
    return render(request, "incident/open.html", {"form": form, "case": case})


@DOING
def route(request, pk):
    """What is notified, and by which authority."""
    opened = open_part(request, Notification, pk)
    by = request.by
    rights.PREPARE.require(by, opened)
    form = forms.RouteForm(
        request.POST or None,
        authorities=forms.authorities(by, rights.NOTIFIES, opened),
        initial={"kind": opened.kind, "notifying_la": opened.notifying_la_id, "seen_version": opened.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_route(opened, by=by, **form.cleaned_data)
        except actions.NotInScope as outside:
            form.add_error("kind", str(outside))
        else:
            messages.success(request, "What is notified has been changed, and its clocks with it.")
            return redirect("incident:notification", pk=pk)
    return render(
        request,
        "incident/form.html",
        {
            "form": form,
            "notification": opened,
            "case": opened.case,
            "title": "What is notified, and by whom",
            "note": " ".join(areas.rule_for(opened.case, opened.kind).sentences),
        },
    )


@DOING
def section(request, pk, section, child_pk=None):
    """One section of the national form. Every question may be left without an answer. It saves by itself."""
    opened = open_part(request, Notification, pk)
    rights.PREPARE.require(request.by, opened)
    if not (opened.is_preparing or opened.is_sent):
        raise AlreadyDone("The notification is closed.")
    asked, child = _asked(opened, section, child_pk)
    sheet = sheet_of(opened, asked, child, request.by.user)
    form = forms.section_form(asked)(
        request.POST or None, today=request.by.today, initial={**sheet.answers, "seen_version": sheet.version}
    )
    stale = None
    by_itself = request.headers.get("X-Autosave") == "1"
    if by_itself and not form.is_valid():
        return JsonResponse({}, status=400)
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_answers(
                opened,
                asked.key,
                forms.answers_of(form),
                by=request.by,
                child=child,
                seen_version=form.cleaned_data["seen_version"] or 0,
            )
        except StaleEdit as error:
            if by_itself:
                return JsonResponse({}, status=409)
            stale = error
            _show_both(form, error)
        else:
            if by_itself:
                return JsonResponse({"saved_at": time_in_words(request.at), "version": saved.version})
            messages.success(request, f"{sheet.title}: saved.")
            return redirect(_next(opened, sheet))
    both = [
        (question.label, question.words(stale.theirs.get(question.key)), question.words(stale.mine.get(question.key)))
        for question in asked.questions
        if stale and (stale.theirs.get(question.key) or "") != (stale.mine.get(question.key) or "")
    ]
    return render(
        request,
        "incident/section.html",
        {
            "form": form,
            "notification": opened,
            "case": opened.case,
            "sheet": sheet,
            "both": both,
            "missing": sheet.missing,
        },
        status=409 if stale else 200,
    )


def _show_both(form, error):
    """The form comes back with what was typed, ready to be saved over the version that is there now."""
    form.data = form.data.copy()
    form.data["seen_version"] = error.subject.version


def _asked(notification, key, child_pk):
    """The section of this address, and the child it is about."""
    asked = BY_KEY.get(key)
    if asked is None or asked.per_child != (child_pk is not None):
        raise Http404("The form has no such section.")
    if child_pk is None:
        return asked, None
    child = get_object_or_404(Child, pk=child_pk, case=notification.case_id)
    if child not in children_of(notification.case)[:MOST_CHILDREN]:
        raise Http404("This child is described in the free text of the form.")
    return asked, child


def child(request, pk, child_pk):
    """The section of one child."""
    return section(request, pk, CHILD.key, child_pk)


def _next(notification, sheet):
    """The page of the section that follows, or the notification after the last."""
    order = [(one.section.key, one.child) for one in sheets_of(notification)]
    place = order.index((sheet.section.key, sheet.child)) + 1
    if place == len(order):
        return notification.get_absolute_url()
    return presenter.sheet_url(notification, sheets_of(notification)[place])


@DOING
def awareness(request, pk):
    """When the authority knew: confirms from when the clocks count."""
    opened = open_part(request, Notification, pk)
    by = request.by
    rights.RECORD_DATES.require(by, opened)
    form = forms.AwarenessForm(
        request.POST or None,
        today=by.today,
        initial={
            "la_first_aware_at": opened.la_first_aware_at,
            "abuse_first_suspected_at": opened.abuse_first_suspected_at,
            "note": opened.awareness_note,
            "seen_version": opened.version,
        },
    )
    if opened.kind in NOTIFY_ONLY:
        del form.fields["abuse_first_suspected_at"]
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_awareness(opened, by=by, **form.cleaned_data)
        except StaleEdit as error:
            stale = error
            _show_both(form, error)
        except ValueError as mistaken:
            form.add_error("note" if str(mistaken) == actions.SAY_HOW else None, str(mistaken))
        else:
            messages.success(request, "The dates have been recorded. The clocks count from the later of them.")
            return redirect("incident:notification", pk=pk)
    return render(
        request,
        "incident/awareness.html",
        {
            "form": form,
            "notification": opened,
            "case": opened.case,
            "theirs": presenter.awareness(Notification.objects.get(pk=pk), may_record=False) if stale else [],
        },
        status=409 if stale else 200,
    )


@require_POST
def draft(request, pk):
    """Make a paper of what is written so far."""
    opened = open_part(request, Notification, pk)
    actions.issue_draft(opened, by=request.by)
    messages.success(request, "A draft is being prepared.")
    return redirect("incident:notification", pk=pk)
