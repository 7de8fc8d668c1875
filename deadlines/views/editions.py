"""The editions of the guidance: read, added on a page or from a file after a look ahead, and taken away as a file."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import PersonRequest
from accounts.standing import Standing
from audit.events import AlreadySubmitted, record
from audit.models import Trail
from deadlines import actions, rights
from deadlines.actions.editions import Difference, Plan, Recount
from deadlines.editions import Edition, NotAnEdition, read, written
from deadlines.forms import AddEditionForm, ConfirmEditionsForm, ImportForm, edition_from
from deadlines.models import Deadline
from deadlines.presenter import edition_words, sentence, short_date
from deadlines.working_days import long_date

DOING = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def editions(request: PersonRequest) -> HttpResponse:
    """Every edition with its limits, the latest first."""
    rights.EDITIONS.require(request.by)
    shown = [
        (
            edition,
            edition_words(edition.name),
            long_date(edition.in_force_from),
            [
                (limit.code, limit.title, _amount(limit.amount, limit.unit), limit.convention)
                for limit in edition.limits
            ],
        )
        for edition in reversed(actions.the_set())
    ]
    return render(request, "deadlines/editions.html", {"editions": shown})


@require_safe
def export_editions(request: PersonRequest) -> HttpResponse:
    """The whole set as a file."""
    rights.EDITIONS.require(request.by)
    record(Trail.of_the_house(), "editions of the guidance exported", by=request.by, reading=True)
    answer = HttpResponse(written(actions.the_set()), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="editions-of-the-guidance.json"'
    return answer


@DOING
def add_edition(request: PersonRequest) -> HttpResponse:
    """A later edition or a local variant, beginning with what the edition before it says."""
    rights.EDITIONS.require(request.by)
    known = {edition.name: edition for edition in actions.the_set()}
    base = known.get(request.GET.get("base", "")) or list(known.values())[-1]
    form = AddEditionForm(request.POST or None, base=base, names=set(known))
    if request.method == "POST" and form.is_valid():
        made = edition_from(base, form.cleaned_data)
        try:
            text = written([made])
            return _look_ahead(request, text, actions.plan_of(read(text)))
        except NotAnEdition as no:
            form.add_error(None, str(no))
    bases = [(name, edition_words(name)) for name in known if name != base.name]
    return render(
        request,
        "deadlines/add_edition.html",
        {"form": form, "base": edition_words(base.name), "bases": bases},
    )


@DOING
def import_editions(request: PersonRequest) -> HttpResponse:
    """From a file: first what it would change is shown, then it is done."""
    rights.EDITIONS.require(request.by)
    if "document" in request.POST:
        return _confirmed(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            return _look_ahead(request, text, actions.plan_of(read(text)))
        except NotAnEdition as no:
            form.add_error("file", str(no))
    return render(request, "deadlines/import_editions.html", {"form": form})


def _confirmed(request: PersonRequest) -> HttpResponse:
    form = ConfirmEditionsForm(request.POST)
    if not form.is_valid():
        return redirect("deadlines:import_editions")
    try:
        plan = actions.add_editions(form.cleaned_data["document"], by=request.by, token=form.cleaned_data["token"])
    except AlreadySubmitted:
        return redirect("deadlines:editions")
    except NotAnEdition as no:
        refused = ImportForm()
        return render(request, "deadlines/import_editions.html", {"form": refused, "refused": str(no)}, status=409)
    names = " and ".join(new.edition.name for new in plan.new)
    messages.success(request, f"{names} was added. Clocks that run have not changed.")
    return redirect("deadlines:editions")


def _look_ahead(request: PersonRequest, text: str, plan: Plan) -> HttpResponse:
    return render(
        request,
        "deadlines/preview_editions.html",
        {
            "form": ConfirmEditionsForm(initial={"document": text}),
            "there": plan.there,
            "new": [
                (
                    new.edition,
                    long_date(new.edition.in_force_from),
                    _differences(new.edition, new.differences),
                    *_clocks(new.clocks, request.by),
                )
                for new in plan.new
            ],
        },
    )


def _clocks(clocks: tuple[Recount, ...], by: Standing) -> tuple[list[tuple[Deadline, str, str, str]], int, int]:
    """The clocks of its days that the edition counts differently; how many it counts the same; how many are unseen."""
    seen = set(
        Deadline.objects.visible_to(by).filter(pk__in=[row.deadline.pk for row in clocks]).values_list("pk", flat=True)
    )
    shown = [
        (
            row.deadline,
            row.deadline.case.reference if row.deadline.case else "No case",
            short_date(row.deadline.due_on) if row.deadline.due_on else "Not worked out",
            short_date(row.becomes) if row.becomes else "Not worked out",
        )
        for row in clocks
        if row.deadline.pk in seen and row.becomes != row.deadline.due_on
    ]
    return shown, len(seen) - len(shown), len(clocks) - len(seen)


def _differences(edition: Edition, differences: tuple[Difference, ...]) -> list[tuple[str, str, str, str]]:
    units = {limit.code: str(limit.unit) for limit in edition.limits}
    # Where the unit is another one too, it has a line of its own.
    changed = {difference.code for difference in differences if difference.fact == "unit"}
    return [
        _difference(one, "" if one.fact != "amount" or one.code in changed else units[one.code]) for one in differences
    ]


def _difference(difference: Difference, unit: str) -> tuple[str, str, str, str]:
    def words(value: object) -> str:
        if unit and isinstance(value, int):
            return _amount(value, unit)
        if isinstance(value, tuple):
            return ", ".join(getattr(one, "name", None) or str(one) for one in value) or "none"
        return "none" if value in (None, "") else str(value).replace("_", " ")

    return (
        difference.code,
        sentence(difference.fact.replace("_", " ")),
        words(difference.was),
        words(difference.becomes),
    )


def _amount(amount: int, unit: str) -> str:
    if unit == "none":
        return "No date of its own"
    if unit == "end_of_month":
        return f"End of month {amount}"
    return f"{amount} {unit.replace('_', ' ')}"
