"""Actions in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from deadlines.working_days import long_date
from govuk.rows import Row

from .models import Action, ActionStatus

COLOURS = {
    ActionStatus.NOT_STARTED: "grey",
    ActionStatus.IN_PROGRESS: "blue",
    ActionStatus.AT_RISK: "yellow",
    ActionStatus.AWAITING_EVIDENCE: "purple",
    ActionStatus.COMPLETED: "green",
    ActionStatus.EMBEDDED: "teal",
    ActionStatus.NOT_PURSUED: "grey",
}


@dataclass(frozen=True)
class ActionLine:
    title: str
    url: str
    reference: str
    agency: str
    target: str
    words: str
    colour: str


def standing_of(action: Action, *, on: date) -> tuple[str, str]:
    """The status in words and its colour; red only for overdue."""
    if action.is_overdue(on=on):
        return "Overdue", "red"
    return action.get_status_display(), COLOURS[ActionStatus(action.status)]


def action_lines(actions: Iterable[Action], *, on: date) -> list[ActionLine]:
    lines = []
    for action in actions:
        words, colour = standing_of(action, on=on)
        lines.append(
            ActionLine(
                title=action.text if len(action.text) < 120 else action.text[:117] + "...",
                url=action.get_absolute_url(),
                reference=f"{action.case.reference}, action {action.number}",
                agency=action.lead_agency.name,
                target=long_date(action.target_on),
                words=words,
                colour=colour,
            )
        )
    return lines


def action_rows(action: Action, *, on: date) -> list[Row]:
    rows = [
        Row("Lead agency", action.lead_agency.name),
        Row("Target date", long_date(action.target_on)),
    ]
    if action.was_postponed:
        rows.append(Row("Target date first agreed", long_date(action.first_target_on)))
    if action.recommendation:
        rows.append(Row("Recommendation", f"{action.recommendation.number}. {action.recommendation.text}"))
    rows.append(Row("How we will know it made a difference", action.success_measure or "Not said yet"))
    rows.append(Row("What has been done", action.progress or "Nothing reported yet"))
    if action.completed_on:
        rows.append(Row("Completed", long_date(action.completed_on)))
    if action.impact_check_on:
        rows.append(Row("Check of impact due", long_date(action.impact_check_on)))
    return rows
