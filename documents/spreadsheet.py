"""Tables for other programs: CSV, Excel and JSON. Identical input gives identical bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

Column = tuple[str, Callable[[Any], Any]]
# What a spreadsheet program takes for the beginning of a formula, in the wide forms too.
_FORMULA = re.compile(r"^[\s\x00-\x1f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_767
_CUT = " [cut here: the CSV file has the whole text]"
_IN_MEMORY = 2 * 1024 * 1024


@dataclass(frozen=True)
class Spreadsheet:
    """A finished file, at its beginning. `rows` does not count the headings."""

    file: IO[bytes]
    rows: int
    sha256: str
    size: int
    ending: str
    content_type: str


def write_csv(columns: Sequence[Column], rows: Iterable[Any]) -> Spreadsheet:
    """CSV in UTF-8 with its mark, as Excel wants it. Text that begins like a formula gets a ' before it."""
    file = _temporary()
    text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_guarded(heading) for heading, _ in columns])
    count = 0
    for row in rows:
        writer.writerow([_guarded(read(row)) for _, read in columns])
        count += 1
    text.detach()
    return _finished(file, count, "csv", "text/csv")


def write_xlsx(columns: Sequence[Column], rows: Iterable[Any], *, sheet: str = "Table") -> Spreadsheet:
    """An Excel workbook of one sheet. Text is always text, never a formula, a link or a number."""
    file = _temporary()
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    # The time of writing would make two exports of the same rows differ.
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    page = book.add_worksheet(sheet[:31])
    bold = book.add_format({"bold": True})
    page.freeze_panes(1, 0)
    for place, (heading, _) in enumerate(columns):
        page.write_string(0, place, _cell(heading), bold)
        page.set_column(place, place, min(max(len(heading) + 2, 10), 40))
    count = 0
    for row in rows:
        count += 1
        for place, (_, read) in enumerate(columns):
            value = _plain(read(row))
            if isinstance(value, int | float):
                page.write_number(count, place, value)
            elif value:
                page.write_string(count, place, _cell(value))
    book.close()
    return _finished(file, count, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def write_json(columns: Sequence[Column], rows: Iterable[Any]) -> Spreadsheet:
    """A list of objects keyed by heading. Dates are ISO 8601; nothing else is changed."""
    file = _temporary()
    count = 0
    file.write(b"[")
    for row in rows:
        named = {heading: _json(read(row)) for heading, read in columns}
        file.write((b",\n" if count else b"\n") + json.dumps(named, ensure_ascii=True).encode())
        count += 1
    file.write(b"\n]\n")
    return _finished(file, count, "json", "application/json")


def _temporary() -> Any:
    # Not closed here: whoever sends it closes it.
    return tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)


def _finished(file: IO[bytes], rows: int, ending: str, content_type: str) -> Spreadsheet:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    file.seek(0)
    return Spreadsheet(file, rows, digest.hexdigest(), size, ending, content_type)


def _plain(value: Any) -> str | int | float:
    """A number stays a number; everything else becomes text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        ordered = sorted(map(str, value)) if isinstance(value, set | frozenset) else map(str, value)
        return "; ".join(ordered)
    return str(value)


def _guarded(value: Any) -> str:
    plain = _plain(value)
    if isinstance(plain, str) and _FORMULA.match(plain):
        return f"'{plain}"
    return str(plain)


def _cell(text: str) -> str:
    text = _NOT_IN_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(_CUT)] + _CUT


def _json(value: Any) -> Any:
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_json(one) for one in value]
    return _plain(value)


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if value.tzinfo else value.isoformat()
