"""Exporting the return."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.models import Trail
from caseload import rights
from caseload.models import ReturnExport
from documents.spreadsheet import Spreadsheet, write_csv, write_json, write_xlsx

from .columns import COLUMNS
from .rows import rows_between

WRITERS = {
    ReturnExport.Format.CSV: write_csv,
    ReturnExport.Format.XLSX: write_xlsx,
    ReturnExport.Format.JSON: write_json,
}


@transaction.atomic
def export_return(start: date, end: date, file_format: str, *, by: Standing, recipient: str) -> Spreadsheet:
    """Write the return of the notifications sent between two London dates, and log who took what.

    The same rows give the same bytes. Raises NotPermitted.
    """
    rights.EXPORT_RETURNS.require(by)
    hold(Trail.of_the_house())
    sheet = WRITERS[ReturnExport.Format(file_format)](COLUMNS, rows_between(start, end, by=by))
    logged = ReturnExport.objects.create(
        exported_by=by.user,
        exported_at=by.at,
        sent_from=start,
        sent_until=end,
        recipient=recipient,
        format=file_format,
        rows=sheet.rows,
        sha256=sheet.sha256,
    )
    record(Trail.of_the_house(), "return exported", by=by, subject=logged, changed=[sheet.sha256], reading=True)
    return sheet
