"""What summary lists and task lists are made of. Presenters build these; templates only draw them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """A line of a summary list.

    `value` may be text, markup already marked safe, or a list (one line each); nothing at all reads "Not provided".
    The link at the end reads `action` with, for screen readers, the key in lower case or `hidden`.
    """

    key: str
    value: Any = ""
    url: str = ""
    action: str = "Change"
    hidden: str = ""

    @classmethod
    def of(cls, row: Any) -> "Row":
        return row if isinstance(row, cls) else cls(*row)

    @property
    def lines(self) -> list[Any]:
        values = self.value if isinstance(self.value, list | tuple) else [self.value]
        return [value for value in values if value not in (None, "")]


@dataclass(frozen=True)
class Task:
    """A line of a task list. Without a `colour` the status is plain text; without a `url` it cannot be opened."""

    title: str
    status: str
    url: str = ""
    colour: str = ""
    hint: str = ""

    @classmethod
    def completed(cls, title: str, url: str, hint: str = "") -> "Task":
        return cls(title, "Completed", url, "", hint)

    @classmethod
    def in_progress(cls, title: str, url: str, hint: str = "") -> "Task":
        return cls(title, "In progress", url, "light-blue", hint)

    @classmethod
    def not_started(cls, title: str, url: str, hint: str = "") -> "Task":
        return cls(title, "Not started", url, "blue", hint)

    @classmethod
    def cannot_start_yet(cls, title: str, hint: str = "") -> "Task":
        return cls(title, "Cannot start yet", "", "", hint)

    @classmethod
    def has_a_problem(cls, title: str, url: str, hint: str = "") -> "Task":
        return cls(title, "There is a problem", url, "red", hint)
