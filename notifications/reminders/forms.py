"""What is asked about reminders and messages."""

from __future__ import annotations

import re
from typing import Any

from django import forms as django_forms

from govuk import fields, forms

from .models import DIGEST_HOUR
from .parts import BrokenWording, Parts, fill, refuse_what_is_personal
from .schedule import Plan

NEVER = "Leave it empty for never."
FURTHEST = 250


class SettleForm(forms.Form):
    """How the person was told instead."""

    reason = django_forms.CharField(
        label="How you told them",
        widget=django_forms.Textarea,
        max_length=1000,
        error_messages={"required": "Enter how you told them"},
    )


class DaysField(django_forms.CharField):
    """Whole numbers between commas; cleaned to a list without repeats, the largest first."""

    def clean(self, value: Any) -> list[int]:
        words: str = super().clean(value)
        if not words:
            return []
        label = self.label or "Days"
        numbers = re.split(r"[,;\s]+", words.strip(" ,;"))
        if not all(re.fullmatch(r"[-\u2212]?\d{1,3}", number) for number in numbers):
            raise django_forms.ValidationError(f"{label} must be whole numbers, like 5, 2, 1")
        found = sorted({int(number.replace("\u2212", "-")) for number in numbers}, reverse=True)
        if any(abs(number) > FURTHEST for number in found):
            raise django_forms.ValidationError(f"{label} must be {FURTHEST} working days or fewer")
        return found


def _after(label: str, who: str) -> django_forms.IntegerField:
    return django_forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=FURTHEST,
        help_text=f"{who} {NEVER}",
        error_messages={
            "invalid": f"{label} must be a whole number, like 3",
            "min_value": f"{label} must be 1 or more",
            "max_value": f"{label} must be {FURTHEST} or fewer",
        },
    )


class ScheduleForm(forms.Form):
    """When the owner of a duty is reminded, and after how long it is passed up."""

    before = DaysField(
        label="Working days before the due date",
        required=False,
        max_length=120,
        help_text="Whole numbers, for example 5, 2, 1",
    )
    on_the_day = django_forms.BooleanField(label="Also on the day itself", required=False)
    after = DaysField(
        label="Working days after the due date",
        required=False,
        max_length=120,
        help_text="While it is still not done, for example 1, 5, 10",
    )
    deputy_after = _after("Working days overdue before whoever acts next is told", "Who that is stands below.")
    manager_after = _after("Working days overdue before whoever answers for it is told", "Who that is stands below.")
    partners_after = _after("Working days overdue before the safeguarding partners are told", "All that hold the case.")
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)

    shapes = {
        "before": {"width": 20},
        "after": {"width": 20},
        "deputy_after": {"width": 3},
        "manager_after": {"width": 3},
        "partners_after": {"width": 3},
    }
    submit = ""

    @staticmethod
    def initial_of(plan: Plan, version: int) -> dict[str, Any]:
        """What the fields hold for a plan."""
        return {
            "before": ", ".join(str(day) for day in plan.days if day > 0),
            "on_the_day": 0 in plan.days,
            "after": ", ".join(str(-day) for day in plan.days if day < 0),
            "deputy_after": plan.deputy,
            "manager_after": plan.manager,
            "partners_after": plan.partners,
            "seen_version": version,
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("before", "after"):
            if any(day < 1 for day in said.get(name) or []):
                self.add_error(name, f"{self.fields[name].label} must be 1 or more")
        rungs = [said.get(f"{rung}_after") for rung in ("deputy", "manager", "partners")]
        climbed = [after for after in rungs if after is not None]
        if climbed != sorted(climbed):
            self.add_error("partners_after", "A later rung of the ladder must not be told before an earlier one")
        if not self.errors and not self.plan.days:
            self.add_error("before", "Enter at least one day on which the owner is reminded")
        return said

    @property
    def plan(self) -> Plan:
        """What was said, once it is valid."""
        said = self.cleaned_data
        days = [*said["before"], *([0] if said["on_the_day"] else []), *(-day for day in said["after"])]
        return Plan(tuple(days), said["deputy_after"], said["manager_after"], said["partners_after"])

    def facts(self) -> dict[str, Any]:
        """What to save, by the names of the columns."""
        plan = self.plan
        return {
            "days": plan.days,
            "deputy_after": plan.deputy,
            "manager_after": plan.manager,
            "partners_after": plan.partners,
        }


HOURS = [(hour, f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}") for hour in range(5, 22)]


class PreferenceForm(forms.Form):
    """When one wants to be written to."""

    digest_hour = django_forms.TypedChoiceField(
        label="When should your daily email come?",
        coerce=int,
        choices=HOURS,
        initial=DIGEST_HOUR,
        help_text="London time, on days when there is something to say.",
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select when your daily email should come"),
    )
    news_at_once = django_forms.BooleanField(
        label="Write to me each time something happens, instead of once a day", required=False
    )

    submit = "Save"


class ForeseeForm(forms.Form):
    """The day that is looked ahead to."""

    day = fields.DateField(label="What would be sent on this day?")

    method = "get"
    says_optional = False
    submit = "Show what would be sent"


class WordingForm(forms.Form):
    """The three parts of a message. `places` are the names that may stand in curly brackets."""

    subject = django_forms.CharField(label="Subject", max_length=120)
    owed = fields.TextField(label="What is owed, and by when", max_length=1500)
    why = fields.TextField(
        label="Why this person is told",
        max_length=500,
        error_messages={"required": "Enter why this person is told"},
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput, required=False)

    shapes = {"owed": {"rows": 5}, "why": {"rows": 3}}
    submit = ""

    def __init__(self, *args: Any, places: dict[str, str], **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("subject", "owed", "why"):
            words = said.get(name)
            if not words:
                continue
            try:
                fill(words, self.places)
                refuse_what_is_personal(words)
            except BrokenWording as broken:
                self.add_error(name, f"{self.fields[name].label}: {str(broken)[:1].lower()}{str(broken)[1:]}")
        return said

    @property
    def parts(self) -> Parts:
        """What was said, once it is valid."""
        return Parts(*(self.cleaned_data[name] for name in ("subject", "owed", "why")))
