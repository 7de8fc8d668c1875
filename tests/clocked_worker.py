"""A Celery worker as production runs it, whose tasks live at the time that a file says, ticking on from when it was written.

`python -m tests.clocked_worker FILE`. The machinery of Celery itself keeps the real time.
"""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import time_machine
from celery.signals import task_postrun, task_prerun


class Clock:
    """The file of a clock that the tests set."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def set(self, instant: datetime) -> None:
        """From now on it is this instant, as far as tasks are concerned."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"{time.time()} {instant.timestamp()}")
        os.replace(fresh, self.file)

    def now(self) -> datetime:
        written, instant = (float(number) for number in self.file.read_text().split())
        return datetime.fromtimestamp(instant + time.time() - written, UTC)


_running: list[time_machine.travel] = []


def _arrive(**_: object) -> None:
    journey = time_machine.travel(Clock(Path(sys.argv[1])).now(), tick=True)
    journey.start()
    _running.append(journey)


def _leave(**_: object) -> None:
    while _running:
        _running.pop().stop()


if __name__ == "__main__":
    task_prerun.connect(_arrive, weak=False)
    task_postrun.connect(_leave, weak=False)
    from config.celery import app

    app.worker_main(["worker", "--concurrency", "2", "--loglevel", "INFO"])
