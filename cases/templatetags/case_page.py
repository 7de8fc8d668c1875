"""The way from a part of a case back to the case itself, for those who may go it."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from cases.models import Case

register = template.Library()


@register.simple_tag(takes_context=True)
def case_page(context: dict[str, Any], case: Case | None) -> str:
    """The address of the case page, or "" for somebody who holds only a part of the case."""
    by = getattr(context.get("request"), "by", None)
    if case is None or by is None or not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        return ""
    try:
        return reverse("caseload:case", args=[case.reference])
    except NoReverseMatch:  # the room has no such page
        return ""
