"""P9: a paper as a tagged PDF."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import HTML

from bench.findings import Finding, Gate
from bench.measuring import side_by_side
from documents.models import IssuedDocument
from documents.papers import html_of
from documents.typesetting import typeset
from documents.typesetting.pdf import made


def measure(issued: IssuedDocument) -> tuple[list[Finding], str]:
    """A rapid review report beside the same words as bare paragraphs; also in its own limited process, as it runs."""
    html = html_of(issued)
    facts = {
        "identifier": issued.content_sha256[:32],
        "title": issued.title,
        "reference": issued.reference,
        "marking": issued.marking,
        "issued_at": issued.issued_at.isoformat(),
    }
    static = Path(str(finders.find("papers/paper.css"))).parent
    bare = _bare(html)
    series = side_by_side(
        {
            "report, tagged": lambda: made(html, facts, str(static)),
            "same words, bare": lambda: HTML(string=bare).write_pdf(),
            "in a process of its own": lambda: typeset("pdf", html, facts, static=static),
        },
        rounds=5,
    )
    pages = len(HTML(string=html, base_url=f"{static.as_uri()}/").render().pages)
    return [
        Finding.of("P9 paper", series, "report, tagged", "same words, bare", Gate(4)),
        Finding.of("P9 paper", series, "in a process of its own", "report, tagged"),
    ], f"The report that is set has {pages} pages."


def _bare(html: str) -> str:
    text = re.sub(r"<(style|script|head)\b.*?</\1>", " ", html, flags=re.DOTALL)
    blocks = re.split(r"</?(?:p|h\d|li|td|th|dt|dd|tr|div|section)\b[^>]*>", text)
    words = (" ".join(unescape(re.sub(r"<[^>]+>", " ", block)).split()) for block in blocks)
    return "".join(f"<p>{escape(block)}</p>" for block in words if block)
