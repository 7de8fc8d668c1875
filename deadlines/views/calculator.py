"""The public calculator: the same answer as the `due` command, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import AnyRequest
from deadlines.forms import CalculatorForm
from deadlines.presenter import account, deed_words, edition_words, sentence, weekday_and_date
from deadlines.register import Register
from deadlines.statutory import WorkedOut, alternatives
from govuk.rows import Row


@login_not_required
@require_safe
def calculator(request: AnyRequest) -> HttpResponse:
    """Work out a due date, with the alternatives beside it and the day-by-day account."""
    register = Register.read()
    form = CalculatorForm(request.GET if "limit" in request.GET else None, register=register)
    context: dict[str, object] = {"form": form}
    if form.is_bound and form.is_valid() and form.worked_out:
        worked = form.worked_out
        late = form.cleaned_data["after_5pm"]
        others = alternatives(
            worked.limit, worked.counted_from, register.calendar, worked.convention, after_cut_off=late
        )
        context |= {
            "answer": weekday_and_date(worked.due_on),
            "deed": deed_words(worked.limit.kind),
            "limit": worked.limit,
            "facts": _facts(worked, after_5pm=late),
            "cautions": worked.cautions,
            "days": account(worked),
            "others": [(other.convention, _way(other), weekday_and_date(other.due_on)) for other in others],
        }
    return render(request, "deadlines/calculator.html", context)


def _way(worked: WorkedOut) -> str:
    return str(worked.limit.way(worked.convention))


def _facts(worked: WorkedOut, *, after_5pm: bool) -> list[Row]:
    limit = worked.limit
    return [
        Row(
            "Counted from",
            [
                f"{weekday_and_date(worked.counted_from)}{', after 5pm' if after_5pm else ''}",
                f"The day {limit.under(worked.convention).trigger}",
            ],
        ),
        Row("Way of counting", [worked.convention, _way(worked)]),
        Row("Until", sentence(worked.due_by)),
        Row("Stops when", sentence(limit.stop)),
        Row("Owed by", sentence(limit.owed_by)),
        Row("Edition", edition_words(limit.edition)),
        Row("Authority", limit.authority),
        Row("How sure we are", sentence(limit.confidence)),
    ]
