"""Where a case is: the statuses of its stages laid end to end, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Value

from accounts.standing import Standing
from agency_returns import panel as agency_returns
from cases.models import Case
from cases.panel import Panel
from decisions import panel as decisions
from improvements import panel as improvements
from lcspr import panel as lcspr
from lcspr.models import Review
from notifications.incident import panel as incident
from notifications.incident.models import Notification
from rapid_reviews import panel as rapid_reviews
from rapid_reviews.models import RapidReview
from referrals import panel as referrals
from referrals.models import Referral

ROOMS = (referrals, decisions, incident, agency_returns, rapid_reviews, lcspr, improvements)
# The latest stage first: the first that has a row says where the case is.
STAGES: tuple[tuple[str, Any], ...] = (
    ("Local review", Review),
    ("Rapid review", RapidReview),
    ("Notification", Notification),
    ("Referral", Referral),
)
STATUSES = [{code: str(words) for code, words in model._meta.get_field("status").flatchoices} for _, model in STAGES]


@dataclass(frozen=True)
class Stage:
    """Where a case is, in words: "Rapid review: waiting for agencies"."""

    name: str
    status: str

    def __str__(self) -> str:
        return f"{self.name}: {self.status[:1].lower()}{self.status[1:]}" if self.status else self.name


def panels(case: Case, by: Standing, *, on: date) -> list[Panel]:
    """Each stage as this person may see it, in order."""
    found = [room.panel(case, by, on) for room in ROOMS]
    return sorted((panel for panel in found if panel is not None), key=lambda panel: panel.order)


def stages_of(cases: Iterable[int]) -> dict[int, Stage]:
    """Case id -> its stage; one query for all kinds of stage."""
    wanted = list(cases)
    kinds = [
        model._base_manager.filter(case_id__in=wanted)
        .order_by()
        .values_list("case_id", Value(n, models.IntegerField()), "pk", "status")
        for n, (_, model) in enumerate(STAGES)
    ]
    rows = sorted(kinds[0].union(*kinds[1:], all=True), key=lambda row: (-row[1], row[2]))
    # The latest stage comes last and overrides the earlier; so does the last row of a stage.
    return {case: Stage(STAGES[n][0], STATUSES[n].get(status, status)) for case, n, _, status in rows}
