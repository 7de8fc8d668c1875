"""What a request carries once it has passed the middleware."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from .models import User
from .standing import Standing


class PersonRequest(HttpRequest):
    """A request of somebody signed in: `by` acts, at the one reading of the clock."""

    user: User
    by: Standing
    at: datetime


class AnyRequest(HttpRequest):
    """A request of anybody: `by` is None for those not signed in."""

    by: Standing | None
    at: datetime
