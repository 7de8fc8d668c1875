"""Widgets: what a field's part of a form is called in the request, and how it looks (`component`).

They are drawn by `govuk.component`, not by Django's own widget templates.
"""

import datetime
from typing import Any, NamedTuple

from django import forms
from django.forms.widgets import Script

from govuk.approximate_date import UNKNOWN, ApproximateDate
from govuk.words import time_in_words


class TypedDate(NamedTuple):
    """A date exactly as typed, so that a mistake can be shown again."""

    day: str = ""
    month: str = ""
    year: str = ""
    unknown: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.day or self.month or self.year or self.unknown)


class TypedDateTime(NamedTuple):
    date: TypedDate = TypedDate()
    time: str = ""


class TextInput(forms.TextInput):
    component = "input"


class Textarea(forms.Textarea):
    """Counts a line break as one character, as the counter on the page does."""

    component = "textarea"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"cols": None, "rows": None, **(attrs or {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class RichTextarea(Textarea):
    """A textarea that the editor's script turns into an editor."""

    component = "textarea"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-rich-text": "", "rows": 12, **(attrs or {})})

    class Media:
        css = {"all": ["build/editor.css"]}
        js = [Script("build/editor.js", defer=True)]


class Radios(forms.RadioSelect):
    component = "radios"


class Checkboxes(forms.CheckboxSelectMultiple):
    component = "checkboxes"


class DateParts(forms.Widget):
    """Three text boxes, named `<name>-day`, `<name>-month`, `<name>-year`."""

    component = "date"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedDate:
        day, month, year = (str(data.get(f"{name}-{part}") or "").strip()[:20] for part in ("day", "month", "year"))
        return TypedDate(day, month, year, unknown=bool(data.get(f"{name}-unknown")))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in ("day", "month", "year", "unknown"))

    def parts(self, value: Any) -> TypedDate:
        if isinstance(value, TypedDate):
            return value
        if isinstance(value, str) and value:
            value = ApproximateDate(value)
        if isinstance(value, ApproximateDate):
            if value == UNKNOWN:
                return TypedDate(unknown=True)
            return TypedDate(str(value.day or ""), str(value.month or ""), str(value.year))
        if isinstance(value, datetime.date):
            return TypedDate(str(value.day), str(value.month), str(value.year))
        return TypedDate()


class DateTimeParts(DateParts):
    """A date's three boxes and one for the time, named `<name>-time`."""

    component = "datetime"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedDateTime:  # type: ignore[override]
        time = str(data.get(f"{name}-time") or "").strip()[:20]
        return TypedDateTime(super().value_from_datadict(data, files, name), time)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return super().value_omitted_from_data(data, files, name) and f"{name}-time" not in data

    def moment(self, value: Any) -> TypedDateTime:
        if isinstance(value, TypedDateTime):
            return value
        if isinstance(value, datetime.datetime):
            return TypedDateTime(self.parts(value.date()), time_in_words(value))
        return TypedDateTime()


class Files(forms.FileInput):
    """One box for one or several files."""

    component = "file"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None, multiple: bool = True) -> None:
        super().__init__({**(attrs or {}), "multiple": multiple})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if hasattr(files, "getlist"):
            return files.getlist(name)
        value = files.get(name)
        return value if isinstance(value, list) else [value] if value else []
