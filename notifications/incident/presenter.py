"""A notification in words and colours, as one person may see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from accounts.standing import Standing
from audit.events import key_of
from cases.panel import Doing
from deadlines.models import Deadline
from deadlines.presenter import Clock, clocks
from decisions.models import Decision, Kind
from decisions.presenter import SeatShown, seats_shown
from govuk.rows import Row, Task
from govuk.words import date_in_words, instant_in_words
from notifications.register.models import Submission
from notifications.register.rights import RECORD

from . import areas, rights
from .actions.sending import is_late_without_reason
from .composing import Sheet, compose, missing_identity, sha256_of, sheets_of
from .copilot import NO_CHILD
from .lifecycle import Status
from .models import FrozenContent, Notification
from .national_form import FAMILY, from_case

COLOURS = {
    Status.PREPARING: "light-blue",
    Status.NOT_NEEDED: "grey",
    Status.SENT: "green",
    Status.WITHDRAWN: "grey",
}


@dataclass(frozen=True)
class Line:
    """One row of the list of notifications."""

    reference: str
    title: str
    url: str
    authority: str
    received: str
    state: str
    colour: str
    not_confirmed: bool


@dataclass(frozen=True)
class Difference:
    """An answer that is no longer what was notified."""

    where: str
    label: str
    was: str
    now: str


def lines(notifications: Iterable[Notification]) -> list[Line]:
    return [
        Line(
            reference=one.case.reference,
            title=one.title,
            url=one.get_absolute_url(),
            authority=str(one.notifying_la),
            received=date_in_words(one.received_on),
            state=one.get_status_display(),
            colour=colour_of(one),
            not_confirmed=one.is_provisional and one.status in (Status.PREPARING, Status.SENT),
        )
        for one in notifications
    ]


def colour_of(notification: Notification) -> str:
    return COLOURS[Status(notification.status)]


def turn_of(notification: Notification) -> str:
    """Where it stands and what is next, in a sentence."""
    la = notification.notifying_la
    if notification.is_preparing and notification.is_notify_only:
        return (
            f"{la} prepares the notification and sends it on the national form, which tells the Secretary of State "
            "and Ofsted. No rapid review follows."
        )
    if notification.is_preparing:
        return f"{la} prepares the notification and sends it on the national form."
    if notification.is_sent and notification.is_notify_only:
        return f"{la} has notified the Secretary of State and Ofsted. No rapid review follows."
    if notification.is_sent:
        return f"{la} has notified. A rapid review follows from it."
    if notification.is_withdrawn:
        return "It was withdrawn. What was notified stays here to be read. Whoever was notified is to be told."
    return "It was found that no notification is needed."


def clocks_of(notification: Notification, by: Standing) -> list[Clock]:
    """The clocks of this occasion."""
    rows = Deadline.objects.visible_to(by).for_occasion(key_of(notification)).select_related("limit", "owed_by_agency")
    return clocks(rows, on=by.today)


def facts(notification: Notification, *, may_change: bool) -> list[Row]:
    route = reverse("incident:route", args=[notification.pk]) if may_change and notification.is_preparing else ""
    rows = [
        Row("What is notified", notification.get_kind_display(), route, hidden="what is notified"),
        Row("Who notifies", str(notification.notifying_la), route, hidden="who notifies"),
        Row("Received on", date_in_words(notification.received_on)),
    ]
    if notification.sent_at:
        rows += [
            Row("Sent", instant_in_words(notification.sent_at)),
            Row("Reference", notification.sent_reference or "Not entered yet"),
            Row("Recorded by", str(notification.sent_by)),
        ]
    if notification.late_reason:
        rows.append(Row("Why it was late", notification.late_reason.splitlines()))
    if notification.partners_told_at:
        rows.append(Row("Every partner told", instant_in_words(notification.partners_told_at)))
    if notification.copy_received_at:
        rows.append(Row("Business unit has its copy", instant_in_words(notification.copy_received_at)))
    if notification.withdrawn_at:
        rows += [
            Row("Withdrawn", instant_in_words(notification.withdrawn_at)),
            Row("Why", notification.withdrawal_reason.splitlines()),
        ]
    return rows


def awareness(notification: Notification, *, may_record: bool) -> list[Row]:
    url = reverse("incident:awareness", args=[notification.pk]) if may_record else ""
    rows = [
        _aware("The authority first knew", notification.la_first_aware_at, notification.la_first_aware_recorded_by, url)
    ]
    if not notification.is_notify_only:
        rows.append(
            _aware(
                "Abuse or neglect first suspected",
                notification.abuse_first_suspected_at,
                notification.abuse_first_suspected_recorded_by,
                url,
            )
        )
    if notification.awareness_note:
        rows.append(Row("How this is known", notification.awareness_note.splitlines()))
    return rows


def _aware(key: str, instant: Any, recorded_by: Any, url: str) -> Row:
    value = [instant_in_words(instant), f"Recorded by {recorded_by}"] if instant else "Not known yet"
    return Row(key, value, url)


def sheet_url(notification: Notification, sheet: Sheet) -> str:
    if sheet.child:
        return reverse("incident:child", args=[notification.pk, sheet.child.pk])
    return reverse("incident:section", args=[notification.pk, sheet.section.key])


def tasks(
    notification: Notification, sheets: list[Sheet], *, may_write: bool, may_add_child: bool = False
) -> list[Task]:
    """The sections of the national form, and what each still needs. Nothing here is an obstacle."""
    listed = []
    for sheet in sheets:
        if sheet.section is FAMILY and _no_child(sheets):
            add = reverse("cases:add_child", args=[notification.case_id]) if may_add_child else ""
            listed.append(Task("The child: add one", "Still needed", add, "blue"))
        url = sheet_url(notification, sheet) if may_write else ""
        title = f"The child: {sheet.title}" if sheet.child else sheet.title
        missing = len(sheet.missing)
        if missing and not notification.is_preparing:
            listed.append(Task(title, f"{missing} not answered", url, "grey"))
        elif missing:
            listed.append(Task(title, f"{missing} still needed", url, "light-blue" if sheet.saved else "blue"))
        else:
            listed.append(Task(title, "Completed", url))
    return listed


def _no_child(sheets: list[Sheet]) -> bool:
    return not any(sheet.child for sheet in sheets)


def still_needed(notification: Notification, sheets: list[Sheet]) -> list[Row]:
    """Everything the national form asks that has no answer yet, section by section."""
    rows = []
    if notification.is_provisional:
        rows.append(Row("Dates", ["When the local authority became aware"]))
    if _no_child(sheets):
        rows.append(Row("The child", [NO_CHILD]))
    for sheet in sheets:
        needed = [question.label for question in sheet.missing]
        if sheet.child:
            needed = missing_identity(sheet.child) + needed
        if needed:
            rows.append(Row(sheet.title, needed))
    return rows


def chased(sheets: list[Sheet]) -> list[Row]:
    """What the department is known to ask for afterwards, where it has no answer yet."""
    rows = []
    for sheet in sheets:
        waiting = [question.label for question in sheet.section.questions if question.is_chased(sheet.answers)]
        if waiting:
            rows.append(Row(sheet.title, waiting))
    return rows


def told(notification: Notification, by: Standing) -> list[Row]:
    """Who has a copy, since when and how; who of this area's partners has none yet; then the other areas."""
    rows = [Row(partner.name, _told(partner.told)) for partner in areas.partners_to_tell(notification, by.today)]
    return rows + [Row(f"{row.to} (another area)", _told(row)) for row in areas.other_areas_told(notification)]


def _told(row: Submission | None) -> list[str] | str:
    if row is None or row.sent_at is None:
        return "Not told yet"
    how = row.get_channel_display() or "How is not recorded"
    return [instant_in_words(row.sent_at), f"{how}, recorded by {row.sent_by}"]


def positions(notification: Notification, by: Standing) -> tuple[Decision | None, list[list[SeatShown]]]:
    """The partners' latest decision on the criteria, as far as this person may see it."""
    decision = (
        Decision.objects.visible_to(by).filter(case=notification.case_id, kind=Kind.CRITERIA).order_by("-pk").first()
    )
    return decision, seats_shown(decision, decision.as_seen(by)) if decision else []


def doings(notification: Notification, by: Standing) -> list[Doing]:
    """What this room offers this person now. The stages add theirs."""

    def doing(words: str, name: str) -> Doing:
        return Doing(words, reverse(f"incident:{name}", args=[notification.pk]))

    offered = []
    prepares = rights.PREPARE.allows(by, notification)
    if notification.is_preparing and notification.is_notify_only and prepares:
        offered.append(doing("Record that it was sent", "record_notified"))
    if (notification.is_preparing or notification.is_sent) and prepares:
        offered.append(doing("Record that the partners were told", "tell_partners"))
    if notification.is_sent and not notification.copy_received_at and rights.RECORD_DATES.allows(by, notification):
        offered.append(doing("Record that the business unit has its copy", "copy_received"))
    if notification.is_withdrawn and RECORD.allows(by, notification.case):
        # Whoever was notified is to hear that it was withdrawn.
        waiting = Submission.objects.visible_to(by).of_occasion(key_of(notification)).waiting()
        offered += [
            Doing(f"Record that {_inside(one.to)} was told", reverse("register:send", args=[one.pk])) for one in waiting
        ]
    if notification.is_sent and prepares:
        if not notification.sent_reference:
            offered.append(doing("Enter the reference of the national form", "reference"))
        if is_late_without_reason(notification):
            offered.append(doing("Say why it was sent late", "late_reason"))
        offered.append(doing("Record a correction", "correct"))
        offered.append(doing("Withdraw the notification", "withdraw"))
    return offered


def _inside(name: str) -> str:
    """The recipient's name inside a sentence."""
    return f"the {name[4:]}" if name.startswith("The ") else name


def differences(notification: Notification, last: FrozenContent) -> list[Difference]:
    """Where the form now says something else than was last notified."""
    if sha256_of(compose(notification)) == last.sha256:
        return []
    found = []
    for sheet in sheets_of(notification):
        was = _answers_in(last.content, sheet)
        for question in sheet.section.questions:
            before, now = was.get(question.key), sheet.answers.get(question.key)
            if (before or "") != (now or ""):
                found.append(Difference(sheet.title, question.label, question.words(before), question.words(now)))
    return found


def learned_since(notification: Notification, last: FrozenContent) -> list[Difference]:
    """Where the case now says something else than was last notified and the form has not followed it."""
    found = []
    for sheet in sheets_of(notification):
        was = _answers_in(last.content, sheet)
        known = from_case(sheet.section, notification.case, sheet.child)
        for question in sheet.section.questions:
            before, now = was.get(question.key), known.get(question.key)
            followed = sheet.answers.get(question.key) != before
            if question.is_answered(now) and now != before and not followed:
                found.append(Difference(sheet.title, question.label, question.words(before), question.words(now)))
    return found


def _answers_in(content: dict[str, Any], sheet: Sheet) -> dict[str, Any]:
    if sheet.child is None:
        return content["sections"].get(sheet.section.key, {})
    key = key_of(sheet.child)
    return next((child["answers"] for child in content["children"] if child["key"] == key), {})


__all__ = [
    "awareness",
    "chased",
    "clocks_of",
    "colour_of",
    "differences",
    "doings",
    "facts",
    "learned_since",
    "lines",
    "positions",
    "sheet_url",
    "still_needed",
    "tasks",
    "told",
    "turn_of",
]
