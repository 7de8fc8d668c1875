"""A person at a browser, without the browser: requests go through the whole of the product's middleware."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from importlib import import_module
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.middleware.csrf import _get_new_csrf_string
from django.utils import timezone

from accounts import sessions
from accounts.models import User

_handler: list[WSGIHandler] = []


def _application() -> WSGIHandler:
    if not _handler:
        _handler.append(WSGIHandler())
    return _handler[0]


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    location: str = ""


@dataclass
class Browser:
    """Signed in as `user`, or as nobody."""

    user: User | None = None
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.user is None:
            return
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(self.user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        session[sessions.SECOND_FACTOR] = True
        sessions.begin(session, at=timezone.now())
        session.create()
        self.cookies = {
            settings.SESSION_COOKIE_NAME: session.session_key,
            settings.CSRF_COOKIE_NAME: _get_new_csrf_string(),
        }

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, typed: dict[str, str]) -> Answer:
        token = self.cookies[settings.CSRF_COOKIE_NAME]
        return self._ask("POST", path, urlencode({**typed, "csrfmiddlewaretoken": token}).encode())

    def _ask(self, method: str, path: str, body: bytes = b"") -> Answer:
        where, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": where,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "HTTP_REFERER": "https://testserver/",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }
        said: dict[str, str] = {}

        def start(status: str, headers: list[tuple[str, str]]) -> None:
            said.update({name.lower(): value for name, value in headers}, status=status)

        response = _application()(environ, start)
        try:
            content = b"".join(response)
        finally:
            response.close()
        answer = Answer(int(said["status"].split()[0]), content.decode(), said.get("location", ""))
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} was answered with {answer.status}")
        return answer
