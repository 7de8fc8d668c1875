"""Forms of the public site."""

from __future__ import annotations

from django import forms as django_forms

from govuk import forms
from govuk.fields import MultipleFileField, RichTextField, SubmitTokenField

from .models import Page, Publication


class PageForm(forms.Form):
    title = django_forms.CharField(label="Title", max_length=200)
    summary = django_forms.CharField(label="One sentence that says what it is", max_length=300, required=False)
    section = django_forms.ChoiceField(
        label="Part of the site", choices=Page.Section.choices, widget=django_forms.RadioSelect
    )
    position = django_forms.IntegerField(label="Place in the list", min_value=0, max_value=9999, initial=100)
    body = RichTextField(label="Text", required=False)
    shown = django_forms.BooleanField(label="Show this page to the public", required=False, initial=True)
    takes_feedback = django_forms.BooleanField(label="People may have their say on this page", required=False)
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)

    shapes = {"position": {"width": 4}}


class FileForm(forms.Form):
    title = django_forms.CharField(label="Title of the document", max_length=200)
    files = MultipleFileField(label="Document", max_files=1)


class FeedbackForm(forms.Form):
    text = django_forms.CharField(
        label="What you want to say",
        widget=django_forms.Textarea,
        max_length=4000,
        help_text="Do not name a child or family. If a child is at risk now, call 999.",
        error_messages={"required": "Enter what you want to say"},
    )
    reply_to = django_forms.CharField(
        label="How we can reply to you",
        help_text="An email address or telephone number, only if you want an answer.",
        max_length=254,
        required=False,
    )
    token = SubmitTokenField()

    shapes = {"text": {"count": True}}


class BriefingForm(forms.Form):
    kind = django_forms.ChoiceField(
        label="What it is",
        choices=[
            (Publication.Kind.BRIEFING.value, Publication.Kind.BRIEFING.label),
            (Publication.Kind.YEARLY_REPORT.value, Publication.Kind.YEARLY_REPORT.label),
            (Publication.Kind.OTHER.value, Publication.Kind.OTHER.label),
        ],
        widget=django_forms.RadioSelect,
    )
    title = django_forms.CharField(label="Title", max_length=200)
    summary = django_forms.CharField(label="Summary", widget=django_forms.Textarea, max_length=2000)
    body = RichTextField(label="Text")


class WithdrawForm(forms.Form):
    reason = django_forms.CharField(label="Why it is taken down", widget=django_forms.Textarea, max_length=2000)
