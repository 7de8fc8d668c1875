"""Messages out of the door: nothing lost, nothing doubled, failures visible."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from notifications.reminders.actions import send_again, settle
from notifications.reminders.deliver import LEASE, TRIES, deliver
from notifications.reminders.models import Message
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


class RefusingServer(BaseEmailBackend):
    """A mail server that knows no such mailbox."""

    def send_messages(self, letters):
        raise smtplib.SMTPRecipientsRefused({letters[0].to[0]: (550, b"No such mailbox")})


class BusyServer(BaseEmailBackend):
    """A mail server that asks to try again later."""

    def send_messages(self, letters):
        raise smtplib.SMTPServerDisconnected("try later")


@pytest.fixture
def waiting(cast, at):
    def make(number=1, **facts):
        return [
            Message.objects.create(
                message_id=f"<{index}@example.org>",
                recipient=cast.la_notifier,
                address=cast.la_notifier.email,
                subject="Due: CIOS-2026-0001",
                text="Do it here",
                made_at=at(2026, 10, 8),
                next_try_at=at(2026, 10, 8),
                **facts,
            )
            for index in range(number)
        ]

    return make


def test_a_message_is_marked_sent_after_it_was_accepted(waiting, at, mailoutbox):
    waiting()
    assert deliver(clock=lambda: at(2026, 10, 8)) == 1
    assert Message.objects.get().state == Message.State.SENT
    assert len(mailoutbox) == 1


def test_a_message_claimed_by_somebody_who_died_is_sent_once_the_lease_is_over(waiting, at, mailoutbox):
    waiting(claim="dead", claimed_until=at(2026, 10, 8) + LEASE)
    deliver(clock=lambda: at(2026, 10, 8))
    assert mailoutbox == []
    deliver(clock=lambda: at(2026, 10, 8) + LEASE)
    assert [letter.extra_headers["Message-ID"] for letter in mailoutbox] == ["<0@example.org>"]


def test_a_server_that_is_away_is_tried_again_and_then_reported(waiting, at, settings):
    waiting()
    settings.EMAIL_BACKEND = f"{__name__}.BusyServer"
    now = at(2026, 10, 8)
    for _ in range(TRIES):
        deliver(clock=lambda now=now: now)
        assert Message.objects.get().state in {Message.State.WAITING, Message.State.FAILED}
        now += timedelta(days=1)
    assert Message.objects.get().state == Message.State.FAILED


def test_an_address_that_does_not_exist_becomes_a_task_at_once(waiting, at, settings, cast, signed_in):
    waiting()
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    deliver(clock=lambda: at(2026, 10, 8))
    assert Message.objects.get().state == Message.State.FAILED
    page = signed_in(cast.coordinator).get("/messages/undelivered/")
    assert cast.la_notifier.email in page.content.decode()


def test_one_bad_address_does_not_hold_up_the_others(waiting, at, settings):
    waiting(3)
    Message.objects.filter(message_id="<0@example.org>").update(address="not an address\nBcc: x@example.org")
    deliver(clock=lambda: at(2026, 10, 8))
    assert Message.objects.filter(state=Message.State.SENT).count() == 2


def test_a_line_break_in_a_subject_adds_no_header(waiting, at, mailoutbox):
    waiting()
    Message.objects.update(subject="Due\r\nBcc: spy@example.org")
    deliver(clock=lambda: at(2026, 10, 8))
    assert mailoutbox[0].subject == "Due Bcc: spy@example.org"
    assert mailoutbox[0].recipients() == [Message.objects.get().address]


def test_an_undelivered_message_is_sent_again_to_the_corrected_address(waiting, at, cast, standing, mailoutbox):
    (message,) = waiting(state=Message.State.FAILED)
    cast.la_notifier.email = "right@westmoor.example.org"
    cast.la_notifier.save()
    send_again(message, by=standing(cast.coordinator, at(2026, 10, 8)))
    deliver(clock=lambda: at(2026, 10, 8))
    assert mailoutbox[0].to == ["right@westmoor.example.org"]


def test_telling_somebody_another_way_is_recorded_with_how(waiting, at, cast, standing):
    from audit.models import Event

    (message,) = waiting(state=Message.State.FAILED)
    settle(message, by=standing(cast.coordinator, at(2026, 10, 8)), reason="Telephoned")
    assert Event.objects.get(verb="message settled").reason.text == "Telephoned"


@pytest.mark.django_db(transaction=True)
def test_eight_sweeps_at_once_send_each_message_once(waiting, at):
    waiting(24)
    in_threads(lambda _: deliver(clock=lambda: at(2026, 10, 8)), range(8))
    ids = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert sorted(ids) == sorted(set(ids))
    assert len(ids) == 24
