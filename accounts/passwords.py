"""What a password may not be, beyond Django's own rules."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from .models import Agency, Partnership

# A name with a year or a full stop behind it is still only the name.
FEW = 4
SHORTEST_NAME = 6


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Password must be {self.min_length} characters or more"


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Password must not be one that many people use"


class NotLikeYou(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Password must not be like your %(verbose_name)s"


class NotOurName:
    """Refuses a password that is little more than the name of the service, the partnership or an agency."""

    def validate(self, password: str, user: Any = None) -> None:
        typed = _letters(password)
        partnership = Partnership.this()
        names = [partnership.name, partnership.short_name, partnership.service_name]
        names += Agency.objects.values_list("name", flat=True)
        for name in map(_letters, names):
            if len(name) >= SHORTEST_NAME and name in typed and len(typed) - len(name) < FEW:
                raise ValidationError(
                    "Password must not be the name of an organisation or of this service", code="password_is_a_name"
                )

    def get_help_text(self) -> str:
        return "It must not be the name of an organisation or of this service."


class NotTooSimple:
    """Refuses twelve characters that are no harder to guess than four: repeats and runs along the keyboard."""

    LONG_ENOUGH = 24
    RUNS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) >= self.LONG_ENOUGH:
            return
        rest = typed = password.lower()
        for run in (*self.RUNS, *(run[::-1] for run in self.RUNS)):
            for size in range(len(run), 3, -1):
                for start in range(len(run) - size + 1):
                    rest = rest.replace(run[start : start + size], "")
        if len(set(typed)) < FEW or len(rest) < FEW or re.fullmatch(r"(.{1,10}?)\1+", typed):
            raise ValidationError(
                "Password must not be a pattern, such as a word typed twice or a row of keys",
                code="password_is_a_pattern",
            )

    def get_help_text(self) -> str:
        return "It must not be a pattern, such as a word typed twice or a row of keys."


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
