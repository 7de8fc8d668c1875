"""What is asked about a notification. Nothing in the national form's own sections is compulsory here."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from django import forms as django_forms
from django.conf import settings

from accounts.models import Agency
from accounts.standing import LONDON
from documents.uploads import ACCEPTED
from govuk import fields, forms
from govuk.widgets import Checkboxes, Radios
from govuk.words import date_in_words
from notifications.register.recipients import Channel, Recipient

from .models import Notification
from .national_form import CHOICE, DATE, LONG, NUMBER, SEVERAL, Question, Section
from .routes import NOTIFY_ONLY, Route

OLDEST = 130
LONGEST = 50_000  # what a referral may say of what happened, and why abuse is suspected, fits
HINT_OF_WHEN = "The time as 5:30pm. If only the day is known, enter midday."


class _Route(forms.Form):
    kind = django_forms.ChoiceField(
        label="What is notified?",
        choices=Route.choices,
        widget=Radios,
        error_messages={"required": "Select what is notified"},
    )
    notifying_la = django_forms.ModelChoiceField(
        label="Which local authority notifies?",
        queryset=Agency.objects.none(),
        widget=Radios,
        empty_label=None,
        error_messages={
            "required": "Select which local authority notifies",
            "invalid_choice": "Select which local authority notifies",
        },
    )

    shapes = {
        "kind": {"size": "m", "hints": dict.fromkeys(map(str, NOTIFY_ONLY), "No rapid review follows.")},
        "notifying_la": {"size": "m"},
    }

    def __init__(self, *args: Any, authorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notifying_la"].queryset = authorities  # type: ignore[attr-defined]
        if len(authorities) == 1:
            self.fields["notifying_la"].initial = authorities[0]


class RouteForm(_Route):
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    submit = "Save"


class OpenInCaseForm(_Route):
    """Open a notification in a case there is."""

    received_on = fields.DateField(
        label="When did you receive the information?",
        past=True,
        help_text="The clock counts from this day until it is known when the authority became aware.",
    )
    token = fields.SubmitTokenField()

    subjects = {"received_on": "the day you received the information"}
    shapes = {**_Route.shapes, "received_on": {"size": "m"}}
    submit = "Open notification"


class OpenForm(OpenInCaseForm):
    """Open a notification of which there is no case yet: this makes the case."""

    title = django_forms.CharField(
        label="Short description without names", max_length=120, help_text="For example, baby with a head injury."
    )
    incident_on = fields.DateField(label="Date of the incident", past=True, required=False)
    outside_england = fields.YesNoField(
        label="Did it happen outside England?",
        error_messages={"required": "Select whether it happened outside England"},
    )

    field_order = ["kind", "notifying_la", "title", "incident_on", "outside_england", "received_on", "token"]
    shapes = {
        **OpenInCaseForm.shapes,
        "title": {"size": "m"},
        "incident_on": {"size": "m"},
        "outside_england": {"size": "m"},
    }


def section_form(section: Section) -> type[forms.Form]:
    """The form of one section of the national form: every question may be left without an answer."""
    asked = {question.key: _field(question) for question in section.questions}
    asked["seen_version"] = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    return type(
        f"{section.key.title()}Form",
        (forms.Form,),
        {
            **asked,
            "says_optional": False,
            "shapes": {question.key: _shape(question) for question in section.questions},
            "__doc__": section.title,
        },
    )


def _field(question: Question) -> django_forms.Field:
    said: dict[str, Any] = {"label": question.label, "required": False, "help_text": question.hint}
    if question.kind == LONG:
        return fields.TextField(max_length=LONGEST, **said)
    if question.kind == DATE:
        return fields.ApproximateDateField(**said)
    if question.kind == NUMBER:
        return django_forms.IntegerField(min_value=0, max_value=OLDEST, **said)
    if question.kind == SEVERAL:
        return django_forms.MultipleChoiceField(choices=question.choices, widget=Checkboxes, **said)
    if question.kind == CHOICE:
        if len(question.choices) <= forms.MOST_RADIOS:
            return django_forms.ChoiceField(choices=question.choices, widget=Radios, **said)
        return django_forms.ChoiceField(choices=[("", "Not answered"), *question.choices], **said)
    return django_forms.CharField(max_length=300, **said)


def _shape(question: Question) -> dict[str, Any]:
    if question.kind == NUMBER:
        return {"width": 3}
    return {"small": True} if question.kind == SEVERAL else {}


def answers_of(form: forms.Form) -> dict[str, Any]:
    """What was answered, as plain JSON: text, or a list of codes."""
    return {
        name: value if isinstance(value, list) else str(value) if value not in (None, "") else ""
        for name, value in form.cleaned_data.items()
        if name != "seen_version"
    }


class AwarenessForm(forms.Form):
    """When the authority knew. Both may be left for later; what is recorded stays until it is replaced."""

    la_first_aware_at = fields.DateTimeField(
        label="When did any officer of the local authority first know of the death or serious harm?",
        past=True,
        required=False,
        help_text=HINT_OF_WHEN,
    )
    abuse_first_suspected_at = fields.DateTimeField(
        label="When was abuse or neglect first known or suspected?",
        past=True,
        required=False,
        help_text=HINT_OF_WHEN,
    )
    note = fields.TextField(
        label="How these times are known",
        required=False,
        max_length=2000,
        help_text="For example, the call log of the front door. "
        "Needed where abuse or neglect was suspected on a later day.",
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    subjects = {
        "la_first_aware_at": "when the authority first knew",
        "abuse_first_suspected_at": "when abuse or neglect was first suspected",
    }
    shapes = {name: {"size": "m"} for name in ("la_first_aware_at", "abuse_first_suspected_at", "note")}
    submit = "Record dates"


def when_late(due_on: date | None) -> str:
    """The hint of a question that only somebody late answers."""
    return f"Only needed after {date_in_words(due_on)}, the day it is due." if due_on else "Only needed if it was late."


class _LateWithReason(forms.Form):
    """Asks why it was late of whoever records that it was done after the day it was due."""

    late_reason = fields.TextField(max_length=2000, required=False)

    when: ClassVar[str]
    late: ClassVar[str]

    def __init__(self, *args: Any, due_on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.due_on = due_on
        self.fields["late_reason"].label = f"Why {self.late}"
        self.fields["late_reason"].help_text = when_late(due_on)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        done_at = said.get(self.when)
        late = done_at and self.due_on and done_at.astimezone(LONDON).date() > self.due_on
        if late and not said.get("late_reason") and "late_reason" not in self.errors:
            due = date_in_words(self.due_on or date.max)
            self.add_error("late_reason", f"Enter why {self.late}. It was due on {due}")
        return said


class SentForm(_LateWithReason):
    """Recording that it was sent: when, and why if it was late. The reference may follow."""

    sent_at = fields.DateTimeField(
        label="When was it sent?", past=True, help_text="The day and time on the national form's confirmation."
    )
    reference = django_forms.CharField(
        label="Reference of the national form", max_length=60, required=False, help_text="It can be added later."
    )
    token = fields.SubmitTokenField()

    subjects = {"sent_at": "when it was sent"}
    shapes = {"sent_at": {"size": "m"}, "reference": {"size": "m", "width": 20}, "late_reason": {"size": "m"}}
    submit = "Record as sent"
    when, late = "sent_at", "it was sent late"
    field_order = ("sent_at", "reference", "late_reason")


class TellPartnersForm(_LateWithReason):
    """Which partners were told at one time in one way: each becomes a row of the register.

    `partners` are (code, name) of those who may be ticked, `told` the names of those told before.
    """

    partners = django_forms.MultipleChoiceField(
        label="Which partners were told?", widget=Checkboxes, error_messages={"required": "Select who was told"}
    )
    other_areas = fields.TextField(
        label="Partners of other areas",
        required=False,
        max_length=1000,
        help_text="One on each line, where another area is involved.",
    )
    told_at = fields.DateTimeField(label="When were they told?", past=True)
    channel = django_forms.ChoiceField(
        label="How were they told?",
        widget=Radios,
        choices=[
            choice for choice in Channel.choices if choice[0] in (Channel.SECURE_EMAIL, Channel.APP, Channel.MEETING)
        ],
        error_messages={"required": "Select how they were told"},
    )
    token = fields.SubmitTokenField()

    subjects = {"told_at": "when they were told"}
    shapes = {name: {"size": "m"} for name in ("partners", "other_areas", "told_at", "channel", "late_reason")}
    submit = "Record that they were told"
    when, late = "told_at", "they were told late"
    field_order = ("partners", "other_areas", "told_at", "channel", "late_reason")

    def __init__(
        self,
        *args: Any,
        partners: list[tuple[str, str]],
        told: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = {name: code for code, name in partners}
        self.fields["partners"].choices = [  # type: ignore[attr-defined]
            (name, f"{name} (told before)" if name in told else name) for name in self.codes
        ]
        if told:
            # Whoever was told before may be told again, and the others may be all that is new.
            self.fields["partners"].required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("partners") and not said.get("other_areas"):
            self.add_error("partners", "Select who was told")
        return said

    @property
    def recipients(self) -> list[tuple[str, str]]:
        """(code, name) of everyone told."""
        others = [line.strip() for line in self.cleaned_data["other_areas"].splitlines() if line.strip()]
        return [(self.codes[name], name) for name in self.cleaned_data["partners"]] + [
            (Recipient.OTHER_AREA, name[:200]) for name in others
        ]


class CopyReceivedForm(_LateWithReason):
    received_at = fields.DateTimeField(label="When did the business unit receive its copy?", past=True)
    token = fields.SubmitTokenField()

    subjects = {"received_at": "when the copy was received"}
    shapes = {"received_at": {"size": "m"}, "late_reason": {"size": "m"}}
    submit = "Record the copy"
    when, late = "received_at", "it came late"
    field_order = ("received_at", "late_reason")


class ReasonForm(forms.Form):
    """A reason, for a verb that needs one. `asks` is the label, `refusal` what is said when it is missing."""

    reason = fields.TextField(max_length=4000)
    token = fields.SubmitTokenField()

    shapes = {"reason": {"size": "m"}}

    def __init__(self, *args: Any, asks: str, refusal: str, submit: str, **kwargs: Any) -> None:
        self.submit = submit  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks
        self.fields["reason"].error_messages["required"] = refusal


class AttachForm(forms.Form):
    files = fields.MultipleFileField(  # type: ignore[assignment]
        label="Attach files", kinds=ACCEPTED, max_bytes=settings.UPLOAD_MAX_BYTES, max_files=10
    )

    subjects = {"files": "a file"}
    submit = "Attach"


class ReferenceForm(forms.Form):
    reference = django_forms.CharField(label="Reference of the national form", max_length=60)

    shapes = {"reference": {"width": 20, "size": "m"}}
    submit = "Save reference"


def authorities(by: Any, roles: tuple[str, ...], notification: Notification | None = None) -> Any:
    """The local authorities this person may choose: their own, and the one that is chosen already."""
    own = Agency.objects.local_authorities().filter(pk__in=by.agencies(*roles))
    if notification is not None:
        own |= Agency.objects.filter(pk=notification.notifying_la_id)
    return own.distinct()


__all__ = [
    "AttachForm",
    "AwarenessForm",
    "CopyReceivedForm",
    "OpenForm",
    "OpenInCaseForm",
    "ReasonForm",
    "ReferenceForm",
    "RouteForm",
    "SentForm",
    "TellPartnersForm",
    "answers_of",
    "authorities",
    "section_form",
]
