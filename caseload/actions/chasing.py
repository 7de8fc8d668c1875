"""Reminding, by hand, those who owe something."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.standing import Standing
from agency_returns.actions import chase as chase_return
from agency_returns.models import AgencyReturn
from audit.events import hold, key_of, record, refuse_repeat
from audit.lifecycle import AlreadyDone
from audit.models import Trail
from caseload import rights
from caseload.models import Chase, Round
from caseload.owed import Owed, returns_chased, to_remind
from cases.models import Case
from deadlines.models import Deadline
from improvements.models import Action
from referrals.lifecycle import Status
from referrals.models import Referral


class AlreadyReminded(ValueError):
    """They have been reminded of this today."""


@transaction.atomic
def chase(thing: Owed, *, by: Standing) -> None:
    """Remind whoever owes it, with one message, once on a London date (AlreadyReminded).

    A return is chased by the verb of its own room. Raises NotPermitted, and AlreadyDone when nothing is owed any more.
    """
    rights.CHASE.require(by, thing)
    hold(thing.trail)
    thing.refresh_from_db()
    key = key_of(thing)
    if Chase.objects.filter(thing=key, day=by.today).exists() or key in returns_chased(by.today, [key]):
        raise AlreadyReminded("They have been reminded of this today.")
    if not _is_owed(thing):
        raise AlreadyDone("This has been done.")
    made = _noted(thing, by=by)
    if isinstance(thing, AgencyReturn):
        chase_return(thing, by=by)
    else:
        record(thing.trail, "reminded by hand", by=by, subject=made)


@transaction.atomic
def remind_in(cases: Iterable[Case], *, by: Standing, token: str | None = None) -> list[Owed]:
    """Remind whoever owes something in these cases: what they were reminded of, which is
    what was not chased today and somebody owes.

    However much somebody owes, they get one message. Each reminder is an event of its case, and their round one of the
    house. Raises NotPermitted, and AlreadySubmitted when the token was used before.
    """
    rights.CHASE.require(by)
    cases = list(cases)
    for case in cases:
        rights.CHASE.require(by, case)
    house = Trail.of_the_house()
    hold(house, *(case.trail for case in cases))
    refuse_repeat(token)
    made = Round.objects.create(made_at=by.at, made_by=by.user)
    people: set[int] = set()
    things = []
    for thing, owners in to_remind(cases, by):
        things.append(thing)
        people |= owners
        record(thing.trail, "reminded with others", by=by, subject=_noted(thing, by=by, round=made))
    made.reminded.set(people)
    record(house, "several reminded by hand", by=by, subject=made, token=token)
    return things


def _noted(thing: Owed, *, by: Standing, round: Round | None = None) -> Chase:
    return Chase.objects.create(
        thing=key_of(thing),
        case=thing.case,
        deadline=thing if isinstance(thing, Deadline) else None,
        action=thing if isinstance(thing, Action) else None,
        referral=thing if isinstance(thing, Referral) else None,
        day=by.today,
        chased_at=by.at,
        chased_by=by.user,
        round=round,
    )


def _is_owed(thing: Owed) -> bool:
    if isinstance(thing, AgencyReturn):
        return thing.may_be_written
    if isinstance(thing, Action):
        return Action.objects.unfinished().filter(pk=thing.pk).exists()
    if isinstance(thing, Referral):
        return thing.status == Status.MORE_INFORMATION
    return thing.is_open
