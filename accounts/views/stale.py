"""When somebody else saved first: both texts are shown, and saving again is a choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms

from audit.lifecycle import StaleEdit


@dataclass(frozen=True)
class Difference:
    label: str
    mine: str
    theirs: str


def differences(form: forms.BaseForm, edit: StaleEdit) -> list[Difference]:
    """The fields in which what was sent differs from what somebody else saved meanwhile."""
    return [
        Difference(str(form.fields[name].label) if name in form.fields else name, str(mine), str(edit.theirs[name]))
        for name, mine in edit.mine.items()
        if mine != edit.theirs[name]
    ]


def seen_again(form: Any, edit: StaleEdit) -> None:
    """The form now knows the newer version; nothing is saved until it is sent once more."""
    form.has_seen(edit.version)
    form.add_error(None, "Someone changed this since you opened it. Look at both, then save again")
