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


@register.simple_tag(takes_context=True)
def page_of(context: dict[str, Any], row: Any) -> str:
    """The address of a row's own page, or "" for somebody who may not see the row."""
    by = getattr(context.get("request"), "by", None)
    if row is None or by is None or not type(row)._default_manager.visible_to(by).filter(pk=row.pk).exists():
        return ""
    return str(row.get_absolute_url())
