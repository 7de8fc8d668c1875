"""Names of files as people typed them, made harmless wherever they go next."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
_DEVICES = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*]')


def safe_name(typed: str) -> str:
    """The last part of what was typed, without anything that a browser, a shell or Windows takes for more than a name.

    Never empty, at most LONGEST characters, and keeps its ending.
    """
    last = re.split(r"[/\\\u2044\u2215\u29f8\uff0f\uff3c]", unicodedata.normalize("NFC", typed))[-1]
    # Control and format characters: line ends that make headers, and marks that turn the reading direction around.
    shown = "".join(
        mark for mark in last if unicodedata.category(mark) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    )
    shown = " ".join(_NOT_IN_NAMES.sub("_", shown).split()).strip(". ")
    stem, dot, ending = shown.rpartition(".")
    if dot:
        ending = ending[:10]
        shown = f"{stem.strip('. ')[: LONGEST - len(ending) - 1]}.{ending}" if stem.strip(". ") else f"file.{ending}"
    shown = shown[:LONGEST] or "file"
    return _DEVICES.sub(r"_\1", shown)


def ending_of(name: str) -> str:
    """The ending in small letters without its dot, or ''."""
    return name.rpartition(".")[2].lower() if "." in name else ""
