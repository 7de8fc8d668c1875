from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk.widgets import Files
from govuk.words import file_size, listed


class MultipleFileField(forms.Field):
    """One or several files, cleaned to a list (empty when none were chosen and none are needed).

    `kinds` maps a kind's name to its endings, for example {"PDF": ["pdf"], "JPG": ["jpg", "jpeg"]}. Only the ending
    and the size are looked at here: what a file truly is, whoever stores it must find out.
    """

    widget = Files
    default_error_messages = {
        "required": "Select a file",
        "empty": "%(name)s is empty",
        "too_large": "%(name)s must be smaller than %(limit)s",
        "kind": "%(name)s must be a %(kinds)s",
        "too_many": "You can only select up to %(limit)s files at the same time",
        "long_name": "The name of %(name)s must be %(limit)s characters or fewer",
    }
    longest_name = 200

    def __init__(
        self,
        *,
        kinds: dict[str, list[str]] | None = None,
        max_bytes: int | None = None,
        max_files: int = 10,
        **kwargs: Any,
    ) -> None:
        self.kinds, self.max_bytes, self.max_files = kinds or {}, max_bytes, max_files
        kwargs.setdefault("help_text", self._hint())
        kwargs.setdefault("widget", Files(multiple=max_files > 1))
        super().__init__(**kwargs)
        endings = [f".{ending}" for endings in self.kinds.values() for ending in endings]
        if endings:
            self.widget.attrs["accept"] = ",".join(endings)

    def _hint(self) -> str:
        several = f"You can choose up to {self.max_files} files. " if self.max_files > 1 else ""
        if not self.kinds or not self.max_bytes:
            return several.strip()
        each = "Each" if several else "It"
        return f"{several}{each} must be a {listed(list(self.kinds), 'or')}, smaller than {file_size(self.max_bytes)}."

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        files = [one for one in (value or []) if one]
        if not files:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        if len(files) > self.max_files:
            raise self._refuse("too_many", limit=self.max_files)
        mistakes = [mistake for one in files for mistake in self._mistakes(one)]
        if mistakes:
            raise ValidationError(mistakes)
        return files

    def _mistakes(self, file: Any) -> list[ValidationError]:
        endings = {ending for endings in self.kinds.values() for ending in endings}
        ending = file.name.rpartition(".")[2].lower() if "." in file.name else ""
        shown = file.name[:60]
        if len(file.name) > self.longest_name:
            return [self._refuse("long_name", name=shown, limit=self.longest_name)]
        if endings and ending not in endings:
            return [self._refuse("kind", name=shown, kinds=listed(list(self.kinds), "or"))]
        if not file.size:
            return [self._refuse("empty", name=shown)]
        if self.max_bytes and file.size >= self.max_bytes:
            return [self._refuse("too_large", name=shown, limit=file_size(self.max_bytes))]
        return []

    def _refuse(self, code: str, **said: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=said)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)
