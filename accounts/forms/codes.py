"""Proving an address with a code."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts.models import Agency, normal_address
from govuk.forms import Form


def address_field(**more: Any) -> forms.EmailField:
    widget = forms.EmailInput({"autocomplete": "email", "spellcheck": "false"})
    return forms.EmailField(**{"label": "Email address", "widget": widget, **more})


class AskForCode(Form):
    """Whoever has no account: for which agency, and at which address."""

    agency = forms.ModelChoiceField(
        label="Which agency do you work for?",
        queryset=Agency.objects.none(),
        empty_label="Select an agency",
        error_messages={
            "required": "Select the agency you work for",
            "invalid_choice": "Select the agency you work for",
        },
    )
    email = address_field(label="Your work email address", help_text="We will send a code of 6 digits to it.")
    submit = "Send the code"

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.on(on)  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])


class EnterEmailedCode(Form):
    code = forms.CharField(
        label="Code",
        help_text="6 digits, from the email we have just sent.",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )
    shapes = {"code": {"width": 10}}
    submit = "Continue"


class AskForAddress(Form):
    """The first step of asking for an account."""

    email = address_field(
        label="Your work email address",
        help_text="Use the address your agency gave you. We will send a code of 6 digits to it.",
    )
    submit = "Continue"

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])


class NewAddress(AskForAddress):
    submit = "Send the code"
