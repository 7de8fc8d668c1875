"""The page of one clock."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import PersonRequest
from audit.access import open_part
from deadlines.explanation import explanation as account_of
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import account, facts_of, shown


@require_safe
def explanation(request: PersonRequest, pk: int) -> HttpResponse:
    """How was this date worked out?"""
    deadline = open_part(request, Deadline, pk)
    calendar = BankHoliday.objects.calendar()
    found = account_of(deadline, calendar=calendar)
    return render(
        request,
        "deadlines/explanation.html",
        {
            "deadline": deadline,
            "clock": shown(deadline, on=request.by.today, calendar=calendar),
            "facts": facts_of(deadline, deadline.state(on=request.by.today, calendar=calendar)),
            "explanation": found,
            "cautions": found.worked_out.cautions if found.worked_out else (),
            "days": account(found.worked_out) if found.worked_out else (),
            "secondary_days": account(found.secondary) if found.secondary else (),
        },
    )
