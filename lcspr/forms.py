"""Forms of the local review."""

from __future__ import annotations

from django import forms as django_forms

from accounts.models import Membership
from accounts.roles import Role
from cases.codes import DELAY_REASON
from govuk import forms
from govuk.fields import DateField, DateTimeField, RichTextField, SubmitTokenField
from notifications.register.recipients import Channel

from .headings import SUITABILITY
from .models import FamilyContact


def _text(label, *, required=True, hint="", rows=5, most=8000, asks=""):
    return django_forms.CharField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        widget=django_forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": asks} if asks else {},
    )


class Seen(forms.Form):
    """A form that carries the version that was on the page."""

    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)


class TermsForm(Seen):
    purpose = _text("Purpose of the review", required=False)
    scope_from = DateField(label="Period looked at: from", required=False)
    scope_until = DateField(label="Period looked at: until", required=False)
    scope_reason = _text("Why this period", required=False)
    lines_of_enquiry = _text("Key lines of enquiry", required=False, rows=8)
    method = _text("Method", required=False)
    agencies = _text("Agencies taking part", required=False)
    practitioners = _text("How practitioners take part", required=False)
    family = _text("How the family takes part", required=False)
    timetable = _text("Timetable", required=False)

    def clean(self):
        said = super().clean()
        start, end = said.get("scope_from"), said.get("scope_until")
        if start and end and end < start:
            self.add_error("scope_until", "The end of the period must be the same as or after its start")
        return said


class AppointForm(forms.Form):
    membership = django_forms.ModelChoiceField(
        label="Reviewer",
        queryset=Membership.objects.none(),
        error_messages={"required": "Select a reviewer", "invalid_choice": "Select a reviewer from the list"},
    )
    appointed_on = DateField(label="Date of appointment")
    token = SubmitTokenField()

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = (
            Membership.objects.on(by.today).filter(role=Role.REVIEWER).select_related("user", "agency")
        )
        self.fields["membership"].label_from_instance = lambda row: f"{row.user}, {row.agency}"
        for key, words in SUITABILITY:
            self.fields[f"suitability_{key}"] = _text(
                words,
                rows=2,
                most=2000,
                asks="Enter what was found about any conflict of interest"
                if key == "conflict"
                else "Enter what shows this",
            )

    @property
    def suitability(self) -> dict[str, str]:
        return {key: self.cleaned_data[f"suitability_{key}"] for key, _ in SUITABILITY}


class ReasonForm(forms.Form):
    reason = _text("Reason", asks="Enter the reason", most=4000)


class SectionForm(Seen):
    html = RichTextField(label="Text of this section", required=False)


class CommentForm(forms.Form):
    text = _text("Your comment", rows=3, most=4000, asks="Enter your comment")


class RecommendForm(forms.Form):
    text = _text(
        "What is recommended", hint="Say what is required, of whom, and by when.", asks="Enter what is recommended"
    )
    intended_outcome = _text("The difference it should make to children", required=False)
    theme = django_forms.CharField(label="Theme", max_length=100, required=False)


class NoticeForm(forms.Form):
    """Something was sent to one recipient."""

    sent_at = DateTimeField(label="When it was sent")
    channel = django_forms.ChoiceField(
        label="How it was sent",
        choices=Channel.choices,
        widget=django_forms.RadioSelect,
        initial=Channel.SECURE_EMAIL,
        error_messages={"required": "Select how it was sent"},
    )
    reference = django_forms.CharField(label="Reference", max_length=100, required=False)
    token = SubmitTokenField()

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_sent_at(self):
        sent_at = self.cleaned_data["sent_at"]
        if sent_at and sent_at > self.by.at:
            raise django_forms.ValidationError("When it was sent must be in the past")
        return sent_at


class ConcludeForm(forms.Form):
    outcome = django_forms.ChoiceField(
        label="Outcome",
        choices=[("agree", "The partners approve the report"), ("disagree", "The report goes back to be changed")],
        widget=django_forms.RadioSelect,
        error_messages={"required": "Select the outcome"},
    )
    rationale = _text("Reasons", asks="Enter the reasons")
    token = SubmitTokenField()


class PlanForm(forms.Form):
    public_title = django_forms.CharField(
        label="Title for the public",
        help_text="Without a name, an initial or anything that would identify a child.",
        max_length=200,
        error_messages={"required": "Enter the title for the public"},
    )
    on = DateField(label="Planned date of publication")
    token = SubmitTokenField()

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_on(self):
        on = self.cleaned_data["on"]
        if on and on < self.by.today:
            raise django_forms.ValidationError("The planned date of publication must be today or in the future")
        return on


class PublishForm(forms.Form):
    summary = _text("Summary for the public", hint="Two or three sentences, without a name.", asks="Enter a summary")
    early_reason = _text(
        "Why it is published before the notice period is over",
        hint="Only where the Panel, the Secretary of State or Ofsted have not had the report for seven working days.",
        required=False,
    )
    late_reason = _text("Why it is published after the six months", hint="Only if it is.", required=False)
    names_checked = _text(
        "Why a name found in the text may stay", hint="Only if one was found and you have checked it.", required=False
    )
    token = SubmitTokenField()


class ImprovementsOnlyForm(forms.Form):
    summary = _text("Summary for the public", asks="Enter a summary")
    reason = _text("Why the report is not published", asks="Enter why the report is not published")
    sent_at = DateTimeField(label="When the Panel and the Secretary of State were given the reasons")
    token = SubmitTokenField()


class DelayForm(forms.Form):
    reasons = django_forms.MultipleChoiceField(
        label="What causes the delay",
        choices=DELAY_REASON,
        widget=django_forms.CheckboxSelectMultiple,
        error_messages={"required": "Select what causes the delay"},
    )
    explanation = _text("Explanation given to the Panel and the Secretary of State", asks="Enter the explanation")
    sent_at = DateTimeField(label="When they were told")
    new_target = DateField(label="New date aimed at", required=False)
    token = SubmitTokenField()


class MonitorForm(forms.Form):
    found = _text("Progress and quality", asks="Enter what you found")
    requested = _text("Information or draft asked for in writing", required=False)


class FamilyForm(forms.Form):
    who = django_forms.CharField(
        label="Who, by pseudonym or relationship",
        max_length=100,
        error_messages={"required": "Enter who was contacted, without a name"},
    )
    on = DateField(label="Date")
    answer = django_forms.ChoiceField(
        label="What came of it",
        choices=FamilyContact.Answer.choices,
        widget=django_forms.RadioSelect,
        error_messages={"required": "Select what came of it"},
    )
    note = _text("What was said, agreed or offered", required=False)
