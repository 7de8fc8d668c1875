"""Reminders and tellings into messages: urgent ones at once, the rest in one daily digest."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, datetime, time
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.standing import LONDON

from . import schedule, troubles
from .models import DIGEST_HOUR, Message, Preference, Reminder, Telling
from .wording import Letter, Writer

# More letters than this at once to one person are one letter.
AT_ONCE = 3


def compose(*, at: datetime, day: date, catching_up: bool = False) -> int:
    """Put everything that waits into messages: each in exactly one. Returns how many messages were made.

    What is urgent goes at once, in a message of its own for each event and in one for all clocks; that of the clocks
    not at night (see `schedule.is_awake`). The rest waits for the person's digest (from the hour they chose, London
    time), one a day. `catching_up` after an outage: all that a person was to be told meanwhile is one message. One
    person's trouble keeps nobody else waiting.
    """
    people = set(Reminder.objects.filter(message=None, dropped="").values_list("recipient_id", flat=True))
    people |= set(Telling.objects.filter(message=None).values_list("recipient_id", flat=True))
    if not people:
        return 0
    written = digested(people, day)
    chosen = {row.user_id: row for row in Preference.objects.filter(user_id__in=people)}
    writer = Writer.of(at=at, day=day)
    hour = at.astimezone(LONDON).hour
    made = 0
    for user in User.objects.filter(pk__in=people - _held_up(people)).order_by("pk"):
        wish = chosen.get(user.pk) or Preference(digest_hour=DIGEST_HOUR)
        try:
            made += _compose_for(
                user,
                writer,
                digest=wish.digest_hour <= hour < schedule.DAY_ENDS and user.pk not in written,
                at_once=wish.news_at_once,
                awake=schedule.is_awake(hour, wish.digest_hour),
                catching_up=catching_up,
            )
        except Exception as error:
            troubles.report(f"accounts.User:{user.pk}", error, at=at)
        else:
            troubles.over(f"accounts.User:{user.pk}", at=at)
    return made


def digested(people: set[int], day: date) -> set[int]:
    """Those of these people who have had the daily letter of a London date."""
    letters = Message.objects.filter(digest=True, made_at__gte=_start_of(day), recipient_id__in=people)
    return set(letters.values_list("recipient_id", flat=True))


def _held_up(people: set[int]) -> set[int]:
    """Those for whom a letter is stuck at the mail server: what comes meanwhile goes into one letter after it."""
    stuck = Message.objects.filter(state=Message.State.WAITING, tries__gt=0, recipient_id__in=people)
    return set(stuck.values_list("recipient_id", flat=True))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(0), tzinfo=LONDON)


@transaction.atomic
def _compose_for(user: User, writer: Writer, *, digest: bool, at_once: bool, awake: bool, catching_up: bool) -> int:
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
    if not awake:
        # What a person has just done is told at any hour; what came with the turn of a date is told in the morning.
        tellings = [telling for telling in tellings if telling.event.actor_id != writer.scheduler]
    urgent_news = [telling for telling in tellings if telling.urgent or at_once]
    later_news = [telling for telling in tellings if not (telling.urgent or at_once)]
    urgent = len(urgent_news) + bool(urgent_clocks and awake)
    if urgent > AT_ONCE or (catching_up and urgent and urgent + len(later_news) + bool(later_clocks) > 1):
        # Everything, and no second letter today: whoever comes back to forty letters reads none of them.
        _send(user, writer.catch_up(user, current, tellings), writer, digest=True)
        return 1
    made = 0
    if digest and (later_clocks or later_news):
        # One message a day: what is urgent now rides along rather than being a second letter.
        _send(user, writer.digest(user, urgent_clocks + later_clocks, later_news), writer, digest=True)
        urgent_clocks, made = [], 1
    if urgent_clocks and awake:
        _send(user, writer.clocks(user, urgent_clocks), writer)
        made += 1
    for telling in urgent_news:
        _send(user, writer.news(user, telling), writer)
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


def _send(user: User, letter: Letter, writer: Writer, *, digest: bool = False) -> None:
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = Message.objects.create(
        message_id=f"<{uuid.uuid4()}@{host}>",
        recipient=user,
        address=user.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        made_at=writer.at,
        next_try_at=writer.at,
        digest=digest,
    )
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in letter.reminders]).update(message=message)
    Telling.objects.filter(pk__in=[telling.pk for telling in letter.tellings]).update(message=message)
