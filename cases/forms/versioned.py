"""Forms over a row that somebody else may change meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.db.models import Model

from audit.history import as_seen
from audit.lifecycle import HasVersion, StaleEdit
from audit.presenter import BothTexts, both_texts, fields_in_words
from govuk.widgets import DateParts


@dataclass(frozen=True)
class Meeting:
    """Two edits that met: where they differ, and what else the other person changed."""

    both: tuple[BothTexts, ...]
    others: str


class Versioned(django_forms.BaseForm):
    """A form that says which version of the row it was opened with."""

    instance: HasVersion

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = self.instance.version if self.instance.pk else 0
        self.fields["seen_version"] = django_forms.IntegerField(
            widget=django_forms.HiddenInput, initial=seen, min_value=0, max_value=10**9
        )

    def facts(self) -> dict[str, Any]:
        """The answers without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"seen_version", "token"}}

    @property
    def seen_version(self) -> int:
        return int(self.cleaned_data["seen_version"])

    def met(self, stale: StaleEdit) -> Meeting:
        """Show the form again over the version that stands: what this person changed as typed, the rest as it is now.

        Without that, saving again would put back what the other person had just changed.
        """
        seen = as_seen(stale.subject, self.seen_version)
        mine = {name: value for name, value in stale.mine.items() if seen is None or value != seen.get(name)}
        others = [name for name in stale.mine if name not in mine and stale.mine[name] != stale.theirs[name]]
        self.data: Any = self.data.copy()
        for name in others:
            self._type(name, stale.theirs[name])
        self.data[self.add_prefix("seen_version")] = str(stale.subject.version)  # type: ignore[attr-defined]
        self.add_error(None, "Someone changed this while you had it open. Check the form, then save again")
        return Meeting(
            both=both_texts(StaleEdit(stale.subject, mine, stale.theirs)),
            others=fields_in_words(type(stale.subject), others),
        )

    def _type(self, name: str, value: Any) -> None:
        """Put a value into the form as if it had been typed."""
        widget, key = self.fields[name].widget, self.add_prefix(name)
        self.data.pop(key, None)
        if isinstance(widget, DateParts):
            typed = widget.parts(value)
            for part in ("day", "month", "year"):
                self.data[f"{key}-{part}"] = getattr(typed, part)
        elif isinstance(value, list):
            self.data.setlist(key, value)
        elif isinstance(value, Model):
            self.data[key] = str(value.pk)
        elif value is True:
            self.data[key] = "on"
        elif value is not None and value is not False:
            self.data[key] = str(value)
