"""Where the day zero of a clock is kept when another row keeps it. The rooms that keep one register at start."""

from __future__ import annotations

from collections.abc import Callable

from accounts.standing import Standing
from cases.panel import Doing
from deadlines.models import Deadline

Leads = Callable[[Deadline, Standing], Doing | None]
_leads: list[Leads] = []


def register(leads: Leads) -> None:
    """A room says which page of its own keeps, or corrects, the day a clock is counted from; None where none does."""
    if leads not in _leads:
        _leads.append(leads)


def leads_to(clock: Deadline, by: Standing) -> list[Doing]:
    """The pages this person is led to from a clock whose day zero is kept elsewhere."""
    return [found for leads in _leads if (found := leads(clock, by)) is not None]
