"""Returns to the national body."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from caseload import rights
from caseload.forms import ExportForm
from caseload.models import ReturnExport
from caseload.returns.actions import export_return
from caseload.returns.columns import COLUMNS, reporting_year
from documents.serve import attachment


def _page(request, form, status=200):
    log = ReturnExport.objects.visible_to(request.by).select_related("exported_by")
    page = Paginator(log, 25).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "columns": [heading for heading, _ in COLUMNS]}
    return render(request, "caseload/returns.html", context, status=status)


@require_GET
def listing(request):
    """What can be exported, and the log of what was."""
    rights.EXPORT_RETURNS.require(request.by)
    return _page(request, ExportForm(by=request.by))


@require_POST
def export(request):
    """The file itself."""
    rights.EXPORT_RETURNS.require(request.by)
    form = ExportForm(request.POST, by=request.by)
    if not form.is_valid():
        return _page(request, form)
    said = form.cleaned_data
    sheet = export_return(
        said["sent_from"], said["sent_until"], said["format"], by=request.by, recipient=said["recipient"]
    )
    name = f"OFFICIAL-SENSITIVE panel return {reporting_year(said['sent_until'])}.{sheet.ending}"
    return attachment(sheet.file, name)
