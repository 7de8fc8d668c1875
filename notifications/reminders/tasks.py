from celery import shared_task
from django.utils import timezone

from .sweep import sweep as one_pass


@shared_task(name="notifications.reminders.tasks.sweep")
def sweep():
    one_pass(clock=timezone.now)
