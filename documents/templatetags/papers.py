"""What the templates of papers need."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from govuk import rich_text
from govuk.words import file_size

register = template.Library()


@cache
def _style() -> str:
    found = finders.find("papers/paper.css")
    if not found:
        raise FileNotFoundError("papers/paper.css is not among the static files.")
    return Path(str(found)).read_text()


@register.simple_tag
def paper_style() -> SafeString:
    """The style of papers, put inside the paper: what was issued must look the same for ever."""
    return mark_safe(_style())  # noqa: S308  # nosec B308, B703: our own file  # nosec B308, B703: our own file


@register.filter
def formatted(html: Any) -> SafeString:
    """Formatted text somebody wrote, cleaned once more before it is set."""
    return rich_text.clean(str(html or ""))


@register.filter
def size(number: Any) -> str:
    """ "512KB"."""
    return file_size(int(number or 0))
