import re
import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from govuk import rich_text
from govuk.widgets import RichTextarea, Textarea, TextInput

# With the marks nobody sees that are copied along from a letter or a web page.
_SPACES_AND_PUNCTUATION = re.compile(r"[\s\-\u00ad\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\ufeff.,()/]+")


class TextField(forms.CharField):
    """Several lines of text."""

    widget = Textarea


class RichTextField(forms.CharField):
    """Formatted text; what is not on the allow-list is gone from the cleaned value."""

    widget = RichTextarea

    def __init__(self, *, max_length: int = 200_000, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        # What is too long is refused as it is; cleaning it would take the time that the limit is there to save.
        too_long = self.max_length is not None and len(typed) > self.max_length
        return typed if too_long else rich_text.clean(typed)

    def prepare_value(self, value: Any) -> Any:
        """Cleaned on the way out too: the editor's script parses it, whoever wrote it and by whatever way."""
        return rich_text.editable(value) if isinstance(value, str) else value


class _Number(forms.CharField):
    """A number that identifies a person: letters and digits, however they are spaced."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"spellcheck": "false", "autocomplete": "off", **self.hints_for_keyboards}
        kwargs.setdefault("widget", TextInput(attrs))
        super().__init__(**kwargs)

    hints_for_keyboards: dict[str, str] = {}

    def to_python(self, value: Any) -> str:
        return _SPACES_AND_PUNCTUATION.sub("", super().to_python(value) or "").upper()


class NHSNumberField(_Number):
    """Ten digits of which the last checks the others (modulus 11). Cleaned to digits only."""

    hints_for_keyboards = {"inputmode": "numeric"}
    width = 10
    default_error_messages = {
        "shape": "NHS number must be 10 digits, like 999 123 4567",
        "check_digit": "NHS number must be a real number. Check each digit",
    }

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        if not re.fullmatch(r"[0-9]{10}", value):
            raise ValidationError(self.error_messages["shape"], code="shape")
        if not nhs_number_checks(value):
            raise ValidationError(self.error_messages["check_digit"], code="check_digit")

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{10}", value):
            return f"{value[:3]} {value[3:6]} {value[6:]}"
        return value


def nhs_number_checks(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the other nine (NHS Data Dictionary, modulus 11).

    Ten times the same digit would pass, and stands for a number that is not known.
    """
    if len(set(digits)) == 1:
        return False
    weighted = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    return (11 - weighted % 11) % 11 == int(digits[9])


class UPNField(_Number):
    """A pupil's unique number: a check letter and 12 digits, the last of which is a letter while temporary."""

    width = 20
    default_error_messages = {
        "shape": "Unique pupil number must be a letter followed by 12 numbers, like A123456789012",
        "check_letter": "Unique pupil number must be a real number. Check each letter and number",
    }

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            return
        if not re.fullmatch(rf"[{_UPN_LETTERS}][0-9]{{11}}[0-9{_UPN_LETTERS}]", value):
            raise ValidationError(self.error_messages["shape"], code="shape")
        if upn_check_letter(value[1:]) != value[0]:
            raise ValidationError(self.error_messages["check_letter"], code="check_letter")


# I, O and S look like 1, 0 and 5 and are not used.
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def upn_check_letter(rest: str) -> str:
    """The letter that belongs before these twelve characters (weights 2 to 13, modulus 23)."""
    values = (int(mark) if mark.isdigit() else _UPN_LETTERS.index(mark) for mark in rest)
    return _UPN_LETTERS[sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23]


class PostcodeField(forms.CharField):
    """A full UK postcode, kept in capitals with one space."""

    width = 10
    default_error_messages = {"shape": "Enter a full UK postcode, like AA3 1AB"}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", TextInput({"autocomplete": "off", "spellcheck": "false"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        letters = _SPACES_AND_PUNCTUATION.sub("", super().to_python(value) or "").upper()
        return f"{letters[:-3]} {letters[-3:]}" if len(letters) > 3 else letters

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"([A-Z]{1,2}[0-9][0-9A-Z]?|GIR) [0-9][A-Z]{2}", value):
            raise ValidationError(self.error_messages["shape"], code="shape")


class SubmitTokenField(forms.CharField):
    """A hidden random text that is the same for every repeat of one submit, and fresh for each page opened."""

    widget = forms.HiddenInput
    default_error_messages = {
        "required": "Open this page again, then send the form once more",
        "shape": "Open this page again, then send the form once more",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", new_submit_token)
        super().__init__(**kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if not re.fullmatch(r"[A-Za-z0-9_-]{8,64}", value):
            raise ValidationError(self.error_messages["shape"], code="shape")


def new_submit_token() -> str:
    return secrets.token_urlsafe(24)
