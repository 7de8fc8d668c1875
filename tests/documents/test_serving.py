"""A kept file goes to the browser as a file to save, and only if it is still what was stored."""

import os
import re
from email.message import Message
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.http import Http404
from hypothesis import given
from hypothesis import strategies as st

from documents.serve import NotServed, attachment, disposition, download
from documents.uploads import safe_name
from documents.uploads.names import LONGEST
from tests.documents import files

HOSTILE = {
    'a";\r\nX-Evil: y.html': "a_;X-Evil_ y.html",
    "../../x.pdf": "x.pdf",
    "..\\..\\x.pdf": "x.pdf",
    "C:\\Users\\greta\\x.pdf": "x.pdf",
    ".htaccess": "htaccess",
    "CON": "_CON",
    "con.pdf": "_con.pdf",
    "LPT1.txt": "_LPT1.txt",
    "x.pdf.": "x.pdf",
    "x.pdf . . ": "x.pdf",
    "": "file",
    "...": "file",
    "\u202efdp.exe": "fdp.exe",
    "zero\u200bwidth.pdf": "zerowidth.pdf",
    "line\u2028break.pdf": "linebreak.pdf",
    "nu\0ll.pdf": "null.pdf",
    "lone\udcff.pdf": "lone.pdf",
    "a%0d%0ab.pdf": "a%0d%0ab.pdf",
    "Zoë’s notes – March.pdf": "Zoë’s notes – March.pdf",
}


@pytest.mark.parametrize("typed", HOSTILE)
def test_a_name_is_made_harmless_and_stays_readable(typed):
    assert safe_name(typed) == HOSTILE[typed]


def test_a_long_name_keeps_its_ending():
    assert safe_name("x" * 300 + ".docx") == "x" * (LONGEST - 5) + ".docx"


@given(st.text(max_size=400))
def test_no_name_at_all_makes_a_second_header_or_leaves_its_folder(typed):
    name = safe_name(typed)
    assert 0 < len(name) <= LONGEST + 1
    assert not re.search(r'[\x00-\x1f\x7f/\\":<>|?*]', name)
    assert not name.startswith(".")
    header = disposition(typed)
    assert header.isascii()
    assert header.isprintable()
    message = Message()
    message["Content-Disposition"] = header
    assert message.get_content_disposition() == "attachment"
    assert message.get_filename().isascii()
    assert unquote(re.search(r"filename\*=UTF-8''(\S+)$", header)[1], errors="strict") == name


def test_a_file_comes_as_an_attachment_that_no_browser_runs(take):
    response = download(take("notes.pdf", files.PDF))
    assert b"".join(response.streaming_content) == files.PDF
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith('attachment; filename="notes.pdf"')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_file_of_which_one_byte_changed_is_not_sent(take, caplog):
    upload = take("notes.pdf", files.PDF)
    place = Path(upload.bytes_kept.path)
    content = bytearray(place.read_bytes())
    content[50] ^= 1
    place.write_bytes(content)
    with pytest.raises(NotServed, match="no longer what was stored"):
        download(upload)
    assert f"upload {upload.pk} is not what was stored" in caplog.text
    assert "notes" not in caplog.text, "a file's name may hold a child's"


def test_a_file_that_is_gone_is_said_to_be_gone(take):
    upload = take("notes.pdf", files.PDF)
    os.remove(upload.bytes_kept.path)
    with pytest.raises(NotServed, match="missing"):
        download(upload)


def test_a_spreadsheet_is_sent_with_the_same_headers():
    response = attachment(b"a,b\r\n", "CIOS returns.csv")
    assert response["Content-Disposition"].startswith('attachment; filename="CIOS returns.csv"')
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_a_paper_has_no_other_forms_than_those_it_was_made_in(a_paper):
    with pytest.raises(NotServed, match="not ready"):
        download(a_paper(), "docx")
    with pytest.raises(Http404):
        download(a_paper(), "exe")
