"""What may stand in a log: references and paths, never what people typed.

A log is read by people who may not see the case, is copied to other machines and outlives the case. So a line carries
the path (which holds ids and references; where the address itself is a key, not the key) but no query string; an
exception carries its type and where it was raised but not its message, which may quote a value; and control characters
are escaped: one event, one line.
"""

import json
import logging
import re
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

# Calendars, invitations and new passwords are opened by whoever has the address.
_KEY = re.compile(r"(?<=/calendar/)[^/\s]+(?=\.ics)|(?<=/invitation/)[^/\s]+|(?<=/reset/key/)[^/\s]+")
_QUERY = re.compile(r"\?[^\s\"'<>]*")
_ADDRESS = re.compile(r"[^\s@\"'<>(),:;]+@[\w-]+(\.[\w-]+)+")
_TEN_DIGITS = re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")

# Celery and Django put these into the message's arguments; each may quote what a person typed.
_MAY_QUOTE = frozenset({"exc", "traceback", "args", "kwargs", "return_value", "message", "reason", "sql", "params"})


class ReferenceOnly(logging.Filter):
    """Rewrites a record so that only what `config.logs` allows is left in it; drops lines that quote SQL."""

    def filter(self, record: logging.LogRecord) -> bool:
        """False for a record that must not be written at all."""
        if record.name.startswith("django.db"):
            return record.levelno >= logging.WARNING
        if record.name.startswith("django.security"):
            # Its message is the text of the exception, and that may quote a file name or a field.
            record.msg, record.args = f"refused: {record.name.rpartition('.')[2]}", ()
            return True
        if isinstance(record.args, dict):
            record.args = {key: "-" if key in _MAY_QUOTE else _spoken(value) for key, value in record.args.items()}
        elif record.args:
            record.args = tuple(_spoken(value) for value in record.args)
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            # A message made with an f-string may already hold the exception's own words.
            message = message.replace(str(record.exc_info[1]) or "\0", type(record.exc_info[1]).__name__)
        if record.name.startswith("celery"):
            # What follows the first line is the task's message, quoted whole.
            message = message.partition("\n")[0]
        record.msg, record.args = scrubbed(message), ()
        return True


class OneLineJson(logging.Formatter):
    """One JSON object on one line, ASCII only: the instant (UTC), level, logger, message and, of a failure, where."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. Of an exception: the types of the chain and the places, never their messages."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "path"):
            line["method"], line["path"] = request.method, _KEY.sub("[key]", request.path)
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = _types(record.exc_info[1])
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=True, default=lambda value: type(value).__name__)


def scrubbed(text: str) -> str:
    """`text` without query strings, keys, e-mail addresses and ten-digit numbers (an NHS number has ten)."""
    return _TEN_DIGITS.sub("[number]", _ADDRESS.sub("[address]", _KEY.sub("[key]", _QUERY.sub("", text))))


def _spoken(value: object) -> object:
    return type(value).__name__ if isinstance(value, BaseException) else value


def _types(error: BaseException | None) -> list[str]:
    """The failure first, then what caused it."""
    types: list[str] = []
    while error is not None and len(types) < 8:
        types.append(f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins."))
        error = error.__cause__ or error.__context__
    return types


def _places(trace: TracebackType | None) -> list[str]:
    """`file:line function` of each frame, the outermost first."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places
