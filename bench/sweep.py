"""P6: the daily sweep of reminders."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from django.db import connection, transaction

from accounts.models import Membership
from bench.building import Built
from bench.findings import Finding, Gate
from bench.measuring import side_by_side
from cases.models import Conflict, TeamMember
from deadlines.models import BankHoliday, Deadline
from deadlines.working_days import ONE_DAY
from notifications.reminders import schedule
from notifications.reminders.models import LimitSchedule, Message, Reminder
from notifications.reminders.remind import remind
from notifications.reminders.sweep import sweep


def measure(built: Built) -> list[Finding]:
    """The reminders of a day, the same again when nothing is new, and a whole pass, beside the bare query."""
    at, day = built.at, built.today
    naive = _naive(built)
    Reminder.objects.all().delete()
    made = remind(at=at, day=day)
    assert _reminders() == naive, "the reminders made are not those that a naive reading of every clock gives"
    assert made >= len(naive), "those who owe a duty are told, besides whomever it is passed up to"

    Reminder.objects.all().delete()
    _in_one_statement(built)
    assert _reminders() == naive, f"the one statement makes other reminders: {_reminders() ^ naive}"
    first = side_by_side(
        {
            "the day's reminders": lambda: remind(at=at, day=day),
            "one statement": lambda: _in_one_statement(built),
            "bare query": lambda: _due(built),
        },
        before=lambda: Reminder.objects.all().delete(),
        rounds=11,
    )
    remind(at=at, day=day)
    again = side_by_side({"nothing new": lambda: remind(at=at, day=day), "bare query": lambda: _due(built)})
    assert _reminders() == naive
    _send_everything(at)
    while sweep(clock=lambda: at).delivered:
        pass
    quiet = side_by_side({"a whole quiet pass": lambda: sweep(clock=lambda: at), "bare query": lambda: _due(built)})
    simple = side_by_side(
        {"clock by clock": lambda: _one_by_one(built), "the day's reminders": lambda: remind(at=at, day=day)},
        before=lambda: Reminder.objects.all().delete(),
        rounds=1,
    )
    return [
        Finding.of("P6 sweep", first, "the day's reminders", "bare query", Gate(1500)),
        Finding.of("P6 sweep", first, "the day's reminders", "one statement"),
        Finding.of("P6 sweep", again, "nothing new", "bare query", Gate(300)),
        Finding.of("P6 sweep", quiet, "a whole quiet pass", "bare query", Gate(350)),
        Finding.of("P6 sweep", simple, "clock by clock", "the day's reminders", Gate(2, at_least=True)),
    ]


def _due(built: Built) -> list[object]:
    """The least: which clocks are due today, by the index."""
    return list(Deadline.objects.open().filter(due_on=built.today).values_list("pk", "due_on"))


_ONE_STATEMENT = """
INSERT INTO reminders_reminder (deadline_id, due_on, milestone, rung, recipient_id, made_at, dropped)
SELECT DISTINCT d.id, d.due_on, s.milestone, 'owner', m.user_id, %s, ''
FROM ({steps}) s
JOIN deadlines_deadline d ON d.code = s.code AND d.due_on <= s.last
JOIN accounts_membership m ON m.role = d.owed_by_role AND m.starts_on <= %s
JOIN cases_teammember t ON t.case_id = d.case_id AND t.starts_on <= %s
AND (t.membership_id = m.id OR (t.role = m.role AND t.agency_id = m.agency_id))
WHERE d.met_on IS NULL AND d.voided_on IS NULL AND NOT d.not_applicable
AND (d.owed_by_agency_id IS NULL OR d.owed_by_agency_id = m.agency_id)
AND m.approved_at IS NOT NULL AND (m.ends_on IS NULL OR m.ends_on >= %s)
ON CONFLICT DO NOTHING
"""


def _in_one_statement(built: Built) -> None:
    """The same reminders as far as this world needs: no cover, no conflict of interest, nobody to pass a duty up to."""
    day, calendar, plans = built.today, BankHoliday.objects.calendar(), LimitSchedule.plans()
    steps: list[object] = []
    for code in sorted(set(Deadline.objects.open().order_by().values_list("code", flat=True).distinct())):
        for milestone in LimitSchedule.plan_for(code, plans).days:
            steps += [code, milestone, schedule.last_due_date_reached(day, milestone, calendar)]
    one = "SELECT CAST(%s AS VARCHAR(10)) AS code, CAST(%s AS INTEGER) AS milestone, {last} AS last"
    # SQLite has no dates, and makes a number of what is cast to one.
    one = one.format(last="CAST(%s AS DATE)" if connection.vendor == "postgresql" else "%s")
    statement = _ONE_STATEMENT.format(steps=" UNION ALL ".join([one] * (len(steps) // 3)))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [built.at, *steps, day, day, day])


def _reminders() -> set[tuple[object, ...]]:
    owners = Reminder.objects.filter(rung=schedule.Rung.OWNER)
    return set(owners.values_list("deadline_id", "due_on", "milestone", "recipient_id"))


def _send_everything(at: datetime) -> None:
    """As after the morning's letters: every reminder is in a message that has been sent."""
    letter, _ = Message.objects.get_or_create(
        message_id="<bench@example.org>",
        defaults={
            "recipient_id": Membership.objects.values_list("user_id", flat=True)[0],
            "address": "bench@example.org",
            "made_at": at,
            "next_try_at": at,
            "state": Message.State.SENT,
            "sent_at": at,
        },
    )
    Reminder.objects.update(message=letter)


def _naive(built: Built) -> set[tuple[object, ...]]:
    """Every clock, every milestone, every membership, one after the other."""
    holidays = frozenset(BankHoliday.objects.values_list("date", flat=True))
    plans = LimitSchedule.plans()
    day = built.today
    memberships = list(Membership.objects.on(day))
    held: dict[int, set[object]] = {}
    for member in TeamMember.objects.all():
        key = member.membership_id or (member.role, member.agency_id)
        held.setdefault(member.case_id, set()).add(key)
    assert not Conflict.objects.exists()
    found: set[tuple[object, ...]] = set()
    for clock in Deadline.objects.filter(met_on=None).order_by("pk"):
        if not clock.is_open or clock.due_on is None:
            continue
        for milestone in LimitSchedule.plan_for(clock.code, plans).days:
            if not _reached(clock.due_on, milestone, day, holidays):
                continue
            for membership in memberships:
                owes = membership.role == clock.owed_by_role and clock.owed_by_agency_id in (None, membership.agency_id)
                if owes and {membership.pk, (membership.role, membership.agency_id)} & held[clock.case_id or 0]:
                    found.add((clock.pk, clock.due_on, milestone, membership.user_id))
    return found


@cache
def _working_days(after: date, before: date, holidays: frozenset[date]) -> int:
    """Working days strictly between two dates, one after the other."""
    days = (after + timedelta(days=n) for n in range(1, (before - after).days))
    return sum(day.weekday() < 5 and day not in holidays for day in days)


def _reached(due_on: date, milestone: int, day: date, holidays: frozenset[date]) -> bool:
    if milestone > 0:
        return _working_days(day, due_on, holidays) < milestone
    if milestone < 0:
        return _working_days(due_on, day + ONE_DAY, holidays) >= -milestone
    return due_on <= day


def _one_by_one(built: Built) -> None:
    """What one writes first: a query for each reminder of each clock."""
    for deadline, due_on, milestone, person in _naive(built):
        Reminder.objects.get_or_create(
            deadline_id=deadline,
            due_on=due_on,
            milestone=milestone,
            recipient_id=person,
            defaults={"made_at": built.at},
        )
