"""What a file truly is, and what must not be in it. Pure: bytes in, clean bytes out.

A kind is recognised by its content; the ending of its name must then agree. Each `read_` function raises Unfit with the
reason in words that follow the name of the file: "is protected with a password. ...".
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from .pictures import Unfit, clean_jpeg, clean_png

PASSWORD = "is protected with a password. Remove the password, then attach it again"  # noqa: S105  # nosec B105
BROKEN = "is damaged and cannot be opened. Save it again, then attach the new copy"

MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
MOST_TIMES_LARGER = 300
# Below this a part may be as repetitive as it likes: an empty table packs very small.
SMALL_PART = 10 * 1024 * 1024


@dataclass(frozen=True)
class Kind:
    """One kind of file that is accepted."""

    words: str
    endings: tuple[str, ...]
    content_type: str
    begins: tuple[bytes, ...]
    read: Callable[[bytes], bytes]


def read_pdf(content: bytes) -> bytes:
    """The same bytes. A password, a script or a command to start a program is refused."""
    if b"%%EOF" not in content[-2048:]:
        raise Unfit(BROKEN)
    # Names may be written with #xx for any letter.
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), content)
    if b"/Encrypt" in plain:
        raise Unfit(PASSWORD)
    if b"/JavaScript" in plain or b"/Launch" in plain:
        raise Unfit("contains a script. Print it to a new PDF, then attach the new copy")
    return content


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of an Office file. What a part says of its own size is not believed: it is counted."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS:
                raise Unfit("has too many parts to be checked")
            if any(part.flag_bits & 0x1 for part in parts):
                raise Unfit(PASSWORD)
            unpacked: dict[str, bytes] = {}
            left = MOST_UNPACKED
            for part in parts:
                if part.filename in unpacked:
                    raise Unfit(BROKEN)
                allowed = min(left, max(SMALL_PART, part.compress_size * MOST_TIMES_LARGER))
                with package.open(part) as opened:
                    read = opened.read(allowed + 1)
                if len(read) > allowed:
                    raise Unfit("unpacks to far more than its size and cannot be checked")
                left -= len(read)
                unpacked[part.filename] = read
            return unpacked
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Unfit(BROKEN) from error


_MACRO = re.compile(r"(?i)(vbaproject|vbadata)[^/]*$|/activex/")
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FROM_AFAR = re.compile(rb"(?is)<Relationship\b(?=[^>]*attachedTemplate)(?=[^>]*TargetMode\s*=\s*[\"']External)")
_WHO = re.compile(
    rb"(?s)<((?:dc:creator|cp:lastModifiedBy|Manager|Company)\b)[^>]*?(?<!/)>.*?</(?:dc:creator|cp:lastModifiedBy|Manager|Company)>"
)


def _read_office(main: str) -> Callable[[bytes], bytes]:
    def read(content: bytes) -> bytes:
        """The file packed again without the names of those who wrote it."""
        parts = _unpacked(content)
        if main not in parts or "[Content_Types].xml" not in parts:
            raise Unfit("is not the kind of file its name says")
        types = parts["[Content_Types].xml"].lower()
        if b"macroenabled" in types or any(_MACRO.search(name) for name in parts):
            raise Unfit("contains macros. Save a copy without macros, then attach the copy")
        for name, part in parts.items():
            if name.endswith((".xml", ".rels")) and _ENTITY.search(part):
                raise Unfit(BROKEN)
            if name.endswith(".rels") and _FROM_AFAR.search(part):
                raise Unfit("loads its template from another computer. Save a copy as a PDF, then attach the copy")
        for name in ("docProps/core.xml", "docProps/app.xml"):
            if name in parts:
                parts[name] = _WHO.sub(lambda found: b"<" + found[1] + b"/>", parts[name])
        return _packed(parts)

    return read


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read_text(content: bytes) -> bytes:
    """The same bytes, if they are text in UTF-8, UTF-16 with its mark, or the Windows alphabet."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return content
    raise Unfit("is not plain text")


PDF = Kind("PDF", ("pdf",), "application/pdf", (b"%PDF-",), read_pdf)
WORD = Kind(
    "Word document",
    ("docx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (b"PK\x03\x04",),
    _read_office("word/document.xml"),
)
EXCEL = Kind(
    "Excel workbook",
    ("xlsx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (b"PK\x03\x04",),
    _read_office("xl/workbook.xml"),
)
JPEG = Kind("JPG", ("jpg", "jpeg"), "image/jpeg", (b"\xff\xd8\xff",), clean_jpeg)
PNG = Kind("PNG", ("png",), "image/png", (b"\x89PNG\r\n\x1a\n",), clean_png)
TEXT = Kind("text file", ("txt",), "text/plain", (b"",), read_text)
KINDS = (PDF, WORD, EXCEL, JPEG, PNG, TEXT)

# Refused with advice rather than with a bare no.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ADVICE = {
    "doc": "is an older Word document. Save it as .docx or PDF, then attach the copy",
    "xls": "is an older Excel workbook. Save it as .xlsx or PDF, then attach the copy",
    "docm": "may contain macros. Save a copy as .docx or PDF, then attach the copy",
    "xlsm": "may contain macros. Save a copy as .xlsx or PDF, then attach the copy",
    "msg": "is an e-mail. Save or print the e-mail as a PDF, then attach the PDF",
    "eml": "is an e-mail. Save or print the e-mail as a PDF, then attach the PDF",
    "zip": "is a folder of files. Attach the files one by one",
    "heic": "is a picture in a format that cannot be checked. Save it as JPG or PNG, then attach the copy",
}


def read(content: bytes, ending: str) -> tuple[Kind, bytes]:
    """What the file is, and its clean bytes. Raises Unfit with the reason."""
    if ending in ADVICE:
        raise Unfit(ADVICE[ending])
    named = next((kind for kind in KINDS if ending in kind.endings), None)
    if named is None:
        raise Unfit("must be a PDF, Word document (.docx), Excel workbook (.xlsx), JPG, PNG or text file (.txt)")
    if not content:
        raise Unfit("is empty")
    if named in (WORD, EXCEL) and content.startswith(_COMPOUND):
        # An Office file with a password is wrapped in the older format.
        raise Unfit(PASSWORD)
    if not content.startswith(named.begins):
        raise Unfit(f"is not the {named.words} its name says it is")
    return named, named.read(content)
