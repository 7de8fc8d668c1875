"""How the notification shows on the case page."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from accounts.standing import Standing
from cases.models import Case
from cases.panel import Doing, Panel, Row

from . import doings, presenter, rights
from .models import FrozenContent, Notification
from .since import worse_since


def panel(case: Case, by: Standing, on: date) -> Panel | None:
    """The latest occasion in front, the earlier ones as rows; an offer to open one to whoever may."""
    notifications = list(
        Notification.objects.visible_to(by)
        .filter(case=case)
        .select_related("notifying_la", "case")
        .prefetch_related(Prefetch("versions", FrozenContent.objects.select_related("paper").defer("paper__content")))
        .order_by("-occasion")
    )
    may_open = rights.OPEN.allows(by, case)
    opening = Doing("Open another notification", reverse("incident:open_in_case", args=[case.pk]))
    if not notifications:
        if not may_open:
            return None
        return Panel(
            order=30,
            title="Notification",
            state="Not opened",
            colour="grey",
            turn="The local authority may open a notification at any time.",
            doings=(Doing("Open a notification", opening.url),),
        )
    latest = notifications[0]
    offered = [*doings.offered(latest, by), *presenter.doings(latest, by)]
    if latest.is_provisional and not latest.is_withdrawn and rights.RECORD_DATES.allows(by, latest):
        offered.insert(
            0, Doing("Confirm when the authority became aware", reverse("incident:awareness", args=[latest.pk]))
        )
    if may_open and not latest.is_preparing:
        offered.append(opening)
    rows = []
    if latest.is_provisional and (latest.is_preparing or latest.is_sent):
        rows.append(Row("Aware of the incident", "Date not confirmed"))
    rows += [
        Row("Since it was notified", said, latest.get_absolute_url(), "See what to do") for said in worse_since(latest)
    ]
    if latest.sent_reference:
        rows.append(Row("National form", latest.sent_reference))
    rows += [Row(one.title, one.get_status_display(), one.get_absolute_url()) for one in notifications[1:]]
    last = max(latest.versions.all(), key=lambda version: version.number, default=None)
    return Panel(
        order=30,
        title=latest.title,
        state=latest.get_status_display(),
        colour=presenter.colour_of(latest),
        finished=not latest.is_preparing,
        turn=presenter.turn_of(latest),
        url=latest.get_absolute_url(),
        rows=tuple(rows),
        doings=tuple(offered),
        papers=((last.paper, reverse("incident:paper", args=[latest.pk, last.number])),) if last else (),
    )
