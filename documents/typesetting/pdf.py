"""HTML to a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Not a place: a name that relative addresses can be joined to, and that cannot exist on any network.
OURS = "http://papers.invalid/"


class NotOurs(ValueError):
    """The paper asked for something that is not one of our own static files."""


class OnlyOurs(URLFetcher):
    """Reads fonts, pictures and style sheets from one folder, and nothing from anywhere else."""

    def __init__(self, static: str) -> None:
        super().__init__(allowed_protocols=["http"], allow_redirects=False)
        self._static = Path(static).resolve()

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if not url.startswith(OURS):
            raise NotOurs("Only our own files may be read.")
        file = (self._static / unquote(urlsplit(url).path).lstrip("/")).resolve()
        if not file.is_relative_to(self._static) or not file.is_file():
            raise NotOurs("Only our own files may be read.")
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})


_TAG = re.compile(r"(<style.*?</style>|<[^>]*>)", re.DOTALL)
_RUN = re.compile(r"[^\s&;]{50,}")


def _breakable(html: str) -> str:
    """Very long runs without a space may be broken: a line that is too long for the page would lose its end."""
    pieces = _TAG.split(html)
    pieces[::2] = [_RUN.sub(lambda run: "\u200b".join(_parts(run[0])), text) for text in pieces[::2]]
    return "".join(pieces)


def _parts(run: str) -> list[str]:
    return [run[at : at + 25] for at in range(0, len(run), 25)]


def made(html: str, facts: dict[str, str], static: str) -> bytes:
    """The PDF. Title, language and headings are those of the HTML."""
    document = HTML(string=_breakable(html), base_url=OURS, url_fetcher=OnlyOurs(static), media_type="print")
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=facts["identifier"].encode())
    return pdf
