"""Asking for an account, and taking up an invitation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import Agency, User
from accounts.roles import SELF_REGISTERED
from govuk.forms import Form
from govuk.widgets import Radios

from .sign_in import GUIDANCE

WHAT_IT_LETS_YOU_DO = {
    "referrer": "Write referrals for your agency and follow your own.",
    "agency_lead": "Approve your agency's referrals, and answer what a review asks of your agency.",
}


def password_field() -> forms.CharField:
    return forms.CharField(
        label="Password",
        help_text=GUIDANCE,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class _WithPassword(Form):
    """A password that is checked against who the person is."""

    def person(self) -> User:
        raise NotImplementedError

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, self.person())
            except forms.ValidationError as refused:
                self.add_error("password", refused)


class AboutYou(_WithPassword):
    """Who asks, for which agency, as what."""

    name = forms.CharField(label="Your full name", max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    agency = forms.ModelChoiceField(
        label="Which agency do you work for?",
        queryset=Agency.objects.none(),
        widget=Radios,
        empty_label=None,
        error_messages={
            "required": "Select the agency you work for",
            "invalid_choice": "Select the agency you work for",
        },
    )
    role = forms.ChoiceField(
        label="What do you need to do?",
        choices=[(role.value, role.label) for role in SELF_REGISTERED],
        widget=Radios,
        error_messages={"required": "Select what you need to do"},
    )
    password = password_field()
    shapes = {"role": {"hints": WHAT_IT_LETS_YOU_DO}}
    submit = "Ask for an account"

    def __init__(self, *args: Any, address: str, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        agencies = Agency.objects.on(on).with_domain(address.rpartition("@")[2])
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def person(self) -> User:
        return User(email=self.address, name=self.cleaned_data.get("name", ""))


class AcceptInvitation(_WithPassword):
    password = password_field()
    submit = "Save the password"

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def person(self) -> User:
        return self.user
