"""A paper says for ever what it said when it was issued, and is made by a worker that may die at any moment."""

import io
import json
import re
import subprocess
import threading
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from docx import Document

from cases.models import CaseStatus
from documents import kicking, papers, tasks
from documents.freezing import frozen, sha256_of
from documents.models import IssuedDocument
from documents.papers import DIED, LEASE, discard, html_of, render_waiting, try_again
from documents.serve import download
from documents.typesetting import TookTooMuch
from tests.threads import in_threads

NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)


def of(program, content, *options):
    done = subprocess.run([program, *options, "-", *(["-"] if program == "pdftotext" else [])],
                          input=content, capture_output=True, check=True)  # fmt: skip
    return done.stdout.decode()


def unpacked(pdf):
    """The PDF with its packed objects readable."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(one) for one in streams if one.startswith(b"x"))


def pdf_of(issued):
    issued.refresh_from_db()
    with issued.pdf.open("rb") as file:
        return file.read()


def stored(settings):
    return [found for found in Path(settings.MEDIA_ROOT).rglob("*") if found.is_file()]


# --- what is frozen ---------------------------------------------------------------------------------------------
def test_a_paper_is_frozen_in_plain_json_with_dates_in_words():
    @dataclass(frozen=True)
    class Part:
        day: date

    content = frozen(
        {
            "part": Part(date(2026, 3, 2)),
            "at": datetime(2026, 7, 1, 16, 30, tzinfo=UTC),
            "time": time(9, 0),
            "status": CaseStatus.OPEN,
            "share": Decimal("1.50"),
            "names": {"b", "a"},
            "none": None,
        }
    )
    assert content == {
        "part": {"day": "2 March 2026"},
        "at": "1 July 2026 at 5:30pm",
        "time": "9am",
        "status": "Open",
        "share": "1.50",
        "names": ["a", "b"],
        "none": None,
    }
    assert json.loads(json.dumps(content)) == content


def test_a_paper_holds_no_row_that_could_change(case_one):
    with pytest.raises(TypeError, match="Case"):
        frozen({"case": case_one})


def test_what_no_database_or_font_knows_is_left_out():
    assert frozen("a\0b\u202ec\ud800d\r\ne\tf") == "abcd\ne\tf"


def test_issuing_is_undone_with_the_deed_it_belongs_to(a_paper):
    class Failed(Exception):
        pass

    with pytest.raises(Failed), transaction.atomic():
        a_paper()
        raise Failed
    assert not IssuedDocument.objects.exists()


def test_who_issued_it_and_as_what_is_kept(a_paper, by):
    issued = a_paper()
    assert (issued.issued_by, issued.issued_at, issued.capacity) == (by.user, by.at, by.capacity)


def test_a_paper_whose_content_was_changed_is_never_rendered(a_paper):
    issued = a_paper()
    IssuedDocument.objects.filter(pk=issued.pk).update(content={**issued.content, "text": "Something else."})
    for _ in range(papers.MOST_TRIES):
        render_waiting(at=NOW)
    issued.refresh_from_db()
    assert issued.has_failed
    assert not issued.pdf


# --- how it looks -----------------------------------------------------------------------------------------------
def test_the_pdf_is_tagged_titled_in_english_and_marked_on_every_page(a_paper):
    rows = tuple((f"{day} March 2026", "A visit. " * 12) for day in range(1, 32))
    issued = a_paper(rows=rows)
    assert render_waiting(at=NOW) == 1
    pdf = pdf_of(issued)
    said = of("pdfinfo", pdf)
    assert re.search(r"Title:\s+Notice, CIOS-2026-0003\n", said)
    assert re.search(r"Author:\s+Wrenshire Safeguarding Children Partnership\n", said)
    assert re.search(r"Tagged:\s+yes", said)
    pages = int(re.search(r"Pages:\s+(\d+)", said)[1])
    assert pages > 1
    assert b"/Lang (en-GB)" in unpacked(pdf)
    for number, page in enumerate(of("pdftotext", pdf, "-layout").split("\f")[:pages], start=1):
        assert "OFFICIAL-SENSITIVE" in page
        assert "CIOS-2026-0003" in page
        assert f"Page {number} of {pages}" in page
    tags = of("pdfinfo", pdf, "-struct")
    for tag in ("H1", "H2", "Table", "TH", "TD", "Caption"):
        assert re.search(rf"^\s*{tag}\b", tags, re.MULTILINE), tag
    assert "Page 1 of" not in of("pdfinfo", pdf, "-struct-text"), "headers and footers are not read aloud"


def test_the_fonts_are_in_the_pdf(a_paper):
    issued = a_paper(text="Naïve café – “quoted” ½ £5 ŵ")
    render_waiting(at=NOW)
    pdf = pdf_of(issued)
    fonts = of("pdffonts", pdf)
    assert "Source-Sans-3" in fonts
    assert "Liberation" not in fonts
    assert "Naïve café – “quoted” ½ £5 ŵ" in of("pdftotext", pdf)


def test_the_html_says_the_same_and_needs_nothing_from_elsewhere(a_paper):
    issued = a_paper(text="Decided unanimously.")
    html = html_of(issued)
    assert "On 27 March 2026: Decided unanimously." in html
    assert '<html lang="en-GB">' in html
    assert not re.search(r'(?i)(src|href)="(?!#)', html)
    render_waiting(at=NOW)
    issued.refresh_from_db()
    assert b"".join(download(issued, "html").streaming_content).decode() == html


def test_the_word_document_has_real_headings_marking_and_reference(a_paper):
    issued = a_paper(with_word=True, rows=(("1 March 2026", "A visit"),), text="<ul><li>One</li><li>Two</li></ul>")
    assert render_waiting(at=NOW) == 1
    issued.refresh_from_db()
    document = Document(io.BytesIO(b"".join(download(issued, "docx").streaming_content)))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["Notice"] == "Heading 1"
    assert styles["What was decided"] == "Heading 2"
    assert styles["One"] == "List Bullet"
    assert document.sections[0].header.paragraphs[0].text == "OFFICIAL-SENSITIVE\tCIOS-2026-0003"
    table = document.tables[-1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["When", "What"], ["1 March 2026", "A visit"]]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert document.core_properties.title == "Notice"


def test_a_file_is_named_by_marking_reference_and_kind(a_paper):
    issued = a_paper()
    render_waiting(at=NOW)
    issued.refresh_from_db()
    assert 'filename="OFFICIAL-SENSITIVE CIOS-2026-0003 notice.pdf"' in download(issued)["Content-Disposition"]


def test_the_page_says_that_a_paper_is_being_prepared_then_where_it_is(a_paper):
    issued = a_paper(with_word=True)

    def page():
        issued.refresh_from_db()
        return render_to_string("documents/_paper.html", {"issued": issued, "url": "/papers/1/"})

    assert "Being prepared" in page()
    render_waiting(at=NOW)
    assert re.search(r'href="/papers/1/"[^>]*>Notice.*\(PDF, [\d.]+KB\)', page())
    assert re.search(r'href="/papers/1/\?as=docx"', page())
    IssuedDocument.objects.update(rendering="failed", failure="It is too long.", pdf="")
    assert "It is too long." in page()


# --- a worker that dies -----------------------------------------------------------------------------------------
def test_rendering_twice_is_rendering_once(a_paper, settings):
    issued = a_paper()
    assert render_waiting(at=NOW) == 1
    first, files_kept = pdf_of(issued), stored(settings)
    assert render_waiting(at=NOW + timedelta(days=1)) == 0
    assert pdf_of(issued) == first
    assert stored(settings) == files_kept
    assert len(files_kept) == 2


def test_the_same_content_gives_the_same_pdf(a_paper):
    first, second = a_paper(), a_paper()
    IssuedDocument.objects.update(issued_at=NOW)
    render_waiting(at=NOW)
    assert pdf_of(first) == pdf_of(second)


class Killed(BaseException):
    """What a process feels of SIGKILL: nothing after it runs."""


def dying(monkeypatch, *, times):
    """The typesetting takes the worker with it, so many times."""
    left = [times]
    real = papers.typeset

    def typeset(*args, **options):
        if left[0]:
            left[0] -= 1
            raise Killed
        return real(*args, **options)

    monkeypatch.setattr(papers, "typeset", typeset)


def test_a_paper_whose_worker_was_killed_is_rendered_once_more_when_the_lease_has_lapsed(
    a_paper, settings, monkeypatch
):
    issued = a_paper()
    dying(monkeypatch, times=1)
    with pytest.raises(Killed):
        render_waiting(at=NOW)
    issued.refresh_from_db()
    assert (issued.rendering, issued.tries, issued.claimed_until) == ("waiting", 1, NOW + LEASE)
    assert render_waiting(at=NOW + LEASE) == 0, "the lease still holds"
    assert render_waiting(at=NOW + LEASE + timedelta(seconds=1)) == 1
    issued.refresh_from_db()
    assert issued.is_ready
    assert len(stored(settings)) == 2


def test_a_paper_that_kills_every_worker_is_given_up_after_three_and_keeps_nobody_waiting(a_paper, monkeypatch):
    deadly, other = a_paper(text="deadly"), a_paper(text="harmless")
    real = papers.typeset

    def typeset(form, html, facts, **options):
        if "deadly" in html:
            raise Killed
        return real(form, html, facts, **options)

    monkeypatch.setattr(papers, "typeset", typeset)
    at = NOW
    for _ in range(6):
        with suppress(Killed):
            render_waiting(at=at)
        at += LEASE + timedelta(seconds=1)
    deadly.refresh_from_db()
    other.refresh_from_db()
    assert (deadly.rendering, deadly.failure, deadly.tries) == ("failed", DIED, 3)
    assert other.is_ready


def test_a_worker_that_lost_its_lease_leaves_nothing_of_its_own(a_paper, settings, monkeypatch):
    issued = a_paper()
    real = papers.typeset

    def slow(*args, **options):
        monkeypatch.setattr(papers, "typeset", real)
        # While this one is at work its lease lapses, and another worker renders the paper.
        assert render_waiting(at=NOW + LEASE + timedelta(seconds=1)) == 1
        return real(*args, **options)

    monkeypatch.setattr(papers, "typeset", slow)
    assert render_waiting(at=NOW) == 0
    issued.refresh_from_db()
    assert (issued.rendered_at, issued.tries) == (NOW + LEASE + timedelta(seconds=1), 2)
    assert sorted(map(str, stored(settings))) == sorted([issued.pdf.path, issued.html.path])


def test_a_paper_claimed_by_another_worker_in_between_is_left_alone(a_paper, monkeypatch):
    issued = a_paper()
    real, asked = papers._waiting, []

    def waiting(at):
        asked.append(1)
        if len(asked) == 2:  # found, and about to be claimed
            monkeypatch.setattr(papers, "_waiting", real)
            assert papers._claimed(at=at) == issued
        return real(at)

    monkeypatch.setattr(papers, "_waiting", waiting)
    assert papers._claimed(at=NOW) is None
    issued.refresh_from_db()
    assert issued.tries == 1


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_render_each_paper_once(a_paper, settings):
    for number in range(6):
        a_paper(text=f"Paper {number}")
    assert sum(in_threads(lambda _: render_waiting(at=NOW), range(4), threads=4)) == 6
    assert not IssuedDocument.objects.exclude(rendering="ready", tries=1).exists()
    assert len(stored(settings)) == 12


def test_a_failure_is_tried_three_times_then_said_in_words_and_may_be_tried_again(a_paper, monkeypatch):
    issued = a_paper()
    real, tried = papers.typeset, []

    def failing(*args, **options):
        tried.append(1)
        raise TookTooMuch("It took longer than 60 seconds.")

    monkeypatch.setattr(papers, "typeset", failing)
    for _ in range(5):
        assert render_waiting(at=NOW) == 0
    issued.refresh_from_db()
    assert (issued.rendering, len(tried)) == ("failed", 3)
    assert issued.failure.startswith("It is too long")
    monkeypatch.setattr(papers, "typeset", real)
    try_again(issued)
    assert render_waiting(at=NOW) == 1


def test_a_broken_template_keeps_no_other_paper_waiting(a_paper):
    broken, good = a_paper(template="not/there.html"), a_paper()
    render_waiting(at=NOW)
    good.refresh_from_db()
    broken.refresh_from_db()
    assert good.is_ready
    assert broken.failure


def test_the_worker_is_asked_only_after_the_commit(a_paper, monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(kicking, "_send", lambda: asked.append(1) or kicking._kicking.release())
    with django_capture_on_commit_callbacks(execute=True):
        a_paper()
        assert not asked
    for thread in threading.enumerate():
        if thread.name == "kick":
            thread.join(5)
    assert asked == [1]


def test_a_broker_that_is_down_fails_nothing_and_holds_nobody_up(a_paper, monkeypatch, caplog):
    from celery import current_app
    from kombu.exceptions import OperationalError

    begun = timezone.now()

    def down(*args, **options):
        raise OperationalError("redis://secret@broker refused")

    monkeypatch.setattr(current_app._get_current_object(), "send_task", down)
    kicking.kick()
    for thread in threading.enumerate():
        if thread.name == "kick":
            thread.join(5)
    assert timezone.now() - begun < timedelta(seconds=2)
    assert "the broker was not reached: OperationalError" in caplog.text
    assert "secret" not in caplog.text
    assert not kicking._kicking.locked()


def test_a_task_prepares_one_paper_and_asks_for_the_next(a_paper, monkeypatch):
    kicked = []
    monkeypatch.setattr(tasks, "kick", lambda: kicked.append(1))
    a_paper()
    a_paper()
    tasks.render()
    assert (IssuedDocument.objects.filter(rendering="ready").count(), kicked) == (1, [1])
    tasks.render()
    assert (IssuedDocument.objects.filter(rendering="ready").count(), kicked) == (2, [1])


def test_discarding_a_paper_removes_its_files_after_the_commit(a_paper, settings, django_capture_on_commit_callbacks):
    issued = a_paper()
    render_waiting(at=NOW)
    issued.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        discard(issued)
        assert stored(settings)
    assert not stored(settings)


def test_the_hash_of_a_paper_does_not_depend_on_the_order_a_database_returns(a_paper):
    assert sha256_of({"a": 1, "b": [2]}) == sha256_of({"b": [2], "a": 1})


def test_a_kick_goes_to_our_own_broker_although_it_is_sent_from_a_thread(settings):
    from celery import current_app

    brokers = []
    thread = threading.Thread(target=lambda: brokers.append(current_app.conf.broker_url))
    thread.start()
    thread.join(5)
    assert brokers == [settings.CELERY_BROKER_URL]
