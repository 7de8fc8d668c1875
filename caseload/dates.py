"""What is due on which day, for the month and for calendar programs. Three queries, whatever the number of cases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.standing import Standing
from agency_returns.models import AgencyReturn
from audit.events import key_of
from deadlines.models import BankHoliday, Deadline
from deadlines.presenter import shown_state, title_of
from deadlines.statutory import Kind
from improvements.models import Action

MOST = 1000


@dataclass(frozen=True)
class Dated:
    """One thing that is due on a London date. `key` and `version` stay the same until the thing changes."""

    key: str
    version: int
    reference: str
    what: str
    on: date
    url: str
    tag: str
    colour: str
    is_provisional: bool = False


def due_between(by: Standing, first: date, last: date) -> list[Dated]:
    """What is still owed from the first to the last London date, of what this person may see: the soonest first.

    No more than a thousand of each kind.
    """
    found = [*_clocks(by, first, last), *_returns(by, first, last), *_actions(by, first, last)]
    return sorted(found, key=lambda entry: (entry.on, entry.reference, entry.what))


def _clocks(by: Standing, first: date, last: date) -> list[Dated]:
    clocks = (
        Deadline.objects.visible_to(by)
        .open()
        .filter(due_on__range=(first, last))
        .exclude(limit__kind=Kind.NOT_BEFORE)
        .select_related("case", "limit", "owed_by_agency")
        .order_by("due_on", "pk")[:MOST]
    )
    calendar = BankHoliday.objects.calendar()
    found = []
    for clock in clocks:
        words, colour = shown_state(clock.state(on=by.today, calendar=calendar))
        found.append(
            Dated(
                key=key_of(clock),
                version=clock.version,
                reference=clock.case.reference if clock.case else "The partnership",
                # Several agencies may owe the same thing on the same day.
                what=f"{title_of(clock)}: {clock.owed_by_agency}" if clock.owed_by_agency else title_of(clock),
                on=clock.due_on or first,
                url=reverse("reminders:duty", args=[clock.pk]),
                tag=words,
                colour=colour,
                is_provisional=clock.provisional,
            )
        )
    return found


def _returns(by: Standing, first: date, last: date) -> list[Dated]:
    """One's own agency's: whoever has the whole case has the clock of the request."""
    rows = AgencyReturn.objects.own(by).waiting().filter(request__due_on__range=(first, last))
    return [
        Dated(
            key=key_of(row),
            version=row.request.version,
            reference=row.request.case.reference,
            what="Your agency's return",
            on=row.request.due_on,
            url=row.get_absolute_url(),
            tag="Overdue" if row.is_overdue(on=by.today) else row.get_status_display(),
            colour="red" if row.is_overdue(on=by.today) else row.colour,
        )
        for row in rows.select_related("request__case").order_by("request__due_on", "pk")[:MOST]
    ]


def _actions(by: Standing, first: date, last: date) -> list[Dated]:
    rows = Action.objects.visible_to(by).unfinished().filter(target_on__range=(first, last))
    return [
        Dated(
            key=key_of(row),
            version=row.version,
            reference=row.case.reference,
            what=f"Action {row.number}",
            on=row.target_on,
            url=row.get_absolute_url(),
            tag="Overdue" if row.is_overdue(on=by.today) else row.get_status_display(),
            colour="red" if row.is_overdue(on=by.today) else "blue",
        )
        for row in rows.select_related("case").order_by("target_on", "pk")[:MOST]
    ]
