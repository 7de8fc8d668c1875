"""Tables for other programs: no formulas, nothing lost, the same bytes for the same rows."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
import time_machine
from openpyxl import load_workbook

from documents.spreadsheet import LONGEST_CELL, write_csv, write_json, write_xlsx

FORMULAS = ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", '=HYPERLINK("http://x.example","y")', "＝1",
            "＋1", "－1", "＠x", "=cmd|' /C calc'!A0"]  # fmt: skip
COLUMNS = (("What", lambda row: row[0]), ("How many", lambda row: row[1]))


def rows_of_csv(kept):
    return list(csv.reader(io.StringIO(kept.file.read().decode("utf-8-sig"), newline="")))


def cells(kept):
    return list(load_workbook(io.BytesIO(kept.file.read())).active.iter_rows())


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_that_begins_like_a_formula_is_text_in_csv(name):
    (_, (what, _)) = rows_of_csv(write_csv(COLUMNS, [(name, 1)]))
    assert what == f"'{name}"


@pytest.mark.parametrize("name", FORMULAS)
def test_a_name_that_begins_like_a_formula_is_text_in_excel(name):
    (_, (what, _)) = cells(write_xlsx(COLUMNS, [(name, 1)]))
    assert what.data_type == "s"
    assert what.hyperlink is None
    assert what.value == name.replace("\r", "\n")


def test_no_cell_of_a_workbook_is_a_formula():
    kept = write_xlsx(COLUMNS, [(name, 1) for name in FORMULAS])
    with zipfile.ZipFile(kept.file) as package:
        sheet = ElementTree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter("{*}f"))


def test_a_heading_that_begins_like_a_formula_is_text():
    columns = (("=1+1", lambda row: row),)
    assert rows_of_csv(write_csv(columns, ["x"]))[0] == ["'=1+1"]
    assert cells(write_xlsx(columns, ["x"]))[0][0].data_type == "s"


@pytest.mark.parametrize("number", [-2, 0, 1.5, -0.25, 10**12])
def test_a_number_stays_a_number(number):
    (_, (_, how_many)) = cells(write_xlsx(COLUMNS, [("x", number)]))
    assert (how_many.data_type, how_many.value) == ("n", number)
    assert rows_of_csv(write_csv(COLUMNS, [("x", number)]))[1][1] == str(number)


def test_every_kind_of_value_reads_the_same_everywhere():
    values = {
        date(2026, 3, 2): "2026-03-02",
        datetime(2026, 7, 1, 13, 0, tzinfo=UTC): "2026-07-01T13:00:00Z",
        Decimal("1.50"): 1.5,
        True: "Yes",
        None: None,
        ("a", "b"): "a; b",
        frozenset({"b", "a"}): "a; b",
        "Zoë, “quoted”\nand on": "Zoë, “quoted”\nand on",
    }
    for value, shown in values.items():
        assert cells(write_xlsx(COLUMNS, [(value, 1)]))[1][0].value == shown
        assert rows_of_csv(write_csv(COLUMNS, [(value, 1)]))[1][0] == ("" if shown is None else str(shown))


def test_json_keeps_true_false_nothing_and_lists():
    columns = (*COLUMNS, ("Kinds", lambda row: ["a", "b"]))
    kept = write_json(columns, [("=1+1", True), (None, date(2026, 3, 2))])
    assert json.load(kept.file) == [
        {"What": "=1+1", "How many": True, "Kinds": ["a", "b"]},
        {"What": None, "How many": "2026-03-02", "Kinds": ["a", "b"]},
    ]


@pytest.mark.parametrize("write", [write_csv, write_xlsx, write_json])
def test_the_same_rows_give_the_same_bytes_at_another_time(write):
    rows = [(f"row {number}", number) for number in range(200)]
    with time_machine.travel(datetime(2026, 3, 27, 12, tzinfo=UTC)):
        first = write(COLUMNS, rows)
    with time_machine.travel(datetime(2027, 9, 1, 9, tzinfo=UTC)):
        second = write(COLUMNS, iter(rows))
    assert first.file.read() == second.file.read()
    assert (first.sha256, first.rows, first.size) == (second.sha256, second.rows, second.size)


@pytest.mark.parametrize("write", [write_csv, write_xlsx, write_json])
def test_how_many_rows_how_large_and_its_hash_are_known_for_the_record(write):
    import hashlib

    kept = write(COLUMNS, [("x", 1), ("y", 2)])
    content = kept.file.read()
    assert (kept.rows, kept.size, kept.sha256) == (2, len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("write", [write_csv, write_xlsx, write_json])
def test_a_table_without_rows_has_its_headings_or_nothing(write):
    kept = write(COLUMNS, [])
    assert kept.rows == 0
    assert kept.file.read()


def test_text_too_long_for_a_cell_is_cut_and_says_so():
    (_, (what, _)) = cells(write_xlsx(COLUMNS, [("x" * 40_000, 1)]))
    assert len(what.value) == LONGEST_CELL
    assert what.value.endswith("[cut here: the CSV file has the whole text]")
    assert len(rows_of_csv(write_csv(COLUMNS, [("x" * 40_000, 1)]))[1][0]) == 40_000


@pytest.mark.parametrize("text", ["a\x00b", "a\x0bb", "a\ud800b", "a\ufffeb"])
def test_what_xml_cannot_hold_breaks_no_workbook(text):
    assert cells(write_xlsx(COLUMNS, [(text, 1)]))[1][0].value == "a\ufffdb"
    assert write_csv(COLUMNS, [(text, 1)]).rows == 1
    assert write_json(COLUMNS, [(text, 1)]).rows == 1


def test_rows_are_read_once_and_may_come_one_by_one():
    def rows():
        yield from (("x", number) for number in range(5000))

    assert write_xlsx(COLUMNS, rows()).rows == 5000
