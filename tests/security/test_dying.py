"""Rows H3, H12 and H17: a sweep that dies anywhere, and sweeps by clocks that change, jump or are set elsewhere."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from accounts.standing import LONDON
from notifications.reminders.deliver import LEASE
from notifications.reminders.models import Message, Reminder
from notifications.reminders.sweep import sweep

POINTS = 10


class Killed(BaseException):
    """No `except Exception` catches it, as none catches SIGKILL."""


class KilledOnceAccepted(EmailBackend):
    """The mail server takes the letter, and the process dies before it can write that down."""

    def send_messages(self, letters):
        super().send_messages(letters)
        raise Killed


@contextmanager
def killed_at(statement: int) -> Iterator[list[int]]:
    """Die before that statement is sent to the database; the number of statements is kept as they come."""
    asked = [0]

    def count(execute, sql, params, many, context):
        asked[0] += 1
        if asked[0] == statement:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield asked


def once(at: datetime) -> None:
    sweep(clock=lambda: at)


def everything(at: datetime) -> None:
    """Pass after pass until nothing is left to send."""
    while sweep(clock=lambda: at).delivered:
        pass


def letters() -> list[tuple[str, str, str, str]]:
    """Each letter that the mail server has: its Message-ID, to whom, about what, and what it says.

    Numbers of events are left out: PostgreSQL gives none a second time, also when the first was rolled back.
    """
    return [
        (one.extra_headers["Message-ID"], one.to[0], one.subject, re.sub(r"/news/\d+/", "/news/", one.body))
        for one in mail.outbox
    ]


@pytest.fixture
def morning(world) -> datetime:
    """Three days on, at nine: everything of before was told, and clocks have reached their milestones since."""
    everything(timezone.now())
    mail.outbox.clear()
    day = timezone.now() + timedelta(days=3)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def undisturbed(morning) -> tuple[set[tuple[str, ...]], int]:
    """What people get when nothing dies, and how many statements one pass takes."""
    with transaction.atomic():
        with killed_at(-1) as asked:
            once(morning)
        everything(morning)
        told = {letter[1:] for letter in letters()}
        transaction.set_rollback(True)
    mail.outbox.clear()
    assert len(told) > 5
    return told, asked[0]


def test_h3_a_sweep_that_dies_at_any_of_ten_points_loses_nothing_and_tells_nothing_twice(morning, undisturbed):
    told, statements = undisturbed
    faults = {}
    for point in range(1, statements, statements // POINTS):
        mail.outbox.clear()
        with transaction.atomic():
            with pytest.raises(Killed), killed_at(point):
                once(morning)
            everything(morning + LEASE)
            sent = letters()
            if {letter[1:] for letter in sent} != told or not len({letter[0] for letter in sent}) == len(sent) == len(
                told
            ):
                faults[point] = (len(sent), len(told))
            transaction.set_rollback(True)
    assert faults == {}


def test_h3_dying_between_acceptance_and_the_note_of_it_repeats_the_same_message_id(morning, undisturbed, settings):
    told, _ = undisturbed
    settings.EMAIL_BACKEND = f"{__name__}.KilledOnceAccepted"
    with pytest.raises(Killed):
        once(morning)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert len(mail.outbox) == 1
    everything(morning + LEASE)
    sent = letters()
    assert {letter[1:] for letter in sent} == told
    assert len(sent) == len(told) + 1
    assert len(set(sent)) == len(told), "the letter that came twice is the same letter, with the same Message-ID"


def test_h3_recovery_does_not_wait_longer_than_two_sweeps():
    assert timedelta(0) < LEASE <= timedelta(minutes=2)


def test_h17_a_machine_that_thinks_it_is_in_america_tells_the_same(morning, undisturbed, monkeypatch):
    told, _ = undisturbed
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "America/Los_Angeles")
        time.tzset()
        everything(morning)
    time.tzset()
    assert {letter[1:] for letter in letters()} == told


def test_h17_a_clock_that_is_put_back_and_on_again_tells_nobody_twice(morning, undisturbed):
    told, _ = undisturbed
    for minutes in (0, -10, 0):
        everything(morning + timedelta(minutes=minutes))
    assert sorted(letter[1:] for letter in letters()) == sorted(told)


NIGHTS = {"spring": datetime(2027, 3, 28, tzinfo=UTC), "autumn": datetime(2027, 10, 31, tzinfo=UTC)}


@pytest.mark.parametrize("night", NIGHTS)
def test_h12_through_the_night_the_clocks_change_each_thing_of_the_day_is_done_once(world, night):
    began = NIGHTS[night] - timedelta(hours=2)
    assert began.astimezone(LONDON).utcoffset() != (began + timedelta(hours=12)).astimezone(LONDON).utcoffset()
    everything(began)
    known = set(Reminder.objects.values_list("pk", flat=True))
    for minutes in range(0, 12 * 60, 30):
        once(began + timedelta(minutes=minutes))
    keys = Reminder.objects.exclude(pk__in=known).values_list("deadline_id", "due_on", "milestone", "recipient_id")
    assert max(Counter(keys).values(), default=1) == 1
    digests = Counter(
        (message.recipient_id, message.made_at.astimezone(LONDON).date())
        for message in Message.objects.filter(digest=True, made_at__gte=began)
    )
    assert digests
    assert set(digests.values()) == {1}
    # The day begins with London's midnight; what was missed would still be made now.
    assert sweep(clock=lambda: began + timedelta(hours=12)).reminders == 0
