"""Asking the worker to look now. The rows are the queue: a kick that is lost only means waiting for the next sweep."""

from __future__ import annotations

import logging
import threading

from celery import current_app

_log = logging.getLogger(__name__)
_kicking = threading.Lock()


def kick() -> None:
    """Never fails and never waits: a broker that is down is left to the sweep. Call it after commit."""
    # One at a time: while an earlier kick hangs on a dead broker, the sweep will do.
    if _kicking.acquire(blocking=False):
        threading.Thread(target=_send, name="kick", daemon=True).start()


def _send() -> None:
    try:
        current_app.send_task("documents.tasks.render", retry=False, expires=600)
    except Exception as error:  # whatever a broker raises, nobody is waiting for it
        _log.warning("the broker was not reached: %s", type(error).__name__)
    finally:
        _kicking.release()
