"""The way from a clock to the day it is counted from, which the notification keeps."""

from __future__ import annotations

from django.urls import reverse

from accounts.standing import Standing
from cases.panel import Doing
from deadlines.models import Deadline

from . import rights
from .actions.preparing import CLOCKS
from .models import Notification


def leads(clock: Deadline, by: Standing) -> Doing | None:
    """The page that says when the authority became aware: to correct it, or to read it for those who may not."""
    label, _, pk = clock.occasion.partition(":")
    if clock.code not in CLOCKS or label != Notification._meta.label or not pk.isdecimal():
        return None
    notification = Notification.objects.visible_to(by).filter(pk=pk).first()
    if notification is None:
        return None
    if clock.voided_on is None and rights.RECORD_DATES.allows(by, notification):
        page = reverse("incident:awareness", args=[notification.pk])
        return Doing("Correct when the authority became aware, on the notification", page)
    return Doing("When the authority became aware, on the notification", notification.get_absolute_url())
