"""What the pages of a referral share: opening one, and where a repeated submit is sent."""

from __future__ import annotations

from django.http import HttpResponseRedirect
from django.shortcuts import redirect

from accounts.requests import PersonRequest
from audit.access import open_part
from audit.events import AlreadySubmitted
from referrals.models import Referral


def opened(request: PersonRequest, pk: int) -> Referral:
    """The referral, if this person may see it: 404 otherwise."""
    return open_part(request, Referral, pk)


def to_the_first(done: AlreadySubmitted, name: str = "referrals:referral") -> HttpResponseRedirect:
    """Where the first of two submits led. Raises it on (409) when it was about something else."""
    label, _, pk = done.event.subject.partition(":")
    if label != Referral._meta.label:
        raise done
    return redirect(name, int(pk))
