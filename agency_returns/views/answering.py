"""The agency's answer, and what the business unit does with it."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from agency_returns import actions, presenter, rights
from agency_returns.forms import AcceptForm, ClarifyForm, CorrespondentSubmitForm, NilForm, SubmitForm, TokenForm
from agency_returns.models import AgencyReturn
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone


def _token(request):
    form = TokenForm(request.POST)
    if not form.is_valid():
        raise AlreadyDone("The page was too old.")
    return form.cleaned_data["token"]


@require_POST
def acknowledge(request, pk):
    opened = open_part(request, AgencyReturn, pk)
    try:
        actions.acknowledge(opened, by=request.by, token=_token(request))
    except AlreadySubmitted:
        return redirect(opened)
    messages.success(request, "You have told the partnership that the request has arrived")
    return redirect(opened)


@require_POST
def ready(request, pk):
    """Tell the agency's leads that the return is ready to be approved."""
    opened = open_part(request, AgencyReturn, pk)
    try:
        actions.ask_for_approval(opened, by=request.by, token=_token(request))
    except AlreadySubmitted:
        return redirect(opened)
    except actions.NothingWritten as refused:
        messages.error(request, str(refused))
        return redirect(opened)
    messages.success(request, "Your safeguarding leads have been told that the return is ready to approve")
    return redirect(opened)


@require_http_methods(["GET", "POST"])
def submit(request, pk):
    """Read the whole return, approve it and send it."""
    opened = open_part(request, AgencyReturn, pk)
    rights.ANSWER.require(request.by, opened)
    may_approve = rights.APPROVE.allows(request.by, opened)
    kind = CorrespondentSubmitForm if request.by.is_correspondent else SubmitForm
    form = kind(request.POST or None, initial={"seen_version": opened.version})
    if request.method == "POST":
        rights.APPROVE.require(request.by, opened)
        if form.is_valid():
            given = {name: value for name, value in form.cleaned_data.items() if name != "confirmed"}
            try:
                actions.submit(opened, by=request.by, **given)
            except AlreadySubmitted:
                return redirect(opened)
            except (actions.NothingWritten, actions.ApproverNeeded) as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "The return has been sent to the partnership")
                return redirect(opened)
    return render(
        request,
        "agency_returns/submit.html",
        {
            "agency_return": opened,
            "form": form,
            "may_approve": may_approve,
            "may_be_sent": opened.may_be_written,
            "sections": presenter.sections_as_read(opened),
            "entries": opened.entries.current(),
            "still_needed": presenter.still_needed(opened),
        },
    )


@require_http_methods(["GET", "POST"])
def nil(request, pk):
    opened = open_part(request, AgencyReturn, pk)
    rights.ANSWER.require(request.by, opened)
    form = NilForm(
        request.POST or None, initial={"seen_version": opened.version, "records_checked": opened.records_checked}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.nil_return(opened, by=request.by, **form.cleaned_data)
        except AlreadySubmitted:
            return redirect(opened)
        except actions.KnownAfterAll as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The nil return has been sent to the partnership")
            return redirect(opened)
    return render(request, "agency_returns/nil.html", {"agency_return": opened, "form": form})


@require_http_methods(["GET", "POST"])
def accept(request, pk):
    opened = open_part(request, AgencyReturn, pk)
    rights.JUDGE.require(request.by, opened)
    form = AcceptForm(request.POST or None, initial={"seen_version": opened.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept(opened, by=request.by, **form.cleaned_data)
        except AlreadySubmitted:
            return redirect(opened)
        messages.success(request, "The return has been accepted")
        return redirect(opened)
    return render(request, "agency_returns/accept.html", {"agency_return": opened, "form": form})


@require_http_methods(["GET", "POST"])
def clarify(request, pk):
    opened = open_part(request, AgencyReturn, pk)
    rights.JUDGE.require(request.by, opened)
    form = ClarifyForm(request.POST or None, initial={"seen_version": opened.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.return_for_clarification(opened, by=request.by, **form.cleaned_data)
        except AlreadySubmitted:
            return redirect(opened)
        messages.success(request, "The return has been sent back to the agency")
        return redirect(opened)
    return render(request, "agency_returns/clarify.html", {"agency_return": opened, "form": form})


@require_POST
def release(request, pk):
    opened = open_part(request, AgencyReturn, pk)
    try:
        actions.release(opened, by=request.by, token=_token(request))
    except AlreadySubmitted:
        return redirect(opened)
    messages.success(request, "The review group can now read this return")
    return redirect(opened)
