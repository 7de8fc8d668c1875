"""Forms about recommendations and actions. What they give is handed to the verbs as it is."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.conf import settings

from accounts.models import Agency, Membership
from accounts.standing import Standing
from cases.models import Case
from documents.uploads import ACCEPTED
from govuk import forms
from govuk.fields import DateField, MultipleFileField, SubmitTokenField, TextField, YesNoField
from govuk.widgets import Radios

from .actions import OWNERS
from .models import Action, ActionStatus, Recommendation


class RecommendForm(forms.Form):
    text = TextField(
        label="What is recommended",
        help_text="Say what is required, of whom, and by when.",
        max_length=4000,
        error_messages={"required": "Enter what is recommended"},
    )
    intended_outcome = TextField(label="The difference it should make to children", max_length=4000, required=False)
    scope = django_forms.ChoiceField(
        label="Who it is for",
        choices=Recommendation.Scope.choices,
        widget=Radios,
        initial=Recommendation.Scope.LOCAL,
        error_messages={"required": "Select who it is for"},
    )
    theme = django_forms.CharField(
        label="Theme", help_text="A few words, for example “sharing information”.", max_length=100, required=False
    )
    token = SubmitTokenField()

    shapes = {"theme": {"width": 20}, "intended_outcome": {"rows": 3}, "scope": {"inline": True}}
    submit = "Record recommendation"


class RewordForm(RecommendForm):
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    submit = "Save recommendation"

    def facts(self) -> dict[str, Any]:
        """What the recommendation says, for the verb."""
        return {name: self.cleaned_data[name] for name in ("text", "intended_outcome", "scope", "theme")}


class PlanForm(forms.Form):
    text = TextField(label="What will be done", max_length=4000, error_messages={"required": "Enter what will be done"})
    recommendation = django_forms.ModelChoiceField(
        label="Recommendation it carries out",
        queryset=Recommendation.objects.none(),
        required=False,
        empty_label="None of them",
        error_messages={"invalid_choice": "Select a recommendation from the list"},
    )
    lead_agency = django_forms.ModelChoiceField(
        label="Lead agency",
        queryset=Agency.objects.none(),
        empty_label="Select an agency",
        error_messages={"required": "Select the lead agency", "invalid_choice": "Select an agency from the list"},
    )
    lead_person = django_forms.ModelChoiceField(
        label="Person who leads it",
        help_text="Leave it out to give the action to every action owner and safeguarding lead of the agency.",
        queryset=Membership.objects.none(),
        required=False,
        empty_label="Nobody in particular",
        error_messages={"invalid_choice": "Select a person from the list"},
    )
    target_on = DateField(label="Target date", future=True)
    success_measure = TextField(label="How we will know it made a difference", max_length=4000, required=False)
    immediate = django_forms.BooleanField(label="It is to be done while the review is under way", required=False)
    token = SubmitTokenField()

    shapes = {"success_measure": {"rows": 3}}
    submit = "Plan action"

    def __init__(self, *args: Any, case: Case, by: Standing, **kwargs: Any) -> None:
        super().__init__(*args, today=by.today, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["lead_agency"].queryset = Agency.objects.on(by.today)
        fields["lead_person"].queryset = (
            Membership.objects.on(by.today)
            .filter(role__in=OWNERS)
            .select_related("user", "agency")
            .order_by("agency__name", "user__name")
        )
        fields["lead_person"].label_from_instance = lambda held: f"{held.agency}: {held.user}"
        fields["recommendation"].queryset = Recommendation.objects.visible_to(by).standing().filter(case=case)
        fields["recommendation"].label_from_instance = _short

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        agency, person = said.get("lead_agency"), said.get("lead_person")
        if agency and person and person.agency_id != agency.pk:
            self.add_error("lead_person", "Person who leads it must belong to the lead agency")
        return said


def _short(recommendation: Recommendation) -> str:
    text = recommendation.text if len(recommendation.text) < 100 else f"{recommendation.text[:97]}..."
    return f"{recommendation.number}. {text} ({recommendation.get_source_display()})"


class ReportForm(forms.Form):
    status = django_forms.ChoiceField(
        label="Where the action stands",
        widget=Radios,
        error_messages={"required": "Select where the action stands"},
    )
    progress = TextField(
        label="What has been done", max_length=4000, error_messages={"required": "Enter what has been done"}
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    submit = "Save report"

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict(ActionStatus.choices)
        self.fields["status"].choices = [(to, words[ActionStatus(to)]) for to in action.reportable]  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    text = TextField(
        label="What shows that it was done",
        help_text="For example an audit, a dip sample, attendance at training, or what families say. Name no child.",
        max_length=4000,
        error_messages={"required": "Enter what shows that it was done"},
    )
    files = MultipleFileField(  # type: ignore[assignment]  # no field is left on the class: `files` stays the uploads
        label="Files", kinds=ACCEPTED, max_bytes=settings.UPLOAD_MAX_BYTES, required=False
    )
    token = SubmitTokenField()

    submit = "Add evidence"


class TargetForm(forms.Form):
    target_on = DateField(label="New target date", future=True)
    reason = TextField(
        label="Why the date changes", max_length=2000, error_messages={"required": "Enter why the date changes"}
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)
    token = SubmitTokenField()

    submit = "Change target date"


class ReasonForm(forms.Form):
    reason = TextField(label="Why", max_length=2000)
    token = SubmitTokenField()

    def __init__(self, *args: Any, asks: str, submit: str, **kwargs: Any) -> None:
        self.submit = submit  # type: ignore[misc]
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = asks
        self.fields["reason"].error_messages["required"] = f"Enter {asks[:1].lower()}{asks[1:]}"


class ImpactForm(forms.Form):
    found = TextField(label="What was found", max_length=4000, error_messages={"required": "Enter what was found"})
    impact_shown = YesNoField(
        label="Is the difference to children shown?",
        error_messages={"required": "Select yes if the difference to children is shown"},
    )
    token = SubmitTokenField()

    shapes = {"impact_shown": {"hint": "If it is not, the action is looked at again in six months."}}
    submit = "Record check"


class TokenForm(forms.Form):
    """A button that must not act twice."""

    token = SubmitTokenField()
    submit = ""
