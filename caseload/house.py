"""What waits for those who keep the service going: people, messages, and the scheduler."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.urls import reverse

from accounts.models import Membership
from accounts.standing import Standing
from govuk.words import instant_in_words
from notifications.reminders.life import pulse_of
from notifications.reminders.models import Message
from publications.models import Feedback

from .items import Item


def people_waiting(by: Standing) -> Iterator[Item]:
    waiting = Membership.objects.waiting().exclude(user=by.user).count()
    if waiting:
        yield Item("Approve people who asked for access", f"{waiting} waiting", reverse("accounts:people"))


def feedback(by: Standing) -> Iterator[Item]:
    unread = Feedback.objects.visible_to(by).filter(read_at=None).count()
    if unread:
        yield Item("Read what people said", f"{unread} not read yet", reverse("publications:feedback"))


def undelivered(by: Standing) -> Iterator[Item]:
    failed = Message.objects.filter(state=Message.State.FAILED).count()
    if failed:
        yield Item(
            "Deal with messages that could not be delivered",
            f"{failed} message{'' if failed == 1 else 's'}",
            reverse("reminders:undelivered"),
            tag="There is a problem",
            colour="red",
            due_on=date.min,
        )


def standing_still(by: Standing) -> Iterator[Item]:
    """Nobody is reminded of anything while the scheduler does not run: said where those who can act look first."""
    pulse = pulse_of(at=by.at, every=settings.SWEEP_SECONDS)
    if pulse.is_silent or pulse.is_stuck:
        since = f"since {instant_in_words(pulse.begun)}" if pulse.begun and pulse.is_silent else ""
        yield _problem("Reminders are not being sent", "The scheduler does not run", when=since)
    if pulse.troubles:
        what = f"{pulse.troubles} row{'' if pulse.troubles == 1 else 's'}"
        yield _problem("See to what the scheduler could not deal with", what)


def _problem(what: str, reference: str, *, when: str = "") -> Item:
    # The oldest date there is: it stands first.
    where = reverse("reminders:life")
    return Item(what, reference, where, when=when, tag="There is a problem", colour="red", due_on=date.min)
