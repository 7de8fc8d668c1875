"""A log may be read by people who may not see the case."""

import json
import logging

import pytest
from django.http import HttpRequest
from django.urls import reverse

from config.logs import OneLineJson, ReferenceOnly

CHILD = "Aria Pemberton-Vale"


@pytest.fixture
def line():
    """Writes one record the way the product's only handler does; None where the record is dropped."""

    def write(message, *args, name="rapid_reviews", level=logging.ERROR, error=None, **extra):
        info = (type(error), error, error.__traceback__) if error else None
        record = logging.LogRecord(name, level, __file__, 1, message, args, info)
        record.__dict__.update(extra)
        return OneLineJson().format(record) if ReferenceOnly().filter(record) else None

    return write


def raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_line_says_when_where_and_what(line):
    told = json.loads(line("CIOS-2026-0003 concluded", level=logging.INFO))
    assert told.pop("at").endswith("+00:00")
    assert told == {"level": "info", "logger": "rapid_reviews", "message": "CIOS-2026-0003 concluded"}


def test_a_failure_says_its_type_and_place_but_not_its_words(line):
    try:
        try:
            {}[CHILD]
        except KeyError as cause:
            raise ValueError(f"no child called {CHILD}") from cause
    except ValueError as error:
        written = line("Internal Server Error: %s", "/referrals/7/children/", error=error)
    told = json.loads(written)
    assert CHILD not in written
    assert told["message"] == "Internal Server Error: /referrals/7/children/"
    assert told["exception"] == ["ValueError", "KeyError"]
    assert told["where"][-1].startswith(f"{__file__}:")


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"failed: no child called {CHILD}", ()),
        ("failed: %s", (f"no child called {CHILD}",)),
        ("failed: %s", (ValueError(f"no child called {CHILD}"),)),
        ("Task %(name)s raised unexpected: %(exc)s", ({"name": "papers", "exc": f"no child called {CHILD}"},)),
    ],
)
def test_the_words_of_a_failure_do_not_come_in_through_the_message(line, message, args):
    assert CHILD not in line(message, *args, error=raised(ValueError(f"no child called {CHILD}")))


def test_what_a_task_was_given_is_not_told(line):
    quoted = {"name": "papers.render", "id": "1", "args": f"('{CHILD}',)", "kwargs": f"{{'name': '{CHILD}'}}"}
    written = line("Task %(name)s[%(id)s] failed with %(args)s %(kwargs)s", quoted, name="celery.app.trace")
    assert "papers.render[1]" in written and CHILD not in written


def test_a_message_of_the_queue_is_not_quoted(line):
    written = line(
        "Received unregistered task.\nThe full contents of the message body was:\n%s", CHILD, name="celery.worker"
    )
    assert json.loads(written)["message"] == "Received unregistered task."


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("GET /search/?q=Pemberton 200", "GET /search/ 200"),
        ("Error handling request /search/?q=Pemberton&day=3", "Error handling request /search/"),
        ("bounced: head@stmary.example.org", "bounced: [address]"),
        ("no match for 943 476 5919", "no match for [number]"),
        ("no match for 9434765919", "no match for [number]"),
    ],
)
def test_queries_addresses_and_nhs_numbers_are_taken_out(line, typed, kept):
    assert json.loads(line(typed))["message"] == kept


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("caseload:feed", ["k-E-y"]),
        ("accounts:invitation", ["k-E-y"]),
        ("account_reset_password_from_key", ["1a", "k-E-y"]),
    ],
)
def test_an_address_that_is_a_key_is_not_written_with_it(line, name, args):
    request = HttpRequest()
    request.method, request.path = "GET", reverse(name, args=args)
    written = line(f"GET {request.path} 200", name="gunicorn.access")
    assert "k-E-y" not in written
    assert "k-E-y" not in line("Service Unavailable: %s", request.path, request=request, status_code=503)
    assert json.loads(written)["message"].startswith("GET /")
    assert "desk/calendar/address/" in line("GET /desk/calendar/address/ 200", name="gunicorn.access")


def test_one_event_is_one_line_whatever_was_sent(line):
    written = line("GET %s 404", "/\r\n2026-01-01 \x1b[31mroot signed in\u2028\x00")
    assert written.isprintable() and written.isascii()
    assert len(written.splitlines()) == 1


def test_a_refusal_names_its_kind_and_path_only(line):
    request = HttpRequest()
    request.method, request.path = "POST", "/papers/"
    request.META["QUERY_STRING"] = f"child={CHILD}"
    written = line(
        f"Bad file name {CHILD}", name="django.security.SuspiciousFileOperation", request=request, status_code=400
    )
    told = json.loads(written)
    assert told["message"] == "refused: SuspiciousFileOperation"
    assert (told["method"], told["path"], told["status"]) == ("POST", "/papers/", 400)
    assert CHILD not in written


def test_sql_is_never_written(line):
    sql = {"duration": 0.1, "sql": f"SELECT '{CHILD}'", "params": (CHILD,)}
    assert (
        line("(%(duration).3f) %(sql)s; args=%(params)s", sql, name="django.db.backends", level=logging.DEBUG) is None
    )


def test_every_line_of_the_product_passes_through(settings):
    assert settings.LOGGING["handlers"].keys() == {"stderr"}
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["reference_only"]
    assert settings.LOGGING["handlers"]["stderr"]["formatter"] == "json"
