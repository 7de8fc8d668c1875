"""Taking the figures of timeliness away."""

from __future__ import annotations

from django.db import transaction

from accounts.standing import Standing
from audit.events import record
from audit.models import Trail
from caseload import rights
from caseload.timeliness import QUARTERS, duties
from documents.spreadsheet import Spreadsheet, write_csv

COLUMNS = (
    ("code", lambda row: row[0].code),
    ("duty", lambda row: row[0].title),
    ("quarter", lambda row: QUARTERS[row[1]]),
    ("due", lambda row: row[2].due),
    ("in_time", lambda row: row[2].in_time),
    ("late", lambda row: row[2].late),
    ("still_owed", lambda row: row[2].owed),
    ("median_missed_by", lambda row: row[2].typical),
    ("longest_missed_by", lambda row: row[2].longest),
)


@transaction.atomic
def export_timeliness(year: int, *, by: Standing) -> Spreadsheet:
    """The figures of a reporting year as CSV: counts only, no case and no reason. Raises NotPermitted."""
    rights.SEE_STATISTICS.require(by)
    rows = [(duty, number, tally) for duty in duties(year, on=by.today) for number, tally in enumerate(duty.quarters)]
    sheet = write_csv(COLUMNS, rows)
    record(Trail.of_the_house(), "timeliness exported", by=by, subject=f"timeliness:{year}", reading=True)
    return sheet
