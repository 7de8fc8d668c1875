"""`manage.py serve`: everything that must be true before the first page is shown, then the web server."""

import os
import sys

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command, get_commands

from config import background


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
        if port and port != settings.PORT:
            # The settings were made for another address; begin again with the right one.
            os.environ["PORT"] = str(port)
            os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606 - this very command, nothing of a user's
        workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
        if background.needed() and workers > 1:
            raise CommandError(background.ONE_PROCESS_ONLY.format(workers=workers))
        call_command("prepare", stdout=self.stdout)
        if settings.DEMO:
            self._load_demo()
            os.environ["DEMO"] = "1"
            os.environ.setdefault("LOG_LEVEL", "WARNING")
        self.stdout.write(self.style.SUCCESS(f"\n  Open {settings.SITE_URL}    (Ctrl-C stops)\n"))
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        server = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
        os.execv(sys.executable, server)  # noqa: S606 - a fixed command

    def _load_demo(self) -> None:
        from accounts.models import Partnership

        if "load_demo" in get_commands() and not Partnership.objects.exists():
            self.stdout.write("Making the fictional cases ...")
            call_command("load_demo", stdout=self.stdout)
