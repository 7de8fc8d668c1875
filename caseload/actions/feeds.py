"""Subscribing to one's own dates, and ending it."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction

from accounts.standing import Standing
from audit.events import hold, record
from audit.models import Trail
from caseload import rights
from caseload.models import CalendarFeed
from caseload.models.feeds import digest_of


@transaction.atomic
def make_feed(*, by: Standing, token: str | None = None) -> str:
    """Make the address of one's own calendar and return its secret, which is told this once and never kept.

    An address made earlier stops working.
    """
    rights.SUBSCRIBE.require(by)
    hold(Trail.of_the_house())
    CalendarFeed.objects.visible_to(by).current().update(revoked_at=by.at)
    secret = secrets.token_urlsafe(32)
    made = CalendarFeed.objects.create(user=by.user, token_sha256=digest_of(secret), made_at=by.at)
    record(Trail.of_the_house(), "calendar address made", by=by, subject=made, token=token)
    return secret


@transaction.atomic
def revoke_feed(*, by: Standing) -> None:
    """Switch one's own address off. Doing so twice does nothing."""
    rights.SUBSCRIBE.require(by)
    hold(Trail.of_the_house())
    feed = CalendarFeed.objects.visible_to(by).current().first()
    if feed is not None:
        feed.revoked_at = by.at
        feed.save(update_fields=["revoked_at"])
        record(Trail.of_the_house(), "calendar address switched off", by=by, subject=feed)


def note_reading(feed: CalendarFeed, *, on: date, by: Standing) -> None:
    """Record that a calendar program has read the dates: once on a London date, however often it asks."""
    if CalendarFeed.objects.filter(pk=feed.pk).exclude(last_read_on=on).update(last_read_on=on):
        record(Trail.of_the_house(), "calendar read", by=by, subject=feed, reading=True)
