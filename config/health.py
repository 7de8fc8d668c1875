"""Two pages for whoever watches the machine: is the process alive, and is it ready to work.

Neither says anything but the names of the parts, a word about each and when the scheduler last ran; neither needs a
session.
"""

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import background, schema
from config.celery import app
from notifications.reminders.life import MISSED_PASSES
from notifications.reminders.models import BEGUN, ENDED, Tick

BROKER_SECONDS = 1.0


class NotReady(Exception):
    """A part is not ready; the message is shown to anyone, so it names no address and quotes nothing."""


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all; asks nothing of the database."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part works, else 503; `parts` gives a word for each, `failing` the names of those that do not.

    `scheduler` says when the last pass began and when one last came to its end, as UTC instants, None for never.
    """
    parts = dict(_parts(on=timezone.now()))
    failing = [name for name, word in parts.items() if word != "ok"]
    said = {
        "ready": not failing,
        "failing": failing,
        "parts": parts,
        "scheduler": _last_passes() if parts["database"] == "ok" else None,
    }
    return JsonResponse(said, status=503 if failing else 200)


def _parts(*, on: datetime) -> Iterator[tuple[str, str]]:
    database = _word(_database)
    yield "database", database
    for name, check in (("migrations", _migrations), ("scheduler", lambda: _scheduler(on=on))):
        yield name, _word(check) if database == "ok" else "not known while the database does not answer"
    yield "broker", _word(_broker)


def _word(check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as reason:
        return str(reason)
    return "ok"


def _database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        connection.close()
        raise NotReady("does not answer") from error


def _migrations() -> None:
    if schema.unapplied():
        raise NotReady("some migrations have not been applied")


def _scheduler(*, on: datetime) -> None:
    """The age of the last sweep, which the sweep itself writes down; a clock of tomorrow counts as fresh."""
    try:
        last = Tick.objects.filter(name=ENDED).values_list("at", flat=True).first()
    except DatabaseError as error:
        raise NotReady("cannot be read") from error
    if last is None:
        raise NotReady("has not run yet")
    if on - last > timedelta(seconds=MISSED_PASSES * settings.SWEEP_SECONDS):
        raise NotReady("has not run lately")


def _last_passes() -> dict[str, str | None]:
    try:
        ticks = dict(Tick.objects.values_list("name", "at"))
    except DatabaseError:
        ticks = {}
    return {
        word: ticks[name].isoformat(timespec="seconds") if name in ticks else None
        for word, name in (("began", BEGUN), ("ended", ENDED))
    }


def _broker() -> None:
    if background.needed():
        if not background.alive():
            raise NotReady("no worker runs in this process")
    elif settings.CELERY_BROKER_URL.startswith("redis"):
        # Asked directly: Celery's own connection would try again for longer than a probe waits.
        client = redis.Redis.from_url(
            settings.CELERY_BROKER_URL, socket_connect_timeout=BROKER_SECONDS, socket_timeout=BROKER_SECONDS, retry=None
        )
        try:
            with contextlib.closing(client):
                client.ping()
        except redis.RedisError as error:
            raise NotReady("does not answer") from error
    else:
        try:
            with app.connection_for_write() as link:
                link.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
        except (OSError, *link.connection_errors) as error:
            raise NotReady("does not answer") from error
