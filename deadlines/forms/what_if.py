"""What is asked when looking ahead in a case."""

from typing import Any

from django import forms as django_forms

from govuk import fields, forms


class WhatIfForm(forms.Form):
    """Something that might happen, and the day."""

    event = django_forms.ChoiceField(label="What if", widget=django_forms.RadioSelect)
    day = fields.DateField(label="On which day?", help_text="For example, 27 3 2026")

    method = "get"
    says_optional = False
    submit = "Work out the dates"
    subjects = {"day": "the day", "event": "what might happen"}

    def __init__(self, *args: Any, events: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event"].choices = events  # type: ignore[attr-defined]
