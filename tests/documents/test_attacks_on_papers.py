"""What somebody could write to make a paper read files, call other machines, hide text or never end."""

import http.server
import os
import re
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from documents import papers
from documents.models import IssuedDocument
from documents.papers import html_of, render_waiting
from documents.typesetting import TookTooMuch, calling, typeset
from documents.typesetting.pdf import NotOurs, OnlyOurs
from tests.threads import in_threads

NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)
STATIC = Path(papers.__file__).parent.parent / "static" / "papers"
FACTS = {
    "identifier": "x" * 32,
    "title": "Notice",
    "reference": "CIOS-2026-0003",
    "marking": "OFFICIAL-SENSITIVE",
    "issued_at": "2026-03-27T12:00:00+00:00",
}


@pytest.fixture
def canary():
    """A web server of the test's own that remembers whoever called it."""
    called = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            called.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.called, server.url = called, f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


def vectors(target):
    return (
        f'<link rel="attachment" href="{target}">'
        f'<a rel="attachment" href="{target}">a</a>'
        f'<link rel="stylesheet" href="{target}">'
        f'<img src="{target}" alt="i"><img srcset="{target} 2x" alt="i">'
        f'<object data="{target}">o</object><embed src="{target}">'
        f'<iframe src="{target}"></iframe>'
        f"<style>@import url({target}); @font-face {{font-family: x; src: url({target})}}"
        f" p {{background: url({target}); list-style-image: url({target}); content: url({target}); font-family: x}}"
        f" @page {{background: url({target})}}</style>"
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="{target}" width="9" height="9"/>'
        f'<use href="{target}#a"/></svg>'
        f'<base href="{target}/"><img src="relative.png" alt="i">'
        f'<p style="background-image: url({target})">p</p><input type="image" src="{target}">'
        f'<video poster="{target}" src="{target}"></video><math href="{target}"></math>'
    )


LOCAL = ("file:///etc/passwd", "FILE:///etc/passwd", "file://localhost/etc/passwd", "../../../../../../etc/passwd",
         "/etc/passwd", "fonts/../../../manage.py", "data:text/plain;base64,cm9vdDp4", "ftp://127.0.0.1/x")  # fmt: skip


def pdf_of(issued):
    issued.refresh_from_db()
    with issued.pdf.open("rb") as file:
        return file.read()


def attached(pdf, tmp_path):
    place = tmp_path / "paper.pdf"
    place.write_bytes(pdf)
    return subprocess.run(["pdfdetach", "-list", place], capture_output=True, text=True, check=True).stdout


def said(pdf, *options):
    return subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("template", ["notice.html", "unsafe.html"])
def test_nothing_that_is_written_makes_a_paper_call_another_machine(a_paper, canary, template, tmp_path):
    """The unsafe template lets everything through: only the fetcher stands between."""
    words = vectors(f"{canary.url}/canary")
    issued = a_paper(
        text=words, rows=((words, words),), title=f"Notice {words[:80]}", template=template, with_word=True
    )
    assert render_waiting(at=NOW) == 1
    assert canary.called == []
    assert attached(pdf_of(issued), tmp_path).strip() in {"", "0 embedded files"}


@pytest.mark.parametrize("target", LOCAL)
@pytest.mark.parametrize("template", ["notice.html", "unsafe.html"])
def test_nothing_that_is_written_puts_a_file_of_this_machine_into_a_paper(a_paper, template, target, tmp_path):
    words = vectors(target)
    issued = a_paper(text=words, rows=((words, words),), template=template)
    assert render_waiting(at=NOW) == 1
    pdf = pdf_of(issued)
    assert attached(pdf, tmp_path).strip() in {"", "0 embedded files"}
    for secret in ("root:x", "DJANGO_SETTINGS_MODULE"):
        assert secret.encode() not in pdf
        assert secret not in said(pdf)


@pytest.mark.parametrize(
    "address",
    [
        "http://papers.invalid/../../manage.py",
        "http://papers.invalid/%2e%2e/%2e%2e/manage.py",
        "http://papers.invalid//etc/passwd",
        "http://papers.invalid/fonts/",
        "http://papers.invalid@127.0.0.1/paper.css",
        "http://papers.invalid.example.org/paper.css",
        "https://papers.invalid/paper.css",
        "file:///etc/passwd",
    ],
)
def test_only_files_of_the_papers_folder_are_read(address):
    with pytest.raises(NotOurs):
        OnlyOurs(str(STATIC)).fetch(address)


def test_our_own_font_is_read():
    response = OnlyOurs(str(STATIC)).fetch("http://papers.invalid/fonts/SourceSans3-Regular.woff")
    assert response.read()[:4] == b"wOFF"


@pytest.mark.parametrize(
    "words",
    [
        "<h1>Another heading</h1>",
        "<style>*{display:none}</style>",
        "</p></body></html><h1>Out of the page</h1>",
        '<td colspan="1000000">',
        "{{ paper.partnership }}{% include 'x' %}",
    ],
)
def test_markup_that_somebody_types_is_printed_as_text(a_paper, words):
    issued = a_paper(text=words, rows=((words, words),))
    assert f"<td>{words}</td>" not in html_of(issued)
    render_waiting(at=NOW)
    shown = re.sub(r"\s+", "", said(pdf_of(issued)))
    assert re.sub(r"\s+", "", words.replace("{{", "{{")) in shown
    assert "Whatwasdecided" in shown, "nothing was hidden"


def test_a_mark_that_turns_the_reading_direction_is_left_out(a_paper):
    issued = a_paper(text="agreed \u202etcepsus\u202c")
    assert "\u202e" not in html_of(issued)


def test_formatted_text_keeps_only_what_is_allowed(a_paper):
    html = html_of(a_paper(text='<p onclick="x()">Kept <img src=x onerror=y> <b>text</b></p><script>z()</script>'))
    rich = re.search(r'<div class="rich">(.*?)</div>', html, re.DOTALL)[1]
    assert rich.strip().startswith("<p>Kept")
    for gone in ("onclick", "<img", "<script", "z()"):
        assert gone not in rich


# --- bombs ------------------------------------------------------------------------------------------------------
COLSPAN = '<!DOCTYPE html><html lang="en"><title>t</title><table><tr><td colspan="1000000">x</td></tr></table>'
ROWS = "<table>" + "<tr><td>A visit took place.</td></tr>" * 50_000 + "</table>"


def processes():
    """The typesetting processes of this test run that are still there."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
            parent = int(re.search(r"PPid:\s+(\d+)", (folder / "status").read_text())[1])
        except (OSError, TypeError):
            continue
        if b"documents.typesetting" in command and parent == os.getpid():
            found.append(folder.name)
    return found


@pytest.mark.parametrize("html", [COLSPAN, ROWS], ids=["a cell of a million columns", "fifty thousand rows"])
def test_a_paper_that_never_ends_is_stopped_at_its_time_limit_and_leaves_no_process(html):
    begun = time.monotonic()
    with pytest.raises(TookTooMuch, match="longer than 3 seconds"):
        typeset("pdf", html, FACTS, static=STATIC, wall_seconds=3)
    assert time.monotonic() - begun < 10
    assert processes() == []


def test_a_paper_may_not_burn_more_processor_time_than_its_limit(monkeypatch):
    monkeypatch.setattr(calling, "CPU_SECONDS", 3)
    with pytest.raises(TookTooMuch, match="ended with -"):
        typeset("pdf", COLSPAN, FACTS, static=STATIC, wall_seconds=60)


def test_a_paper_may_not_take_more_memory_than_its_limit(monkeypatch):
    monkeypatch.setattr(calling, "MEMORY_BYTES", 400 * 1024 * 1024)
    with pytest.raises(TookTooMuch, match="ended with"):
        typeset("pdf", "<p>" + "word " * 12_000_000, FACTS, static=STATIC, wall_seconds=60)


def test_the_process_that_typesets_knows_no_secret(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-the-house")
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody:secret@example.org/x")
    seen = {}
    real = subprocess.run

    def watched(*args, **options):
        seen.update(options["env"])
        return real(*args, **options)

    monkeypatch.setattr(calling.subprocess, "run", watched)
    typeset("pdf", "<!DOCTYPE html><html lang=en><title>t</title><p>x", FACTS, static=STATIC)
    assert set(seen) == {"PATH", "LANG", "HOME", "TMPDIR", "SOURCE_DATE_EPOCH"}


def test_what_goes_wrong_inside_quotes_nothing_of_the_paper(caplog, a_paper):
    a_paper(text="<div>" * 3000 + "Zephyrine Quillfeather", template="unsafe.html")
    for _ in range(3):
        render_waiting(at=NOW, limit=1)
    assert IssuedDocument.objects.get().failure.startswith("It is too long")
    assert "Zephyrine" not in caplog.text


def test_a_bomb_is_stopped_and_the_other_papers_go_on(a_paper, monkeypatch):
    def impatient(form, html, *args, **options):
        return typeset(form, html, *args, **options, wall_seconds=2 if "colspan" in html else 60)

    monkeypatch.setattr(papers, "typeset", impatient)
    bomb = a_paper(text='<table><tr><td colspan="1000000">x</td></tr></table>', template="unsafe.html")
    others = [a_paper(text=f"Paper {number}") for number in range(3)]
    for _ in range(4):
        render_waiting(at=NOW)
    bomb.refresh_from_db()
    assert bomb.has_failed
    for other in others:
        other.refresh_from_db()
        assert other.is_ready


def test_a_word_of_a_hundred_thousand_letters_is_set_to_its_end(a_paper):
    issued = a_paper(text="a" * 100_000, template="unsafe.html")
    assert render_waiting(at=NOW) == 1
    assert said(pdf_of(issued)).count("a") >= 100_000


def test_a_long_text_in_a_table_takes_seconds(a_paper):
    issued = a_paper(rows=tuple((f"{day} March 2026", "A visit took place. " * 1000) for day in range(1, 6)))
    begun = time.monotonic()
    assert render_waiting(at=NOW) == 1
    assert time.monotonic() - begun < 30
    assert said(pdf_of(issued)).count("visit") == 5000


@pytest.mark.django_db(transaction=True)
def test_ten_papers_at_once_are_all_made(a_paper):
    for number in range(10):
        a_paper(text=f"Paper {number}")
    in_threads(lambda _: render_waiting(at=NOW), range(4), threads=4)
    assert IssuedDocument.objects.filter(rendering="ready").count() == 10
