"""What the top of the case page says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from accounts.roles import Role
from accounts.standing import Standing
from agency_returns.models import AgencyReturn
from audit.events import key_of
from audit.presenter import HistoryRow
from cases.models import Case, CaseStatus
from deadlines.models import Deadline
from deadlines.presenter import title_of
from deadlines.working_days import long_date
from decisions.models import Decision
from govuk.rows import Row
from referrals.models import Referral

from .owed import Owed


def case_facts(case: Case, *, by: Standing) -> list[Row]:
    """The facts of the case, without a name in them."""
    children = list(case.child_set.all())
    rows = [
        Row("Reference", case.reference),
        Row("Status", case.get_status_display()),
        Row("What happened", case.get_harm_display()),
        Row(
            "Date of the incident",
            case.incident_date_text or (long_date(case.incident_on) if case.incident_on else "Not known"),
        ),
        Row("Local authority of the incident", case.incident_la.name),
        Row("Received", long_date(case.received_on)),
        Row(
            "Children",
            [f"{child.pseudonym}, {child.age_band.lower()}" for child in children] or "None recorded yet",
            reverse("cases:people", args=[case.pk]),
            "View",
            "the children and people of the case",
        ),
    ]
    if case.home_la_id and case.home_la_id != case.incident_la_id:
        rows.insert(5, Row("Local authority where the child normally lives", str(case.home_la)))
    if case.legal_hold:
        rows.append(Row("Legal hold", "This case is on legal hold: nothing of it may be disposed of."))
    if case.status == CaseStatus.JOINED and case.joined_into:
        rows.append(Row("Joined to", case.joined_into.reference))
    return rows


CLOCK = Deadline._meta.label


def without_clocks(rows: Iterable[HistoryRow]) -> list[HistoryRow]:
    """What people did, without the starting and stopping of clocks that followed from it."""
    return [row for row in rows if not row.key.startswith(f"{CLOCK}:")]


def with_clocks_named(rows: Iterable[HistoryRow], case: Case) -> tuple[HistoryRow, ...]:
    """The same rows, each clock by what it counts. One query."""
    clocks = Deadline.objects.filter(case=case).select_related("limit")
    titles = {key_of(clock): title_of(clock) for clock in clocks}
    return tuple(replace(row, subject=titles.get(row.key, row.subject)) for row in rows)


def owed_words(thing: Owed) -> tuple[str, str, str]:
    """Something that others owe: the reference of its case, what it is and whose, and by when."""
    if isinstance(thing, Deadline):
        whose = thing.owed_by_agency or Role(thing.owed_by_role).label
        what, due_on = f"{title_of(thing)}: {whose}", thing.due_on
    elif isinstance(thing, AgencyReturn):
        what, due_on = f"Return from {thing.request.agency}", thing.request.due_on
    elif isinstance(thing, Referral):
        what, due_on = f"Answers about the referral: {thing.agency}", None
    elif isinstance(thing, Decision):
        what, due_on = f"Partners' positions: {thing.get_kind_display().lower()}", None
    else:
        what, due_on = f"Action {thing.number}: {thing.lead_agency}", thing.target_on
    reference = thing.case.reference if thing.case else ""
    return reference, what, f"due {long_date(due_on)}" if due_on else ""
