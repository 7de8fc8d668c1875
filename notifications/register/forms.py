"""What is asked about something that was sent."""

from __future__ import annotations

from govuk import fields, forms


class AcknowledgeForm(forms.Form):
    received_at = fields.DateTimeField(label="When did they say they had received it?", past=True)
    token = fields.SubmitTokenField()

    subjects = {"received_at": "when it was received"}
    shapes = {"received_at": {"size": "m"}}
    submit = "Record that it was received"
