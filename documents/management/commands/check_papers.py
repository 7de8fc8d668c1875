import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from documents.store import damaged, orphans, remove_orphans


class Command(BaseCommand):
    help = "Compare the rows of uploads and papers with the files kept, both ways. Exits 1 if anything is damaged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--remove-orphans", action="store_true", help="remove files that no row speaks of")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        if options["remove_orphans"]:
            self.stdout.write(f"{remove_orphans(at=at)} files without a row removed.")
        for name in orphans(at=at):
            self.stdout.write(f"NO ROW {name}")
        found = list(damaged())
        for what in found:
            self.stdout.write(f"DAMAGED {what}")
        if found:
            sys.exit(1)
        self.stdout.write("Every row has its file, as it was stored.")
