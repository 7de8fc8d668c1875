"""The link by which an invited person chooses a password: for seven days, and once."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from .letters import address_of_site, send_letter
from .models import User

DAYS = 7
_SALT = "accounts.invitations"


def token_for(user: User) -> str:
    """Names the account by number, not by address; ends with the first password chosen."""
    return signing.dumps([user.pk, _state(user)], salt=_SALT)


def user_of(token: str) -> User | None:
    """Whose link it is; None when it is too old, was used, or the account is closed."""
    try:
        pk, state = signing.loads(token, salt=_SALT, max_age=timedelta(days=DAYS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user is not None and state == _state(user) else None


def send(user: User) -> None:
    """Send, or send again, the letter to somebody invited. Raises letters.NotSent."""
    if user.has_usable_password():
        send_letter("accounts/mail/role_given", user.email, {"url": address_of_site(reverse("account_login"))})
        return
    url = address_of_site(reverse("accounts:invitation", args=[token_for(user)]))
    send_letter("accounts/mail/invitation", user.email, {"url": url, "days": DAYS})


def _state(user: User) -> str:
    return salted_hmac(_SALT, f"{user.pk}|{user.password}|{user.email}", algorithm="sha256").hexdigest()[:24]
