"""Reminding, by hand, those who owe something."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from accounts.standing import LONDON, Standing
from agency_returns.actions import chase as chase_return
from agency_returns.models import AgencyReturn
from audit.events import hold, key_of, record
from audit.lifecycle import AlreadyDone
from audit.models import Event
from caseload import rights
from caseload.models import Chase
from deadlines.models import Deadline
from decisions.models import Decision
from improvements.models import Action

RETURN_CHASED = "information request chased"


class AlreadyReminded(ValueError):
    """They have been reminded of this today."""


@transaction.atomic
def chase(thing: Deadline | AgencyReturn | Decision | Action, *, by: Standing) -> None:
    """Remind whoever owes it, with one message, once on a London date (AlreadyReminded).

    A return is chased by the verb of its own room. Raises NotPermitted, and AlreadyDone when nothing is owed any more.
    """
    rights.CHASE.require(by, thing)
    hold(thing.trail)
    thing.refresh_from_db()
    key = key_of(thing)
    if Chase.objects.filter(thing=key, day=by.today).exists() or key in returns_chased(by.today, key):
        raise AlreadyReminded("They have been reminded of this today.")
    if not _is_owed(thing):
        raise AlreadyDone("This has been done.")
    made = Chase.objects.create(
        thing=key,
        case=thing.case,
        deadline=thing if isinstance(thing, Deadline) else None,
        action=thing if isinstance(thing, Action) else None,
        day=by.today,
        chased_at=by.at,
        chased_by=by.user,
    )
    if isinstance(thing, AgencyReturn):
        chase_return(thing, by=by)
    else:
        record(thing.trail, "reminded by hand", by=by, subject=made)


def returns_chased(day: date, key: str = "") -> set[str]:
    """The keys of the returns that were chased on a London date, from wherever it was done."""
    start = datetime.combine(day, time.min, LONDON)
    events = Event.objects.filter(verb=RETURN_CHASED, at__gte=start)
    events = events.filter(subject=key) if key else events
    return set(events.values_list("subject", flat=True))


def _is_owed(thing: Deadline | AgencyReturn | Decision | Action) -> bool:
    if isinstance(thing, AgencyReturn):
        return thing.may_be_written
    if isinstance(thing, Action):
        return Action.objects.unfinished().filter(pk=thing.pk).exists()
    return thing.is_open
