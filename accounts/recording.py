"""Signing in and out, and what changes how a person signs in, on the chain of events.

A failed attempt names no person: the address typed is kept only as a keyed hash, the password not at all.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as second_factor
from django.contrib.auth import signals as auth
from django.dispatch import receiver
from django.utils import timezone

from audit.chain import newest_key_id, seal
from audit.events import record
from audit.models import Trail

from . import sessions
from .models import normal_address
from .standing import Standing


def unnamed(address: str) -> str:
    """An address as the chain may hold it: the same text for the same address, and no way back."""
    return f"address:{seal(normal_address(address), newest_key_id())[:32]}"


def locked(address: str, *, at: datetime) -> None:
    _nobody("sign-in locked after too many attempts", unnamed(address), at)


def failed(address: str, *, at: datetime, verb: str = "sign-in failed") -> None:
    _nobody(verb, unnamed(address), at)


def _nobody(verb: str, subject: str, at: datetime) -> None:
    record(Trail.of_the_house(), verb, by=Standing.anonymous(at), subject=subject, reading=True)


def _at(request: Any) -> datetime:
    """The request's one reading of the clock; signals are also sent where there was no middleware."""
    at: datetime = getattr(request, "at", None) or timezone.now()
    return at


def _own(verb: str, user: Any, request: Any, *, reading: bool = False, changed: tuple[str, ...] = ()) -> None:
    by = Standing.of(user, _at(request))
    record(Trail.of_the_house(), verb, by=by, subject=user, reading=reading, changed=changed)


@receiver(auth.user_logged_in)
def _signed_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    sessions.begin(request.session, at=_at(request))
    if any(proof.get("method") == "mfa" for proof in get_authentication_records(request, user)):
        request.session[sessions.SECOND_FACTOR] = _at(request).timestamp()
    request.was_signed_in = True
    _own("signed in", user, request, reading=True)


@receiver(auth.user_logged_out)
def _signed_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if request is not None:
        request.has_left = True
    if user is not None:
        _own("signed out", user, request, reading=True)


@receiver(auth.user_login_failed)
def _refused(sender: Any, credentials: Any, request: Any = None, **kwargs: Any) -> None:
    address = credentials.get("email") or credentials.get("username") or ""
    failed(str(address), at=_at(request))


@receiver(account.password_changed)
def _password_changed(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    _own("password changed", user, request)


@receiver(account.password_reset)
def _password_reset(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    # Whoever reads the address's letters is its owner: a lock that somebody else brought about ends.
    get_adapter()._delete_login_attempts_cached_email(request, email=user.email)
    _own("password reset", user, request)


@receiver(account.authentication_step_completed)
def _proved_again(sender: Any, request: Any, user: Any, method: str, **kwargs: Any) -> None:
    """Somebody signed in proves again who they are: a new session id, and a second factor is remembered."""
    if not request.user.is_authenticated:
        return
    request.session.cycle_key()
    if method == "mfa":
        request.session[sessions.SECOND_FACTOR] = _at(request).timestamp()


@receiver(second_factor.authenticator_added)
def _factor_added(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    request.session.cycle_key()
    request.session[sessions.SECOND_FACTOR] = _at(request).timestamp()
    _own("second factor added", user, request, changed=(authenticator.type,))


@receiver(second_factor.authenticator_removed)
def _factor_removed(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    if not user.factors.exists():
        request.session.pop(sessions.SECOND_FACTOR, None)
        user.recovery_codes.all().delete()
    _own("second factor removed", user, request, changed=(authenticator.type,))


@receiver(second_factor.authentication_failed)
def _factor_refused(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    failed(user.email, at=_at(request), verb="second factor refused")
