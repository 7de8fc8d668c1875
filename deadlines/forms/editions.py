"""What is asked when an edition of the guidance is added."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms as django_forms

from deadlines.editions import LARGEST, MOST, NAME, Edition
from deadlines.statutory import TimeLimit
from govuk import fields, forms

from .calculator import shortened


def _ways_of(limit: TimeLimit) -> list[tuple[str, str]]:
    own = [way for way in limit.counting if not way.trigger and way.amount is None]
    return [(way.name, str(way)) for way in own]


class AddEditionForm(forms.Form):
    """A later edition, or a local variant of one: what it is, and the numbers that differ."""

    name = django_forms.CharField(label="Short name", max_length=40, help_text="For example, WT 2028")
    is_variant = fields.YesNoField(
        label="Is it a local variant?",
        help_text="A local variant says how this partnership counts. It holds only the limits you change.",
        error_messages={"required": "Select whether it is a local variant"},
    )
    in_force_from = fields.DateField(
        label="In force from",
        earliest=datetime.date(2018, 6, 29),
        latest=datetime.date(2100, 12, 31),
        help_text="Clocks whose first day is on or after this day will be counted by it",
    )
    citation = django_forms.CharField(
        label="Where it is said",
        max_length=150,
        help_text="The document, its year and its chapter, or the decision of the partners",
    )
    note = django_forms.CharField(
        label="Note shown beside its dates",
        max_length=300,
        required=False,
        help_text="For example, what is not checked",
    )

    submit = "Continue"
    subjects = {"name": "a short name", "in_force_from": "the day it comes into force", "citation": "where it is said"}

    def __init__(self, *args: Any, base: Edition, names: set[str], **kwargs: Any) -> None:
        self.base, self.names = base, names
        super().__init__(*args, **kwargs)
        for limit in base.limits:
            if not limit.has_date or limit.amount == 0:
                continue
            label = f"{limit.code}: {limit.unit.replace('_', ' ')}"
            self.fields[f"amount_{limit.code}"] = django_forms.IntegerField(
                label=label,
                help_text=shortened(limit.title),
                min_value=1,
                max_value=MOST[limit.unit],
                initial=limit.amount,
            )
            ways = _ways_of(limit)
            if len(ways) > 1:
                self.fields[f"way_{limit.code}"] = django_forms.ChoiceField(
                    label=f"{limit.code}: way of counting", choices=ways, initial=limit.convention
                )
        for name, field in self.fields.items():
            if name.startswith(("amount_", "way_")):
                self._prepare(name, field)
        self.shapes = {  # type: ignore[misc]
            name: {"width": 3} for name in self.fields if name.startswith("amount_")
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name in self.names:
            raise django_forms.ValidationError(
                f"{name} is there already. An edition is never changed: choose another name"
            )
        if not NAME.fullmatch(name):
            raise django_forms.ValidationError("Short name must be 3 to 40 letters, digits and plain signs")
        return name

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and answers["is_variant"] and not any(_changes(self.base, answers)):
            self.add_error(None, "A local variant must change at least one limit")
        return answers


def _changes(base: Edition, said: dict[str, Any]) -> Iterator[TimeLimit]:
    """The limits of the base that are to be counted otherwise."""
    for limit in base.limits:
        amount = said.get(f"amount_{limit.code}", limit.amount)
        first = said.get(f"way_{limit.code}") or limit.convention
        if amount != limit.amount or first != limit.convention:
            ways = sorted(limit.counting, key=lambda way: way.name != first)
            yield replace(limit, amount=amount, counting=tuple(ways))


def edition_from(base: Edition, said: dict[str, Any]) -> Edition:
    """The edition that the answers make of the one they began with."""
    changed = {limit.code: limit for limit in _changes(base, said)}
    variant_of = base.name if said["is_variant"] else ""
    rows = [changed.get(limit.code, limit) for limit in base.limits if limit.code in changed or not variant_of]
    return Edition(
        said["name"],
        said["in_force_from"],
        None,
        variant_of,
        said["note"],
        tuple(
            replace(
                limit,
                edition=said["name"],
                in_force_from=said["in_force_from"],
                in_force_to=None,
                variant_of=variant_of,
                edition_note=said["note"],
                authority=_authority(limit.authority, said["citation"], local=bool(variant_of)),
            )
            for limit in rows
        ),
    )


def _authority(before: str, citation: str, *, local: bool) -> str:
    """The statute stays, the guidance is that of the new edition; a local variant is added to both."""
    parts = before.split("; ")
    if local:
        return "; ".join([*parts, f"local variant: {citation}"])[:400]
    kept = [part for part in parts if "Working Together" not in part]
    return "; ".join([*kept, citation] if len(kept) < len(parts) else kept)[:400]


class ImportForm(forms.Form):
    """A set of editions as a file. When valid, `text` is what it holds."""

    file = fields.MultipleFileField(label="File", kinds={"JSON file": ["json"]}, max_bytes=LARGEST, max_files=1)

    submit = "Continue"

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if chosen := answers.get("file"):
            try:
                answers["text"] = chosen[0].read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", "The file must be text in UTF-8")
        return answers


class ConfirmEditionsForm(forms.Form):
    """The set that was looked at, to be added as it is."""

    # A browser sends every end of a line as two characters: what was small enough to be looked at can be added.
    document = django_forms.CharField(max_length=2 * LARGEST, strip=False, widget=django_forms.HiddenInput)
    token = fields.SubmitTokenField()

    submit = "Add"

    def clean_document(self) -> str:
        return str(self.cleaned_data["document"]).replace("\r\n", "\n")
