from django.core.management.base import BaseCommand
from django.utils import timezone

from notifications.reminders.sweep import sweep


class Command(BaseCommand):
    help = "Do one pass of what the scheduler does: announce, remind, compose, deliver. Safe to run at any time."

    def handle(self, **options):
        done = sweep(clock=timezone.now)
        self.stdout.write(
            f"{done.announced} events announced, {done.reminders} reminders made, "
            f"{done.messages} messages composed, {done.delivered} delivered."
        )
