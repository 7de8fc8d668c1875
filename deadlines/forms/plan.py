"""What is asked when the working plan is changed, applied, or a step of it is done."""

from __future__ import annotations

from typing import Any, Final

from django import forms as django_forms

from accounts.roles import Role
from deadlines.actions import WHO_DOES_A_STEP, PlanStep
from deadlines.models import Limit
from deadlines.presenter import sentence
from govuk import fields, forms
from govuk.layout import Fieldset

# Empty lines for new steps.
MORE: Final = 3
LAST_DAY: Final = 60


class WorkingPlanForm(forms.Form):
    """The steps of the plan: a title, a working day and who does it. A step without a title is left out."""

    token = fields.SubmitTokenField()

    submit = "Save the plan"
    says_optional = False

    def __init__(self, *args: Any, plan: list[Limit], **kwargs: Any) -> None:
        self.codes = [row.code for row in plan] + [""] * MORE
        super().__init__(*args, **kwargs)
        layout: list[Any] = ["token"]
        for n, code in enumerate(self.codes):
            row = plan[n] if code else None
            self.fields[f"title_{n}"] = django_forms.CharField(
                label="What is to be done", max_length=120, required=False, initial=row.title if row else ""
            )
            self.fields[f"day_{n}"] = django_forms.IntegerField(
                label="Working day",
                required=False,
                min_value=1,
                max_value=LAST_DAY,
                initial=row.amount if row else None,
            )
            self.fields[f"role_{n}"] = django_forms.ChoiceField(
                label="Who does it",
                required=False,
                choices=[(role.value, sentence(words)) for role, words in WHO_DOES_A_STEP.items()],
                initial=row.owed_by_role if row else Role.COORDINATOR,
            )
            names = (f"title_{n}", f"day_{n}", f"role_{n}")
            layout.append(Fieldset(f"Step {n + 1}" if code else "New step", *names, size="s"))
        self.layout = layout  # type: ignore[misc]
        self.shapes = {f"day_{n}": {"width": 3} for n in range(len(self.codes))}  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        steps = []
        for n, code in enumerate(self.codes):
            title, day = answers.get(f"title_{n}"), answers.get(f"day_{n}")
            if title and day is None and f"day_{n}" not in self.errors:
                self.add_error(f"day_{n}", f"Enter the working day of {title}")
            elif title and day is not None:
                steps.append(PlanStep(code, title, day, Role(answers.get(f"role_{n}") or Role.COORDINATOR)))
        if not steps and not self.errors:
            self.add_error("title_0", "The plan must have at least one step")
        answers["steps"] = steps
        return answers


class ApplyPlanForm(forms.Form):
    """The plan is to be applied."""

    token = fields.SubmitTokenField()

    submit = "Apply the plan"


class FinishStepForm(forms.Form):
    """A step was done."""

    done_on = fields.DateField(label="When was it done?", past=True, help_text="For example, 27 3 2026")
    token = fields.SubmitTokenField()

    submit = "Record as done"
    subjects = {"done_on": "the day it was done"}
