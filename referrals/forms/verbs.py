"""The other forms: starting, sending on, asking, concluding and joining."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.conf import settings

from accounts.models import Agency, Body, Membership
from accounts.standing import Standing
from cases.models import Case, CaseStatus, Child
from documents.uploads import ACCEPTED
from govuk import fields
from govuk.forms import Form
from govuk.widgets import Radios
from improvements.actions import OWNERS, LearningPlan
from improvements.models import Learning
from referrals.actions.triage import MORE, OTHER_LEARNING
from referrals.models import EventKind, Referral
from referrals.models.referrals import REFERRING


class RightRouteForm(Form):
    """Whether a child is at risk now: then this is not the way."""

    at_risk_now = fields.YesNoField(
        label="Is a child in danger, or at risk of harm, now?",
        error_messages={"required": "Select yes if a child is in danger or at risk of harm now"},
    )
    submit = "Continue"
    shapes = {"at_risk_now": {"size": "m", "inline": True}}


# Which of them it is (specification 0.1 and 10, point 9).
KINDS = {
    EventKind.SERIOUS_INCIDENT: "Anyone under 18, also a looked-after child, a care leaver or an unborn child. "
    "The local authority notifies it, and a rapid review follows.",
    EventKind.LOOKED_AFTER_DEATH: "Whatever the cause, where abuse or neglect is not suspected.",
    EventKind.CARE_LEAVER_DEATH: "Aged 18 to 24. Under 18, where abuse or neglect is suspected, choose the first.",
    EventKind.LEARNING: "Agencies can learn from it, but the criteria are not met. It is not notified.",
}


class KindForm(Form):
    """What is referred."""

    kind = django_forms.ChoiceField(
        label="What do you want to refer?",
        choices=EventKind.choices,
        widget=Radios,
    )
    seen_version = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    submit = "Save and continue"
    shapes = {"kind": {"heading": True, "hints": KINDS}}
    subjects = {"kind": "what you want to refer"}


class StartForm(Form):
    """What is referred and, for who refers for several agencies, for which."""

    kind = django_forms.ChoiceField(
        label="What do you want to refer?",
        choices=EventKind.choices,
        widget=Radios,
        help_text="If you are not sure, choose what is closest. You can change it until the referral is sent.",
    )
    agency = django_forms.ModelChoiceField(
        Agency.objects.none(),
        label="Which agency are you referring for?",
        widget=Radios,
        empty_label=None,
    )
    token = fields.SubmitTokenField()
    submit = "Start the referral"
    shapes = {"kind": {"hints": KINDS}}
    subjects = {"kind": "what you want to refer", "agency": "the agency you are referring for"}

    def __init__(self, *args: Any, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Agency.objects.filter(pk__in=by.agencies(*REFERRING))
        self.fields["agency"].queryset = own  # type: ignore[attr-defined]
        if len(own) == 1:
            self.fields["agency"].widget = django_forms.HiddenInput()
            self.fields["agency"].initial = own[0]


class TokenForm(Form):
    """A button that may be pressed once."""

    token = fields.SubmitTokenField()
    submit = ""


class ApproveForm(TokenForm):
    """Approving what was read: the version of the referral that stood on the page."""

    seen_version = django_forms.IntegerField(required=False, min_value=1, widget=django_forms.HiddenInput)


class ReturnForm(Form):
    comments = fields.TextField(
        label="What should the author change?",
        help_text="They see this at the top of the referral. Do not use names.",
        max_length=5000,
        error_messages={"required": "Enter what the author should change"},
    )
    token = fields.SubmitTokenField()
    submit = "Return to the author"


class ReasonForm(Form):
    """Why something is done that is not undone easily."""

    reason = fields.TextField(label="Reason", help_text="Do not use names.", max_length=2000)
    token = fields.SubmitTokenField()
    submit = ""


def _is_clean(field: django_forms.Field, file: Any) -> bool:
    try:
        field.clean([file])
    except django_forms.ValidationError:
        return False
    return True


class AttachForm(Form):
    files = fields.MultipleFileField(  # type: ignore[assignment]
        label="Attach files", kinds=ACCEPTED, max_bytes=settings.UPLOAD_MAX_BYTES, max_files=10
    )
    submit = "Attach"
    subjects = {"files": "a file"}

    def clean(self) -> dict[str, Any]:
        """A file that cannot be accepted keeps none of the others out: the good ones are cleaned all the same."""
        field, chosen = self.fields["files"], self.files.getlist("files")  # type: ignore[attr-defined]
        if "files" not in self.cleaned_data and 1 < len(chosen) <= field.max_files:  # type: ignore[attr-defined]
            self.cleaned_data["files"] = [file for file in chosen if _is_clean(field, file)]
        return self.cleaned_data


class AskForm(Form):
    text = fields.TextField(
        label="What do you want to ask?",
        help_text="The author of the referral and their agency’s safeguarding leads can read this. Do not use names.",
        max_length=5000,
        error_messages={"required": "Enter what you want to ask"},
    )
    token = fields.SubmitTokenField()
    submit = "Send the question"


class AnswerForm(Form):
    text = fields.TextField(
        label="Your answer",
        help_text="Do not use names: write “the child”, “the mother”. Say so if something is not known.",
        max_length=20_000,
    )
    token = fields.SubmitTokenField()
    submit = "Send the answer"
    shapes = {"text": {"rows": 8}}


class InformationForm(Form):
    text = fields.TextField(
        label="What should the partnership know?",
        help_text="Do not use names: write “the child”, “the mother”. The referral stays as it was sent.",
        max_length=20_000,
        error_messages={"required": "Enter what the partnership should know"},
    )
    token = fields.SubmitTokenField()
    submit = "Send it to the partnership"
    shapes = {"text": {"rows": 8}}


class ConcludeForm(Form):
    outcome = django_forms.ChoiceField(label="What was decided?", widget=Radios)
    learning = django_forms.ChoiceField(
        label="How is it learned from?",
        choices=Learning.choices,
        widget=Radios,
        error_messages={"required": "Select how it is learned from"},
    )
    learning_text = fields.TextField(
        label="What will be done?",
        help_text="This becomes an action of the case. Do not use names.",
        max_length=4000,
        error_messages={"required": "Enter what will be done"},
    )
    learning_agency = django_forms.ModelChoiceField(
        Agency.objects.none(),
        label="Which agency leads it?",
        empty_label="Select an agency",
        error_messages={"required": "Select the agency that leads it"},
    )
    learning_person = django_forms.ModelChoiceField(
        Membership.objects.none(),
        label="Who leads it?",
        help_text="Leave it out to give the action to every action owner and safeguarding lead of the agency.",
        required=False,
        empty_label="Nobody in particular",
    )
    learning_by = fields.DateField(label="By when?", future=True, error_messages={"required": "Enter by when"})
    rationale = fields.TextField(
        label="Why was this decided?",
        help_text="The record of the decision says this. Refer to the criteria one by one.",
        max_length=20_000,
        error_messages={"required": "Enter why this was decided"},
    )
    dissent = fields.TextField(
        label="Other views put in the meeting",
        help_text="Positions that differ are kept word for word already.",
        max_length=20_000,
        required=False,
    )
    told = fields.TextField(
        label="What should the referrer be told?",
        help_text="The referrer reads the outcome and this, and no more. To ask for more information, write the "
        "question here.",
        max_length=5000,
        error_messages={"required": "Enter what the referrer should be told"},
    )
    token = fields.SubmitTokenField()
    submit = "Conclude the decision"
    subjects = {"outcome": "what was decided", "learning_by": "the date by which it is done"}
    shapes = {"rationale": {"rows": 8}, "outcome": {"divider_before": {MORE: "or"}}}
    reveals = {
        "outcome": {OTHER_LEARNING: ["learning", "learning_text", "learning_agency", "learning_person", "learning_by"]}
    }

    def __init__(self, *args: Any, by: Standing, options: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, today=by.today, **kwargs)
        self.fields["outcome"].choices = options  # type: ignore[attr-defined]
        self.fields["learning_agency"].queryset = Agency.objects.on(by.today)  # type: ignore[attr-defined]
        self.fields["learning_person"].queryset = (  # type: ignore[attr-defined]
            Membership.objects.on(by.today).filter(role__in=OWNERS).select_related("user", "agency")
        )

    def clean(self) -> dict[str, Any]:
        person, agency = self.cleaned_data.get("learning_person"), self.cleaned_data.get("learning_agency")
        if person and agency and person.agency_id != agency.pk:
            self.add_error("learning_person", "Select somebody of the agency that leads it")
        return self.cleaned_data

    def facts(self) -> dict[str, Any]:
        """What was decided, for the verb."""
        said = self.cleaned_data
        facts = {name: said[name] for name in ("outcome", "rationale", "dissent", "told", "token")}
        if said["outcome"] == OTHER_LEARNING:
            facts["learning"] = LearningPlan(
                learning=said["learning"],
                text=said["learning_text"],
                lead_agency=said["learning_agency"],
                target_on=said["learning_by"],
                lead_person=said["learning_person"],
            )
        return facts


class AuthoritiesForm(Form):
    """In whose area it happened, and where the child lives."""

    incident_la = django_forms.ModelChoiceField(
        Agency.objects.none(),
        label="Which local authority’s area did it happen in?",
        help_text="This authority has a seat among the partners and notifies the incident.",
        widget=Radios,
        empty_label=None,
    )
    home_la = django_forms.ModelChoiceField(
        Agency.objects.none(),
        label="Which local authority’s area does the child normally live in?",
        empty_label="Not known, or another authority",
        required=False,
    )
    reason = fields.TextField(
        label="How do you know?", max_length=2000, error_messages={"required": "Enter how you know"}
    )
    token = fields.SubmitTokenField()
    submit = "Save the authorities"
    subjects = {
        "incident_la": "the local authority where it happened",
        "home_la": "the local authority where the child normally lives",
    }
    says_optional = False

    def __init__(self, *args: Any, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        authorities = Agency.objects.on(by.today).filter(body=Body.LA).order_by("out_of_area", "name")
        for name in ("incident_la", "home_la"):
            self.fields[name].queryset = authorities  # type: ignore[attr-defined]


def _days(label: str, least: int, most: int, **kwargs: Any) -> django_forms.IntegerField:
    return django_forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages={
            "required": "Enter a number of days",
            "invalid": "Enter a number of days",
            "min_value": f"Number of days must be {least} or more",
            "max_value": f"Number of days must be {most} or fewer",
        },
        **kwargs,
    )


class KeepingForm(Form):
    """How long drafts are kept."""

    remind_days = _days("Days without a change before its author and leads are reminded of a draft", 2, 90)
    approval_days = _days("Days before a lead is reminded to approve", 1, 30)
    kept_days = _days("Days without a change before a draft is removed", 30, 730)
    warning_days = _days(
        "Days between the warning and the removal", 7, 90, help_text="A draft is never removed without a warning."
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)
    submit = "Save"
    shapes = {name: {"width": 3} for name in ("remind_days", "approval_days", "kept_days", "warning_days")}

    def clean(self) -> dict[str, Any]:
        kept, warning = self.cleaned_data.get("kept_days"), self.cleaned_data.get("warning_days")
        if kept and warning and kept <= warning:
            self.add_error("kept_days", "Days before a draft is removed must be more than the days of warning")
        return self.cleaned_data


class JoinForm(Form):
    """Which case a referral is to be considered in."""

    reference = django_forms.CharField(
        label="Reference of the case it belongs to",
        help_text="It stands at the top of every page of the case.",
        max_length=40,
        error_messages={"required": "Enter the reference of the case it belongs to"},
    )
    submit = "Continue"
    shapes = {"reference": {"width": 20}}

    def __init__(self, *args: Any, by: Standing, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.referral = by, referral

    def clean_reference(self) -> Case:
        """The case, if the person sees it and it is open: the answer is the same for one that does not exist."""
        reference = self.cleaned_data["reference"].strip().upper()
        others = Case.objects.visible_to(self.by)
        if self.referral.opened is not None:
            others = others.exclude(pk=self.referral.opened.pk)
        case = others.filter(reference=reference, status=CaseStatus.OPEN).first()
        if case is None:
            raise django_forms.ValidationError("Enter the reference of an open case that you can see")
        return case


class MatchForm(Form):
    """Which child is which, one by one, and why the two belong together."""

    submit = "Join the referral to this case"

    def __init__(self, *args: Any, own: list[Child], theirs: list[Child], words: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        choices = [(str(child.pk), words[child.pk]) for child in theirs]
        added: dict[str, django_forms.Field] = {
            f"child_{child.pk}": django_forms.ChoiceField(
                label=f"Which child is {words[child.pk]}?",
                choices=[*choices, ("none", "None of them")],
                widget=Radios,
                error_messages={"required": f"Select which child {child} is, or “None of them”"},
            )
            for child in own
        }
        added["reason"] = fields.TextField(
            label="Why do they belong together?",
            max_length=2000,
            error_messages={"required": "Enter why they belong together"},
        )
        added["token"] = fields.SubmitTokenField()
        for name, field in added.items():
            self.fields[name] = field
            self._prepare(name, field)

    def clean(self) -> dict[str, Any]:
        matched = [other for other in self.children().values() if other is not None]
        if len(matched) != len(set(matched)):
            raise django_forms.ValidationError("Select a different child for each, or “None of them”")
        return self.cleaned_data

    def children(self) -> dict[int, int | None]:
        """Own child -> the same child of the other case, or None."""
        chosen = {child.pk: self.cleaned_data.get(f"child_{child.pk}", "none") for child in self.own}
        return {own: None if other in ("none", "") else int(other) for own, other in chosen.items()}
