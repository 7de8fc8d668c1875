"""How allauth behaves here.

Addresses are proved by our own codes and invitations, so its table of addresses stays empty: `User.email` is the one
place. Links in letters name the configured site, never the host a request claims to be for.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from . import recording, sessions
from .letters import address_of_site, send_letter
from .models import Partnership, User, normal_address

# Setting up a second factor straight after signing in does not ask for the password a second time.
RECENT = timedelta(minutes=5)
LOCKED_SECONDS = 15 * 60


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "Check your email address and password. One of them is not right",
        "too_many_login_attempts": "There have been too many attempts. Wait 15 minutes, then try again",
        "rate_limited": "There have been too many attempts. Wait 15 minutes, then try again",
        "incorrect_password": "Check your password. It is not right",
        "enter_current_password": "Check your current password. It is not right",
        "incorrect_code": "Check the code. It is not right, or it has been used or is too old",
        "invalid_password_reset": "This link has been used or is too old",
    }

    def is_open_for_signup(self, request: Any) -> bool:
        """People register on a page of our own (`accounts:register`) or are invited."""
        return False

    def get_login_redirect_url(self, request: Any) -> str:
        return home_of(request.user)

    def get_password_change_redirect_url(self, request: Any) -> str:
        return reverse("accounts:profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return address_of_site(path.replace("UID-KEY", key))

    def is_safe_url(self, url: str | None) -> bool:
        """Only pages of this very site, named by path."""
        return is_own_path(url)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        send_letter(template_prefix, email, context)

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell a person that their password or second factor changed. Says neither who nor from where."""
        send_letter(template_prefix, email or user.email, {**(context or {}), "at": timezone.now()})

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        # One count however the address is spelt and whatever host is named.
        return f"sign-in:{normal_address(str(credentials.get('email', '')))}"

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            address = normal_address(str(credentials.get("email", "")))
            # Once for each lock: an attacker must not fill the chain of events.
            if cache.add(f"locked:{hashlib.sha256(address.encode()).hexdigest()}", 1, LOCKED_SECONDS):
                recording.locked(address, at=request.at)
            raise

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        request = self.request
        if sessions.signed_in_within(request.session, RECENT, at=request.at):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps are kept encrypted, so that a copy of the database does not hold them."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": Adapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": "Set up another way to sign in before you remove this one",
    }

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return Partnership.this().service_name

    def _get_site_name(self) -> str:
        return Partnership.this().service_name

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """The only one stays, unless none is needed."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return True
        return bool(authenticator.user.factors.exclude(pk=authenticator.pk).exists())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = user.factors.filter(type=type).count()
        return "Passkey" if not count else f"Passkey {count + 1}"


class OrganisationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in with an organisation's own account: for people we know already, found by their address."""

    def is_open_for_signup(self, request: Any, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: Any, sociallogin: Any) -> None:
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise PermissionDenied("This account is closed.")
            return
        addresses = {normal_address(one.email) for one in sociallogin.email_addresses if one.verified}
        user = User.objects.filter(email__in=addresses, is_active=True, correspondent=False).first()
        if user is not None:
            sociallogin.connect(request, user)


def _keys() -> MultiFernet:
    """The newest key first; older SECRET_KEYs still open what they closed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"accounts.second factor:" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def is_own_path(url: str | None) -> bool:
    """Whether this is a path of this site: one slash, no host, nothing a browser would read as another address."""
    if not url or not url.startswith("/") or url.startswith(("//", "/\\")):
        return False
    if any(ord(letter) < 33 or letter == "\\" for letter in url):
        return False
    parts = urlsplit(url)
    return not parts.scheme and not parts.netloc


def home_of(user: User) -> str:
    """Where a person goes after signing in."""
    try:
        return reverse(settings.CORRESPONDENT_HOME if user.correspondent else settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch as missing:
        raise ImproperlyConfigured("LOGIN_REDIRECT_URL and CORRESPONDENT_HOME must name pages.") from missing
