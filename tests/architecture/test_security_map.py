"""docs/security.md names tests: each of them is there."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
MAP = (PROJECT / "docs/security.md").read_text()
NAMED = re.findall(r"`(tests/[\w/.]+?)(?:::(test_\w+))?`", MAP)


def test_every_test_that_the_map_names_is_there():
    assert len(NAMED) > 100
    missing = []
    for path, name in NAMED:
        found = PROJECT / path
        if not found.exists() or (name and f"def {name}(" not in found.read_text()):
            missing.append(f"{path}::{name}")
    assert missing == []


def test_no_row_is_listed_twice():
    rows = re.findall(r"^\| ([A-J]\d+) \|", MAP, re.MULTILINE)
    assert len(rows) == len(set(rows)) == 149


def test_it_counts_its_rows_and_says_of_each_that_has_no_test_why():
    bare = re.findall(r"^\| (\w+) \|[^|]*\| (?:not covered yet|does not apply) \|$", MAP, re.MULTILINE)
    assert f" {149 - len(bare)} of 149 rows have a test." in MAP
    said = MAP.partition("## What has no test")[2].partition("Covered in part:")[0]
    assert sorted(re.findall(r"\b([A-J]\d+) \([A-Z]", said) + re.findall(r", ([A-J]\d+) \([a-z]", said)) == sorted(bare)
