"""The agencies' returns on the case page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accounts.standing import Standing
from cases.models import Case
from cases.panel import Doing, Panel, Row
from govuk.words import date_in_words

from . import rights
from .lifecycle import ANSWERED, ReturnStatus
from .models import AgencyReturn, CaseChronology


def panel(case: Case, by: Standing, on: date) -> Panel | None:
    """Who has been asked and where each return stands, as this person may see it; None when there is nothing."""
    returns = list(
        AgencyReturn.objects.visible_to(by)
        .filter(request__case=case)
        .exclude(status=ReturnStatus.WITHDRAWN)
        .select_related("request__agency", "request__case")
        .order_by("request__due_on", "pk")
    )
    may_ask = rights.ASK.allows(by, case)
    if not returns and not may_ask:
        return None
    answered = [row for row in returns if row.status in ANSWERED]
    late = [row for row in returns if row.is_overdue(on=on)]
    doings = []
    if may_ask:
        doings.append(Doing("Ask an agency for information", reverse("agency_returns:request", args=[case.pk])))
    if returns and CaseChronology.objects.visible_to(by).filter(pk=case.pk).exists():
        doings.append(Doing("Read the merged chronology", reverse("agency_returns:chronology", args=[case.pk])))
    state, colour = _state(returns, answered, late)
    return Panel(
        order=35,
        title="Agency returns",
        state=state,
        colour=colour,
        finished=bool(returns) and len(answered) == len(returns),
        turn=_turn(returns),
        rows=tuple(
            Row(
                term=str(row.request.agency),
                value=_words(row, on),
                url=row.get_absolute_url(),
                link="View",
            )
            for row in returns
        ),
        doings=tuple(doings),
    )


def _state(returns: list[AgencyReturn], answered: list[AgencyReturn], late: list[AgencyReturn]) -> tuple[str, str]:
    if not returns:
        return "Nobody asked yet", "grey"
    words = f"{len(answered)} of {len(returns)} in"
    if late:
        return f"{words}, {len(late)} overdue", "red"
    return words, "green" if len(answered) == len(returns) else "blue"


def _turn(returns: list[AgencyReturn]) -> str:
    if submitted := [row for row in returns if row.status == ReturnStatus.SUBMITTED]:
        return f"The business unit's turn: {len(submitted)} to be accepted."
    if waiting := [row for row in returns if row.may_be_written]:
        return f"The agencies' turn: waiting for {len(waiting)}."
    return ""


def _words(row: AgencyReturn, on: date) -> str:
    words = row.get_status_display()
    if row.is_overdue(on=on):
        return f"{words}, overdue since {date_in_words(row.request.due_on)}"
    if row.may_be_written:
        return f"{words}, due {date_in_words(row.request.due_on)}"
    return words
