"""`manage.py serve`: everything that must be true before the first page is shown, then the web server."""

import hashlib
import os
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import BaseCommand, CommandError, CommandParser, call_command, get_commands

from config import background, schema


class Command(BaseCommand):
    help = (
        "Brings the database and the static files up to date and starts the web server, with the worker and the "
        "scheduler in the same process unless a Redis is configured. With --demo: fictional data, and the pages that "
        "exist only in a demonstration."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, help="Where to listen on 127.0.0.1; PORT, or else 8000.")
        # Taken by manage.py before the settings are read; named here so that the help tells of it.
        parser.add_argument("--demo", action="store_true", help="Serve fictional data.")

    def handle(self, *args: object, port: int | None = None, **options: object) -> None:
        if port and os.environ.get("PORT") != str(port):
            # The settings were made for another address; begin again with the right one.
            os.environ["PORT"] = str(port)
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - this very command, nothing of a user's
        if background.needed() and int(os.environ.get("WEB_CONCURRENCY", "1")) > 1:
            raise CommandError(
                "The in-memory broker works in one web process only: set WEB_CONCURRENCY=1, or CELERY_BROKER_URL to a "
                "Redis."
            )
        self._bring_up_to_date()
        if settings.DEMO:
            self._load_demo()
            os.environ["DEMO"] = "1"
            os.environ.setdefault("LOG_LEVEL", "WARNING")
        self.stdout.write(self.style.SUCCESS(f"\n  Open {settings.SITE_URL}    (Ctrl-C stops)\n"))
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        server = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
        os.execv(sys.executable, server)  # noqa: S606 - a fixed command

    def _bring_up_to_date(self) -> None:
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

    def _load_demo(self) -> None:
        from accounts.models import Partnership

        if "load_demo" in get_commands() and not Partnership.objects.exists():
            self.stdout.write("Making the fictional cases ...")
            call_command("load_demo")


def _fingerprint() -> str:
    """Changes whenever a static file of any room or package is added, removed or changed."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
