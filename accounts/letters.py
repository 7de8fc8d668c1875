"""Letters that are sent at once: codes, links and notices about a person's own account.

They hold no personal data: not even the name of whoever they are addressed to. Everything about cases is announced
by the reminders instead.
"""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from .models import Partnership


class NotSent(Exception):
    """The mail server could not be reached or did not take the letter."""


def address_of_site(path: str) -> str:
    """The full address of a page, with the configured origin."""
    return f"{settings.SITE_URL}{path}"


def send_letter(stem: str, to: str, context: dict[str, Any] | None = None) -> None:
    """Send `templates/<stem>_subject.txt` and `<stem>_message.txt` to one address. Raises NotSent."""
    said = {**(context or {}), "partnership": Partnership.this(), "site": settings.SITE_URL}
    subject = " ".join(render_to_string(f"{stem}_subject.txt", said).split())
    text = render_to_string(f"{stem}_message.txt", said).strip() + "\n"
    try:
        EmailMessage(subject, text, settings.DEFAULT_FROM_EMAIL, [to]).send()
    except (OSError, SMTPException) as failure:
        raise NotSent("The email could not be sent. Try again in a few minutes") from failure
