"""Letters that Django's file backend wrote to a folder instead of sending them."""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from govuk.words import instant_in_words

SEPARATOR = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Letter:
    name: str
    to: str
    subject: str
    date: str
    message_id: str
    text: str


def _folder() -> Path:
    return Path(getattr(settings, "EMAIL_FILE_PATH", "") or settings.DATA_DIR / "mail")


def _files() -> list[Path]:
    folder = _folder()
    return sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True) if folder.exists() else []


def _read(file: Path) -> list[Letter]:
    """The letters of one file: a connection may have written several."""
    letters = []
    for number, raw in enumerate(part for part in file.read_bytes().split(SEPARATOR) if part.strip()):
        message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
        body = message.get_body(preferencelist=("plain",))
        letters.append(
            Letter(
                name=f"{file.stem}.{number}",
                to=str(message["To"] or ""),
                subject=str(message["Subject"] or ""),
                date=instant_in_words(message["Date"].datetime) if message["Date"] else "",
                message_id=str(message["Message-ID"] or ""),
                text=body.get_content() if body else "",
            )
        )
    return letters


def newest(most: int) -> list[Letter]:
    found: list[Letter] = []
    for file in _files():
        found += reversed(_read(file))
        if len(found) >= most:
            break
    return found[:most]


def named(name: str) -> Letter | None:
    """The letter of that name, looked up among those that exist: a name is never made into a path."""
    return next((letter for letter in newest(10_000) if letter.name == name), None)
