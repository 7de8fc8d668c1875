"""Rows E8, E9, E10, I7 and C14: what is written down when something fails, and what a task is given."""

from __future__ import annotations

import base64
import inspect
import io
import json
import logging
import logging.config

import pytest
import redis
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from config.celery import app
from tests.permissions.world import ONE

# What somebody typed: none of it may be in a line of any log.
TYPED = {"full_name": "Zephyrine Quillfeather", "description": "Bruises to the face, seen by the ward nurse"}


@pytest.fixture
def lines():
    """Every line of the product's own logging, as production writes it."""
    written = io.StringIO()
    made = logging.config.dictConfigClass(settings.LOGGING)
    formatter = made.configure_formatter(settings.LOGGING["formatters"]["json"])
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter)
    handler.addFilter(made.configure_filter(settings.LOGGING["filters"]["reference_only"]))
    loggers = [logging.getLogger(name) for name in ("", "django", "django.request", "celery")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def the_disk_is_full(execute, sql, params, many, context):
    """The database refuses to write, and quotes what it was given, as databases do."""
    if sql.startswith(("INSERT", "UPDATE")) and "pageanswers" in sql:
        raise OperationalError(f"could not write {params}")
    return execute(sql, params, many, context)


def test_e9_a_form_that_fails_leaves_nothing_of_what_was_typed_in_any_log(world, lines):
    client = world.client("referrer")
    client.raise_request_exception = False
    url = reverse("referrals:page", args=[world.one.draft.pk, "description"])
    page = client.get(url)
    sent = {"description": TYPED["description"], "full_name": TYPED["full_name"], "seen_version": "1"}
    sent |= {name: TYPED["description"] for name in page.context["form"].fields if name != "seen_version"}
    with connection.execute_wrapper(the_disk_is_full):
        answer = client.post(url, sent)
    assert answer.status_code in (500, 503)
    written = lines.getvalue()
    assert "OperationalError" in written
    for word in (*TYPED["full_name"].split(), "Bruises", "ward nurse", *ONE.child_name.split()):
        assert word not in written
        assert word not in answer.content.decode()


def test_e8_a_failure_shows_neither_code_nor_settings(world, lines):
    client = world.client("coordinator")
    client.raise_request_exception = False
    with connection.execute_wrapper(lambda execute, sql, *rest: 1 / 0 if "cases_case" in sql else execute(sql, *rest)):
        answer = client.get(reverse("caseload:cases"))
    assert answer.status_code == 500
    for word in ("Traceback", "ZeroDivisionError", "cases_case", "SECRET_KEY", settings.SECRET_KEY[:12], "Django"):
        assert word not in answer.content.decode()
    assert "Django" not in answer.headers.get("Server", "")


@pytest.mark.parametrize(
    "url", ["/nothing/", "/account/login/?next=%0d%0aX:y", "/cases/%00/", "/referrals/1e0/", "/referrals/0x1/"]
)
def test_e8_what_cannot_be_understood_is_never_a_failure(db, url):
    assert Client(raise_request_exception=False).get(url).status_code < 500


def our_tasks():
    app.loader.import_default_modules()
    return {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}


def test_c14_a_task_is_given_nothing_or_an_id(db):
    """A task that is given nothing cannot be given somebody else's: it looks for its work in the database."""
    assert our_tasks()
    for name, task in our_tasks().items():
        for parameter in inspect.signature(task.run).parameters.values():
            assert parameter.annotation in (int, "int"), name


def test_c14_a_task_travels_as_json_and_nothing_else_is_unpacked():
    assert settings.CELERY_TASK_SERIALIZER == "json"
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert settings.CELERY_TASK_IGNORE_RESULT


@pytest.mark.services
def test_e10_what_waits_in_redis_names_a_task_and_at_most_a_number(db, redis_url):
    with app.connection_for_write(redis_url) as link:
        for name, task in our_tasks().items():
            app.send_task(name, [7 for _ in inspect.signature(task.run).parameters], connection=link)
    server = redis.Redis.from_url(redis_url)
    waiting = [json.loads(one) for queue in ("messages", "papers") for one in server.lrange(queue, 0, -1)]
    assert len(waiting) == len(our_tasks())
    for one in waiting:
        given, named, _ = json.loads(base64.b64decode(one["body"]))
        assert (set(given) | {7}, named) == ({7}, {})
    # Beside the queues only the names of the queues.
    assert {key.decode().partition("_kombu")[0] for key in server.scan_iter()} <= {"messages", "papers", ""}


@pytest.mark.services
def test_i7_a_question_that_takes_the_database_too_long_is_given_up_and_said_in_words(world):
    """PostgreSQL ends a statement by itself; the settings say after how long."""

    def slow(execute, sql, params, many, context):
        if "cases_case" not in sql:
            return execute(sql, params, many, context)
        with transaction.atomic():
            return execute("SELECT pg_sleep(20)", None, many, context)

    client = world.client("coordinator")
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 100")
    with connection.execute_wrapper(slow):
        answer = client.get(reverse("caseload:cases"))
    assert answer.status_code == 503
    assert "Sorry" in answer.content.decode()
    assert "pg_sleep" not in answer.content.decode()
