"""Dates for calendar programs, as RFC 5545 has them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from .dates import Dated

CONTENT_TYPE = "text/calendar; charset=utf-8"
LONGEST_LINE = 75  # octets, without the line's end


def calendar_file(entries: Iterable[Dated], *, name: str, site: str, at: datetime) -> bytes:
    """A calendar of whole days. Each says a reference and a link, and nothing of what happened.

    `site` is the address of this installation, `at` the UTC instant of writing. A date has no time of day and so no
    time zone: it is that day wherever it is read. The same thing has the same UID for ever; its SEQUENCE grows when
    its date is moved.
    """
    host = urlsplit(site).hostname or "localhost"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Safeguarding reviews//Dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.key.replace(':', '-').replace('.', '-').lower()}@{host}",
            f"DTSTAMP:{at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            # The end is the first day that is no longer part of it.
            f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}",
            f"SEQUENCE:{entry.version}",
            f"STATUS:{'TENTATIVE' if entry.is_provisional else 'CONFIRMED'}",
            f"SUMMARY:{_text(entry.reference)}",
            f"URL:{site}{entry.url}",
            "CLASS:CONFIDENTIAL",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _text(words: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        words = words.replace(plain, escaped)
    return words


def _folded(line: str) -> bytes:
    """The line, in pieces of 75 octets at most; never cut inside a letter."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
