from celery import shared_task
from django.utils import timezone

from . import papers
from .kicking import kick

__all__ = ["kick", "render"]


@shared_task
def render() -> None:
    """Prepare the papers that wait."""
    papers.render_waiting(at=timezone.now())
