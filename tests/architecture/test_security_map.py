"""docs/security.md names tests: each of them is there."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
NAMED = re.findall(r"`(tests/[\w/.]+?)(?:::(test_\w+))?`", (PROJECT / "docs/security.md").read_text())


def test_every_test_that_the_map_names_is_there():
    assert len(NAMED) > 100
    missing = []
    for path, name in NAMED:
        found = PROJECT / path
        if not found.exists() or (name and f"def {name}(" not in found.read_text()):
            missing.append(f"{path}::{name}")
    assert missing == []


def test_no_row_is_listed_twice():
    rows = re.findall(r"^\| ([A-J]\d+) \|", (PROJECT / "docs/security.md").read_text(), re.MULTILINE)
    assert len(rows) == len(set(rows)) == 149
