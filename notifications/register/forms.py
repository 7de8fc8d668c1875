"""What is asked about something that was sent."""

from __future__ import annotations

from django import forms as django_forms

from govuk import fields, forms
from govuk.widgets import Radios

from .recipients import Channel


class SendForm(forms.Form):
    sent_at = fields.DateTimeField(label="When was it sent?", past=True)
    channel = django_forms.ChoiceField(
        label="How was it sent?",
        widget=Radios,
        choices=Channel.choices,
        error_messages={"required": "Select how it was sent"},
    )
    reference = django_forms.CharField(label="Reference", max_length=100, required=False)
    token = fields.SubmitTokenField()

    subjects = {"sent_at": "when it was sent"}
    shapes = {"sent_at": {"size": "m"}, "channel": {"size": "m"}, "reference": {"size": "m", "width": 20}}
    submit = "Record that it was sent"


class AcknowledgeForm(forms.Form):
    received_at = fields.DateTimeField(label="When did they say they had received it?", past=True)
    token = fields.SubmitTokenField()

    subjects = {"received_at": "when it was received"}
    shapes = {"received_at": {"size": "m"}}
    submit = "Record that it was received"
