"""What a stage hands over for the public to read: words only, no key to any case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PublicReport:
    """A report as the public may read it.

    `kind` is one of `Publication.Kind`. `sections` are (heading, clean rich text); `recommendations` plain text.
    `published_on` is a London date.
    """

    title: str
    kind: str
    summary: str
    sections: tuple[tuple[str, str], ...]
    recommendations: tuple[str, ...]
    reviewers: tuple[str, ...]
    published_on: date
