"""The README says what is: the lifecycles, the variables, the files it points at."""

import re
from io import StringIO
from pathlib import Path

from django.core.management import call_command

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
