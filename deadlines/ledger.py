"""The ledger of a clock as pages and paper show it: the account, the other readings, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deadlines.changes import changes_of
from deadlines.explanation import Explanation, OtherReading, explanation, other_readings
from deadlines.models import Deadline
from deadlines.presenter import Clock, Counted, account, facts_of, sentence, short_date, shown
from deadlines.working_days import Calendar
from govuk.rows import Row
from govuk.words import date_in_words


@dataclass(frozen=True, slots=True)
class Reading:
    """One other way of counting, as a row of a table."""

    words: str
    name: str
    counted_from: str
    due: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    headline: str
    who: str
    when: str
    lines: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that explains one due date."""

    deadline: Deadline
    clock: Clock
    facts: list[Row]
    explanation: Explanation
    cautions: tuple[str, ...]
    days: list[Counted]
    secondary_days: list[Counted]
    readings: list[Reading]
    changes: list[ChangeShown]


def ledger(deadline: Deadline, *, on: date, calendar: Calendar) -> Ledger:
    """The ledger of a clock on a London date."""
    found = explanation(deadline, calendar=calendar)
    return Ledger(
        deadline=deadline,
        clock=shown(deadline, on=on, calendar=calendar),
        facts=facts_of(deadline, deadline.state(on=on, calendar=calendar)),
        explanation=found,
        cautions=found.worked_out.cautions if found.worked_out else (),
        days=account(found.worked_out) if found.worked_out else [],
        secondary_days=account(found.secondary) if found.secondary else [],
        readings=[_reading(reading) for reading in other_readings(deadline, calendar=calendar)],
        changes=_changes(deadline),
    )


def _reading(reading: OtherReading) -> Reading:
    return Reading(
        words=str(reading.way),
        name=reading.way.name,
        counted_from=short_date(reading.counted_from) if reading.counted_from else "Not recorded",
        due=short_date(reading.due_on) if reading.due_on else "Not worked out",
    )


def _changes(deadline: Deadline) -> list[ChangeShown]:
    return [
        ChangeShown(
            headline=sentence(change.what),
            who=change.who,
            when=date_in_words(change.at),
            lines=tuple(f"{fact.name}: {fact.was} became {fact.became}" for fact in change.facts),
            why=change.why,
        )
        for change in changes_of(deadline)
    ]
