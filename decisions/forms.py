"""What is asked of partners, chairs and coordinators about a decision."""

from __future__ import annotations

import re
from typing import Any

from django import forms as django_forms
from django.conf import settings

from govuk import fields, forms
from govuk.layout import Heading
from govuk.widgets import Radios

from .criteria import Criterion
from .models import Answer, CriterionAnswer, Decision, Held, Position


class PositionForm(forms.Form):
    """What this seat's holder thinks, first criterion by criterion where each partner is asked them.

    `replacing` is the number of the seat's last position, whoever signed it, so a later one is noticed; `mine` is the
    one that may be shown to them again.
    """

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

    def __init__(
        self, *args: Any, decision: Decision, mine: Position | None = None, replacing: int = 0, **kwargs: Any
    ) -> None:
        before = mine.answered if mine else {}
        initial: dict[str, Any] = {"replacing": replacing}
        if mine:
            initial |= {"view": mine.view, "reasons": mine.reasons}
        for code, (answer, why) in before.items():
            initial |= {f"answer_{code}": answer, f"why_{code}": why}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["view"].choices = decision.choices  # type: ignore[attr-defined]
        self.asked = decision.asked_of_each
        if not self.asked:
            return
        for number, criterion in enumerate(self.asked, start=1):
            self._ask(number, criterion)
        names = [name for one in self.asked for name in (f"answer_{one.code}", f"why_{one.code}")]
        self.layout = (  # type: ignore[misc]
            Heading("Criterion by criterion"),
            *names,
            Heading("All in all"),
            "view",
            "reasons",
        )
        self.order_fields([*names, "view", "reasons"])

    def _ask(self, number: int, criterion: Criterion) -> None:
        added: dict[str, django_forms.Field] = {
            f"answer_{criterion.code}": django_forms.ChoiceField(
                label=f"{number}. {criterion.text}",
                choices=Answer.choices,
                widget=Radios,
                help_text=f"{criterion.basis}. {criterion.weight}.",
                error_messages={"required": f"Select whether criterion {number} is met"},
            ),
            f"why_{criterion.code}": fields.TextField(
                label=f"Why, on criterion {number}",
                max_length=10_000,
                error_messages={"required": f"Enter why you answer so on criterion {number}"},
            ),
        }
        for name, field in added.items():
            self.fields[name] = field
            self._prepare(name, field)
        self.shapes = self.shapes | {  # type: ignore[misc]
            f"answer_{criterion.code}": {"size": "s", "inline": True},
            f"why_{criterion.code}": {"rows": 3},
        }

    def in_words(self) -> list[tuple[str, str]]:
        """What was typed, under what it answers, where it can no longer be signed."""
        said = self.cleaned_data
        lines = []
        for one in self.asked:
            words = f"{Answer(said[f'answer_{one.code}']).label}. {said[f'why_{one.code}']}"
            lines.append((one.text, words))
        view = dict(self.fields["view"].choices)[said["view"]]  # type: ignore[attr-defined]
        return [*lines, ("Your position", view), ("Your reasons", said["reasons"])]

    def answers(self) -> dict[str, tuple[str, str]]:
        """Code of the criterion -> answer and why, for the verb."""
        said = self.cleaned_data
        return {one.code: (said[f"answer_{one.code}"], said[f"why_{one.code}"]) for one in self.asked}


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
    held = django_forms.ChoiceField(
        label="How was it discussed?",
        choices=Held.choices,
        widget=Radios,
        error_messages={"required": "Select how it was discussed"},
    )
    discussed_on = fields.DateField(label="Date discussed", past=True, required=False)
    attendees = fields.TextField(
        label="Who was there",
        required=False,
        max_length=4000,
        help_text="Names and roles of the people who took part, one on each line.",
    )
    minutes = fields.TextField(
        label="Notes of the discussion",
        required=False,
        help_text="A draft for the record. It is nobody's position: each partner signs their own.",
    )
    seen_version = django_forms.IntegerField(widget=django_forms.HiddenInput)

    shapes = {"minutes": {"rows": 12}, "attendees": {"rows": 4}, "held": {"size": "m"}}
    submit = "Save"

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("held") == Held.MEETING and "discussed_on" in said and said["discussed_on"] is None:
            self.add_error("discussed_on", "Enter the date of the meeting")
        return said


class PassOnForm(forms.Form):
    reason = fields.TextField(
        label="Why could it not be settled?",
        max_length=4000,
        error_messages={"required": "Enter why it could not be settled"},
    )
    token = fields.SubmitTokenField()

    submit = "Pass it on"


class SettleForm(forms.Form):
    settled = django_forms.ChoiceField(
        label="How did it end?",
        choices=(("yes", "It is settled"), ("no", "It could not be settled, and the national panel has been told")),
        widget=Radios,
        error_messages={"required": "Select how it ended"},
    )
    ending = fields.TextField(
        label="What was agreed, or what was the national panel told and when?",
        max_length=10_000,
        error_messages={"required": "Enter what was agreed, or what the national panel was told and when"},
    )
    token = fields.SubmitTokenField()

    shapes = {"settled": {"size": "m"}}
    submit = "Record how it ended"

    def __init__(self, *args: Any, may_stay_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_stay_open:
            self.fields["settled"].choices = self.fields["settled"].choices[:1]  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """The code of a decision record, or the record itself."""

    code = django_forms.CharField(
        label="Code at the end of the record",
        required=False,
        max_length=200,
        help_text="64 numbers and letters from a to f. Spaces do not matter.",
    )
    record = fields.MultipleFileField(
        label="Or the PDF itself",
        required=False,
        kinds={"PDF": ["pdf"]},
        max_bytes=settings.UPLOAD_MAX_BYTES,
        max_files=1,
    )

    says_optional = False
    submit = "Check"

    def clean_code(self) -> str:
        code = re.sub(r"\s", "", self.cleaned_data["code"]).lower()
        if code and not re.fullmatch(r"[0-9a-f]{64}", code):
            raise django_forms.ValidationError("Code must be 64 numbers and letters from a to f")
        return code

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.cleaned_data.get("code") and not self.cleaned_data.get("record"):
            self.add_error("code", "Enter the code at the end of the record, or select its PDF")
        return self.cleaned_data
