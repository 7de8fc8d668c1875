"""What is asked when a clock is put right."""

import datetime
from typing import Any

from django import forms as django_forms

from deadlines.models import Deadline, Limit
from deadlines.statutory import UnknownLimit
from deadlines.working_days import long_date
from govuk import fields, forms


def _reason(words: str, message: str) -> fields.TextField:
    return fields.TextField(label=words, max_length=4000, error_messages={"required": message})


def _seen() -> django_forms.IntegerField:
    return django_forms.IntegerField(widget=django_forms.HiddenInput)


class CorrectForm(forms.Form):
    """Another day zero, and why. Where what was done is late by it, that has its reason too."""

    counted_from = fields.DateField(label="Day it should be counted from", help_text="For example, 5 10 2026")
    reason = _reason("Why is the recorded day wrong?", "Enter why the recorded day is wrong")
    late_reason = fields.TextField(
        label="Why was it done late?",
        max_length=4000,
        required=False,
        help_text="Only where it was done after the new due date",
    )
    seen_version = _seen()
    token = fields.SubmitTokenField()

    submit = "Correct the date"
    shapes = {"late_reason": {"rows": 3}}

    def __init__(self, *args: Any, clock: Deadline, **kwargs: Any) -> None:
        self.clock = clock
        super().__init__(*args, **kwargs)
        if clock.met_on is None:
            del self.fields["late_reason"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        answers.setdefault("late_reason", "")
        return answers

    def clean_counted_from(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["counted_from"]
        if day == self.clock.counted_from:
            raise django_forms.ValidationError(f"It is counted from {long_date(day)} already")
        try:
            Limit.objects.in_force(self.clock.code, day)
        except UnknownLimit as unknown:
            raise django_forms.ValidationError(str(unknown)) from None
        return day


class DelayForm(forms.Form):
    """A delay that was explained to those it is owed to."""

    told_on = fields.DateField(label="Day they were told", past=True, help_text="For example, 27 3 2026")
    reason = _reason("Why is it delayed?", "Enter why it is delayed")
    agreed_target = fields.DateField(
        label="Agreed target", required=False, help_text="Another date that was agreed. The due date stays as it is."
    )
    seen_version = _seen()
    token = fields.SubmitTokenField()

    submit = "Record the explanation"


class LatenessForm(forms.Form):
    """Why something was done late."""

    reason = _reason("Why was it late?", "Enter why it was late")
    token = fields.SubmitTokenField()

    submit = "Save the reason"


class DoesNotApplyForm(forms.Form):
    """That a duty does not arise, on whose word, and why."""

    said_by = django_forms.CharField(
        label="Who said so?",
        max_length=200,
        help_text="Name and role, for example the chair of the review group",
        error_messages={"required": "Enter who said that it does not apply"},
    )
    reason = _reason("Why does it not apply?", "Enter why it does not apply")
    seen_version = _seen()
    token = fields.SubmitTokenField()

    submit = "Record that it does not apply"


class AppliesForm(forms.Form):
    """That it arises after all, and why."""

    reason = _reason("Why does it apply after all?", "Enter why it applies after all")
    token = fields.SubmitTokenField()

    submit = "Let the clock run again"


class RepinForm(forms.Form):
    """Another edition to count by, each with the due date it would give."""

    edition = django_forms.ChoiceField(label="Edition to count by", widget=django_forms.RadioSelect)
    reason = _reason("Why is another edition used?", "Enter why another edition is used")
    seen_version = _seen()
    token = fields.SubmitTokenField()

    submit = "Count by this edition"

    def __init__(self, *args: Any, options: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = options  # type: ignore[attr-defined]
