"""What is asked of partners, chairs and coordinators about a decision."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from govuk import fields, forms
from govuk.widgets import Radios

from .criteria import Criterion
from .models import CriterionAnswer, Decision


class PositionForm(forms.Form):
    """What this seat's holder thinks. `replacing` is the number of the position they saw, so a later one is noticed."""

    view = django_forms.ChoiceField(
        label="What is your position?", widget=Radios, error_messages={"required": "Select your position"}
    )
    reasons = fields.TextField(
        label="Your reasons",
        max_length=10_000,
        help_text="Word for word in the record. Refer to children as Child A, and use no names.",
    )
    replacing = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()

    shapes = {"view": {"size": "m"}, "reasons": {"size": "m", "rows": 8}}
    submit = "Sign and record position"

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["view"].choices = decision.choices  # type: ignore[attr-defined]


class RevealForm(forms.Form):
    reason = fields.TextField(
        label="Why are the positions shown before all are in?",
        max_length=2000,
        error_messages={"required": "Enter why the positions are shown before all are in"},
    )
    token = fields.SubmitTokenField()

    submit = "Show the positions"


class CriterionForm(forms.Form):
    answer = django_forms.ChoiceField(
        label="Is it met?",
        widget=Radios,
        choices=CriterionAnswer.Answer.choices,
        error_messages={"required": "Select whether the criterion is met"},
    )
    narrative = fields.TextField(
        label="Why",
        max_length=10_000,
        error_messages={"required": "Enter why you answer so"},
        help_text="Say what in the case shows it. Refer to children as Child A, and use no names.",
    )
    seen_version = django_forms.IntegerField(required=False, widget=django_forms.HiddenInput)

    shapes = {"answer": {"size": "m"}, "narrative": {"size": "m", "rows": 8}}

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criterion = criterion


class MinutesForm(forms.Form):
    minutes = fields.TextField(
        label="Notes of the meeting",
        required=False,
        help_text="A draft for the record. It is nobody's position: each partner signs their own.",
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    shapes = {"minutes": {"rows": 15, "size": "m"}}
    submit = "Save notes"
