"""`manage.py prepare`: the database and the static files as this version of the code expects them."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import BaseCommand, CommandParser, call_command

from config import schema


class Command(BaseCommand):
    help = "Applies what is new to the database and collects what has changed of the static files. Safe to repeat."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--static-only", action="store_true", help="Leave the database alone.")

    def handle(self, *args: object, static_only: bool = False, **options: object) -> None:
        if not static_only:
            if schema.unapplied():
                self.stdout.write("Preparing the database ...")
                call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        kept = settings.STATIC_ROOT / ".collected"
        now = _fingerprint()
        if not kept.exists() or kept.read_text() != now:
            self.stdout.write("Collecting the static files ...")
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
            kept.write_text(now)


def _fingerprint() -> str:
    """Changes whenever a static file of any room or package is added, removed or changed.

    From what the files hold: their times change when an image is unpacked, and a container could not write them again.
    """
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            held = hashlib.sha256(Path(storage.path(name)).read_bytes()).hexdigest()
            digest.update(f"{name} {held}\n".encode())
    return digest.hexdigest()
