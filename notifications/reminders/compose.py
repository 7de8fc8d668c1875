"""Reminders and tellings into messages: urgent ones at once, the rest in one daily digest."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from accounts.models import Partnership, User
from accounts.standing import LONDON

from . import schedule, wording
from .models import Message, Reminder, Telling

DIGEST_AT = time(8, 0)


def compose(*, at: datetime, day: date) -> int:
    """Put everything that waits into messages: each in exactly one. Returns how many messages were made.

    What is urgent goes at once, in a message of its own for each event and in one for all clocks. The rest waits
    for the day's digest (from eight in the morning, London time), one a day.
    """
    people = set(Reminder.objects.filter(message=None, dropped="").values_list("recipient_id", flat=True))
    people |= set(Telling.objects.filter(message=None).values_list("recipient_id", flat=True))
    made = 0
    digested = set(
        Message.objects.filter(digest=True, made_at__gte=_start_of(day), recipient_id__in=people).values_list(
            "recipient_id", flat=True
        )
    )
    digest_time = at.astimezone(LONDON).time() >= DIGEST_AT
    for user in User.objects.filter(pk__in=people).order_by("pk"):
        made += _compose_for(user, at=at, day=day, digest=digest_time and user.pk not in digested)
    return made


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=LONDON)


@transaction.atomic
def _compose_for(user: User, *, at: datetime, day: date, digest: bool) -> int:
    # Locking the rows keeps two sweeps from putting one reminder into two messages.
    reminders = list(
        Reminder.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(recipient=user, message=None, dropped="")
        .select_related("deadline__case", "deadline__limit")
        .order_by("due_on", "deadline_id", "-milestone")
    )
    tellings = list(
        Telling.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(recipient=user, message=None)
        .select_related("event")
        .order_by("event_id")
    )
    if not user.is_active:
        _drop(reminders, "the person has left")
        Telling.objects.filter(pk__in=[telling.pk for telling in tellings]).delete()
        return 0
    current = _drop_the_stale(reminders)
    # A clock is as urgent as the latest milestone it has reached; its earlier ones go along.
    pressing = {reminder.deadline_id for reminder in current if reminder.milestone <= schedule.URGENT_FROM}
    urgent_clocks = [reminder for reminder in current if reminder.deadline_id in pressing]
    later_clocks = [reminder for reminder in current if reminder.deadline_id not in pressing]
    urgent_news = [telling for telling in tellings if telling.urgent]
    later_news = [telling for telling in tellings if not telling.urgent]
    made = 0
    partnership = Partnership.this()
    if digest and (later_clocks or later_news):
        # One message a day: what is urgent now rides along rather than being a second letter.
        _send(
            user, wording.digest(user, partnership, urgent_clocks + later_clocks, later_news, day), at=at, digest=True
        )
        urgent_clocks, made = [], 1
    if urgent_clocks:
        _send(user, wording.clocks(user, partnership, urgent_clocks, day), at=at)
        made += 1
    for telling in urgent_news:
        _send(user, wording.news(user, partnership, telling), at=at)
        made += 1
    return made


def _drop_the_stale(reminders: list[Reminder]) -> list[Reminder]:
    """Leave out what is no longer owed, or no longer on that date."""
    current: dict[int, list[Reminder]] = defaultdict(list)
    for reminder in reminders:
        clock = reminder.deadline
        if not clock.is_open:
            _drop([reminder], "already done")
        elif clock.due_on != reminder.due_on:
            _drop([reminder], "the date has moved")
        else:
            current[clock.pk].append(reminder)
    return [reminder for of_clock in current.values() for reminder in of_clock]


def _drop(reminders: list[Reminder], why: str) -> None:
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in reminders]).update(dropped=why)


def _send(user: User, letter: wording.Letter, *, at: datetime, digest: bool = False) -> Message:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = Message.objects.create(
        message_id=f"<{uuid.uuid4()}@{host}>",
        recipient=user,
        address=user.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        made_at=at,
        next_try_at=at,
        digest=digest,
    )
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in letter.reminders]).update(message=message)
    Telling.objects.filter(pk__in=[telling.pk for telling in letter.tellings]).update(message=message)
    return message
