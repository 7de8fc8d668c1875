"""Whether white text can be read on a colour (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

import re

DEFAULT = "#1d4f67"
ENOUGH = 4.5


def contrast_with_white(colour: str) -> float:
    """The contrast ratio, 1 to 21. Raises ValueError for anything but six hexadecimal digits after #."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"{colour!r} is not a colour")
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def readable(colour: str) -> str:
    """The colour itself if white can be read on it, otherwise the product's own."""
    try:
        return colour if contrast_with_white(colour) >= ENOUGH else DEFAULT
    except ValueError:
        return DEFAULT


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
