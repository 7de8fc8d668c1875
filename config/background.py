"""The worker and the scheduler as threads of the one web process, for the in-memory broker.

Without a Redis there is nothing through which two processes could meet, so gunicorn with config/gunicorn.py (that is
`manage.py serve` too) starts them here, after it has forked. Nothing else does: an import, a command or a test starts
no thread. The database is the queue of record; what these threads drop when the process ends, the next sweep finds.
"""

import threading
import time

from celery.beat import Scheduler, Service
from celery.worker import WorkController
from django.conf import settings

from config.celery import app

# Two, so that a long paper does not hold up the sweep.
THREADS = 2
# Ctrl-C should be over while the hand is still on the keyboard.
STOP_SECONDS = 3

ONE_PROCESS_ONLY = (
    "The in-memory broker (CELERY_BROKER_URL=memory://) works in one web process only, and {workers} were asked for. "
    "Set WEB_CONCURRENCY=1, or set CELERY_BROKER_URL=redis://... and run the worker and the scheduler beside the web "
    "server (make worker, make beat)."
)


class Background:
    """One worker and one scheduler of this process."""

    def __init__(self) -> None:
        app.set_default()
        self._listening = threading.Event()
        # Not the worker of the command line: that one takes over the signals of the process.
        self._worker = WorkController(
            app=app,
            pool="threads",
            concurrency=THREADS,
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
            ready_callback=lambda consumer: self._listening.set(),
        )
        self._scheduler = Service(app, scheduler_cls=Scheduler, max_interval=1)
        self._threads = [
            threading.Thread(target=self._worker.start, name="worker", daemon=True),
            threading.Thread(target=self._scheduler.start, name="scheduler", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def alive(self) -> bool:
        """Whether tasks are taken and the scheduler ticks."""
        return self._listening.is_set() and all(thread.is_alive() for thread in self._threads)

    def stop(self) -> None:
        """Asks both to end and waits STOP_SECONDS at most; a task still at work then ends with the process."""
        deadline = time.monotonic() + STOP_SECONDS
        self._scheduler.stop()
        # Through the queue it listens to, which wakes it; the flag would be noticed seconds later.
        app.control.shutdown(destination=[self._worker.hostname])
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))


_background: Background | None = None


def needed() -> bool:
    """Whether the web process must do its own background work."""
    return str(settings.CELERY_BROKER_URL).startswith("memory://")


def start() -> None:
    """Starts the threads of this process, once."""
    global _background  # noqa: PLW0603 - there is one per process, and the signal handlers of the server must find it
    if _background is None:
        _background = Background()


def alive() -> bool:
    """Whether the threads of this process run."""
    return _background is not None and _background.alive()


def stop() -> None:
    """Stops the threads of this process, if there are any."""
    if _background is not None:
        _background.stop()
