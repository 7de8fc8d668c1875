"""Lines of a list of cases, every value already formatted, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from cases.models import Case, CaseStatus
from deadlines.models import BankHoliday, Deadline
from deadlines.statutory import Kind
from deadlines.working_days import long_date

from .stages import stages_of


@dataclass(frozen=True)
class CaseLine:
    reference: str
    url: str
    title: str
    la: str
    received: str
    stage: str
    clock: str
    clock_tag: str
    clock_colour: str


def case_lines(cases: Sequence[Case], *, on: date) -> list[CaseLine]:
    """One line for each case. `cases` come with their local authority."""
    ids = [case.pk for case in cases]
    stages = stages_of(ids)
    clocks = _next_clocks(ids)
    calendar = BankHoliday.objects.calendar()
    lines = []
    for case in cases:
        clock = clocks.get(case.pk)
        tag, colour = _tag(clock, on, calendar)
        stage = stages.get(case.pk)
        lines.append(
            CaseLine(
                reference=case.reference,
                url=reverse("caseload:case", args=[case.reference]),
                title=case.title,
                la=case.incident_la.name,
                received=long_date(case.received_on),
                stage=str(stage) if stage and case.status == CaseStatus.OPEN else case.get_status_display(),
                clock=f"{clock.limit.title}: {long_date(clock.due_on)}" if clock and clock.due_on else "",
                clock_tag=tag,
                clock_colour=colour,
            )
        )
    return lines


def _next_clocks(cases: list[int]) -> dict[int, Deadline]:
    """The next thing due in each case. Only that one clock of each is read, in one query."""
    waiting = (
        Deadline.objects.open()
        .filter(case=OuterRef("pk"), due_on__isnull=False)
        .exclude(limit__kind=Kind.NOT_BEFORE)
        .order_by("due_on", "pk")
    )
    first = Case.objects.filter(pk__in=cases).order_by().values(first=Subquery(waiting.values("pk")[:1]))
    clocks = Deadline.objects.filter(pk__in=first).select_related("limit")
    return {clock.case_id: clock for clock in clocks if clock.case_id}


def _tag(clock: Deadline | None, on: date, calendar) -> tuple[str, str]:
    if clock is None:
        return "", ""
    from deadlines.presenter import shown_state

    words, colour = shown_state(clock.state(on=on, calendar=calendar))
    return (f"{words}, date not confirmed" if clock.provisional else words), colour
