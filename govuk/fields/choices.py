from typing import Any

from django import forms

from govuk.widgets import Radios


class YesNoField(forms.TypedChoiceField):
    """Yes or no as radios; cleaned to True, False, or None when not answered."""

    widget = Radios

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("yes", "Yes"), ("no", "No")])
        super().__init__(coerce=lambda value: value == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class YesNoUnknownField(forms.ChoiceField):
    """Yes, no or not known, as radios; cleaned to "yes", "no" or "not_known"."""

    widget = Radios

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")])
        super().__init__(**kwargs)
