"""Every page that somebody can open, opened once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse

from tests.permissions.addresses import is_of_a_case
from tests.permissions.expected import EXPECTED
from tests.permissions.test_pages import address_of
from tests.permissions.world import Everything

# Who reads the most of each part of the house, so that every page is opened by somebody.
READERS = (
    "coordinator",
    "la_notifier",
    "partner",
    "agency_lead",
    "reviewer",
    "action_owner",
    "correspondent",
    "anonymous",
)


@dataclass(frozen=True)
class Opened:
    """One page as one person got it."""

    name: str
    person: str
    url: str
    response: HttpResponse

    @property
    def is_a_page(self) -> bool:
        return self.response.headers.get("Content-Type", "").startswith("text/html")

    @property
    def text(self) -> str:
        return self.response.content.decode() if not self.response.streaming else ""

    @cached_property
    def body(self) -> bytes:
        """All of it, also of a file."""
        return self.response.getvalue()


def addresses(world: Everything, person: str) -> Iterator[tuple[str, str]]:
    """`(name, url)` of the pages this person can open (not the buttons)."""
    for name, line in EXPECTED.items():
        if not line.pressed and line.status_for(person) == 200:
            yield name, address_of(name, world.side_of(person) if is_of_a_case(name) else world.house)


def opened_by(world: Everything, person: str) -> Iterator[Opened]:
    for name, url in addresses(world, person):
        yield Opened(name, person, url, world.client(person).get(url))


def inline_code(page: str) -> list[str]:
    """Scripts, styles and handlers that stand in the page itself; data is none of them, a browser does not run it."""
    return re.findall(
        r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>|<style\b|\sstyle\s*=\s*[\"']|\son[a-z]+\s*=\s*[\"']|href\s*=\s*[\"']\s*javascript:",
        page,
        re.IGNORECASE,
    )


def loaded_from_elsewhere(page: str) -> list[str]:
    """What the page would load from another host: everything with a `src`, and every style sheet and icon."""
    sources = re.findall(r"<(?:script|img|iframe|source|audio|video|embed)\b[^>]*\ssrc=[\"']([^\"']+)", page)
    sources += re.findall(
        r"<link\b[^>]*\srel=[\"'](?:stylesheet|icon|preload|manifest)[^>]*\shref=[\"']([^\"']+)", page
    )
    return [source for source in sources if re.match(r"(?:[a-z]+:)?//", source) and not source.startswith("data:")]
