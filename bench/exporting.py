"""P11 and P12: the return to the national body."""

from __future__ import annotations

import csv
import io
import os
import resource
import tempfile
from datetime import date, timedelta

from django.db import connection, connections

from bench.building import SINCE, Built
from bench.findings import Finding, Gate
from bench.measuring import side_by_side
from caseload.returns.actions import export_return
from documents.spreadsheet import Spreadsheet
from notifications.incident.models import FrozenContent, Notification

_ROWS = """
SELECT c.reference, n.sent_at, f.content
FROM incident_notification n
JOIN cases_case c ON c.id = n.case_id
JOIN incident_frozencontent f ON f.notification_id = n.id
WHERE n.status = 'sent' AND n.sent_at >= %s ORDER BY c.reference, n.occasion
"""
MEGABYTE = 1024


def measure(built: Built) -> tuple[list[Finding], str]:
    """The return as CSV over all years, as XLSX and JSON over two, beside reading and writing the same cells barely.

    Also a sentence about the memory it takes.
    """
    ever, lately = SINCE, built.today - timedelta(days=730)
    cells = _cells(_export(built, ever, "csv"))
    _check(cells, ever)
    assert _export(built, ever, "csv").sha256 == _export(built, ever, "csv").sha256, "the same rows, other bytes"
    lately_cells = _cells(_export(built, lately, "csv"))
    whole = side_by_side(
        {"CSV, all years": lambda: _export(built, ever, "csv"), "bare rows and csv.writer": lambda: _bare(ever, cells)},
        rounds=5,
    )
    part = side_by_side(
        {
            "XLSX, two years": lambda: _export(built, lately, "xlsx"),
            "JSON, two years": lambda: _export(built, lately, "json"),
            "bare rows and csv.writer": lambda: _bare(lately, lately_cells),
        },
        rounds=5,
    )
    bare = "bare rows and csv.writer"
    return [
        Finding.of("P12 export", whole, "CSV, all years", bare, Gate(15)),
        Finding.of("P11 export", part, "XLSX, two years", bare, Gate(40)),
        Finding.of("P11 export", part, "JSON, two years", bare, Gate(20)),
    ], _memory(built, ever, len(cells) - 1)


def _export(built: Built, start: date, file_format: str) -> Spreadsheet:
    return export_return(start, built.today, file_format, by=built.by("coordinator"), recipient="The Panel")


def _cells(sheet: Spreadsheet) -> list[list[str]]:
    return list(csv.reader(io.TextIOWrapper(sheet.file, encoding="utf-8-sig", newline="")))


def _bare(start: date, cells: list[list[str]]) -> None:
    """One query, and the finished cells through csv.writer into a file."""
    with tempfile.SpooledTemporaryFile(max_size=2 * 1024 * 1024) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)  # type: ignore[type-var]
        writer = csv.writer(text)
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, [start])
            for _, ready in zip(cursor, cells[1:], strict=False):
                writer.writerow(ready)
        text.detach()


def _check(cells: list[list[str]], start: date) -> None:
    """Which children, in which order, and what the notification said of them."""
    headings = cells[0]
    wanted = [headings.index(name) for name in ("case_ref", "sin_ref", "age_years", "sex", "neglect")]
    found = [tuple(row[place] for place in wanted) for row in cells[1:]]
    sent = [row for row in Notification.objects.select_related("case") if row.is_sent and row.sent_at]
    sent.sort(key=lambda row: (row.case.reference, row.occasion))
    contents = {row.notification_id: row.content for row in FrozenContent.objects.order_by("number")}
    expected = [
        (
            row.case.reference,
            contents[row.pk]["sent_reference"],
            str(child["answers"].get("age_years", "")),
            child["answers"].get("sex", ""),
            "yes" if "neglect" in (contents[row.pk]["sections"]["incident"].get("abuse") or []) else "no",
        )
        for row in sent
        for child in contents[row.pk]["children"]
    ]
    assert found == expected, "the export is not what a naive reading of the notifications gives"


def _memory(built: Built, start: date, rows: int) -> str:
    """How much a process of its own grows while it exports everything."""
    connections.close_all()  # or both processes would speak through one connection
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _export(built, start, "csv")
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writer, str(grown // MEGABYTE).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as said:
        return f"The export of {rows:,} rows as CSV takes {said.read()} MB of memory beside what the process had."
