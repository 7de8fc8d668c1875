from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from documents.papers import render_waiting


class Command(BaseCommand):
    help = "Prepare the papers that wait, as the worker would. Safe to run at any time, beside a worker too."

    def handle(self, *args: Any, **options: Any) -> None:
        prepared = 0
        while done := render_waiting(at=timezone.now()):
            prepared += done
        self.stdout.write(f"{prepared} papers prepared.")
