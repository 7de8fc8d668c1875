"""The forms of this room. What they give is handed to the verbs as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms
from django.conf import settings

from accounts.models import Agency
from accounts.standing import Standing
from decisions.models import CriterionAnswer
from documents.uploads import ACCEPTED
from govuk import fields, forms
from govuk.widgets import Checkboxes, Radios
from govuk.words import date_in_words
from notifications.register.recipients import Channel

from .lifecycle import Outcome
from .models import Attendance, ImmediateAction, LearningPoint, Meeting, PanelAnswer

CHANNELS = [choice for choice in Channel.choices if choice[0] in (Channel.SECURE_EMAIL, Channel.PORTAL, Channel.POST)]


class _Seen(forms.ModelForm):
    """An edit that says which version it saw; nothing for what is new."""

    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)
    token = fields.SubmitTokenField()

    def facts(self) -> dict[str, Any]:
        """What the row says, for the verbs."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}

    @property
    def seen(self) -> int:
        return self.cleaned_data["seen_version"] or 0


class SectionForm(forms.Form):
    html = fields.RichTextField(label="Text", required=False)
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    says_optional = False
    submit = ""

    def __init__(self, *args: Any, heading: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["html"].label = heading
        self.shapes = {"html": {"label_hidden": True}}  # type: ignore[misc]


class CommentForm(forms.Form):
    text = fields.TextField(label="Comment", max_length=4000, error_messages={"required": "Enter a comment"})
    token = fields.SubmitTokenField()
    submit = "Add comment"


class MeetingForm(_Seen):
    submit = "Save meeting"
    shapes = {"chair": {"width": 20}, "discussion": {"rows": 10}, "partners_views": {"rows": 6}}

    class Meta:
        model = Meeting
        fields = ["held_on", "chair", "conflicts", "documents_seen", "discussion", "partners_views"]
        help_texts = {
            "conflicts": "Who declared what, and what was done about it. Write “None declared” if there were none.",
            "partners_views": "What each safeguarding partner said. The partners sign for themselves later.",
        }

    def __init__(self, *args: Any, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, today=by.today, **kwargs)
        self.fields["held_on"].past = True  # type: ignore[attr-defined]


class AttendanceForm(_Seen):
    submit = "Add person"
    shapes = {"presence": {"inline": True}, "name": {"width": 20}, "role": {"width": 20}}

    class Meta:
        model = Attendance
        fields = ["name", "agency", "role", "presence"]

    def __init__(self, *args: Any, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.on(by.today)  # type: ignore[attr-defined]
        self.fields["agency"].empty_label = "Not of an agency"  # type: ignore[attr-defined]


class CriterionForm(forms.Form):
    answer = django_forms.ChoiceField(
        label="Is this criterion met?",
        choices=CriterionAnswer.Answer.choices,
        widget=Radios,
        error_messages={"required": "Select whether this criterion is met"},
    )
    narrative = fields.TextField(label="Why?", max_length=8000, error_messages={"required": "Enter why"})
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)
    submit = "Save answer"


class LearningPointForm(_Seen):
    submit = "Save learning point"

    class Meta:
        model = LearningPoint
        fields = ["text"]


class ActionForm(_Seen):
    submit = "Save action"

    class Meta:
        model = ImmediateAction
        fields = ["text", "owner", "due_on"]

    def __init__(self, *args: Any, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, today=by.today, **kwargs)
        self.fields["owner"].queryset = Agency.objects.on(by.today)  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = "Select an agency"  # type: ignore[attr-defined]


class SignOffForm(forms.Form):
    recommendation = django_forms.ChoiceField(
        label="What does the panel recommend?",
        choices=Outcome.choices,
        widget=Radios,
        error_messages={"required": "Select what the panel recommends"},
    )
    token = fields.SubmitTokenField()
    submit = "Freeze the report and ask the partners to sign"


class ReasonForm(forms.Form):
    reason = fields.TextField(max_length=4000)
    token = fields.SubmitTokenField()

    def __init__(self, *args: Any, asks: str, refusal: str, submit: str, **kwargs: Any) -> None:
        self.submit = submit  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks
        self.fields["reason"].error_messages["required"] = refusal


class ConcludeForm(forms.Form):
    outcome = django_forms.ChoiceField(
        label="What have the partners decided?",
        choices=Outcome.choices,
        widget=Radios,
        error_messages={"required": "Select what the partners have decided"},
    )
    rationale = fields.TextField(
        label="Why was this decided?", max_length=8000, error_messages={"required": "Enter why this was decided"}
    )
    dissent = fields.TextField(
        label="Disagreement voiced in the meeting",
        required=False,
        max_length=8000,
        help_text="Positions that differ from the outcome are kept word for word without your writing them here.",
    )
    decided_on = fields.DateField(
        label="Date of the partners' decision",
        past=True,
        help_text="The six months of a local review count from this day.",
    )
    token = fields.SubmitTokenField()
    submit = "Conclude"


class SendForm(forms.Form):
    sent_at = fields.DateTimeField(label="When was it sent?", past=True)
    channel = django_forms.ChoiceField(
        label="How was it sent?",
        choices=CHANNELS,
        widget=Radios,
        error_messages={"required": "Select how it was sent"},
    )
    reference = django_forms.CharField(label="Reference", required=False, max_length=100)
    late_reason = fields.TextField(label="Why it was sent late", required=False, max_length=2000)
    token = fields.SubmitTokenField()

    subjects = {"sent_at": "when it was sent"}
    shapes = {"reference": {"width": 20}}
    submit = "Record as sent"

    def __init__(self, *args: Any, due_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = f"It was due by the end of {date_in_words(due_on)}. " if due_on else ""
        self.fields["late_reason"].help_text = f"{due}Only needed if it was sent after that."


class ResponseForm(forms.Form):
    answers = django_forms.MultipleChoiceField(
        label="What does the letter say?",
        choices=PanelAnswer.choices,
        widget=Checkboxes,
        error_messages={"required": "Select what the letter says"},
    )
    letter_on = fields.DateField(label="Date of the letter", past=True)
    received_on = fields.DateField(label="Date it was received", past=True)
    summary = fields.TextField(label="Summary of the letter", required=False, max_length=8000)
    letter = fields.MultipleFileField(
        label="The letter", kinds=ACCEPTED, max_bytes=settings.UPLOAD_MAX_BYTES, max_files=1, required=False
    )
    token = fields.SubmitTokenField()

    shapes = {"answers": {"hint": "Select all that apply.", "small": True}}
    submit = "Record answer"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        written, received = given.get("letter_on"), given.get("received_on")
        if written and received and received < written:
            self.add_error("received_on", "Date it was received must be on or after the date of the letter")
        if PanelAnswer.NO_COMMENT in given.get("answers", []) and len(given["answers"]) > 1:
            self.add_error("answers", "Select what the letter says, or “No comment”")
        return given


class TokenForm(forms.Form):
    """A button that must not act twice."""

    token = fields.SubmitTokenField()
    submit = ""
