"""The bank holidays the clocks are counted by: read by those who may change them, and changed with a look ahead."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from accounts.standing import Standing
from audit.events import AlreadySubmitted
from audit.lifecycle import AlreadyDone
from deadlines import actions, rights
from deadlines.actions import Move
from deadlines.bank_holidays import SOURCE
from deadlines.changes import changes_of_the_calendar
from deadlines.checks import runs_out
from deadlines.forms import BankHolidayForm, DeclareYearForm, RemoveBankHolidayForm
from deadlines.models import BankHoliday, Deadline, KnownYear
from deadlines.presenter import days, sentence, short_date, weekday_and_date
from deadlines.working_days import SATURDAY
from govuk.words import date_in_words


@require_safe
def bank_holidays(request: PersonRequest) -> HttpResponse:
    """Every bank holiday, year by year, the latest year first."""
    rights.BANK_HOLIDAYS.require(request.by)
    last = KnownYear.last() or 0
    years: dict[int, list[tuple[BankHoliday, str, str]]] = {}
    for row in BankHoliday.objects.order_by("-date__year", "date"):
        years.setdefault(row.date.year, []).append(
            (row, short_date(row.date), "" if row.source == SOURCE else row.source)
        )
    return render(
        request,
        "deadlines/bank_holidays.html",
        {
            "years": [
                (year, rows, year > last, year == last + 1, year < request.by.today.year)
                for year, rows in years.items()
            ],
            "last": last,
            "changes": [
                (sentence(change.what), change.who, date_in_words(change.at), change.why, _moved(change.moved))
                for change in changes_of_the_calendar()
            ],
            "warnings": [warning.msg for warning in runs_out(last, on=request.by.today)],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_bank_holiday(request: PersonRequest) -> HttpResponse:
    """Enter one: first what would move is shown, then it is done."""
    rights.BANK_HOLIDAYS.require(request.by)
    form = BankHolidayForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "deadlines/add_bank_holiday.html", {"form": form})
    said = form.cleaned_data
    if not said["confirmed"]:
        moves = actions.preview_adding(said["date"], said["name"])
        context = {"said": said, "day": weekday_and_date(said["date"]), **_moves(moves, request.by)}
        return render(request, "deadlines/preview_adding.html", context)
    try:
        moved = actions.add_bank_holiday(
            said["date"], said["name"], by=request.by, source=said["source"], token=said["token"]
        )
    except AlreadySubmitted:
        return redirect("deadlines:bank_holidays")
    except actions.AlreadyEntered as no:
        # Somebody else entered it since this form was read.
        form.add_error("date", str(no).rstrip("."))
        return render(request, "deadlines/add_bank_holiday.html", {"form": form}, status=409)
    messages.success(request, f"{said['name']} was added and {_moved(len(moved))}.")
    return redirect("deadlines:bank_holidays")


@require_http_methods(["GET", "HEAD", "POST"])
def remove_bank_holiday(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one out; the page shows what would move."""
    rights.BANK_HOLIDAYS.require(request.by)
    row = BankHoliday.objects.filter(pk=pk).first()
    if row is None:
        if request.method == "POST":
            raise AlreadyDone("This bank holiday has been removed already.")
        raise Http404("There is no such bank holiday.")
    form = RemoveBankHolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = actions.remove_bank_holiday(
            row, by=request.by, reason=form.cleaned_data["reason"], token=form.cleaned_data["token"]
        )
        messages.success(request, f"{row.name} was removed and {_moved(len(moved))}.")
        return redirect("deadlines:bank_holidays")
    context = {
        "form": form,
        "row": row,
        "day": weekday_and_date(row.date),
        "frees_a_day": row.date.weekday() < SATURDAY,
    }
    return render(
        request,
        "deadlines/remove_bank_holiday.html",
        context | _moves(actions.preview_removing(row.date), request.by),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def declare_year(request: PersonRequest, year: int) -> HttpResponse:
    """Say that a year is complete, so that dates may be counted into it."""
    rights.BANK_HOLIDAYS.require(request.by)
    rows = BankHoliday.objects.filter(date__year=year)
    last = KnownYear.last() or 0
    if request.method == "POST" and year <= last:
        return redirect("deadlines:bank_holidays")
    if year != last + 1 or not rows:
        raise Http404("That year cannot be declared complete.")
    form = DeclareYearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        moved = actions.declare_year(year, by=request.by, token=form.cleaned_data["token"])
        messages.success(request, f"Dates can now be counted to the end of {year}, and {_moved(len(moved))}.")
        return redirect("deadlines:bank_holidays")
    listed = [(row, weekday_and_date(row.date)) for row in rows]
    waiting = Deadline.objects.not_worked_out().count()
    return render(
        request, "deadlines/declare_year.html", {"form": form, "year": year, "rows": listed, "waiting": waiting}
    )


def _moved(count: int) -> str:
    return f"{days(count, 'due date')} moved" if count else "no due date moved"


def _moves(moves: list[Move], by: Standing) -> dict[str, object]:
    """The moves of clocks this person may see, and how many others there are."""
    asked = [move.deadline.pk for move in moves]
    seen = set(Deadline.objects.visible_to(by).filter(pk__in=asked).values_list("pk", flat=True))
    return {
        "count": days(len(moves), "open due date") if moves else "No open due date",
        "moves": [
            (
                move.deadline.case.reference if move.deadline.case else "No case",
                move.deadline.code,
                short_date(move.was) if move.was else "Not worked out",
                short_date(move.becomes) if move.becomes else "Not worked out",
            )
            for move in moves
            if move.deadline.pk in seen
        ],
        "unseen": len(moves) - len(seen),
    }
