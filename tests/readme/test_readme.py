"""The README says what is: the lifecycles, the variables, the files it points at."""

import re
import tomllib
from io import StringIO
from pathlib import Path

from django.core.management import call_command, get_commands

PROJECT = Path(__file__).resolve().parent.parent.parent
README = (PROJECT / "README.md").read_text()


def test_the_diagram_is_drawn_from_the_tables_of_moves():
    drawn = StringIO()
    call_command("lifecycle_diagram", stdout=drawn)
    assert drawn.getvalue().strip() in README


def test_every_variable_is_described():
    known = set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    assert known - set(re.findall(r"`([A-Z][A-Z0-9_]+)`", README)) == set()


def test_every_file_it_points_at_is_there():
    assert [target for target in re.findall(r"\]\(([^)#]+)\)", README) if not (PROJECT / target).exists()] == []


def test_every_command_it_names_exists():
    named = set(
        re.findall(r"`([a-z]+_?[a-z]+)[` ][^|]*\|", README.split("## Commands")[1].split("## In production")[0])
    )
    assert {"due", "sweep", "verify_audit", "who_saw", "demo_people"} <= named
    assert named - set(get_commands()) - {"make"} == set()


def test_the_map_names_every_room_from_the_top_down():
    contract = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    layers = [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]
    rows = README.split("## A map of the house")[1].split("## How a case moves")[0]
    drawn = [re.findall(r"`(\w+)`", row.split("|")[1]) for row in rows.splitlines() if row.startswith("| `")]
    assert drawn == layers


def test_the_table_names_nothing_that_is_not_read():
    known = set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    table = README.split("### Every variable")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)` ", table, re.MULTILINE)) == known
