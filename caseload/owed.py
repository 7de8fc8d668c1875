"""What others owe in the cases open to a person, and what they were reminded of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Role
from accounts.standing import LONDON, Standing
from agency_returns.models import AgencyReturn
from agency_returns.rights import FOLLOW_UP
from audit.events import key_of
from audit.models import Event
from cases.models import Case
from deadlines.models import Deadline
from deadlines.statutory import Kind
from decisions.models import Decision, Position, Seat
from improvements.lifecycle import ActionStatus
from improvements.models import Action
from notifications.reminders.recipients import owners_of
from referrals.lifecycle import Status
from referrals.models import Referral

from . import rights
from .models import Chase, owing

Owed = Deadline | AgencyReturn | Decision | Action | Referral
# What is due later than this is not waited for yet.
AHEAD = timedelta(days=31)
RETURN_CHASED = "information request chased"


def clocks_of_others(by: Standing) -> QuerySet[Deadline]:
    """Clocks that others owe: not what this person owes too, nor the returns, which are listed as such."""
    own = Q()
    for held in by.held:
        own |= Q(owed_by_role=held.role) & (Q(owed_by_agency=None) | Q(owed_by_agency_id=held.agency_id))
    return (
        Deadline.objects.visible_to(by)
        .open()
        .filter(due_on__lte=by.today + AHEAD)
        .exclude(own)
        .exclude(occasion__startswith=f"{AgencyReturn._meta.app_label}.")
        .exclude(owed_by_role="")
        .exclude(limit__kind=Kind.NOT_BEFORE)
        .select_related("case", "limit", "owed_by_agency")
        .order_by("due_on", "pk")
    )


def returns_of_others(by: Standing) -> QuerySet[AgencyReturn]:
    """Returns that agencies have not sent."""
    rows = AgencyReturn.objects.visible_to(by).waiting().select_related("request__case", "request__agency")
    return rows.order_by("request__due_on", "pk")


def answers_of_others(by: Standing) -> QuerySet[Referral]:
    """Referrals whose agency was asked for more information and has not answered."""
    rows = Referral.objects.visible_to(by).filter(status=Status.MORE_INFORMATION)
    return rows.select_related("opened", "case", "agency").order_by("submitted_at", "pk")


def positions_of_others(by: Standing) -> QuerySet[Decision]:
    """Decisions that wait for a partner, not only for this person."""
    unsigned = Seat.objects.filter(~Exists(Position.objects.filter(seat=OuterRef("pk"))), decision=OuterRef("pk"))
    waiting = Exists(unsigned.exclude(agency__in=by.agencies(Role.PARTNER)))
    rows = Decision.objects.visible_to(by).filter(waiting, status="open").select_related("case")
    return rows.order_by("opened_at", "pk")


def actions_of_others(by: Standing) -> QuerySet[Action]:
    """Actions that are soon due or overdue, not of this person's own agency."""
    rows = Action.objects.visible_to(by).unfinished().exclude(status=ActionStatus.AWAITING_EVIDENCE)
    rows = rows.filter(target_on__lte=by.today + AHEAD)
    rows = rows.exclude(lead_agency__in=by.agencies(Role.ACTION_OWNER, Role.AGENCY_LEAD))
    return rows.select_related("case", "lead_agency").order_by("target_on", "pk")


def owed_in(cases: Iterable[Case], by: Standing) -> list[Owed]:
    """What others owe in these cases, of which this person may remind them."""
    ids = [case.pk for case in cases]
    if not ids or not rights.CHASE.allows(by):
        return []
    returns = returns_of_others(by).filter(request__case__in=ids) if FOLLOW_UP.allows(by) else ()
    return [
        *clocks_of_others(by).filter(case__in=ids),
        *returns,
        *answers_of_others(by).filter(case__in=ids),
        *positions_of_others(by).filter(case__in=ids),
        *actions_of_others(by).filter(case__in=ids),
    ]


def to_remind(cases: Iterable[Case], by: Standing) -> list[tuple[Owed, set[int]]]:
    """What is owed in these cases and was not chased today, each with the ids of those who owe it."""
    things = {key_of(thing): thing for thing in owed_in(cases, by)}
    chased = reminded_on(by.today, things)
    left = [thing for key, thing in things.items() if key not in chased]
    # All clocks at once: there are several in each case, and little of the rest.
    clocks = Deadline.objects.open().filter(pk__in=[thing.pk for thing in left if isinstance(thing, Deadline)])
    owners = owners_of(clocks, by.today)
    found = [
        (thing, owners.get(thing.pk, set()) if isinstance(thing, Deadline) else _ids(owing(thing, by.today)))
        for thing in left
    ]
    return [(thing, people) for thing, people in found if people]


def _ids(people: QuerySet[User]) -> set[int]:
    return set(people.values_list("pk", flat=True))


def reminded_on(day: date, keys: Iterable[str]) -> set[str]:
    """Of these text keys, those of which somebody was reminded on a London date, from wherever it was done."""
    keys = set(keys)
    return (Chase.objects.of_day(day) & keys) | returns_chased(day, keys)


def returns_chased(day: date, keys: Iterable[str]) -> set[str]:
    """Of these keys, those of returns that were chased on a London date. Asked by key: a day has many events."""
    start = datetime.combine(day, time.min, LONDON)
    events = Event.objects.filter(subject__in=set(keys), verb=RETURN_CHASED, at__gte=start)
    return set(events.order_by().values_list("subject", flat=True))
