"""Events into tellings. An event that nobody has announced has an `Untold` row; announcing removes it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from audit.models import Untold

from . import gathered, troubles
from .models import Telling
from .recipients import case_of, recipients, subject_of

AT_A_TIME = 200


def announce(*, at: datetime, day: date) -> int:
    """Make a `Telling` for everyone who is to be told of what has happened. Returns how many events were dealt with.

    Rows are found by the `Untold` beside them, never by counting on from the last id: an event that committed
    late would be missed. Each batch is one transaction; a killed one leaves its rows for the next pass.
    """
    dealt_with = 0
    while True:
        with transaction.atomic():
            batch = list(
                Untold.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("event")
                .order_by("pk")[:AT_A_TIME]
            )
            for untold in batch:
                _tell_of(untold.event, at=at, day=day)
            Untold.objects.filter(pk__in=[untold.pk for untold in batch]).delete()
        dealt_with += len(batch)
        if len(batch) < AT_A_TIME:
            return dealt_with


def _tell_of(event, *, at, day):
    declared = gathered.of(event.verb)
    if not declared:
        return
    try:
        with transaction.atomic():
            subject = subject_of(event)
            case = case_of(event, subject)
            for telling in declared:
                people = set()
                for spec in telling.to:
                    people |= recipients(spec, event, subject, case, day)
                Telling.objects.bulk_create(
                    [
                        Telling(
                            event=event,
                            recipient_id=person,
                            template=telling.template,
                            urgent=telling.urgent,
                            made_at=at,
                        )
                        for person in sorted(people)
                    ],
                    ignore_conflicts=True,
                )
    except Exception as error:
        troubles.report(f"audit.Event:{event.pk}", error, at=at)
