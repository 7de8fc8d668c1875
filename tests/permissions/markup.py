"""What is wrong with how a page is written, whoever it is for: what a browser mends in silence and a reader stumbles on."""

from __future__ import annotations

from html.parser import HTMLParser

# Attributes that name other parts of the page by their ids.
POINTERS = ("aria-describedby", "aria-labelledby", "aria-controls", "for")


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.pointed_at: list[tuple[str, str]] = []
        self.headings: list[int] = []
        self.titles = 0
        self.inside_drawing = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(given) < len(attrs):
            self.found.append(f"an attribute given twice: {self.get_starttag_text()}")
        if name := given.get("id"):
            if name in self.ids:
                self.found.append(f"two things are called {name}")
            self.ids.add(name)
        self.pointed_at += [(pointer, one) for pointer in POINTERS for one in (given.get(pointer) or "").split()]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        self.inside_drawing += tag == "svg"
        self.titles += tag == "title" and not self.inside_drawing

    def handle_endtag(self, tag: str) -> None:
        self.inside_drawing -= tag == "svg"


def faults(page: str) -> list[str]:
    """One sentence for each thing that is wrong; nothing when the page is well made."""
    reading = _Reading()
    reading.feed(page)
    found = reading.found + [f"{by} names nothing: {one}" for by, one in reading.pointed_at if one not in reading.ids]
    if reading.titles != 1:
        found.append(f"{reading.titles} titles")
    if reading.headings.count(1) != 1:
        found.append(f"{reading.headings.count(1)} first headings")
    # An error summary and a banner stand before the first heading, and have one of the second level.
    skipped = [now for before, now in zip([1, *reading.headings], reading.headings, strict=False) if now > before + 1]
    return found + [f"a heading of level {level} under none of the level above" for level in skipped]
