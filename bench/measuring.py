"""Measuring rivals alternately in one process, so that whatever slows the machine slows them all."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

Deed = Callable[[], object]
ROUNDS = 31


@dataclass(frozen=True)
class Spread:
    """Median and quartiles."""

    lower: float
    median: float
    upper: float

    @classmethod
    def of(cls, numbers: list[float]) -> Spread:
        if len(numbers) == 1:
            return cls(numbers[0], numbers[0], numbers[0])
        lower, median, upper = statistics.quantiles(numbers, n=4, method="inclusive")
        return cls(lower, median, upper)


@dataclass(frozen=True)
class Series:
    """The times (seconds) of rivals that were measured round by round."""

    times: Mapping[str, list[float]]

    def spread(self, rival: str) -> Spread:
        return Spread.of(self.times[rival])

    def ratio(self, rival: str, to: str) -> Spread:
        """How many times as long one takes as the other, of the pairs measured in the same round."""
        return Spread.of([one / other for one, other in zip(self.times[rival], self.times[to], strict=True)])


def side_by_side(rivals: Mapping[str, Deed], *, rounds: int = ROUNDS, before: Deed = lambda: None) -> Series:
    """The times of each rival in each round. `before` prepares every single run and is not timed.

    Each round begins with another rival, so that none always follows the same one. The first, unmeasured round warms
    what is warm in a server that has been up for a while.
    """
    times: dict[str, list[float]] = {name: [] for name in rivals}
    order = list(rivals.items())
    with _no_garbage_collected():
        for number in range(rounds + 1):
            turn = number % len(order)
            for name, deed in order[turn:] + order[:turn]:
                before()
                began = time.perf_counter()
                deed()
                took = time.perf_counter() - began
                if number:
                    times[name].append(took)
    return Series(times)


@contextmanager
def _no_garbage_collected() -> Iterator[None]:
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def queries_of(deed: Deed) -> int:
    """How many statements it asks of the database, beside the beginning and the end of transactions."""
    deed()  # what is asked once in the life of a process is not counted
    reset_queries()
    with CaptureQueriesContext(connection) as asked:
        deed()
    return sum(1 for query in asked.captured_queries if not query["sql"].startswith(_AROUND))


_AROUND = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
