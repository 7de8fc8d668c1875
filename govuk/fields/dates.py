import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from govuk.approximate_date import UNKNOWN, ApproximateDate
from govuk.widgets import DateParts, TypedDate
from govuk.words import MONTHS, date_in_words, inside_sentence, listed

_MONTH_NAMES = {name[:length].lower(): number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))}
_MONTH_NAMES["sept"] = 9
_MESSAGES = {
    "required": "Enter %(it)s",
    "incomplete": "%(It)s must include a %(missing)s",
    "short_year": "Year must include 4 numbers",
    "unreal": "%(It)s must be a real date",
    "past": "%(It)s must be today or in the past",
    "future": "%(It)s must be today or in the future",
    "earliest": "%(It)s must be on or after %(bound)s",
    "latest": "%(It)s must be on or before %(bound)s",
    "both": "Enter %(it)s, or select that it is not known",
}


class Dated(forms.Field):
    """What both kinds of date share: reading the three boxes and the limits on what they may say.

    `past=True` and `future=True` include today. The form says which London date today is (`today=`) and
    what the date is called where the label is a question (`subject`).
    """

    widget: Any = DateParts
    default_error_messages: ClassVar[Any] = _MESSAGES

    def __init__(
        self,
        *,
        past: bool = False,
        future: bool = False,
        earliest: datetime.date | None = None,
        latest: datetime.date | None = None,
        birth: bool = False,
        **kwargs: Any,
    ) -> None:
        self.past, self.future = past, future
        self.earliest, self.latest = earliest, latest
        self.today: datetime.date | None = None
        self.subject = ""
        super().__init__(**kwargs)
        if birth:
            self.widget.attrs["autocomplete"] = "bday"

    def refuse(self, code: str, parts: tuple[str, ...] = ("day", "month", "year"), **said: Any) -> ValidationError:
        label = str(self.label or "")
        it = self.subject or (inside_sentence(label) if label and not label.endswith("?") else "a date")
        start = "Date" if it == "a date" else it[:1].upper() + it[1:]
        return ValidationError(
            self.error_messages[code], code=code, params={"It": start, "it": it, "parts": parts, **said}
        )

    def month_number(self, typed: str) -> int | None:
        if typed.isdecimal():
            return int(typed) if int(typed) <= 12 else None
        return _MONTH_NAMES.get(typed.lower().rstrip("."))

    def check_limits(self, first: datetime.date, last: datetime.date) -> None:
        """Refuses a span of which no day is allowed."""
        if (self.past or self.future) and self.today is None:
            raise RuntimeError(f"The form of {self.label!r} was not told today's date")
        if self.past and self.today and first > self.today:
            raise self.refuse("past")
        if self.future and self.today and last < self.today:
            raise self.refuse("future")
        if self.earliest and last < self.earliest:
            raise self.refuse("earliest", bound=date_in_words(self.earliest))
        if self.latest and first > self.latest:
            raise self.refuse("latest", bound=date_in_words(self.latest))

    def read(self, typed: TypedDate, needed: tuple[str, ...]) -> dict[str, int]:
        """The parts that were typed, as numbers that make a real date."""
        missing = tuple(part for part in needed if not getattr(typed, part))
        if missing:
            raise self.refuse("incomplete", missing, missing=listed(missing))
        if typed.day and not typed.month:
            raise self.refuse("incomplete", ("month",), missing="month")
        numbers: dict[str, int] = {}
        if not typed.year.isdecimal():
            raise self.refuse("unreal", ("year",))
        if len(typed.year) != 4:
            raise self.refuse("short_year", ("year",))
        numbers["year"] = int(typed.year)
        if typed.month:
            month = self.month_number(typed.month)
            if not month:
                raise self.refuse("unreal", ("month",))
            numbers["month"] = month
        if typed.day:
            if not typed.day.isdecimal():
                raise self.refuse("unreal", ("day",))
            numbers["day"] = int(typed.day)
        try:
            datetime.date(numbers["year"], numbers.get("month", 1), numbers.get("day", 1))
        except ValueError:
            raise self.refuse("unreal") from None
        return numbers

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class DateField(Dated):
    """A full date in three boxes, cleaned to a `datetime.date` or None."""

    def to_python(self, value: Any) -> datetime.date | None:
        if value is None or isinstance(value, datetime.date):
            return value
        typed = value if isinstance(value, TypedDate) else TypedDate()
        if typed._replace(unknown=False).is_empty:
            return None
        return datetime.date(**self.read(typed, ("day", "month", "year")))

    def validate(self, value: Any) -> None:
        if value is None:
            if self.required:
                raise self.refuse("required")
            return
        self.check_limits(value, value)


class ApproximateDateField(Dated):
    """A date as far as it is known, cleaned to an `ApproximateDate` or, when not answered, to ''.

    `needs` names the boxes that must be filled: by default only the year. `may_be_unknown` adds a "Not known" box.
    """

    def __init__(self, *, needs: tuple[str, ...] = ("year",), may_be_unknown: bool = True, **kwargs: Any) -> None:
        self.needs = needs
        self.may_be_unknown = may_be_unknown
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> ApproximateDate | str:
        if isinstance(value, str):
            return ApproximateDate(value) if value else ""
        if not isinstance(value, TypedDate) or value.is_empty:
            return ""
        if value.unknown and self.may_be_unknown:
            if not value._replace(unknown=False).is_empty:
                raise self.refuse("both")
            return ApproximateDate(UNKNOWN)
        if value._replace(unknown=False).is_empty:
            return ""
        return ApproximateDate.of(**self.read(value, self.needs))

    def validate(self, value: Any) -> None:
        if not value:
            if self.required:
                raise self.refuse("both" if self.may_be_unknown else "required")
            return
        if value.is_known:
            self.check_limits(value.earliest, value.latest)
