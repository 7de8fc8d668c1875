"""How often duties were met in time."""

from __future__ import annotations

from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseload import rights
from caseload.actions import export_timeliness
from caseload.chart import chart_of
from caseload.timeliness import QUARTERS, duties, reasons, total, year_of
from documents.serve import attachment

FIRST_YEAR, LAST_YEAR = 2018, 2098


def _year(request) -> int:
    asked = request.GET.get("year", "")
    if asked.isdecimal() and len(asked) == len("2026") and FIRST_YEAR <= int(asked) <= LAST_YEAR:
        return int(asked)
    return year_of(request.by.today)


@require_GET
def timeliness(request):
    """Each duty of a reporting year by quarter: in time, late, still owed, by how much, and why."""
    rights.SEE_STATISTICS.require(request.by)
    year = _year(request)
    found = duties(year, on=request.by.today)
    chosen = next((duty for duty in found if duty.code == request.GET.get("duty", "")), None)
    shown = (
        chosen.quarters
        if chosen
        else tuple(total(column) for column in zip(*(duty.quarters for duty in found), strict=True))
    )
    return render(
        request,
        "caseload/timeliness.html",
        {
            "year": f"{year} to {year + 1}",
            "first_year": year,
            "earlier": year - 1,
            "later": year + 1,
            "duties": found,
            "chosen": chosen,
            "quarters": list(zip(QUARTERS, shown, strict=False)),
            "whole": total(shown),
            "chart": chart_of(shown) if shown else None,
            "reasons": reasons(year, by=request.by) if request.by.holds(*rights.READ_REASONS) else [],
            "reads_reasons": request.by.holds(*rights.READ_REASONS),
        },
    )


@require_GET
def timeliness_csv(request):
    """The same numbers as a file: one line for each duty and quarter."""
    rights.SEE_STATISTICS.require(request.by)
    year = _year(request)
    sheet = export_timeliness(year, by=request.by)
    return attachment(sheet.file, f"timeliness {year}-{(year + 1) % 100:02d}.csv")
