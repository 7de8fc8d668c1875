"""Formatted text that people write: what may be in it, and nothing else.

Cleaned when it arrives and again before it is shown, so that neither an import nor an older rule lets anything in.
"""

import re
from html import unescape

import nh3
from django.utils.html import linebreaks, strip_tags
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "h3", "h4", "strong", "em", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}
_FORMATTED = re.compile(r"<(?:p|br|h3|h4|strong|em|ul|ol|li|blockquote|a)\b[^>]*>", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\s|<p>(?:\s|<br>)*</p>)+\Z")
_NOTHING = re.compile(r"(?:<(?:p|br)\s*/?>|</p>|\s|&nbsp;|\u00a0)*", re.IGNORECASE)


def clean(html: str) -> SafeString:
    """The text with only the allowed formatting; text typed without any becomes paragraphs."""
    if not _FORMATTED.search(html):
        html = linebreaks(html.strip(), autoescape=True) if html.strip() else ""
    kept = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    # The editor keeps an empty paragraph at the end to type into.
    kept = _TRAILING.sub("", kept).strip()
    return mark_safe("" if _NOTHING.fullmatch(kept) else kept)  # noqa: S308  # nosec B308, B703


def editable(html: str) -> str:
    """What a text box or the editor begins with: the text as it was typed, or cleaned when it is formatted."""
    return clean(html) if _FORMATTED.search(html) else html


def raised(cleaned: SafeString) -> SafeString:
    """Cleaned text with its headings one level up: h2 and h3 instead of h3 and h4."""
    up = re.sub(r"<(/?)h3>", r"<\1h2>", cleaned)
    return mark_safe(re.sub(r"<(/?)h4>", r"<\1h3>", up))  # noqa: S308  # nosec B308, B703


def plain(html: str) -> str:
    """The words alone, with a space where a block ends: for counting, searching and checking."""
    spaced = re.sub(r"<(/p|/li|/h\d|/blockquote|br\s*/?)>", " ", html)
    return unescape(strip_tags(spaced)).strip()
