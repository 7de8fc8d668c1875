"""What a password may not be, beyond Django's own rules."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from .models import Agency, Partnership

# A name with a year or a full stop behind it is still only the name.
FEW = 4
SHORTEST_NAME = 6


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


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
