"""Sending a kept file to a browser: as a file to save, never as a page, and only if it is still what was stored."""

from __future__ import annotations

import hashlib
import logging
from io import BytesIO
from typing import IO
from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404

from .models import IssuedDocument, Upload
from .uploads.names import safe_name

_log = logging.getLogger(__name__)
FORMS = ("pdf", "docx", "html")


class NotServed(PermissionDenied):
    """Why a file is not sent: held for the scanner, quarantined, not prepared yet, or no longer what was stored."""


def download(kept: Upload | IssuedDocument, ending: str | None = None) -> FileResponse:
    """The file as an attachment. `ending` is one of FORMS, "pdf" if nothing is said, for an issued paper.

    The view has asked `open_part(..., verb="downloaded")` before. Raises NotServed, answered with 403 and its words.
    """
    if isinstance(kept, Upload):
        return attachment(_content_of_upload(kept), kept.name)
    ending = ending or "pdf"
    if ending not in FORMS:
        raise Http404("There is no such form of this paper.")
    return attachment(_content_of_paper(kept, ending), kept.filename(ending))


def attachment(content: bytes | IO[bytes], name: str) -> FileResponse:
    """Any bytes as a file to save under a harmless name. Nothing in it runs, wherever it is opened from."""
    response = FileResponse(BytesIO(content) if isinstance(content, bytes) else content)
    # What it is, is nobody's guess: neither ours from the name nor the browser's from the bytes.
    response["Content-Type"] = "application/octet-stream"
    response["Content-Disposition"] = disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def disposition(name: str) -> str:
    """RFC 6266: a name every browser reads, and beside it the name as it is."""
    name = safe_name(name)
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("%", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _content_of_upload(upload: Upload) -> bytes:
    if upload.scan == Upload.Scan.HELD:
        raise NotServed("This file is held until it can be scanned for viruses. Try again later.")
    if not upload.may_be_opened:
        raise NotServed("This file is in quarantine: the virus scanner found something in it. It cannot be opened.")
    return _checked(upload.bytes_kept, upload.sha256, f"upload {upload.pk}")


def _content_of_paper(issued: IssuedDocument, ending: str) -> bytes:
    kept = {
        "pdf": (issued.pdf, issued.pdf_sha256),
        "docx": (issued.word, issued.word_sha256),
        "html": (issued.html, issued.html_sha256),
    }
    field, sha256 = kept[ending]
    if not issued.is_ready or not field:
        raise NotServed("This paper is not ready yet. Try again in a minute.")
    return _checked(field, sha256, f"issued document {issued.pk}")


def _checked(field: IO[bytes], sha256: str, what: str) -> bytes:
    try:
        with field.open("rb") as kept:  # type: ignore[attr-defined]
            content: bytes = kept.read()
    except OSError:
        _log.error("%s is missing from the store", what)
        raise NotServed("This file is missing from the store. Tell the partnership's business unit.") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        _log.error("%s is not what was stored", what)
        raise NotServed(
            "This file is no longer what was stored, so it is not shown. Tell the partnership's business unit."
        )
    return content
