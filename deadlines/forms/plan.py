"""What is asked when the working plan is changed, applied, or a step of it is done."""

from __future__ import annotations

from itertools import takewhile
from typing import Any, Final

from django import forms as django_forms

from accounts.roles import Role
from deadlines.actions import WHO_DOES_A_STEP, PlanStep
from deadlines.models import Limit
from deadlines.presenter import sentence
from govuk import fields, forms
from govuk.layout import Fieldset
from govuk.refusals import word_refusals

# Empty lines for new steps, and the most there may be altogether.
MORE: Final = 3
MOST: Final = 90
LAST_DAY: Final = 60


class WorkingPlanForm(forms.Form):
    """The steps of the plan: a title, a working day and who does it. A step without a title is left out.

    Each line says whose step it is, and `seen` which plan was shown: somebody may change the plan meanwhile.
    """

    seen = django_forms.CharField(max_length=40, widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()

    submit = "Save the plan"
    says_optional = False

    def __init__(self, *args: Any, plan: list[Limit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = self._shown(plan)
        self.fields["seen"].initial = plan[0].edition
        rows = {row.code: row for row in plan}
        layout: list[Any] = ["token", "seen"]
        for n, code in enumerate(self.codes):
            row = rows.get(code)
            self.fields[f"code_{n}"] = django_forms.CharField(
                max_length=10, required=False, initial=code, widget=django_forms.HiddenInput
            )
            self.fields[f"title_{n}"] = django_forms.CharField(
                label="What is to be done", max_length=120, required=False, initial=row.title if row else ""
            )
            self.fields[f"day_{n}"] = django_forms.IntegerField(
                label="Working day",
                required=False,
                min_value=1,
                max_value=LAST_DAY,
                error_messages={"invalid": f"Working day in step {n + 1} must be a whole number, like 7"},
                initial=row.amount if row else None,
            )
            self.fields[f"role_{n}"] = django_forms.ChoiceField(
                label="Who does it",
                required=False,
                choices=[(role.value, sentence(words)) for role, words in WHO_DOES_A_STEP.items()],
                initial=row.owed_by_role if row else Role.COORDINATOR,
            )
            names = (f"code_{n}", f"title_{n}", f"day_{n}", f"role_{n}")
            for name in names:
                field = self.fields[name]
                # The lines are alike, so what is refused says in which of them it stands.
                word_refusals(field, f"{field.label or 'Number'} in step {n + 1}", None)
            layout.append(Fieldset(f"Step {n + 1}" if code else f"Step {n + 1} (new)", *names, size="s"))
        self.layout = layout  # type: ignore[misc]
        self.shapes = {f"day_{n}": {"width": 3} for n in range(len(self.codes))}  # type: ignore[misc]

    def _shown(self, plan: list[Limit]) -> list[str]:
        """Whose step each line is: as the page had it that was filled in, or as the plan is now."""
        if "code_0" not in self.data:
            return [row.code for row in plan] + [""] * MORE
        lines = takewhile(lambda n: f"code_{n}" in self.data, range(MOST))
        return [str(self.data[f"code_{n}"]) for n in lines]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        steps = []
        for n, code in enumerate(self.codes):
            title, day = answers.get(f"title_{n}"), answers.get(f"day_{n}")
            if day is not None and not title and not code and f"title_{n}" not in self.errors:
                self.add_error(f"title_{n}", f"Enter what is to be done on working day {day}")
            elif title and day is None and f"day_{n}" not in self.errors:
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
