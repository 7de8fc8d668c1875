"""How a paper looks: its PDF, its page and its Word document."""

import io
import re

from django.template.loader import render_to_string
from docx import Document

from documents.models import IssuedDocument
from documents.papers import html_of, render_waiting
from documents.serve import download
from tests.documents.papers import NOW, of, pdf_of, unpacked


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


def test_the_same_content_gives_the_same_pdf(a_paper):
    first, second = a_paper(), a_paper()
    IssuedDocument.objects.update(issued_at=NOW)
    render_waiting(at=NOW)
    assert pdf_of(first) == pdf_of(second)
