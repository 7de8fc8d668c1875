"""The partnership's own working plan: read and changed, applied to a case, and its steps done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import PersonRequest
from audit.access import open_part
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone, StaleEdit
from deadlines import actions, rights
from deadlines.forms import ApplyPlanForm, FinishStepForm, WorkingPlanForm
from deadlines.models import BankHoliday, Deadline, Limit
from deadlines.presenter import sentence, short_date
from deadlines.statutory import due_on
from deadlines.working_days import BeyondKnownHolidays, Calendar

from .doing import do

DOING = require_http_methods(["GET", "HEAD", "POST"])


@DOING
def working_plan(request: PersonRequest) -> HttpResponse:
    """The template of the plan. Changing it changes nothing that was applied."""
    rights.CHANGE_PLAN.require(request.by)
    form = WorkingPlanForm(request.POST or None, plan=Limit.objects.working_plan())
    stands: list[Limit] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.change_plan(said["steps"], by=request.by, seen=said["seen"], token=said["token"])
        except AlreadySubmitted:
            return redirect("deadlines:working_plan")
        except StaleEdit:
            # What was typed stays; saving again counts as having seen the plan that stands now.
            stands = Limit.objects.working_plan()
            form.data = {**request.POST.dict(), "seen": stands[0].edition}
        except actions.NotAPlan as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, "The plan was changed. Cases it was applied to keep theirs.")
            return redirect("deadlines:working_plan")
    return render(
        request,
        "deadlines/working_plan.html",
        {"form": form, "stands": [(row.amount, row.title, sentence(row.owed_by)) for row in stands]},
        status=409 if stands else 200,
    )


@DOING
def apply_plan(request: PersonRequest, pk: int) -> HttpResponse:
    """Make the steps internal deadlines of the case, after a look at their days."""
    clock = open_part(request, Deadline, pk)
    rights.APPLY_PLAN.require(request.by, clock)
    if request.method != "POST" and not actions.may_be_planned(clock):
        raise AlreadyDone("The working plan cannot be applied to this clock.")
    calendar = BankHoliday.objects.calendar()
    return do(
        request,
        clock,
        ApplyPlanForm(request.POST or None),
        lambda said: actions.apply_plan(clock, by=request.by, token=said["token"]),
        title="Apply the working plan",
        said="The steps of the plan are deadlines of the case now, marked as local.",
        intro="These are the partnership's own steps. They are no statutory dates, and move none.",
        refused={},
        steps=[
            (row.title, row.amount, _day(row, clock, calendar), sentence(row.owed_by))
            for row in Limit.objects.working_plan()
        ],
    )


def _day(row: Limit, clock: Deadline, calendar: Calendar) -> str:
    try:
        return short_date(due_on(row.as_time_limit(), clock.counted_from, calendar))
    except BeyondKnownHolidays:
        return "Not worked out"


@DOING
def finish_step(request: PersonRequest, pk: int) -> HttpResponse:
    """Record that a step of the plan was done."""
    clock = open_part(request, Deadline, pk)
    rights.APPLY_PLAN.require(request.by, clock)
    if request.method != "POST" and not actions.is_step(clock):
        raise AlreadyDone("This step is not open.")
    return do(
        request,
        clock,
        FinishStepForm(request.POST or None, today=request.by.today),
        lambda said: actions.finish_step(clock, said["done_on"], by=request.by, token=said["token"]),
        title="Record this step as done",
        said="The step was recorded as done.",
        refused={},
    )
