"""The error summary: every mistake on the page, each leading to the first box at fault."""

from typing import Any

from django.forms import BaseForm
from django.forms.formsets import BaseFormSet

from govuk.component import first_input_id, kind_of


def mistakes_of(*asked: Any) -> list[dict[str, str]]:
    """The mistakes of these forms and formsets, in the order of the page, as `{"text", "href"}`.

    A mistake of no single field, or of a hidden one, has an empty href.
    """
    found: list[dict[str, str]] = []
    for one in asked:
        if isinstance(one, BaseFormSet):
            found += [{"text": str(text), "href": ""} for text in one.non_form_errors()] if one.is_bound else []
            found += mistakes_of(*one.forms)
        elif isinstance(one, BaseForm):
            found += _of_form(one)
        elif isinstance(one, list | tuple):
            found += mistakes_of(*one)
    return found


def _of_form(form: BaseForm) -> list[dict[str, str]]:
    if not form.errors:
        return []
    found = [{"text": str(text), "href": ""} for text in form.non_field_errors()]
    for field in form:
        href = "" if kind_of(field) == "hidden" else f"#{first_input_id(field)}"
        found += [{"text": str(text), "href": href} for text in field.errors]
    return found
