"""HTML to a Word document with real headings, lists, tables with repeated header rows, marking and page numbers."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from lxml import html as parser

_LEFT_OUT = {"head", "script", "style", "template", "noscript"}
_INLINE = {"a", "abbr", "b", "br", "cite", "code", "em", "i", "small", "span", "strong", "sub", "sup", "time"}
_LISTS = {"ul": "List Bullet", "ol": "List Number"}
_INK = RGBColor(0x0B, 0x0C, 0x0C)
_MUTED = RGBColor(0x50, 0x5A, 0x5F)


def made(html: str, facts: dict[str, str], static: str) -> bytes:
    """The document. Marking and reference stand in its header, page numbers in its footer."""
    page = parser.document_fromstring(html)
    document = Document()
    _prepare(document, facts)
    _blocks(document, page.find("body"), document)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _prepare(document: Any, facts: dict[str, str]) -> None:
    about = document.core_properties
    about.title, about.subject, about.language = facts["title"], facts["reference"], "en-GB"
    about.author = about.last_modified_by = ""
    about.comments = ""
    about.created = about.modified = datetime.fromisoformat(facts["issued_at"])
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = "Arial", _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for alphabet in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(alphabet), None)
        for alphabet in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(alphabet), "Arial")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    normal = document.styles["Normal"].element.get_or_add_rPr()
    for earlier in normal.findall(qn("w:lang")):
        normal.remove(earlier)
    normal.append(language)
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Normal"].paragraph_format.space_after = Pt(8)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    head = section.header.paragraphs[0]
    head.paragraph_format.tab_stops.clear_all()
    head.paragraph_format.tab_stops.add_tab_stop(section.page_width - section.left_margin - section.right_margin, 2)
    head.add_run(facts["marking"]).bold = True
    head.add_run(f"\t{facts['reference']}").font.color.rgb = _MUTED
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for piece, is_field in (("Page ", False), ("PAGE", True), (" of ", False), ("NUMPAGES", True)):
        _field(foot, piece) if is_field else foot.add_run(piece)


def _field(paragraph: Any, what: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split())


def _blocks(into: Any, element: Any, document: Any) -> None:
    """The children of a block, in order; loose text between blocks becomes a paragraph."""
    paragraph = None

    def loose() -> Any:
        nonlocal paragraph
        paragraph = paragraph if paragraph is not None else into.add_paragraph()
        return paragraph

    if (element.text or "").strip():
        _run(loose(), element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag in _INLINE:
            if (child.text_content() or "").strip() or child.tag == "br":
                _inline(loose(), child)
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            if "screen-only" not in _classes(child):
                _block(into, child, document)
            paragraph = None
        if (child.tail or "").strip():
            _run(loose(), child.tail)


def _block(into: Any, element: Any, document: Any) -> None:
    tag = element.tag
    if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
        level = min(int(tag[1]), 4)
        heading = into.add_paragraph(style=f"Heading {level}")
        _inlines(heading, element)
    elif tag == "p":
        _inlines(into.add_paragraph(), element)
    elif tag in _LISTS:
        _list(into, element, document)
    elif tag == "dl":
        _terms(into, element, document)
    elif tag == "table":
        _table(into, element, document)
    elif tag == "blockquote":
        paragraph = into.add_paragraph(style="Quote")
        _inlines(paragraph, element)
    elif tag == "img":
        if element.get("alt"):
            into.add_paragraph(f"[{element.get('alt')}]")
    elif tag == "svg":
        title = element.find(".//{*}title")
        if title is not None and title.text:
            into.add_paragraph(f"[{title.text}]")
    elif tag != "hr":
        _blocks(into, element, document)


def _list(into: Any, element: Any, document: Any, level: int = 1) -> None:
    style = _LISTS[element.tag] + (f" {level}" if level > 1 else "")
    for item in element.findall("li"):
        paragraph = into.add_paragraph(style=style)
        if element.tag == "ol":
            # Word's own numbering would run on from one list to the next.
            paragraph.style = document.styles["Normal"]
            paragraph.paragraph_format.left_indent = Cm(0.9 * level)
            paragraph.paragraph_format.first_line_indent = Cm(-0.9)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.9 * level))
            paragraph.add_run(f"{int(element.get('start') or 1) + element.findall('li').index(item)}.\t")
        _inlines(paragraph, item, leave_out=set(_LISTS) | {"p"})
        for inner in item:
            if inner.tag in _LISTS:
                _list(into, inner, document, min(level + 1, 3))
            elif inner.tag == "p":
                _inlines(paragraph, inner)


def _terms(into: Any, element: Any, document: Any) -> None:
    pairs: list[tuple[Any, list[Any]]] = []
    for part in element.iter("dt", "dd"):
        if part.tag == "dt":
            pairs.append((part, []))
        elif pairs:
            pairs[-1][1].append(part)
    if not pairs:
        return
    table = into.add_table(rows=len(pairs), cols=2)
    for row, (term, answers) in zip(table.rows, pairs, strict=True):
        first, second = row.cells
        _inlines(first.paragraphs[0], term, bold=True)
        for number, answer in enumerate(answers):
            _cell(second, answer, document, first=number == 0)
    document.add_paragraph()


def _table(into: Any, element: Any, document: Any) -> None:
    rows = list(element.iter("tr"))
    width = max((len(row.findall("td")) + len(row.findall("th")) for row in rows), default=0)
    if not width or width > 30:  # more than a page can hold
        return
    caption = element.find("caption")
    if caption is not None:
        _inlines(into.add_paragraph(), caption, bold=True)
    table = into.add_table(rows=0, cols=width)
    table.style = document.styles["Table Grid"]
    for row in rows:
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        made_row = table.add_row()
        if row.getparent().tag == "thead":
            repeated = OxmlElement("w:tblHeader")
            repeated.set(qn("w:val"), "true")
            made_row._tr.get_or_add_trPr().append(repeated)
        for place, cell in zip(made_row.cells, cells, strict=False):
            _cell(place, cell, document, bold=cell.tag == "th")
    document.add_paragraph()


def _cell(place: Any, element: Any, document: Any, *, bold: bool = False, first: bool = True) -> None:
    paragraph = place.paragraphs[0] if first else place.add_paragraph()
    blocks = [child for child in element if isinstance(child.tag, str) and child.tag not in _INLINE]
    _inlines(paragraph, element, leave_out={child.tag for child in blocks}, bold=bold)
    for number, child in enumerate(blocks):
        if child.tag in _LISTS:
            for item in child.findall("li"):
                _inlines(place.add_paragraph(style="List Bullet"), item)
        elif number == 0 and not paragraph.text:
            _inlines(paragraph, child, bold=bold)
        else:
            _inlines(place.add_paragraph(), child, bold=bold)


def _inlines(paragraph: Any, element: Any, *, leave_out: set[str] | None = None, **look: Any) -> None:
    if element.text:
        _run(paragraph, element.text, **look)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in (leave_out or set()) and child.tag not in _LEFT_OUT:
            _inline(paragraph, child, **look)
        if child.tail:
            _run(paragraph, child.tail, **look)


def _inline(paragraph: Any, element: Any, **look: Any) -> None:
    if element.tag == "br":
        paragraph.add_run().add_break()
        return
    if element.tag in {"strong", "b"}:
        look = {**look, "bold": True}
    elif element.tag in {"em", "i", "cite"}:
        look = {**look, "italic": True}
    _inlines(paragraph, element, **look)
    if element.tag == "a" and (element.get("href") or "").startswith(("http://", "https://")):
        shown = element.text_content().strip()
        if element.get("href") != shown:
            _run(paragraph, f" ({element.get('href')})", **look)


def _run(paragraph: Any, text: str, *, bold: bool = False, italic: bool = False) -> None:
    words = " ".join(text.split())
    if not words:
        words = " " if text else ""
    else:
        words = (" " if text[:1].isspace() else "") + words + (" " if text[-1:].isspace() else "")
    if not paragraph.text:
        words = words.lstrip()
    if not words:
        return
    run = paragraph.add_run(words)
    run.bold, run.italic = bold or None, italic or None
