"""How actions show on the case page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accounts.standing import Standing
from cases.models import Case
from cases.panel import Doing, Panel, Row

from . import rights
from .models import Action, Recommendation


def panel(case: Case, by: Standing, on: date) -> Panel | None:
    """The actions of a case, once there is a recommendation or an action."""
    actions = list(Action.objects.visible_to(by).filter(case=case).select_related("lead_agency"))
    recommended = Recommendation.objects.visible_to(by).standing().filter(case=case).count()
    if not actions and not recommended:
        return None
    unfinished = [action for action in actions if action.is_unfinished]
    late = [action for action in unfinished if action.is_overdue(on=on)]
    if late:
        state, colour = f"{len(late)} overdue", "red"
    elif unfinished:
        state, colour = f"{len(unfinished)} open", "blue"
    else:
        state, colour = ("Done", "green") if actions else ("No actions yet", "grey")
    doings = []
    if rights.PLAN.allows(by, case):
        doings.append(Doing("Plan an action", reverse("improvements:plan", args=[case.pk])))
    return Panel(
        order=60,
        title="Actions",
        state=state,
        colour=colour,
        finished=bool(actions) and not unfinished,
        turn="Each agency reports on its own actions until their evidence is accepted." if unfinished else "",
        url=reverse("improvements:case", args=[case.pk]),
        rows=tuple(
            Row(
                f"Action {action.number}",
                f"{action.lead_agency}: {action.get_status_display()}",
                action.get_absolute_url(),
            )
            for action in actions[:10]
        ),
        doings=tuple(doings),
    )
