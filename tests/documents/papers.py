"""Papers that were made, read again."""

import re
import subprocess
import zlib
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)


def of(program, content, *options):
    done = subprocess.run([program, *options, "-", *(["-"] if program == "pdftotext" else [])],
                          input=content, capture_output=True, check=True)  # fmt: skip
    return done.stdout.decode()


def unpacked(pdf):
    """The PDF with its packed objects readable."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return pdf + b"".join(zlib.decompressobj().decompress(one) for one in streams if one.startswith(b"x"))


def pdf_of(issued):
    issued.refresh_from_db()
    with issued.pdf.open("rb") as file:
        return file.read()


def stored(settings):
    return [found for found in Path(settings.MEDIA_ROOT).rglob("*") if found.is_file()]
