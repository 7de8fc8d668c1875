"""Never silent: what stands still, waits or fails can be seen."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from notifications.reminders import troubles
from notifications.reminders.deliver import deliver
from notifications.reminders.life import life_of
from notifications.reminders.models import BEGUN, ENDED, Message, Tick, Trouble

pytestmark = pytest.mark.django_db


def tick(name, at):
    Tick.objects.update_or_create(name=name, defaults={"at": at})


def test_a_scheduler_that_has_not_begun_for_five_passes_is_silent(at):
    now = at(2026, 10, 8)
    assert life_of(at=now, every=60).is_silent
    tick(BEGUN, now - timedelta(minutes=4))
    tick(ENDED, now - timedelta(minutes=4))
    assert not life_of(at=now, every=60).is_silent
    tick(BEGUN, now - timedelta(minutes=6))
    assert life_of(at=now, every=60).is_silent


def test_a_scheduler_that_begins_and_never_ends_is_stuck(at):
    now = at(2026, 10, 8)
    tick(BEGUN, now)
    tick(ENDED, now - timedelta(minutes=20))
    assert life_of(at=now, every=60).is_stuck
    tick(ENDED, now)
    assert not life_of(at=now, every=60).is_stuck


def test_a_pass_notes_its_beginning_and_its_end(swept, at):
    swept(at(2026, 10, 8))
    assert set(Tick.objects.values_list("name", "at")) == {(BEGUN, at(2026, 10, 8)), (ENDED, at(2026, 10, 8))}


def test_the_page_says_that_nobody_is_being_reminded(cast, signed_in):
    page = signed_in(cast.system_administrator).get("/messages/life/")
    assert "The scheduler has stopped" in page.content.decode()
    tick(BEGUN, timezone.now())
    tick(ENDED, timezone.now())
    page = signed_in(cast.coordinator).get("/messages/life/")
    assert "The scheduler has stopped" not in page.content.decode()


def test_a_partner_does_not_see_the_page(cast, signed_in):
    assert signed_in(cast.partner_la).get("/messages/life/").status_code == 403


def test_one_persons_trouble_keeps_nobody_else_waiting(notification_clock, cast, swept, at, mailoutbox):
    def no_letter_to_the_notifier(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "reminders_message"') and cast.la_notifier.email in params:
            raise DatabaseError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(no_letter_to_the_notifier):
        swept(at(2026, 10, 13))
    assert {letter.to[0] for letter in mailoutbox} == {cast.la_approver.email}
    trouble = Trouble.objects.get()
    assert (trouble.subject, trouble.what) == (f"accounts.User:{cast.la_notifier.pk}", "DatabaseError")
    swept(at(2026, 10, 13, 9, 1))
    assert cast.la_notifier.email in {letter.to[0] for letter in mailoutbox}, "and nothing of theirs is lost"
    assert Trouble.objects.get().settled_at == at(2026, 10, 13, 9, 1)


def test_what_somebody_has_seen_to_is_said_again_when_it_is_back(cast, signed_in, at):
    troubles.report("audit.Event:1", ValueError(), at=at(2026, 10, 8))
    client = signed_in(cast.coordinator)
    row = Trouble.objects.get()
    assert "audit.Event:1" in client.get("/messages/life/").content.decode()
    assert client.post(f"/messages/life/{row.pk}/seen-to/").status_code == 302
    assert "audit.Event:1" not in client.get("/messages/life/").content.decode()
    assert client.post(f"/messages/life/{row.pk}/seen-to/").status_code == 409
    troubles.report("audit.Event:1", ValueError(), at=at(2026, 10, 9))
    assert "audit.Event:1" in client.get("/messages/life/").content.decode()


def test_a_mail_server_that_is_away_is_seen_at_once_and_costs_the_other_letters_no_try(cast, at, settings, mailoutbox):
    for number in range(3):
        Message.objects.create(
            message_id=f"<{number}@example.org>",
            recipient=cast.la_notifier,
            address=cast.la_notifier.email,
            subject="Due",
            text="Do it here",
            made_at=at(2026, 10, 8),
            next_try_at=at(2026, 10, 8),
        )
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.reminders.test_delivering.BusyServer"
    deliver(clock=lambda: at(2026, 10, 8))
    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert Trouble.objects.get(settled_at=None).subject == "the mail server"
    settings.EMAIL_BACKEND = backend
    deliver(clock=lambda: at(2026, 10, 8, 9, 1))
    assert len(mailoutbox) == 3
    assert not Trouble.objects.filter(settled_at=None).exists()


def test_a_mail_server_that_is_away_for_half_a_day_loses_no_letter(cast, at, settings, mailoutbox):
    Message.objects.create(
        message_id="<0@example.org>",
        recipient=cast.la_notifier,
        address=cast.la_notifier.email,
        subject="Due",
        text="Do it here",
        made_at=at(2026, 10, 8, 0),
        next_try_at=at(2026, 10, 8, 0),
    )
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "tests.reminders.test_delivering.BusyServer"
    now = at(2026, 10, 8, 0)
    while now < at(2026, 10, 8, 12):
        deliver(clock=lambda now=now: now)
        now += timedelta(minutes=5)
    assert Message.objects.get().state == Message.State.WAITING
    settings.EMAIL_BACKEND = backend
    deliver(clock=lambda: at(2026, 10, 8, 12, 20))
    assert len(mailoutbox) == 1, "within a quarter of an hour of its return"
