from celery import shared_task
from django.utils import timezone

from . import papers
from .kicking import kick

__all__ = ["kick", "render"]


@shared_task
def render() -> None:
    """Prepare the paper that has waited longest; one to a task, so that a large one keeps within its time limit."""
    papers.render_waiting(at=timezone.now(), limit=1)
    if papers.some_wait(at=timezone.now()):
        kick()
