"""The rows and the files they speak of: each must have the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import default_storage

from .models import IssuedDocument, Upload

FOLDERS = ("uploads", "issued")
# A file is written before its row is committed: a young one may be somebody's upload under way.
GRACE = timedelta(days=1)


def _kept() -> Iterator[tuple[str, str, str]]:
    """What every row says: (of what, name of the file, its hash)."""
    for pk, name, sha256 in Upload.objects.values_list("pk", "bytes_kept", "sha256").iterator():
        yield f"upload {pk}", name, sha256
    forms = [(form, f"{form}_sha256") for form in ("html", "pdf", "word")]
    for form, digest in forms:
        rows = IssuedDocument.objects.exclude(**{form: ""}).values_list("pk", form, digest)
        for pk, name, sha256 in rows.iterator():
            yield f"issued document {pk} ({form})", name, sha256


def damaged() -> Iterator[str]:
    """What is missing or no longer what was stored, in words."""
    for what, name, sha256 in _kept():
        if not default_storage.exists(name):
            yield f"{what}: its file is missing"
            continue
        digest = hashlib.sha256()
        with default_storage.open(name, "rb") as file:
            while piece := file.read(1024 * 1024):
                digest.update(piece)
        if digest.hexdigest() != sha256:
            yield f"{what}: its file is not what was stored"


def orphans(*, at: datetime) -> list[str]:
    """The names of files that no row speaks of, older than GRACE."""
    known = {name for _, name, _ in _kept()}
    return [name for name in _names() if name not in known and default_storage.get_modified_time(name) < at - GRACE]


def _names() -> Iterator[str]:
    for folder in FOLDERS:
        if not default_storage.exists(folder):
            continue
        for shelf in default_storage.listdir(folder)[0]:
            for name in default_storage.listdir(f"{folder}/{shelf}")[1]:
                yield f"{folder}/{shelf}/{name}"


def remove_orphans(*, at: datetime) -> int:
    """Remove the files that no row speaks of; how many there were. Running twice equals running once."""
    names = orphans(at=at)
    for name in names:
        default_storage.delete(name)
    return len(names)
