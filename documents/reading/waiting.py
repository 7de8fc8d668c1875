"""Reading the files that nobody has read yet, each in a process of its own that is given up on in time."""

from __future__ import annotations

import json
import logging
import os
import subprocess  # nosec B404: our own interpreter, our own module, no shell
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import F, Q

from documents.models import Upload, UploadText

from .words import READERS

_log = logging.getLogger(__name__)
_ROOT = Path(__file__).resolve().parent.parent.parent
# Of every kind that has words in it; a picture and a workbook have none to search.
READ = tuple(READERS)
WALL_SECONDS, CPU_SECONDS, MEMORY_BYTES = 60, 40, 512 * 1024 * 1024
LEASE = timedelta(minutes=5)
MOST_TRIES = 2
A_ROUND = 5


def read_waiting(*, at: datetime, limit: int = A_ROUND) -> int:
    """Read up to `limit` files that may be opened; returns how many were. Running twice equals running once.

    A file that cannot be read is tried twice and then left without words: it can be opened, and is not found.
    """
    readable = Upload.objects.filter(scan__in=[Upload.Scan.CLEAN, Upload.Scan.NOT_SCANNED], content_type__in=READ)
    for pk in readable.filter(text=None).order_by("pk").values_list("pk", flat=True)[:limit]:
        UploadText.objects.get_or_create(upload_id=pk)
    done = 0
    waiting = UploadText.objects.filter(_waiting(at)).select_related("upload").order_by("tries", "pk")
    for row in list(waiting[:limit]):
        # The number of the try is the ticket: whoever else reads it at the same time leaves nothing to update.
        ours = UploadText.objects.filter(_waiting(at), pk=row.pk, tries=row.tries)
        if ours.update(tries=F("tries") + 1, claimed_until=at + LEASE):
            done += _read(row, at=at)
    return done


def _waiting(at: datetime) -> Q:
    return Q(read_at=None, tries__lt=MOST_TRIES) & (Q(claimed_until=None) | Q(claimed_until__lt=at))


def _read(row: UploadText, *, at: datetime) -> bool:
    try:
        with row.upload.bytes_kept.open("rb") as kept:
            said = _said(kept.read(), row.upload.content_type)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        _log.warning("upload %s was not read: %s", row.upload_id, type(error).__name__)
        UploadText.objects.filter(pk=row.pk).update(claimed_until=None)
        return False
    return bool(UploadText.objects.filter(pk=row.pk).update(words=said, read_at=at, claimed_until=None))


def _said(content: bytes, content_type: str) -> str:
    with tempfile.TemporaryDirectory(prefix="reading-") as scratch:
        order = {"content_type": content_type, "cpu": CPU_SECONDS, "memory": MEMORY_BYTES}
        done = subprocess.run(  # noqa: S603  # nosec B603: our own program, no shell
            [sys.executable, "-m", "documents.reading", json.dumps(order)],
            input=content,
            capture_output=True,
            cwd=_ROOT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": scratch, "TMPDIR": scratch},
            timeout=WALL_SECONDS,
            check=True,
        )
    return done.stdout.decode()
