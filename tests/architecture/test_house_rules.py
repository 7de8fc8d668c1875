"""What the linters cannot see: one door for status, time as an argument, no looking forward, pages that only show."""

import re
import shutil

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import SwappableTuple

from tests.architecture import reading
from tests.servers import PROJECT

ONE_SITTING = 400
# A file that is one thing and longer than one sitting, with the reason.
LONG_FOR_A_REASON: dict[str, str] = {}

DOOR_OF_STATUS = {"audit/lifecycle.py"}

# Where the world comes in, and so where the clock may be read.
EDGES = re.compile(r"(^|/)(views|tasks|middleware|admin|checks)(\.py$|/)|/management/commands/|^config/|^demo/")
CLOCK_ELSEWHERE = {
    "accounts/adapter.py": "what the sign-in library calls from its own pages",
    "accounts/recording.py": "what the sign-in library announces, sometimes without a request",
    "accounts/models/users.py": "date_joined, which Django's own user carries",
    "accounts/models/memberships.py": "asked_at, which is shown to whoever approves and never counted from",
}

# A paper is kept whole: it brings its style with it, and is printed, never served as a page.
PAPERS = {"templates/documents/paper.html"}


def test_only_the_one_door_writes_a_status():
    found = {
        path: lines
        for path, text in reading.python_files()
        if path not in DOOR_OF_STATUS and (lines := reading.status_written(text))
    }
    assert found == {}


def test_the_clock_is_read_at_the_edges_only():
    found = {
        path: lines
        for path, text in reading.python_files()
        if not EDGES.search(path) and (lines := reading.clocks_read(text))
    }
    assert {path: lines for path, lines in found.items() if path not in CLOCK_ELSEWHERE} == {}
    assert CLOCK_ELSEWHERE.keys() <= found.keys(), "no longer needed"


def room_of(package: str) -> str:
    return package.partition(".")[0]


def rooms_by_name() -> dict[str, str]:
    """The room of every app label and of every package."""
    labels = {
        config.label: room_of(config.name) for config in apps.get_app_configs() if room_of(config.name) in reading.ROOMS
    }
    return {**{room: room for room in reading.ROOMS}, **labels}


def test_no_string_names_a_room_above():
    names = rooms_by_name()
    found = [
        f"{path}:{line} names {room}"
        for path, text in reading.python_files()
        if (own := path.partition("/")[0]) in reading.ROOMS
        for line, room in reading.rooms_named(text, names)
        if room != own and reading.height(room) >= reading.height(own)
    ]
    assert found == []


def test_no_migration_waits_for_a_room_above():
    names = rooms_by_name()
    found = [
        f"{label}.{name} waits for {dependency[0]}"
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        if label in names
        for dependency in migration.dependencies
        # The user is named by a setting, which is how the lowest room can point at a person.
        if dependency[0] in names
        and not isinstance(dependency, SwappableTuple)
        and names[dependency[0]] != names[label]
        and reading.height(names[dependency[0]]) >= reading.height(names[label])
    ]
    assert found == []


def test_a_row_of_another_room_cannot_look_back_up():
    names = rooms_by_name()
    found = [
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in names
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model and not field.auto_created
        if field.related_model._meta.app_label in names
        if names[field.related_model._meta.app_label] != names[model._meta.app_label]
        if not field.remote_field.hidden
    ]
    assert found == []


def test_a_file_is_one_sitting():
    lengths = {path: text.count("\n") for path, text in reading.python_files()}
    long = {path for path, length in lengths.items() if length > ONE_SITTING}
    assert long == LONG_FOR_A_REASON.keys()


def test_pages_carry_no_script_or_style_of_their_own():
    found = {
        path: faults
        for path, text in reading.templates()
        if path not in PAPERS and (faults := reading.inline_code(text))
    }
    assert found == {}


def test_pages_compare_nothing():
    found = {
        path: faults
        for path, text in reading.templates()
        # The pack of form components reads what the form library offers.
        if not path.startswith("templates/govuk/") and (faults := reading.comparisons(text))
    }
    assert found == {}


def test_every_form_that_changes_something_carries_a_token():
    found = {path: faults for path, text in reading.templates() if (faults := reading.unprotected_forms(text))}
    assert found == {}


@pytest.mark.skipif(not (PROJECT / ".git").exists() or not shutil.which("git"), reason="not a clone")
def test_nothing_says_where_it_was_written():
    # Put together here, so that this file does not find itself.
    folders = "|".join(f"/{name}/" for name in ("work", "root", r"home/\w+", "workspace"))
    hosts = "|".join(
        re.escape(".".join(parts)) for parts in (("pypi", "org"), ("npmjs", "org"), ("pythonhosted", "org"))
    )
    told = re.compile(rf"(?<![\w.}}])(?:{folders})|{hosts}")
    found = {path: hit[0] for path, text in reading.tracked_files() if (hit := told.search(text))}
    assert found == {}
