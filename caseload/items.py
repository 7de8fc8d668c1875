"""A line of the desk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from accounts.standing import Standing

# As many of each kind are listed.
MOST = 25


@dataclass(frozen=True)
class Item:
    """One line of the desk: what, of which case, where it is done, and how it stands."""

    what: str
    reference: str
    url: str
    when: str = ""
    tag: str = ""
    colour: str = ""
    due_on: date = date.max
    # The thing that whoever owes it may be reminded of, where to press for that; whether somebody has done so today.
    chase_key: str = ""
    chase_url: str = ""
    chased: bool = False


Found = Callable[[Standing], Iterator[Item]]


def is_cut(items: Iterable[Item]) -> bool:
    """Whether as many things of one kind are listed as may be, so that more of them may be waiting."""
    kinds = Counter(re.sub(r"\d+", "", item.url) for item in items)
    return max(kinds.values(), default=0) >= MOST
