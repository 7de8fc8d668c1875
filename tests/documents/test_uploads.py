"""What people may attach, and what becomes of it."""

import hashlib
import io
import os
import re
import resource
import tracemalloc
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from documents import store
from documents.models import Upload
from documents.uploads import ACCEPTED, Refused, accept, discard
from documents.uploads.accepting import MOST_FILES_A_DAY
from documents.uploads.kinds import KINDS
from tests.documents import files


def kept(upload):
    with upload.bytes_kept.open("rb") as file:
        return file.read()


GOOD = {
    "notes.pdf": files.PDF,
    "letter.docx": files.docx(),
    "chronology.xlsx": files.xlsx(),
    "photo.jpg": files.jpeg(),
    "photo.JPEG": files.jpeg(),
    "diagram.png": files.png(),
    "note.txt": "Told by telephone at 5:30pm – naïve café.\n".encode(),
    "windows.txt": "Naïve café".encode("cp1252"),
    "utf16.txt": "Naïve café".encode("utf-16"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_people_work_with_is_accepted(take, name):
    upload = take(name, GOOD[name])
    assert upload.name == name
    assert upload.size == len(kept(upload))
    assert upload.sha256 == hashlib.sha256(kept(upload)).hexdigest()
    assert upload.scan == Upload.Scan.NOT_SCANNED
    assert upload.may_be_opened


def test_the_endings_offered_on_forms_are_those_that_are_read():
    offered = {ending for endings in ACCEPTED.values() for ending in endings}
    assert offered == {ending for kind in KINDS for ending in kind.endings}


EXE = b"MZ\x90\x00" + b"\0" * 200
HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content", "content_type", "why"),
    [
        ("x.html", HTML, "text/html", "must be a PDF"),
        ("x.svg", SVG, "image/svg+xml", "must be a PDF"),
        ("x.svgz", b"\x1f\x8b" + SVG, "image/svg+xml", "must be a PDF"),
        ("x.xml", b"<?xml version='1.0'?><a/>", "text/xml", "must be a PDF"),
        ("x.js", b"alert(1)", "text/javascript", "must be a PDF"),
        ("x.pdf", HTML, "application/pdf", "is not the PDF its name says it is"),
        ("x.pdf", b"\n" + files.PDF, "application/pdf", "is not the PDF its name says it is"),
        ("x.png", EXE, "image/png", "is not the PNG its name says it is"),
        ("x.jpg", b"GIF89a" + files.jpeg(), "image/jpeg", "is not the JPG its name says it is"),
        ("report.pdf.exe", EXE, "application/pdf", "must be a PDF"),
        ("report.pdf .exe. ", EXE, "application/pdf", "must be a PDF"),
        ("report.exe\0.pdf", EXE, "application/pdf", "is not the PDF its name says it is"),
        ("noending", files.PDF, "application/pdf", "must be a PDF"),
        (".htaccess", b"Options +Indexes", "text/plain", "must be a PDF"),
        ("note.txt", EXE, "text/plain", "is not plain text"),
        ("note.txt", b"\x89\x00\x01\x02\xff", "text/plain", "is not plain text"),
        ("empty.pdf", b"", "application/pdf", "is empty"),
        ("sheet.xlsx", files.docx(), "", "is not the kind of file its name says"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "", "older Word document"),
        ("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "", "is an email"),
        ("all.zip", files.docx(), "application/zip", "is a folder of files"),
    ],
)
def test_a_file_is_what_its_bytes_say_and_not_what_it_is_called(take, name, content, content_type, why):
    with pytest.raises(Refused, match=re.escape(why)):
        take(name, content, content_type)
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("locked.xlsx", files.encrypted_zip(), "password"),
        ("locked.pdf", files.PDF.replace(b"/Root", b"/Encrypt 9 0 R/Root"), "password"),
        ("hidden.pdf", files.PDF.replace(b"/Root", b"/Enc#72ypt 9 0 R/Root"), "password"),
        ("script.pdf", files.PDF.replace(b"/Root", b"/OpenAction<</S/JavaScript/JS(app.alert)>>/Root"), "script"),
        ("launch.pdf", files.PDF.replace(b"/Root", b"/OpenAction<</S/L#61unch/F(calc.exe)>>/Root"), "script"),
        ("half.pdf", files.PDF[:120], "damaged"),
        ("macro.docx", files.with_parts(files.docx(), **{"word/vbaProject.bin": b"\0"}), "macros"),
        ("macro.xlsx", files.with_parts(files.xlsx(), **{"xl/activeX/activeX1.xml": b"<a/>"}), "macros"),
        (
            "macro.docx",
            files.with_parts(
                files.docx(), **{"[Content_Types].xml": b"application/vnd.ms-word.document.macroEnabled.main+xml"}
            ),
            "macros",
        ),
        (
            "far.docx",
            files.with_parts(
                files.docx(),
                **{
                    "word/_rels/settings.xml.rels": b'<Relationships><Relationship Id="1" TargetMode="External" '
                    b'Type="http://x/relationships/attachedTemplate" Target="http://x.example/t.dotm"/></Relationships>'
                },
            ),
            "template",
        ),
        (
            "laughs.docx",
            files.with_parts(files.docx(), **{"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'}),
            "damaged",
        ),
        (
            "wide-laughs.docx",
            files.with_parts(
                files.docx(), **{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'.encode("utf-16")}
            ),
            "damaged",
        ),
        ("half.docx", files.docx()[:-400], "damaged"),
        ("half.jpg", files.jpeg()[:-40], "damaged"),
        ("half.png", files.png()[:-20], "damaged"),
        ("bent.png", files.png()[:40] + b"\xff" + files.png()[41:], "damaged"),
    ],
)
def test_what_is_locked_broken_or_acts_by_itself_is_refused_with_advice(take, name, content, why):
    with pytest.raises(Refused, match=why) as refused:
        take(name, content)
    assert refused.value.message.startswith(name)
    assert not Upload.objects.exists()


# --- size -------------------------------------------------------------------------------------------------------
def test_a_file_of_the_limit_is_one_byte_too_large(take, settings):
    settings.UPLOAD_MAX_BYTES = len(files.PDF) + 1
    take("notes.pdf", files.PDF)
    with pytest.raises(Refused, match="must be smaller than"):
        take("notes.pdf", files.PDF + b"\n")


def test_one_person_cannot_fill_the_store_in_a_day(by, take):
    take("note.txt", b"one")
    one = Upload.objects.get()
    Upload.objects.bulk_create(
        Upload(name="note.txt", content_type="text/plain", size=3, sha256=one.sha256, uploaded_by=by.user,
               uploaded_at=by.at)
        for _ in range(MOST_FILES_A_DAY - 1)
    )  # fmt: skip
    with pytest.raises(Refused, match="Try again tomorrow"):
        take("note.txt", b"one more")
    Upload.objects.update(uploaded_at=by.at - timedelta(days=1, seconds=1))
    take("note.txt", b"one more")


def bomb(parts, size):
    zeros = b"\0" * size
    return files.with_parts(files.docx(), **{f"word/media/{number}.png": zeros for number in range(parts)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("one.docx", bomb(1, 60_000_000)),
        ("many.docx", bomb(30, 9_000_000)),
        ("wide.png", files.png_of(30_000, 30_000)),
        ("flat.png", files.png_of(2_000_000_000, 1)),
    ],
)
def test_what_would_unpack_to_far_more_than_its_size_is_refused(take, name, content):
    assert len(content) < 2_000_000
    with pytest.raises(Refused):
        take(name, content)


def test_a_part_that_lies_about_its_size_is_counted_not_believed(take):
    honest = bomb(1, 60_000_000)
    lying = honest.replace((60_000_000).to_bytes(4, "little"), (60).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(Refused):
        take("liar.docx", lying)


def test_a_package_is_never_unpacked_whole_in_memory(take):
    packed = bomb(18, 9_000_000)
    tracemalloc.start()
    try:
        take("large.docx", packed)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 30_000_000, "162 million bytes were unpacked"


def test_a_package_of_too_many_parts_is_refused(take):
    many = files.with_parts(files.docx(), **{f"word/media/{number}.txt": b"" for number in range(5_100)})
    with pytest.raises(Refused, match="too many parts"):
        take("many.docx", many)


# --- what else is in a file -------------------------------------------------------------------------------------
def test_a_photo_loses_where_and_with_what_it_was_taken_and_keeps_which_way_is_up(take):
    original = files.jpeg(orientation=6)
    assert b"CameraMaker" in original
    clean = kept(take("photo.jpg", original))
    for secret in (b"CameraMaker", b"A user comment", b"Hidden Lane"):
        assert secret not in clean
    exif = Image.open(io.BytesIO(clean)).getexif()
    assert dict(exif) == {0x0112: 6}
    assert not exif.get_ifd(0x8825)
    before, after = Image.open(io.BytesIO(original)), Image.open(io.BytesIO(clean))
    assert before.tobytes() == after.tobytes()


def test_a_picture_loses_its_texts(take):
    clean = kept(take("diagram.png", files.png()))
    assert b"Greta" not in clean
    assert b"Hidden Lane" not in clean
    assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(io.BytesIO(files.png())).tobytes()


@pytest.mark.parametrize(("name", "picture"), [("photo.jpg", files.jpeg()), ("diagram.png", files.png())])
def test_whatever_hides_after_the_end_of_a_picture_is_cut_off(take, name, picture):
    polyglot = picture + files.docx() + b"<script>alert(1)</script>"
    clean = kept(take(name, polyglot))
    assert b"<script>" not in clean
    assert not zipfile.is_zipfile(io.BytesIO(clean))


@pytest.mark.parametrize(("name", "content"), [("letter.docx", files.docx()), ("chronology.xlsx", files.xlsx())])
def test_an_office_file_loses_the_names_of_its_writers(take, name, content):
    with zipfile.ZipFile(io.BytesIO(content)) as before:
        assert any(b"Greta" in before.read(part) for part in before.namelist())
    with zipfile.ZipFile(io.BytesIO(kept(take(name, content)))) as after:
        assert after.testzip() is None
        for part in after.namelist():
            assert b"Greta" not in after.read(part)
            assert b"Gus" not in after.read(part)


def test_an_office_file_can_still_be_read(take):
    from docx import Document
    from openpyxl import load_workbook

    document = Document(io.BytesIO(kept(take("letter.docx", files.docx()))))
    assert document.paragraphs[0].text == "What our agency knew."
    book = load_workbook(io.BytesIO(kept(take("chronology.xlsx", files.xlsx()))))
    assert book.active["A1"].value == "Chronology"


# --- where it is kept -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "../../../settings.pdf",
        "/etc/passwd.pdf",
        "..\\..\\x.pdf",
        "a\u2044..\u2215b.pdf",
        f"{'long' * 90}.pdf",
        "%2e%2e%2fx.pdf",
    ],
)
def test_a_file_is_kept_under_a_random_name_inside_the_store(take, settings, typed):
    upload = take(typed, files.PDF)
    place = Path(upload.bytes_kept.path)
    assert place.is_relative_to(Path(settings.MEDIA_ROOT) / "uploads")
    assert re.fullmatch(r"[0-9a-f]{40}", place.name)
    assert [found.name for found in Path(settings.MEDIA_ROOT).rglob("*") if found.is_file()] == [place.name]


def test_nobody_but_the_product_may_read_the_store(take):
    upload = take("notes.pdf", files.PDF)
    assert os.stat(upload.bytes_kept.path).st_mode & 0o077 == 0


def test_a_file_whose_row_could_not_be_written_leaves_nothing_behind(by, settings):
    class Nobody:
        user, at, capacity = None, by.at, ""

    with pytest.raises(Exception, match=r"(?i)null|uploaded_by"):
        accept(files.uploaded("notes.pdf", files.PDF), by=Nobody())
    assert not [found for found in Path(settings.MEDIA_ROOT).rglob("*") if found.is_file()]


def test_i10_a_store_that_is_full_is_said_in_words_and_leaves_no_row(take):
    """The system refuses to write more than so much into one file, as a full disk does."""
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    try:
        with pytest.raises(Refused, match=r"^note.txt could not be stored\. Try again later"):
            take("note.txt", b"What was said. " * 20_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    assert not Upload.objects.exists()
    store.remove_orphans(at=timezone.now() + 2 * store.GRACE)
    assert list(store._names()) == []
    assert take("note.txt", b"What was said.").may_be_opened


def test_discarding_removes_the_bytes_once_it_is_committed(take, django_capture_on_commit_callbacks):
    upload = take("notes.pdf", files.PDF)
    place = Path(upload.bytes_kept.path)
    with django_capture_on_commit_callbacks(execute=True):
        discard(upload)
        assert place.exists(), "not before the commit"
    assert not place.exists()
    assert not Upload.objects.exists()
