"""Bars of what was done in time, by quarter, as plain numbers for a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .timeliness import QUARTERS, Tally

WIDTH, HEIGHT, BAR, GAP, TOP, LEFT = 640, 260, 84, 60, 20, 50
SHORTEST_WITH_NUMBER = 16
# In the order in which they are stacked: done in time stands on the ground. Dark enough for white numbers.
COLOURS = (("in_time", "Done in time", "#005a30"), ("late", "Done late", "#54319f"), ("owed", "Still owed", "#b10e1e"))


@dataclass(frozen=True)
class Part:
    x: int
    y: float
    height: float
    colour: str
    number: int

    @property
    def middle(self) -> float:
        return self.x + BAR / 2

    @property
    def baseline(self) -> float:
        return self.y + self.height / 2 + 5

    @property
    def shows_number(self) -> bool:
        return self.height >= SHORTEST_WITH_NUMBER


@dataclass(frozen=True)
class Chart:
    """`parts` are rectangles, `labels` stand under the bars, `words` say the same as one sentence for each quarter."""

    parts: tuple[Part, ...]
    labels: tuple[tuple[float, str], ...]
    words: tuple[str, ...]
    most: int
    width: int = WIDTH
    height: int = HEIGHT + 40
    ground: int = HEIGHT
    bar: int = BAR
    left: int = LEFT
    top: int = TOP

    @property
    def key(self) -> list[tuple[int, str, str]]:
        return [(LEFT + place * 180, words, colour) for place, (_, words, colour) in enumerate(COLOURS)]


def chart_of(quarters: Sequence[Tally]) -> Chart:
    """The bars of four quarters. The highest fills the drawing."""
    most = max((tally.due for tally in quarters), default=0)
    parts, labels, words = [], [], []
    for place, (tally, name) in enumerate(zip(quarters, QUARTERS, strict=True)):
        x, y = LEFT + 20 + place * (BAR + GAP), float(HEIGHT)
        for attribute, _, colour in COLOURS:
            number = getattr(tally, attribute)
            if number:
                height = round((HEIGHT - TOP) * number / most, 1)
                y = round(y - height, 1)
                parts.append(Part(x, y, height, colour, number))
        labels.append((x + BAR / 2, name))
        words.append(f"{name}: {tally.in_time} in time, {tally.late} late, {tally.owed} still owed.")
    return Chart(tuple(parts), tuple(labels), tuple(words), most)
