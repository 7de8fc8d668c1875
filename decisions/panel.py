"""How the partners' decisions show on the case page."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accounts.standing import Standing
from cases.models import Case
from cases.panel import Doing, Panel, Row
from govuk.words import inside_sentence

from . import doings, rights
from .models import Decision, Kind
from .presenter import colour_of, escalation_shown, turn_of

# A decision stands behind the stage that asks for it.
ORDER = {Kind.CRITERIA: 20, Kind.RAPID_REVIEW_SIGN_OFF: 45, Kind.INITIATE_LCSPR: 46, Kind.LCSPR_SIGN_OFF: 55}


def panel(case: Case, by: Standing, on: date) -> Panel | None:
    """The latest decision in front, the earlier ones as rows."""
    of_case = Decision.objects.visible_to(by).filter(case=case).select_related("record").defer("record__content")
    decisions = list(of_case.order_by("-pk"))
    if not decisions:
        return None
    latest = decisions[0]
    url = reverse("decisions:decision", args=[latest.pk])
    seats = latest.as_seen(by)
    escalation = escalation_shown(latest, on=on)
    signing = [
        Doing("Record your position", reverse("decisions:sign", args=[latest.pk, seen.seat.pk]))
        for seen in seats
        if latest.is_open and seen.mine and not seen.signed and rights.SIGN.allows(by, seen.seat)
    ]
    return Panel(
        order=ORDER[Kind(latest.kind)],
        title=f"Decision: {inside_sentence(latest.get_kind_display())}",
        state=latest.get_status_display(),
        colour=colour_of(latest),
        finished=latest.is_concluded and not (escalation and escalation.is_running),
        turn=f"{turn_of(latest, seats)} Disagreement about notifying: {escalation.state.lower()}."
        if escalation and escalation.is_running
        else turn_of(latest, seats),
        url=url,
        rows=tuple(
            Row(
                one.get_kind_display(),
                one.outcome_words or one.get_status_display(),
                reverse("decisions:decision", args=[one.pk]),
            )
            for one in decisions[1:]
        ),
        doings=(*signing, *doings.offered(latest, by)),
        papers=((latest.record, reverse("decisions:paper", args=[latest.pk])),) if latest.record else (),
    )
