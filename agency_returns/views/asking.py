"""Asking agencies, and following up what was asked."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import Partnership
from agency_returns import actions, presenter, rights
from agency_returns.filters import ReturnFilter
from agency_returns.forms import AskForm, TokenForm, WithdrawForm
from agency_returns.models import AgencyReturn
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from cases.models import Case
from deadlines.working_days import add_years


@require_GET
def listing(request):
    """The requests this person may see: an agency's own, or for a coordinator everyone's, the soonest due first."""
    returns = AgencyReturn.objects.visible_to(request.by).select_related("request__case", "request__agency")
    narrowed = ReturnFilter(request.GET, queryset=returns.order_by("request__due_on", "pk"), by=request.by)
    page = Paginator(narrowed.qs, 50).get_page(request.GET.get("page"))
    return render(
        request,
        "agency_returns/list.html",
        {"filter": narrowed, "page": page, "lines": presenter.lines(page.object_list, on=request.by.today)},
    )


@require_http_methods(["GET", "POST"])
def ask(request, case_pk):
    """Ask one agency about a case. The due date proposed is that of the working plan."""
    case = open_part(request, Case, case_pk)
    rights.ASK.require(request.by, case)
    plan = actions.plan_for(case, by=request.by)
    look_back = Partnership.this().look_back_years
    initial = {
        "due_on": plan.due_on,
        "scope_from": add_years(case.incident_on or case.received_on, -look_back),
        "children": [child.pk for child in case.child_set.all()],
    }
    form = AskForm(request.POST or None, case=case, by=request.by, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            asked = actions.send_request(
                case, by=request.by, occasion=plan.occasion, counted_from=plan.counted_from, **given
            )
        except actions.AlreadyAsked as refused:
            form.add_error("agency", str(refused))
        except actions.ContactElsewhere as refused:
            form.add_error("contact_email", str(refused))
        except AlreadySubmitted as done:
            return _to_the_first(done)
        else:
            messages.success(request, f"{asked.agency} has been asked")
            _tell(asked, request)
            return redirect(asked.agency_return)
    so_far = AgencyReturn.objects.visible_to(request.by).filter(request__case=case, request__occasion=plan.occasion)
    return render(
        request,
        "agency_returns/ask.html",
        {
            "case": case,
            "form": form,
            "lines": presenter.lines(so_far.select_related("request__case", "request__agency"), on=request.by.today),
        },
    )


def _tell(asked, request):
    if not actions.tell_contact(asked, by=request.by):
        messages.warning(
            request, "The contact could not be sent an email. Remind the agency in a few minutes to try again"
        )


def _to_the_first(done: AlreadySubmitted):
    """A repeat of a submit is shown what the first one made."""
    label, _, pk = done.event.subject.partition(":")
    if label != AgencyReturn._meta.label:
        raise done
    return redirect("agency_returns:return", pk=pk)


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    opened = open_part(request, AgencyReturn, pk)
    rights.FOLLOW_UP.require(request.by, opened)
    form = WithdrawForm(request.POST or None, initial={"seen_version": opened.version})
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(opened, by=request.by, **form.cleaned_data)
        except AlreadySubmitted as done:
            return _to_the_first(done)
        messages.success(request, "The request has been withdrawn")
        return redirect(opened)
    return render(request, "agency_returns/withdraw.html", {"agency_return": opened, "form": form})


@require_POST
def chase(request, pk):
    """Remind the agency by e-mail, now."""
    opened = open_part(request, AgencyReturn, pk)
    form = TokenForm(request.POST)
    if not form.is_valid():
        raise AlreadyDone("The page was too old.")
    try:
        actions.chase(opened, by=request.by, token=form.cleaned_data["token"])
    except AlreadySubmitted as done:
        return _to_the_first(done)
    messages.success(request, f"{opened.request.agency} will be reminded")
    _tell(opened.request, request)
    return redirect(opened)
