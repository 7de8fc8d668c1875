"""What the pages that send a code have in common: asking, counting, and keeping what was asked in the session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.http import HttpRequest

from accounts import codes
from accounts.letters import NotSent

# How long an address counts as proved while the rest of a form is filled in.
PROVED_FOR = timedelta(minutes=30)
TOO_MANY = "There have been too many attempts. Wait 15 minutes, then try again"
WRONG = "Check the code. It is not right, or it is too old. You can ask for a new one"


def send(request: HttpRequest, form: forms.Form, address: str, sending: Callable[[], None]) -> bool:
    """Whether a letter left. Otherwise the form says why, the same for every address."""
    if not ratelimit.consume(request, action="emailed_code", key=address):
        form.add_error("email", TOO_MANY)
        return False
    try:
        sending()
    except (codes.TooManyCodes, NotSent) as refused:
        form.add_error("email", str(refused))
        return False
    return True


def is_right(request: Any, form: forms.Form, address: str, purpose: str) -> bool:
    """Whether the code in the form is right. Otherwise the form says so."""
    if not ratelimit.consume(request, action="emailed_code_try", key=address):
        form.add_error("code", TOO_MANY)
        return False
    if not codes.check_code(address, purpose, form.cleaned_data["code"], at=request.at):
        form.add_error("code", WRONG)
        return False
    return True


def remember(request: Any, key: str, **facts: Any) -> None:
    request.session[key] = {**facts, "at": request.at.timestamp()}


def remembered(request: Any, key: str) -> dict[str, Any] | None:
    """What was remembered under the key, if that is not too long ago."""
    facts = request.session.get(key)
    if not facts or request.at.timestamp() - facts["at"] > PROVED_FOR.total_seconds():
        return None
    return dict(facts)
