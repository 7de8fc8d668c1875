"""What the messages of this room need."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def reply_address() -> str:
    """Where somebody without an account answers a request."""
    return settings.SITE_URL + reverse("agency_returns:reply")
