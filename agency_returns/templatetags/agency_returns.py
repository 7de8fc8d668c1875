"""What the messages and pages of this room, and pages that lead to it, need."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse

from agency_returns.models import CaseChronology

register = template.Library()


@register.simple_tag
def reply_address() -> str:
    """Where somebody without an account answers a request."""
    return settings.SITE_URL + reverse("agency_returns:reply")


@register.simple_tag(takes_context=True)
def chronology_page(context: dict[str, Any], case: Any) -> str:
    """The address of the merged chronology of a case, or "" for somebody who may not read it."""
    by = getattr(context.get("request"), "by", None)
    if by is None or not CaseChronology.objects.visible_to(by).filter(pk=case.pk).exists():
        return ""
    return reverse("agency_returns:chronology", args=[case.pk])
