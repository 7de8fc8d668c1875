"""How paper travels. Bytes, drafts and hashes, without a key to any case: their owner points at them."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


def _random_name(upload: Upload, filename: str) -> str:
    """Where the bytes are kept: never a name somebody typed."""
    token = secrets.token_hex(20)
    return f"uploads/{token[:2]}/{token}"


def _issued_name(issued: IssuedDocument, filename: str) -> str:
    token = secrets.token_hex(20)
    return f"issued/{token[:2]}/{token}"


class Upload(models.Model):
    """A file somebody attached, checked by its content and scanned where a scanner is configured."""

    class Scan(models.TextChoices):
        NOT_SCANNED = "not_scanned", "Not virus scanned"
        HELD = "held", "Held until it can be scanned"
        CLEAN = "clean", "Scanned"
        INFECTED = "infected", "Quarantined"

    name = models.CharField("file name", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    bytes_kept = models.FileField(upload_to=_random_name, max_length=200)
    scan = models.CharField(max_length=20, choices=Scan.choices, default=Scan.NOT_SCANNED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"upload {self.pk}"

    @property
    def may_be_opened(self) -> bool:
        return self.scan in {self.Scan.CLEAN, self.Scan.NOT_SCANNED}

    @property
    def scan_colour(self) -> str:
        """The colour of the tag that says how the scan went; a clean file needs no tag."""
        colours = {self.Scan.NOT_SCANNED: "grey", self.Scan.HELD: "yellow", self.Scan.INFECTED: "red"}
        return colours.get(self.Scan(self.scan), "")


class UploadText(models.Model):
    """What a file says in words, for searching only: made by the worker, gone with the file.

    Never shown: whoever finds a case by it opens the file itself, which asks again who may.
    """

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="text")
    words = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"words of upload {self.upload_id}"


class Draft(models.Model):
    """A paper being written in sections. Its owner points at it."""

    title = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """One heading of a draft. `html` is clean rich text; every version of it is kept."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="sections")
    number = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    heading = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)
    html = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["draft_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "key"], name="section_once_in_a_draft"),
            models.UniqueConstraint(fields=["draft", "number"], name="section_numbered_once_in_a_draft"),
        ]

    def __str__(self) -> str:
        return self.heading


class SectionVersion(models.Model):
    """What a section said at one saving. Never changed."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    html = models.TextField(blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["section_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="section_version_once")]

    def __str__(self) -> str:
        return f"{self.section}, version {self.number}"


class Comment(models.Model):
    """A remark beside a section of a draft."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ["section_id", "made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class IssuedDocument(models.Model):
    """A paper as it was issued: frozen content and its hash, rendered once by a worker, then never again.

    `content` is the paper's dataclass as plain JSON; `template` renders it. PDF and Word are made from that
    HTML and kept with their own hashes.
    """

    class Rendering(models.TextChoices):
        WAITING = "waiting", "Being prepared"
        READY = "ready", "Ready"
        FAILED = "failed", "Could not be prepared"

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=60)
    marking = models.CharField(max_length=60, default="OFFICIAL-SENSITIVE")
    template = models.CharField(max_length=120)
    content = models.JSONField()
    content_sha256 = models.CharField(max_length=64)
    with_word = models.BooleanField(default=False)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=300, blank=True)
    rendering = models.CharField(max_length=10, choices=Rendering.choices, default=Rendering.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    rendered_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)
    html = models.FileField(upload_to=_issued_name, max_length=200, blank=True)
    html_sha256 = models.CharField(max_length=64, blank=True)
    html_size = models.PositiveBigIntegerField(default=0)
    pdf = models.FileField(upload_to=_issued_name, max_length=200, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveBigIntegerField(default=0)
    word = models.FileField(upload_to=_issued_name, max_length=200, blank=True)
    word_sha256 = models.CharField(max_length=64, blank=True)
    word_size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(rendering="ready") | ~Q(pdf=""), name="a_ready_paper_has_its_pdf")
        ]
        indexes = [models.Index(fields=["rendering", "claimed_until"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.reference})"

    @property
    def is_ready(self) -> bool:
        return self.rendering == self.Rendering.READY

    @property
    def has_failed(self) -> bool:
        return self.rendering == self.Rendering.FAILED

    def filename(self, ending: str) -> str:
        """Marking, reference and kind; never a name."""
        words = (self.marking, self.reference, self.kind.replace("_", " "))
        return f"{' '.join(word for word in words if word)}.{ending}"

    def frozen(self) -> Any:
        return self.content
