"""Several people at once: each thread has its own connection, and all begin together."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def in_threads(deed: Callable[[Any], Any], over: Iterable[Any], *, threads: int = 8) -> list[Any]:
    """What `deed` returned for each of `over`, done by so many threads at the same time. Raises what any of them raised."""
    todo = list(over)
    threads = min(threads, len(todo))
    together = threading.Barrier(threads, timeout=30)
    started = threading.local()

    def done(one: Any) -> Any:
        if not hasattr(started, "yet"):
            started.yet = True
            together.wait()
        try:
            return deed(one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as people:
        return list(people.map(done, todo))
