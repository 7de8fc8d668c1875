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
MACROS = "contains macros. Save a copy without macros, then attach the copy"
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


_MACRO = re.compile(r"(?i)(vbaproject|vbadata)[^/]*$|/activex/")
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_FROM_AFAR = re.compile(rb"(?is)<Relationship\b(?=[^>]*attachedTemplate)(?=[^>]*TargetMode\s*=\s*[\"']External)")
_WRITERS = rb"dc:creator|cp:lastModifiedBy|Manager|Company"
_WHO = re.compile(rb"(?s)<(" + _WRITERS + rb")\b[^>]*?(?<!/)>.*?</(?:" + _WRITERS + rb")>")
_ABOUT = ("docProps/core.xml", "docProps/app.xml")
_TYPES = "[Content_Types].xml"
_PIECE = 64 * 1024


def _read_office(main: str) -> Callable[[bytes], bytes]:
    def read(content: bytes) -> bytes:
        """The file packed again without the names of those who wrote it. Never unpacked whole."""
        packed = io.BytesIO()
        try:
            with (
                zipfile.ZipFile(io.BytesIO(content)) as package,
                zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as clean,
            ):
                _check_parts(package.infolist(), main)
                left = MOST_UNPACKED
                for part in package.infolist():
                    left -= _copy(package, part, clean, left)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise Unfit(BROKEN) from error
        return packed.getvalue()

    return read


def _check_parts(parts: list[zipfile.ZipInfo], main: str) -> None:
    names = [part.filename for part in parts]
    if len(names) > MOST_PARTS:
        raise Unfit("has too many parts to be checked")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unfit(PASSWORD)
    if len(set(names)) < len(names):
        raise Unfit(BROKEN)
    if main not in names or _TYPES not in names:
        raise Unfit("is not the kind of file its name says")
    if any(_MACRO.search(name) for name in names):
        raise Unfit(MACROS)


def _copy(package: zipfile.ZipFile, part: zipfile.ZipInfo, clean: zipfile.ZipFile, left: int) -> int:
    """Copy a part piece by piece; how large it is. What it says of its own size is not believed: it is counted."""
    whole = part.filename == _TYPES or part.filename in _ABOUT or part.filename.endswith(".rels")
    allowed = min(left, SMALL_PART if whole else max(SMALL_PART, part.compress_size * MOST_TIMES_LARGER))
    is_xml = part.filename.endswith((".xml", ".rels"))
    size, before, held = 0, b"", []
    as_new = zipfile.ZipInfo(part.filename, (1980, 1, 1, 0, 0, 0))
    as_new.compress_type = zipfile.ZIP_DEFLATED
    with package.open(part) as read, clean.open(as_new, "w", force_zip64=False) as written:
        while piece := read.read(_PIECE):
            size += len(piece)
            if size > allowed:
                raise Unfit("unpacks to far more than its size and cannot be checked")
            # Without the zeros of UTF-16, which an XML reader would understand as well.
            if is_xml and _ENTITY.search((before + piece).replace(b"\0", b"")):
                raise Unfit(BROKEN)
            before = piece[-32:]
            if whole:
                held.append(piece)
            else:
                written.write(piece)
        if whole:
            written.write(_checked(part.filename, b"".join(held)))
    return size


def _checked(name: str, content: bytes) -> bytes:
    if name == _TYPES and b"macroenabled" in content.lower():
        raise Unfit(MACROS)
    if name.endswith(".rels") and _FROM_AFAR.search(content):
        raise Unfit("loads its template from another computer. Save a copy as a PDF, then attach the copy")
    return _WHO.sub(rb"<\1/>", content) if name in _ABOUT else content


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
    "msg": "is an email. Save or print the email as a PDF, then attach the PDF",
    "eml": "is an email. Save or print the email as a PDF, then attach the PDF",
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
