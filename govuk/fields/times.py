import datetime
import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from govuk.fields.dates import DateField
from govuk.widgets import DateTimeParts, TextInput, TypedDateTime
from govuk.words import LONDON, time_in_words

_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.]\s*(\d{2})|(?<=\d\d)(\d{2}))?\s*(am|pm|a\.m\.?|p\.m\.?)?")
_NAMED = {"midday": (12, 0), "noon": (12, 0), "midnight": (0, 0)}


def read_time(typed: str) -> datetime.time:
    """Such as "5:30pm", "5.30 pm", "17:30", "1730", "5pm" or "midday". Raises ValueError for anything else.

    A bare hour ("5") is refused: it could be morning or afternoon.
    """
    typed = typed.strip().lower()
    if typed in _NAMED:
        return datetime.time(*_NAMED[typed])
    match = _CLOCK.fullmatch(typed)
    if not match:
        raise ValueError(typed)
    hour, minute, half = int(match[1]), match[2] or match[3], (match[4] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(typed)
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif minute is None:
        raise ValueError(typed)
    return datetime.time(hour, int(minute or 0))


class TimeField(forms.Field):
    """A time of day, cleaned to a `datetime.time` or None. The form may say what it is called (`subject`)."""

    widget = TextInput
    width = 5
    subject = ""
    default_error_messages = {"unreal": "%(It)s must be a real time, like 5:30pm"}

    def to_python(self, value: Any) -> datetime.time | None:
        if isinstance(value, datetime.time):
            return value
        if value in self.empty_values:
            return None
        try:
            return read_time(str(value))
        except ValueError:
            it = self.subject or str(self.label or "Time").rstrip("?")
            said = {"It": it[:1].upper() + it[1:]}
            raise ValidationError(self.error_messages["unreal"], code="unreal", params=said) from None

    def prepare_value(self, value: Any) -> Any:
        return time_in_words(value) if isinstance(value, datetime.time) else value


class DateTimeField(DateField):
    """A London date and time, cleaned to an aware instant in UTC, or None.

    A time the clocks skip in spring is refused. One they repeat in autumn is taken to be the first of the two.
    """

    widget = DateTimeParts
    default_error_messages: ClassVar[Any] = {
        "no_time": "%(It)s must include a time, like 5:30pm",
        "unreal_time": "%(It)s must include a real time, like 5:30pm",
        "skipped_time": "%(It)s must be a real time. The clocks went forward at 1am on that day",
    }

    def to_python(self, value: Any) -> datetime.datetime | None:
        if value is None or isinstance(value, datetime.datetime):
            return value
        typed = value if isinstance(value, TypedDateTime) else TypedDateTime()
        day = super().to_python(typed.date)
        if day is None:
            if typed.time:
                raise self.refuse("incomplete", ("day", "month", "year"), missing="day, month and year")
            return None
        if not typed.time:
            raise self.refuse("no_time", ("time",))
        try:
            time = read_time(typed.time)
        except ValueError:
            raise self.refuse("unreal_time", ("time",)) from None
        instant = datetime.datetime.combine(day, time, LONDON).astimezone(datetime.UTC)
        if instant.astimezone(LONDON).time() != time:
            raise self.refuse("skipped_time", ("time",))
        return instant

    def validate(self, value: Any) -> None:
        super().validate(value.astimezone(LONDON).date() if value else None)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime.datetime) and value.tzinfo:
            return value.astimezone(LONDON)
        return value
