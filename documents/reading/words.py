"""The words of a file's content. Pure: bytes in, text out; whatever is wrong with the file raises."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Iterator

MOST_LETTERS = 500_000
MOST_PAGES = 2_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml")


def of_pdf(content: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages):
        if number == MOST_PAGES:
            return
        yield page.extract_text()


def of_word(content: bytes) -> Iterator[str]:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in _PARTS:
            if part not in package.namelist():
                continue
            with package.open(part) as file:
                # Nothing is fetched and nothing is unfolded.
                for _, element in etree.iterparse(file, tag=_W + "p", resolve_entities=False, no_network=True):
                    yield "".join(piece.text or "" if piece.tag == _W + "t" else " " for piece in _pieces(element))
                    element.clear()


def _pieces(paragraph):
    return paragraph.iter(_W + "t", _W + "tab", _W + "br")


def of_text(content: bytes) -> Iterator[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield content.decode("utf-16", errors="replace")
        return
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # As older programs save it, here: the accents of names are in it.
        yield content.decode("cp1252", errors="replace")


READERS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "application/pdf": of_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": of_word,
    "text/plain": of_text,
}


def as_typed(text: str) -> str:
    """The text in the letters of a keyboard: one letter for "â" and two for "ﬁ", and no hyphen that is not seen."""
    return unicodedata.normalize("NFKC", text).replace("\u00ad", "")


def words_of(content: bytes, content_type: str) -> str:
    """The text in one line, no more than half a million letters of it, each accent and ligature as people type it."""
    found: list[str] = []
    size = 0
    for piece in READERS[content_type](content):
        plain = " ".join(as_typed(piece).replace("\0", " ").split())
        if plain:
            found.append(plain)
            size += len(plain) + 1
        if size > MOST_LETTERS:
            break
    return " ".join(found)[:MOST_LETTERS].encode("utf-8", "ignore").decode()
