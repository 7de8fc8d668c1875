"""Forms about recommendations and actions."""

from django import forms as django_forms

from accounts.models import Agency
from govuk import forms
from govuk.fields import DateField, MultipleFileField, SubmitTokenField

from .lifecycle import ActionStatus
from .models import Recommendation

REPORTABLE = (ActionStatus.IN_PROGRESS, ActionStatus.AT_RISK, ActionStatus.AWAITING_EVIDENCE)


class RecommendForm(forms.Form):
    text = django_forms.CharField(
        label="What is recommended",
        help_text="Say what is required, of whom, and by when.",
        widget=django_forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter what is recommended"},
    )
    intended_outcome = django_forms.CharField(
        label="The difference it should make to children", widget=django_forms.Textarea, max_length=4000, required=False
    )
    scope = django_forms.ChoiceField(
        label="Who it is for",
        choices=Recommendation.Scope.choices,
        widget=django_forms.RadioSelect,
        initial=Recommendation.Scope.LOCAL,
    )
    theme = django_forms.CharField(label="Theme", max_length=100, required=False)
    token = SubmitTokenField()


class PlanForm(forms.Form):
    text = django_forms.CharField(
        label="What will be done",
        widget=django_forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter what will be done"},
    )
    recommendation = django_forms.ModelChoiceField(
        label="Recommendation it carries out", queryset=Recommendation.objects.none(), required=False
    )
    lead_agency = django_forms.ModelChoiceField(
        label="Lead agency",
        queryset=Agency.objects.none(),
        error_messages={"required": "Select the lead agency", "invalid_choice": "Select an agency from the list"},
    )
    target_on = DateField(label="Target date")
    success_measure = django_forms.CharField(
        label="How we will know it made a difference", widget=django_forms.Textarea, max_length=4000, required=False
    )
    immediate = django_forms.BooleanField(label="To be done during the review", required=False)
    token = SubmitTokenField()

    def __init__(self, *args, case, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead_agency"].queryset = Agency.objects.on(by.today)
        self.fields["recommendation"].queryset = Recommendation.objects.visible_to(by).filter(case=case)


class ReportForm(forms.Form):
    status = django_forms.ChoiceField(
        label="Where the action stands",
        widget=django_forms.RadioSelect,
        choices=[(status.value, status.label) for status in REPORTABLE],
        error_messages={"required": "Select where the action stands"},
    )
    progress = django_forms.CharField(
        label="What has been done",
        widget=django_forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter what has been done"},
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)


class EvidenceForm(forms.Form):
    text = django_forms.CharField(
        label="What shows that it was done",
        widget=django_forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter what shows that it was done"},
    )
    files = MultipleFileField(label="Files", required=False)


class TargetForm(forms.Form):
    target_on = DateField(label="New target date")
    reason = django_forms.CharField(
        label="Why the date changes",
        widget=django_forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter why the date changes"},
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)


class NotPursueForm(forms.Form):
    reason = django_forms.CharField(
        label="Why it will not be done",
        widget=django_forms.Textarea,
        max_length=2000,
        error_messages={"required": "Enter why it will not be done"},
    )


class ImpactForm(forms.Form):
    found = django_forms.CharField(
        label="What was found",
        widget=django_forms.Textarea,
        max_length=4000,
        error_messages={"required": "Enter what was found"},
    )
    impact_shown = django_forms.TypedChoiceField(
        label="Is the difference to children shown?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=django_forms.RadioSelect,
        coerce=lambda answer: answer == "yes",
        error_messages={"required": "Select yes if the difference to children is shown"},
    )
