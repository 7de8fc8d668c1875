"""Forms of the desk."""

from datetime import date
from typing import cast

from django import forms as django_forms

from accounts.models import Partnership
from accounts.standing import Standing
from cases.forms import GivePart
from cases.models import Case
from govuk import forms
from govuk.fields import DateField, SubmitTokenField

from .lines import COLUMNS
from .models import ReturnExport

APRIL = 4
# As many as two pages of the list.
MOST_CHOSEN = 100


class TokenForm(forms.Form):
    """A button that must not act twice."""

    token = SubmitTokenField()
    submit = ""


class SaveListForm(forms.Form):
    """A name for the list as it is narrowed now. The query comes along unseen and is read again before it is kept."""

    name = django_forms.CharField(
        label="Name of the list",
        help_text="For example, Overdue in Westmoor. Do not use a person's name.",
        max_length=80,
        error_messages={"required": "Enter a name for the list"},
    )
    shared = django_forms.ChoiceField(
        label="Who can use it",
        choices=(("no", "Only me"), ("yes", "Everyone with an account; each sees only the cases open to them")),
        widget=django_forms.RadioSelect,
        initial="no",
        error_messages={"required": "Select who can use it"},
    )
    submit = "Save list"


class ColumnsForm(forms.Form):
    """Which columns the list of cases shows."""

    columns = django_forms.MultipleChoiceField(
        label="Columns",
        choices=tuple(COLUMNS.items()),
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one column"},
    )
    submit = "Keep these columns"


class ChosenCases(forms.Form):
    """The cases ticked in a list, by reference. One that may not be seen is answered as one that is not there."""

    case = django_forms.ModelMultipleChoiceField(
        label="Cases",
        queryset=Case.objects.none(),
        to_field_name="reference",
        widget=django_forms.MultipleHiddenInput,
        error_messages={
            "required": "Select at least one case",
            "invalid_choice": "Select cases from the list",
            "invalid_pk_value": "Select cases from the list",
        },
    )
    submit = ""

    def __init__(self, *args, by: Standing, **kwargs):
        super().__init__(*args, **kwargs)
        field = cast(django_forms.ModelMultipleChoiceField, self.fields["case"])
        field.queryset = Case.objects.visible_to(by).select_related("incident_la").order_by("-received_on", "-pk")

    def clean_case(self):
        chosen = list(self.cleaned_data["case"][: MOST_CHOSEN + 1])
        if len(chosen) > MOST_CHOSEN:
            raise django_forms.ValidationError(f"Select {MOST_CHOSEN} cases or fewer")
        return chosen


class GiveAccessForm(GivePart):
    """Who is given which part of several cases, and until when. Pressed twice, it is given once."""

    token = SubmitTokenField()
    submit = ""


class TakeAwayForm(forms.Form):
    """In which form lines of the list are taken away."""

    format = django_forms.ChoiceField(
        label="Format",
        choices=(("csv", "CSV"), ("xlsx", "Excel (XLSX)")),
        widget=django_forms.RadioSelect,
        initial="csv",
        error_messages={"required": "Select a format"},
    )
    submit = ""


class SearchForm(forms.Form):
    """What to look for. Never put into an address or a log."""

    words = django_forms.CharField(
        label="Search cases",
        help_text="A reference, a pseudonym, words of the description, papers or files; names and "
        "NHS numbers if your role shows them.",
        max_length=100,
        error_messages={"required": "Enter a reference, a name or a word to search for"},
    )


class ExportForm(forms.Form):
    """Which notifications, for whom, in what form. Starts with the reporting year so far."""

    sent_from = DateField(label="Notifications sent from")
    sent_until = DateField(label="Notifications sent until")
    recipient = django_forms.CharField(
        label="Who the return is for",
        max_length=200,
        error_messages={"required": "Enter who the return is for"},
    )
    format = django_forms.ChoiceField(
        label="Format",
        choices=ReturnExport.Format.choices,
        widget=django_forms.RadioSelect,
        error_messages={"required": "Select a format"},
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        year = by.today.year if by.today.month >= APRIL else by.today.year - 1
        self.fields["sent_from"].initial = date(year, APRIL, 1)
        self.fields["sent_until"].initial = by.today
        self.fields["recipient"].initial = Partnership.this().national_body
        self.fields["format"].initial = ReturnExport.Format.CSV

    def clean(self):
        said = super().clean() or {}
        start, end = said.get("sent_from"), said.get("sent_until")
        if start and end and end < start:
            self.add_error("sent_until", "The last date must be the same as or after the first")
        return said
