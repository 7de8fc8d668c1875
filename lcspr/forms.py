"""Forms of the local review. What they give is handed to the verbs as it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms as django_forms

from accounts.models import Membership
from accounts.roles import Role
from accounts.standing import Standing
from cases.codes import DELAY_REASON
from govuk import forms
from govuk.fields import DateField, DateTimeField, RichTextField, SubmitTokenField, TextField
from govuk.layout import Field, Fieldset
from govuk.widgets import Checkboxes, Radios
from govuk.words import date_in_words
from notifications.register.recipients import Channel

from .headings import SUITABILITY
from .models import FamilyContact

CHANNELS = [choice for choice in Channel.choices if choice[0] in (Channel.SECURE_EMAIL, Channel.PORTAL, Channel.POST)]


def _text(label: str, *, required: bool = True, hint: str = "", most: int = 8000, asks: str = "") -> TextField:
    return TextField(
        label=label,
        help_text=hint,
        required=required,
        max_length=most,
        error_messages={"required": asks} if asks else {},
    )


class Seen(forms.Form):
    """A form that carries the version that was on the page."""

    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)


class TermsForm(Seen):
    purpose = _text("Purpose of the review", required=False)
    scope_from = DateField(label="Start of the period looked at", required=False)
    scope_until = DateField(label="End of the period looked at", required=False)
    scope_reason = _text("Why this period", required=False)
    lines_of_enquiry = _text("Key lines of enquiry", required=False)
    # No field is left on the class, where `method` goes on saying how the form is sent.
    method = _text(  # type: ignore[assignment]
        "Method", required=False, hint="Take account of systems methodology, and keep it proportionate."
    )
    agencies = _text("Agencies taking part", required=False)
    practitioners = _text("How practitioners take part", required=False)
    family = _text("How the family takes part", required=False)
    timetable = _text("Timetable", required=False)

    shapes = {
        "lines_of_enquiry": {"rows": 8},
        "scope_reason": {"rows": 3},
        **{name: {"rows": 4} for name in ("agencies", "practitioners", "family", "timetable")},
    }
    says_optional = False
    submit = "Save terms of reference"

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        start, end = said.get("scope_from"), said.get("scope_until")
        if start and end and end < start:
            self.add_error("scope_until", "End of the period looked at must be on or after its start")
        return said


class AppointForm(forms.Form):
    membership = django_forms.ModelChoiceField(
        label="Reviewer",
        queryset=Membership.objects.none(),
        empty_label="Select a reviewer",
        error_messages={"required": "Select a reviewer", "invalid_choice": "Select a reviewer from the list"},
    )
    appointed_on = DateField(label="Date of appointment", past=True)
    token = SubmitTokenField()

    submit = "Appoint reviewer"

    def __init__(self, *args: Any, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, today=by.today, **kwargs)
        chosen: Any = self.fields["membership"]
        chosen.queryset = (
            Membership.objects.on(by.today)
            .filter(role=Role.REVIEWER)
            .select_related("user", "agency")
            .order_by("user__name")
        )
        chosen.label_from_instance = lambda held: f"{held.user}, {held.agency}"
        names = []
        for key, words in SUITABILITY:
            asks = (
                "Enter what was found about any conflict of interest" if key == "conflict" else "Enter what shows this"
            )
            name = f"suitability_{key}"
            self.fields[name] = _text(words, most=2000, asks=asks)
            self._prepare(name, self.fields[name])
            names.append(Field(name, rows=2))
        self.layout = [  # type: ignore[misc]
            "membership",
            "appointed_on",
            Fieldset("Why this reviewer is suitable (SI 2018/789, regulation 12)", *names, size="m"),
            "token",
        ]

    @property
    def suitability(self) -> dict[str, str]:
        """What was found on each point."""
        return {key: self.cleaned_data[f"suitability_{key}"] for key, _ in SUITABILITY}


class ReasonForm(forms.Form):
    reason = TextField(label="Why", max_length=4000)
    token = SubmitTokenField()

    def __init__(self, *args: Any, asks: str, submit: str, **kwargs: Any) -> None:
        self.submit = submit  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks
        self.fields["reason"].error_messages["required"] = f"Enter {asks[:1].lower()}{asks[1:]}"


class TokenForm(forms.Form):
    """A button that must not act twice."""

    token = SubmitTokenField()
    submit = ""


class AgreeForm(Seen):
    token = SubmitTokenField()
    submit = ""


class SectionForm(Seen):
    html = RichTextField(label="Text of this section", required=False)

    says_optional = False
    submit = ""

    def __init__(self, *args: Any, heading: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["html"].label = heading
        self.shapes = {"html": {"label_hidden": True}}  # type: ignore[misc]


class CommentForm(forms.Form):
    text = _text("Your comment", most=4000, asks="Enter your comment")
    token = SubmitTokenField()

    shapes = {"text": {"rows": 3}}
    submit = ""


class RecommendForm(forms.Form):
    text = _text(
        "What is recommended",
        hint="Say what is required, of whom, and by when.",
        most=4000,
        asks="Enter what is recommended",
    )
    intended_outcome = _text("The difference it should make to children", required=False, most=4000)
    theme = django_forms.CharField(
        label="Theme", help_text="A few words, for example “sharing information”.", max_length=100, required=False
    )
    token = SubmitTokenField()

    shapes = {"theme": {"width": 20}, "intended_outcome": {"rows": 3}}
    submit = "Add recommendation"


class RewordForm(RecommendForm):
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    submit = "Save recommendation"

    def facts(self) -> dict[str, Any]:
        """What the recommendation says, for the verb."""
        return {name: self.cleaned_data[name] for name in ("text", "intended_outcome", "theme")}


class NoticeForm(forms.Form):
    """Something was sent to one recipient."""

    sent_at = DateTimeField(label="When was it sent?", past=True)
    channel = django_forms.ChoiceField(
        label="How was it sent?",
        choices=CHANNELS,
        widget=Radios,
        initial=Channel.SECURE_EMAIL,
        error_messages={"required": "Select how it was sent"},
    )
    reference = django_forms.CharField(label="Reference", max_length=100, required=False)
    token = SubmitTokenField()

    subjects = {"sent_at": "when it was sent"}
    shapes = {"reference": {"width": 20}}
    submit = "Record that it was sent"


class ConcludeForm(forms.Form):
    outcome = django_forms.ChoiceField(
        label="What is the outcome?",
        choices=[("agree", "The partners approve the report"), ("disagree", "The report goes back to be changed")],
        widget=Radios,
        error_messages={"required": "Select the outcome"},
    )
    rationale = _text("Reasons", asks="Enter the reasons")
    token = SubmitTokenField()

    submit = "Conclude sign-off"


class PlanForm(forms.Form):
    public_title = django_forms.CharField(
        label="Title for the public",
        help_text="Without a name, an initial or anything that would identify a child.",
        max_length=200,
        error_messages={"required": "Enter the title for the public"},
    )
    on = DateField(label="Planned date of publication", future=True)
    communications = _text(
        "What the communications officer needs to know",
        hint="For example who speaks for the partnership, what is said, when the family has been told.",
        required=False,
    )
    token = SubmitTokenField()

    submit = "Plan publication"


class _ToThePublic(forms.Form):
    """What both ways of publishing ask."""

    summary = _text("Summary for the public", hint="Two or three sentences, without a name.", asks="Enter a summary")
    early_reason = _text("Why it is published before the notice period is over", required=False, most=4000)
    late_reason = _text("Why it is published after the six months", required=False, most=4000)
    names_checked = _text(
        "Why what was found in the text may stay",
        hint="Only if a name, date of birth, number or address was found, and you have looked at it.",
        required=False,
        most=4000,
    )
    token = SubmitTokenField()

    shapes = {name: {"rows": 3} for name in ("early_reason", "late_reason", "names_checked")}

    def __init__(self, *args: Any, due_on: date | None = None, whose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["early_reason"].help_text = f"Only if {whose} have not had it for seven working days."
        six_months = f"They end on {date_in_words(due_on)}. " if due_on else ""
        self.fields["late_reason"].help_text = f"{six_months}Only if it is, and no notice of delay has been given."


class PublishForm(_ToThePublic):
    submit = "Publish report"


class ImprovementsOnlyForm(_ToThePublic):
    reason = _text("Why the report is not published", asks="Enter why the report is not published")
    sent_at = DateTimeField(
        label="When were the Panel and the Secretary of State told?",
        help_text="They are given the reasons, and the information that is published instead.",
        past=True,
    )

    field_order = ["reason", "sent_at", "summary"]
    subjects = {"sent_at": "when they were told"}
    submit = "Publish improvements"


class DelayForm(forms.Form):
    reasons = django_forms.MultipleChoiceField(
        label="What causes the delay?",
        choices=DELAY_REASON,
        widget=Checkboxes,
        error_messages={"required": "Select what causes the delay"},
    )
    explanation = _text("Explanation given to the Panel and the Secretary of State", asks="Enter the explanation")
    sent_at = DateTimeField(label="When were they told?", past=True)
    new_target = DateField(label="New date aimed at", future=True, required=False)
    token = SubmitTokenField()

    subjects = {"sent_at": "when they were told"}
    shapes = {"reasons": {"hint": "Select all that apply.", "small": True}}
    submit = "Record notice"


class MonitorForm(forms.Form):
    found = _text("Progress and quality", asks="Enter what you found")
    requested = _text(
        "Information or draft asked for in writing",
        hint="The regulations ask that a request to the reviewer is made in writing.",
        required=False,
    )
    token = SubmitTokenField()

    shapes = {"requested": {"rows": 3}}
    submit = "Record progress"


class FamilyForm(forms.Form):
    who = django_forms.CharField(
        label="Who was contacted?",
        help_text="By pseudonym or relationship, for example “Child A's mother”. Never a name.",
        max_length=100,
        error_messages={"required": "Enter who was contacted, without a name"},
    )
    on = DateField(label="Date", past=True)
    answer = django_forms.ChoiceField(
        label="What came of it?",
        choices=FamilyContact.Answer.choices,
        widget=Radios,
        error_messages={"required": "Select what came of it"},
    )
    note = _text("What was said, agreed or offered", required=False)
    token = SubmitTokenField()

    shapes = {"who": {"width": 20}}
    submit = "Record contact"
