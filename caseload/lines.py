"""Lines of a list of cases, every value already formatted, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from cases.models import Case, CaseStatus
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import shown_state
from deadlines.statutory import Kind
from deadlines.working_days import long_date

from .stages import stages_of

# What a list of cases can show beside the reference, by its name in a form.
COLUMNS = {
    "stage": "Where it is",
    "clock": "Next due",
    "la": "Local authority",
    "received": "Received",
    "harm": "What happened",
    "incident": "Date of the incident",
    "status": "Status",
}
ON_ONE_LINE = ("received", "incident")
USUAL = ("stage", "clock", "la", "received")


def columns_known(columns: Iterable[str]) -> tuple[str, ...]:
    """Those of these columns that there are, in their order; the usual ones if there is none."""
    wanted = set(columns)
    return tuple(name for name in COLUMNS if name in wanted) or USUAL


@dataclass(frozen=True)
class Cell:
    heading: str
    text: str
    tag: str = ""
    colour: str = ""
    on_one_line: bool = False


@dataclass(frozen=True)
class CaseLine:
    reference: str
    url: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def headings(self) -> list[str]:
        return [cell.heading for cell in self.cells]


def case_lines(cases: Sequence[Case], *, on: date, columns: Iterable[str] = ()) -> list[CaseLine]:
    """One line for each case, with these columns. `cases` come with their local authority."""
    ids = [case.pk for case in cases]
    stages = stages_of(ids)
    clocks = _next_clocks(ids)
    calendar = BankHoliday.objects.calendar()
    shown = columns_known(columns)
    lines = []
    for case in cases:
        clock, stage = clocks.get(case.pk), stages.get(case.pk)
        is_open = case.status == CaseStatus.OPEN
        tag, colour = _tag(clock, on, calendar)
        due = f"{clock.limit.title}: {long_date(clock.due_on)}" if clock and clock.due_on else ""
        cells = {
            "stage": ((str(stage) if stage and is_open else case.get_status_display()), "", ""),
            "clock": (due or "Nothing due", tag, colour),
            "la": (case.incident_la.name, "", ""),
            "received": (long_date(case.received_on), "", ""),
            "harm": (case.get_harm_display(), "", ""),
            "incident": (case.incident_date_text or (long_date(case.incident_on) if case.incident_on else ""), "", ""),
            "status": (case.get_status_display(), "", ""),
        }
        lines.append(
            CaseLine(
                reference=case.reference,
                url=reverse("caseload:case", args=[case.reference]),
                title=case.title,
                cells=tuple(Cell(COLUMNS[name], *cells[name], on_one_line=name in ON_ONE_LINE) for name in shown),
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
    words, colour = shown_state(clock.state(on=on, calendar=calendar))
    return (f"{words}, date not confirmed" if clock.provisional else words), colour
