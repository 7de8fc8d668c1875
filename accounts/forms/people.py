"""Letting people in and out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from accounts.models import Agency, User, normal_address
from accounts.roles import Role
from govuk.fields import DateField, SubmitTokenField, TextField
from govuk.forms import Form, ModelForm
from govuk.widgets import Radios

from .codes import address_field


def role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Role", choices=[("", "Select a role"), *Role.choices], error_messages={"required": "Select a role"}
    )


class GiveRole(Form):
    """A role in an agency, from one day and, where that is known, to another."""

    agency = forms.ModelChoiceField(
        label="Agency",
        queryset=Agency.objects.none(),
        empty_label="Select an agency",
        error_messages={"required": "Select an agency", "invalid_choice": "Select an agency"},
    )
    role = role_field()
    starts_on = DateField(label="First day")
    ends_on = DateField(
        label="Last day",
        required=False,
        help_text="For people who come for one piece of work, such as an independent reviewer.",
    )
    token = SubmitTokenField()
    submit = "Give the role"

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.fields["agency"].queryset = Agency.objects.on(today)  # type: ignore[attr-defined]
        self.fields["starts_on"].initial = today

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Last day must be the same as or after the first day")
        return said


class Invite(GiveRole):
    name = forms.CharField(label="Full name", max_length=200)
    email = address_field()
    submit = "Continue"
    layout = ("name", "email", "agency", "role", "starts_on", "ends_on", "token")

    def clean_email(self) -> str:
        return normal_address(self.cleaned_data["email"])


class Decide(Form):
    """Let somebody in who asked, or not."""

    decision = forms.ChoiceField(
        label="Do you approve this?",
        choices=[("yes", "Yes, let them in"), ("no", "No")],
        widget=Radios,
        error_messages={"required": "Select whether you approve this"},
    )
    reason = TextField(label="Reason", help_text="Kept with the decision. The person does not see it.", max_length=1000)
    token = SubmitTokenField()
    reveals = {"decision": {"no": ["reason"]}}
    submit = "Save the decision"


class EndRole(Form):
    """The last day of a role."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[("now", "Now"), ("later", "At the end of a day")],
        widget=Radios,
        error_messages={"required": "Select when it ends"},
    )
    last_day = DateField(label="Last day")
    reason = TextField(label="Reason", max_length=1000, required=False)
    reveals = {"when": {"later": ["last_day"]}}
    submit = "End the role"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        last_day = said.get("last_day")
        if said.get("when") == "later" and last_day and self.today and last_day < self.today:
            self.add_error("last_day", "Last day must be today or in the future")
        return said

    def chosen_day(self, today: date) -> date:
        """The last local date: yesterday, if it ends now."""
        later: date | None = self.cleaned_data["last_day"]
        return later or today - timedelta(days=1)


class GiveReason(Form):
    """Something done to somebody's account, and why."""

    reason = TextField(label="Reason", max_length=1000, help_text="Kept in the history of this person's access.")
    submit = ""


class Cover(Form):
    """Who stands in, and when."""

    deputy = address_field(
        label="Email address of the person who stands in", help_text="They must have an account of their own."
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day")
    token = SubmitTokenField()
    submit = "Arrange cover"

    def clean_deputy(self) -> User:
        address = normal_address(self.cleaned_data["deputy"])
        found = User.objects.people().filter(email=address, is_active=True, correspondent=False).first()
        if found is None:
            raise forms.ValidationError("Enter the email address of somebody who has an account here")
        return found

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if ends and self.today and ends < self.today:
            self.add_error("ends_on", "Last day must be today or in the future")
        elif starts and ends and ends < starts:
            self.add_error("ends_on", "Last day must be the same as or after the first day")
        return said


class OwnDetails(ModelForm):
    class Meta:
        model = User
        fields = ("name", "job_title", "phone")
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "job_title": forms.TextInput({"autocomplete": "organization-title"}),
            "phone": forms.TextInput({"autocomplete": "tel", "type": "tel"}),
        }

    submit = "Save"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
