from django import forms as django_forms

from govuk import forms


class SettleForm(forms.Form):
    """How the person was told instead."""

    reason = django_forms.CharField(
        label="How you told them",
        widget=django_forms.Textarea,
        max_length=1000,
        error_messages={"required": "Enter how you told them"},
    )
