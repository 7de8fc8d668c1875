"""Accepting a file somebody attached."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Count, Sum

from audit.events import Actor, record
from audit.models import Trail
from documents.models import Upload
from govuk.words import file_size

from . import kinds, scanning
from .names import ending_of, safe_name
from .pictures import Unfit

_log = logging.getLogger(__name__)

# For `govuk.fields.MultipleFileField(kinds=ACCEPTED, max_bytes=settings.UPLOAD_MAX_BYTES)`.
ACCEPTED = {
    "PDF": ["pdf"],
    "Word document (.docx)": ["docx"],
    "Excel workbook (.xlsx)": ["xlsx"],
    "JPG": ["jpg", "jpeg"],
    "PNG": ["png"],
    "text file": ["txt"],
}
MOST_FILES_A_DAY = 300
MOST_BYTES_A_DAY = 1024 * 1024 * 1024


class Refused(Exception):
    """Why a file was not accepted: a whole sentence, fit for an error beside the field."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def accept(file: Any, *, by: Actor) -> Upload:
    """Keep an uploaded file, if it is what its name says and holds nothing that acts by itself.

    Pictures lose where and when they were taken, Office files the names of their writers. The file is scanned where a
    scanner is configured: held while the scanner is down, quarantined when it is infected; either way the row is made
    and says so, and `may_be_opened` is False. Raises Refused with the reason in a sentence.
    """
    name = safe_name(file.name or "")
    if file.size >= settings.UPLOAD_MAX_BYTES:
        raise Refused(f"{name} must be smaller than {file_size(settings.UPLOAD_MAX_BYTES)}")
    _check_quota(file.size, by=by)
    file.seek(0)
    content = file.read(settings.UPLOAD_MAX_BYTES)
    try:
        kind, clean = kinds.read(content, ending_of(name))
    except Unfit as unfit:
        raise Refused(f"{name} {unfit}") from None
    scan = _scanned(clean)
    with transaction.atomic():
        upload = Upload(
            name=name,
            content_type=kind.content_type,
            size=len(clean),
            sha256=hashlib.sha256(clean).hexdigest(),
            scan=scan,
            uploaded_by=by.user,
            uploaded_at=by.at,
        )
        try:
            upload.bytes_kept.save(name, ContentFile(clean), save=False)
        except OSError as error:  # a full disk; what was half written is removed with the files that no row speaks of
            _log.error("the store takes no files: %s", type(error).__name__)
            raise Refused(f"{name} could not be stored. Try again later, or tell the business unit") from None
        try:
            upload.save()
        except BaseException:
            upload.bytes_kept.storage.delete(str(upload.bytes_kept.name))
            raise
        if scan == Upload.Scan.INFECTED:
            record(Trail.of_the_house(), "upload quarantined", by=by, subject=upload)
    return upload


def _check_quota(size: int, *, by: Actor) -> None:
    day = Upload.objects.filter(uploaded_by=by.user, uploaded_at__gt=by.at - timedelta(days=1))
    so_far = day.aggregate(files=Count("pk"), size=Sum("size"))
    if so_far["files"] >= MOST_FILES_A_DAY or (so_far["size"] or 0) + size > MOST_BYTES_A_DAY:
        raise Refused("You have attached as many files as one person may in a day. Try again tomorrow")


def _scanned(content: bytes) -> str:
    if not scanning.configured():
        return Upload.Scan.NOT_SCANNED
    try:
        return Upload.Scan.INFECTED if scanning.is_infected(content) else Upload.Scan.CLEAN
    except scanning.ScannerDown:
        return Upload.Scan.HELD


def scan_held(*, by: Actor, limit: int = 20) -> int:
    """Scan what was held while the scanner was down; returns how many got an answer. Called by the sweep."""
    answered = 0
    for upload in Upload.objects.filter(scan=Upload.Scan.HELD).order_by("pk")[:limit]:
        with upload.bytes_kept.open("rb") as kept:
            scan = _scanned(kept.read())
        if scan == Upload.Scan.HELD:
            break
        with transaction.atomic():
            # Whoever else scans it at the same time leaves nothing to update.
            moved = Upload.objects.filter(pk=upload.pk, scan=Upload.Scan.HELD).update(scan=scan)
            if moved and scan == Upload.Scan.INFECTED:
                record(Trail.of_the_house(), "upload quarantined", by=by, subject=upload)
        answered += moved
    return answered


def discard(upload: Upload) -> None:
    """Remove the row, and its bytes once that is committed. The owner of the upload has recorded why."""
    name, storage = str(upload.bytes_kept.name), upload.bytes_kept.storage
    upload.delete()
    transaction.on_commit(lambda: storage.delete(name))
