"""How a stored due date was worked out, derived again so that it can be read and checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from deadlines.models import BankHoliday, Deadline
from deadlines.statutory import Alternative, WorkedOut, work_out
from deadlines.working_days import BeyondKnownHolidays, Calendar


@dataclass(frozen=True, slots=True)
class Explanation:
    """The account of a clock's dates by the bank holidays as they are now.

    `worked_out` is None where there is no account, and `refusal` then says why. `agrees` is false
    when the account ends on another day than the one stored.
    """

    worked_out: WorkedOut | None
    secondary: WorkedOut | None
    refusal: str
    agrees: bool


def explanation(deadline: Deadline, *, calendar: Calendar | None = None) -> Explanation:
    """The day-by-day account of a clock and of the date shown beside it."""
    calendar = calendar or BankHoliday.objects.calendar()
    limit, beside = deadline.time_limit, deadline.secondary
    if deadline.agreed_date:
        return Explanation(None, None, "This date was agreed. It was not counted.", True)
    try:
        worked_out = work_out(
            limit, deadline.counted_from, calendar, deadline.convention, after_cut_off=deadline.after_cut_off
        )
    except BeyondKnownHolidays as unknown:
        return Explanation(None, None, str(unknown), True)
    secondary = None
    if beside is not None:
        try:
            secondary = work_out(limit, beside.counted_from, calendar, beside.convention)
        except BeyondKnownHolidays:
            secondary = None
    return Explanation(worked_out, secondary, "", worked_out.due_on == deadline.due_on)


@dataclass(frozen=True, slots=True)
class OtherReading:
    """What another way of counting, found in a source, makes of the same clock. It is read, and never counts.

    `counted_from` is None where the event it counts from has not happened or was not recorded; `due_on` is None
    there, and where the bank holidays it needs are not known.
    """

    way: Alternative
    counted_from: date | None
    due_on: date | None


def other_readings(deadline: Deadline, *, calendar: Calendar) -> list[OtherReading]:
    """The clock by every way of counting its limit offers but its own. One query where a way has another trigger."""
    if deadline.agreed_date:
        return []
    limit = deadline.time_limit
    ways = [way for way in limit.counting if way.name != deadline.convention]
    elsewhere = any(way.trigger for way in ways)
    others = list(_clocks_beside(deadline)) if elsewhere else []
    found = []
    for way in ways:
        day = _other_day(way.name, deadline, others) if way.trigger else deadline.counted_from
        # Of the hour of another event nothing is known.
        late = deadline.after_cut_off and not way.trigger
        due = None
        if day is not None:
            try:
                due = work_out(limit, day, calendar, way.name, after_cut_off=late).due_on
            except BeyondKnownHolidays:
                due = None
        found.append(OtherReading(way, day, due))
    return found


# The other clocks of a case whose facts say when the event of another reading happened.
ASKED: Final = ("T01", "T05", "T07", "T08", "T12")


def _clocks_beside(deadline: Deadline) -> Iterable[Deadline]:
    if deadline.case is None:
        return ()
    return Deadline.objects.filter(case=deadline.case, code__in=ASKED, voided_on=None).exclude(pk=deadline.pk)


def _other_day(name: str, deadline: Deadline, others: list[Deadline]) -> date | None:
    """The day of the event that this reading counts from, as the case has it."""
    case = deadline.case
    match name:
        case "LA_AWARE":
            return _last(
                row.counted_from
                for row in others
                if row.code == "T01" and row.occasion == deadline.occasion and not row.provisional
            )
        case "INCIDENT_DATE":
            return case.incident_on if case else None
        case "PARTNERSHIP_TOLD":
            return case.received_on if case else None
        case "RR_SENT":
            # Decided before it was sent, as a rule; of several reviews in a case the one nearest to the decision.
            sent = [row.met_on for row in others if row.code == "T05" and row.met_on]
            return min(sent, key=lambda day: abs(day - deadline.counted_from), default=None)
        case "PANEL_LETTER":
            return _last(row.met_on for row in others if row.code == "T08")
        case "REVIEWER_APPOINTED":
            # T07 runs first from the decision, which started this clock too, and again from each appointment.
            found = [row.counted_from for row in others if row.code == "T07" and row.occasion != deadline.occasion]
            return min((day for day in found if day >= deadline.counted_from), default=None)
        case "THREE_MONTHLY":
            return deadline.met_on
    return None


def _last(days: Iterable[date | None]) -> date | None:
    return max((day for day in days if day is not None), default=None)
