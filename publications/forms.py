"""Forms of the public site. What they give is handed to the verbs as it is."""

from __future__ import annotations

from django import forms as django_forms
from django.conf import settings

from documents.uploads import ACCEPTED
from govuk import forms
from govuk.fields import MultipleFileField, RichTextField, SubmitTokenField, TextField
from govuk.widgets import Radios

from .models import Page, Publication


class PageForm(forms.Form):
    title = django_forms.CharField(label="Title", max_length=200)
    summary = django_forms.CharField(label="One sentence that says what it is", max_length=300, required=False)
    section = django_forms.ChoiceField(
        label="Part of the site",
        choices=Page.Section.choices,
        widget=Radios,
        error_messages={"required": "Select the part of the site"},
    )
    position = django_forms.IntegerField(
        label="Place in the list",
        help_text="Pages with a lower number come first.",
        min_value=0,
        max_value=9999,
        initial=100,
        error_messages={
            "min_value": "Place in the list must be 0 or more",
            "max_value": "Place in the list must be 9999 or less",
        },
    )
    body = RichTextField(label="Text", required=False)
    shown = django_forms.BooleanField(label="Show this page to the public", required=False, initial=True)
    takes_feedback = django_forms.BooleanField(label="People may have their say on this page", required=False)
    token = SubmitTokenField()
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)

    shapes = {"position": {"width": 4}}
    says_optional = False
    submit = "Save page"

    FACTS = ("title", "summary", "section", "position", "body", "shown", "takes_feedback")

    def facts(self) -> dict[str, object]:
        """What the page says, for the verbs."""
        return {name: self.cleaned_data[name] for name in self.FACTS}


class FileForm(forms.Form):
    title = django_forms.CharField(label="Title of the document", max_length=200)
    files = MultipleFileField(  # type: ignore[assignment]  # no field is left on the class: `files` stays the uploads
        label="Document", kinds=ACCEPTED, max_bytes=settings.UPLOAD_MAX_BYTES, max_files=1
    )
    token = SubmitTokenField()

    submit = "Add document"


class FeedbackForm(forms.Form):
    text = TextField(
        label="What do you want to say?",
        max_length=4000,
        help_text="Do not name a child or family. If a child is at risk now, call 999.",
        error_messages={"required": "Enter what you want to say"},
    )
    reply_to = django_forms.CharField(
        label="How can we reply to you?",
        help_text="An email address or telephone number, only if you want an answer.",
        max_length=254,
        required=False,
    )
    token = SubmitTokenField()

    shapes = {"text": {"count": True}}
    subjects = {"text": "what you want to say", "reply_to": "how we can reply to you"}
    submit = "Send"


class BriefingForm(forms.Form):
    kind = django_forms.ChoiceField(
        label="What is it?",
        choices=[
            (kind.value, kind.label)
            for kind in (Publication.Kind.BRIEFING, Publication.Kind.YEARLY_REPORT, Publication.Kind.OTHER)
        ],
        widget=Radios,
        error_messages={"required": "Select what it is"},
    )
    title = django_forms.CharField(label="Title", max_length=200)
    summary = TextField(label="Summary", max_length=2000)
    body = RichTextField(label="Text")
    token = SubmitTokenField()

    submit = "Publish"


class WithdrawForm(forms.Form):
    reason = TextField(
        label="Why is it taken down?", max_length=2000, error_messages={"required": "Enter why it is taken down"}
    )
    token = SubmitTokenField()

    submit = ""


class SwitchForm(forms.Form):
    """Whether people may have their say: what it is to be, not the other of what it is."""

    on = django_forms.TypedChoiceField(choices=[("yes", "Yes"), ("no", "No")], coerce=lambda said: said == "yes")
