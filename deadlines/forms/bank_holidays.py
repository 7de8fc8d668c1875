"""What is asked when changing a bank holiday."""

import datetime

from django import forms as django_forms

from deadlines.models import BankHoliday
from deadlines.working_days import long_date
from govuk import fields, forms


class BankHolidayForm(forms.Form):
    """A bank holiday to be entered. `confirmed` comes from the page that shows what would move."""

    date = fields.DateField(
        label="Date of the bank holiday", earliest=datetime.date(2018, 1, 1), latest=datetime.date(2100, 12, 31)
    )
    name = django_forms.CharField(label="Name", max_length=120, help_text="For example, Summer bank holiday")
    source = django_forms.CharField(
        label="Where it was announced", max_length=300, required=False, help_text="For example, the proclamation"
    )
    confirmed = django_forms.BooleanField(required=False, widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()

    submit = "Continue"

    def clean_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["date"]
        # Once it is confirmed the verb decides: a second press of the button must find what the first one did.
        if not self.data.get("confirmed") and BankHoliday.objects.filter(date=day).exists():
            raise django_forms.ValidationError(f"{long_date(day)} is a bank holiday already")
        return day


class RemoveBankHolidayForm(forms.Form):
    """Why a bank holiday is taken out."""

    reason = fields.TextField(label="Why is it removed?", error_messages={"required": "Enter why it is removed"})
    token = fields.SubmitTokenField()

    submit = ""


class DeclareYearForm(forms.Form):
    """All the bank holidays of a year have been entered."""

    token = fields.SubmitTokenField()

    submit = ""
