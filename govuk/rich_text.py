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
_FORMATTED = re.compile(r"<(?:p|br|h3|h4|strong|em|ul|ol|li|blockquote|a)\b[^<>]*>", re.IGNORECASE)
_BLANK = re.compile(r"(?:\s|<br>)*")
_NOTHING = re.compile(r"(?:<(?:p|br)\s*/?>|</p>|\s|&nbsp;)*", re.IGNORECASE)
# Tags that stand inside each other; those that close by themselves are none.
_NESTED = re.compile(r"<(/?)(?!(?:p|li|h\d|br|hr|img|col|wbr|meta|link|input)\b)[a-z]", re.IGNORECASE)
# Deeper than anybody writes. What reads it takes a time that grows with the square of the depth.
DEEPEST = 100


def clean(html: str) -> SafeString:
    """The text with only the allowed formatting; text typed without any becomes paragraphs."""
    if not _FORMATTED.search(html) or _depth(html) > DEEPEST:
        html = linebreaks(html.strip(), autoescape=True) if html.strip() else ""
    kept = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    kept = _without_blank_end(kept).strip()
    return mark_safe("" if _NOTHING.fullmatch(kept) else kept)  # noqa: S308  # nosec B308, B703


def _depth(html: str) -> int:
    """At most how many tags stand inside each other."""
    depth = deepest = 0
    for tag in _NESTED.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _without_blank_end(html: str) -> str:
    """The editor keeps an empty paragraph at the end to type into. Read from the end: each letter once."""
    end = len(html)
    while True:
        while end and html[end - 1].isspace():
            end -= 1
        begin = html.rfind("<p>", 0, end)
        if begin < 0 or not html.endswith("</p>", 0, end) or not _BLANK.fullmatch(html, begin + 3, end - 4):
            return html[:end]
        end = begin


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
