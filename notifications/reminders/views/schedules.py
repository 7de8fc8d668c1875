"""When people are reminded, and what would be sent on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as banners
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import PersonRequest
from accounts.roles import Role
from audit.lifecycle import StaleEdit
from deadlines.models import BankHoliday, Limit
from deadlines.statutory import Kind
from deadlines.working_days import ONE_DAY, BeyondKnownHolidays, long_date
from notifications.reminders import actions, rights
from notifications.reminders.foresee import Ahead
from notifications.reminders.foresee import ahead as look_ahead
from notifications.reminders.forms import ForeseeForm, ScheduleForm
from notifications.reminders.models import LimitSchedule
from notifications.reminders.schedule import BY_LIMIT, LADDER, OTHERS, Plan, Rung, told_on

# How the schedule of every limit without its own is named in an address.
ALL_OTHERS = "others"
NO_DAY = "That day is beyond the bank holidays that have been entered."


@dataclass(frozen=True)
class Line:
    """One row of the list of schedules."""

    code: str
    title: str
    url: str
    owner: str
    ladder: list[str]
    is_chosen: bool


@require_safe
def schedules(request: PersonRequest):
    """Every time limit with when its owner is reminded and when it is passed up."""
    rights.SCHEDULE.require(request.by)
    plans, limits = LimitSchedule.plans(), _limits()
    lines = [
        Line(
            code,
            title,
            reverse("reminders:schedule", args=[code or ALL_OTHERS]),
            _owner_words(plan := _plan_in_force(code, plans, limits.get(code))),
            _ladder_words(plan),
            code in plans,
        )
        for code, title in [
            *((code, limit.title) for code, limit in limits.items()),
            (OTHERS, "Every other time limit, and the steps of a working plan"),
        ]
    ]
    return render(request, "reminders/schedules.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request: PersonRequest, code: str):
    """Change one schedule, after a look at what the change would send."""
    rights.SCHEDULE.require(request.by)
    code, title = _named(code)
    row = LimitSchedule.objects.filter(code=code).first()
    plans = LimitSchedule.plans()
    initial = ScheduleForm.initial_of(_plan_in_force(code, plans, _limits().get(code)), row.version if row else 0)
    form = ScheduleForm(request.POST or None, initial=initial)
    day_form = ForeseeForm(
        request.POST if "look" in request.POST else None, initial={"day": _next_day(request.by.today)}
    )
    day_form.fields["day"].label = "Day to look at"
    found: Ahead | None = None
    stale: Plan | None = None
    if request.method == "POST" and form.is_valid():
        if "look" in request.POST:
            if day_form.is_valid():
                found = _looked(request, day_form, plans, plans | {code: form.plan})
        else:
            try:
                actions.change_schedule(
                    code, by=request.by, seen_version=form.cleaned_data["seen_version"] or 0, **form.facts()
                )
            except StaleEdit:
                theirs = LimitSchedule.objects.get(code=code)
                stale = theirs.plan
                form.data = {**request.POST.dict(), "seen_version": theirs.version}
            else:
                banners.success(request, f"Reminders have been changed: {title}")
                return redirect("reminders:schedules")
    return render(
        request,
        "reminders/schedule.html",
        {
            "form": form,
            "day_form": day_form,
            "forms": [form, day_form],
            "title": title,
            "code": code or ALL_OTHERS,
            "is_chosen": row is not None,
            "ladder": _who_climbs(code),
            "found": found,
            "stale": stale and [_owner_words(stale), *_ladder_words(stale)],
        },
    )


@require_POST
def forget_schedule(request: PersonRequest, code: str):
    rights.SCHEDULE.require(request.by)
    code, title = _named(code)
    row = LimitSchedule.objects.filter(code=code).first()
    if row is None:
        raise Http404("It is as shipped.")
    actions.forget_schedule(row, by=request.by)
    banners.success(request, f"Reminders are as they came: {title}")
    return redirect("reminders:schedules")


@require_safe
def ahead(request: PersonRequest):
    """What would be sent on a day, to whom. Sends nothing, writes nothing."""
    rights.FORESEE.require(request.by)
    form = ForeseeForm(request.GET if request.GET else None, initial={"day": _next_day(request.by.today)})
    found = None
    if form.is_bound and form.is_valid():
        found = _looked(request, form, LimitSchedule.plans())
    return render(request, "reminders/ahead.html", {"form": form, "found": found})


def _looked(request: PersonRequest, form: ForeseeForm, plans: dict[str, Plan], proposed: Any = None) -> Ahead | None:
    day = form.cleaned_data["day"]
    if day < request.by.today:
        form.add_error("day", f"Day must be today or later: today is {long_date(request.by.today)}")
        return None
    try:
        return look_ahead(day, by=request.by, plans=plans, proposed=proposed)
    except BeyondKnownHolidays:
        form.add_error("day", NO_DAY)
        return None


def _next_day(today):
    try:
        return BankHoliday.objects.calendar().working_day_on_or_after(today + ONE_DAY)
    except BeyondKnownHolidays:
        return today


def _limits() -> dict[str, Limit]:
    """Code -> the newest edition: the limits of the guidance first, then the steps of the working plan."""
    newest = {row.code: row for row in Limit.objects.order_by("in_force_from")}
    return dict(sorted(newest.items(), key=lambda pair: (not pair[1].code.startswith("T"), pair[0])))


def _plan_in_force(code: str, plans: dict[str, Plan], limit: Limit | None) -> Plan:
    """What is done now. As shipped, only a statutory duty with a due date climbs the ladder."""
    plan = LimitSchedule.plan_for(code, plans)
    chosen = code in plans or (OTHERS in plans and code not in BY_LIMIT)
    if limit is None or chosen or (limit.statutory and limit.kind == Kind.DUE):
        return plan
    return Plan(plan.days)


def _named(code: str) -> tuple[str, str]:
    if code == ALL_OTHERS:
        return OTHERS, "every other time limit"
    limit = _limits().get(code)
    if limit is None:
        raise Http404("There is no such time limit.")
    return code, f"{code} {limit.title}"


def _owner_words(plan: Plan) -> str:
    before = [str(day) for day in plan.days if day > 0]
    after = [str(-day) for day in plan.days if day < 0]
    parts = []
    if before:
        parts.append(f"{_and(before)} before")
    if 0 in plan.days:
        parts.append("on the day")
    if after:
        parts.append(f"{_and(after)} after")
    return ", ".join(parts)


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _ladder_words(plan: Plan) -> list[str]:
    return [f"{rung.label}: after {after}" for rung in LADDER if (after := getattr(plan, rung.value)) is not None]


def _who_climbs(code: str) -> list[tuple[str, str]]:
    """Each rung, and who stands on it for this limit."""
    row = _limits().get(code)
    if row is None or row.owed_by_role not in Role.values:
        return []
    rungs = [(Rung.OWNER.label, str(Role(row.owed_by_role).label))]
    return rungs + [(rung.label, str(Role(told_on(rung, row.owed_by_role)[0]).label)) for rung in LADDER]
