"""The page of one clock, and the ledger of all the clocks of a case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from accounts.standing import Standing
from audit.access import open_part
from cases.models import Case
from cases.panel import Doing
from deadlines import actions, elsewhere, rights
from deadlines.ledger import ledger as ledger_of
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import weekday_and_date


@require_safe
def explanation(request: PersonRequest, pk: int) -> HttpResponse:
    """How was this date worked out?"""
    deadline = open_part(request, Deadline, pk)
    found = ledger_of(deadline, on=request.by.today, calendar=BankHoliday.objects.calendar())
    return render(
        request,
        "deadlines/explanation.html",
        {"deadline": deadline, "ledger": found, "doings": _doings(deadline, request.by)},
    )


def _doings(clock: Deadline, by: Standing) -> list[Doing]:
    """What this person may do about the clock, each on a page of its own."""
    offered = (
        ("Correct the day it is counted from", "correct", rights.CORRECT, actions.may_be_corrected),
        ("Record that a delay was explained", "delay", rights.EXPLAIN, actions.may_be_explained),
        ("Say why it was late", "lateness", rights.EXPLAIN_LATENESS, actions.owes_a_reason),
        ("Apply the working plan", "apply_plan", rights.APPLY_PLAN, actions.may_be_planned),
        ("Record this step as done", "finish_step", rights.APPLY_PLAN, actions.is_step),
        ("Count by another edition", "edition", rights.REPIN, actions.may_be_repinned),
        ("Say that it does not apply", "applies", rights.APPLIES, actions.may_not_apply),
        ("Say that it applies after all", "applies", rights.APPLIES, actions.may_apply_again),
    )
    return elsewhere.leads_to(clock, by) + [
        Doing(words, reverse(f"deadlines:{name}", args=[clock.pk]))
        for words, name, right, fits in offered
        if fits(clock) and right.allows(by, clock)
    ]


@require_safe
def ledger(request: PersonRequest, pk: int) -> HttpResponse:
    """Every clock of a case with its account, to be read or printed with the papers of the case."""
    case = open_part(request, Case, pk, verb="clocks read")
    calendar = BankHoliday.objects.calendar()
    found = Deadline.objects.visible_to(request.by).of_case(case).select_related("limit", "owed_by_agency", "case")
    # What the law and the guidance ask first, then the partnership's own steps.
    clocks = sorted(found, key=lambda clock: not clock.time_limit.statutory)
    return render(
        request,
        "deadlines/ledger.html",
        {
            "case": case,
            "today": weekday_and_date(request.by.today),
            "ledgers": [ledger_of(clock, on=request.by.today, calendar=calendar) for clock in clocks],
        },
    )
