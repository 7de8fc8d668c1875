"""Rows E11, F7 and J3: what the product reaches outside itself, what of it can be reached, and what it stands on."""

from __future__ import annotations

import ast
import re

import pytest
from django.test import Client

from tests.architecture.reading import python_files
from tests.servers import PROJECT

# Everything that can open a connection or start a program, and the files that have a reason to.
CALLING = {
    "accounts/letters.py": {"smtplib"},
    "notifications/reminders/deliver.py": {"smtplib"},
    "config/health.py": {"redis"},
    # Asks the web server of its own container whether it is well.
    "config/probe.py": {"urllib.request"},
    "documents/uploads/scanning.py": {"socket"},
    "documents/typesetting/calling.py": {"subprocess"},
    "documents/reading/waiting.py": {"subprocess"},
}
CALLS = {
    "aiohttp", "asyncio", "ftplib", "http.client", "httpx", "imaplib", "poplib", "redis", "requests", "smtplib",
    "socket", "ssl", "subprocess", "telnetlib", "urllib.request", "urllib3", "xmlrpc",
}  # fmt: skip


def imported(text: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def test_e11_only_these_files_can_call_another_machine():
    found = {path: calls for path, text in python_files() if (calls := imported(text) & CALLS)}
    assert found == CALLING


@pytest.mark.parametrize(
    "path",
    [
        "/.env", "/.git/config", "/.git/HEAD", "/db.sqlite3", "/reviews.sqlite3", "/var/reviews.sqlite3", "/manage.py",
        "/config/settings.py", "/requirements.txt", "/media/", "/papers/", "/uploads/", "/var/papers/", "/static/",
        "/static/../manage.py", "/static/%2e%2e/manage.py", "/static/build/..%2f..%2fmanage.py", "/admin/", "/server-status",
    ],
)  # fmt: skip
def test_f7_nothing_of_the_machine_is_served(db, path):
    answer = Client().get(path)
    assert answer.status_code == 404
    assert b"SECRET_KEY" not in answer.content


def test_f7_a_file_somebody_attached_has_no_address_of_its_own(world):
    kept = world.one.draft_file.upload.bytes_kept.name
    for folder in ("", "media/", "papers/", "static/", "var/papers/"):
        assert world.client("coordinator").get(f"/{folder}{kept}").status_code == 404


FLOORS = {
    # Below these somebody has published how to attack them.
    "Django": (5, 2, 16),
    "weasyprint": (70, 0),
}


def test_j3_everything_is_pinned_and_nothing_below_what_is_known_to_be_unsafe():
    lines = [line for line in (PROJECT / "requirements.txt").read_text().splitlines() if line and line[0] != "#"]
    pins = {}
    for line in lines:
        found = re.fullmatch(r"([\w.-]+)(\[[\w,]+\])?==([\d.]+\w*)(\s*;.*)?(\s+#.*)?", line)
        assert found, line
        pins[found[1]] = found[3]
    for name, floor in FLOORS.items():
        assert tuple(map(int, pins[name].split("."))) >= floor, name
