from dataclasses import dataclass
from datetime import datetime
from typing import Any

from celery import shared_task
from django.contrib.auth import get_user_model
from django.utils import timezone

from . import papers, uploads
from .kicking import kick
from .reading.waiting import read_waiting

__all__ = ["kick", "read", "render", "scan"]


@shared_task
def render() -> None:
    """Prepare the paper that has waited longest; one to a task, so that a large one keeps within its time limit."""
    papers.render_waiting(at=timezone.now(), limit=1)
    if papers.some_wait(at=timezone.now()):
        kick()


@dataclass(frozen=True)
class _Scheduler:
    user: Any
    at: datetime
    capacity: str = ""


@shared_task
def scan() -> None:
    """Scan the files that were held while the scanner was down."""
    people: Any = get_user_model()._default_manager
    uploads.scan_held(by=_Scheduler(people.the_scheduler(), timezone.now()))


@shared_task
def read() -> None:
    """Read what files say, so that they can be searched. One that waits too long is read at the next pass."""
    read_waiting(at=timezone.now())
