"""Who saw a case, or what a person saw: the question of the first hour after a breach."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from accounts.models import User
from accounts.standing import LONDON, Standing
from audit.events import record
from audit.models import Event, Trail
from audit.presenter import in_words
from cases.models import Case


class Command(BaseCommand):
    help = (
        "Who saw a case (by its reference), or everything a person saw and did (--person). Openings, reveals, "
        "downloads, prints and exports are included. Dates are London dates, both ends included."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", nargs="?", help="such as CIOS-2026-0003")
        parser.add_argument("--person", metavar="EMAIL")
        parser.add_argument("--from", dest="first", metavar="YYYY-MM-DD", type=date.fromisoformat)
        parser.add_argument("--to", dest="last", metavar="YYYY-MM-DD", type=date.fromisoformat)
        parser.add_argument("--each", action="store_true", help="every event of the case instead of one line a person")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["reference"]) == bool(options["person"]):
            raise CommandError("Give either a reference or --person EMAIL.")
        trail = Trail.of_the_house()
        if options["person"]:
            events, lines = self._of_person(options["person"])
        else:
            case, events, lines = self._of_case(options["reference"], each=options["each"])
            trail = case.trail
        for line in lines(events.filter(_between(options["first"], options["last"]))):
            self.stdout.write(line)
        # Looking at who looked is a look, too.
        by = Standing.scheduler(timezone.now())
        record(trail, "access listed by command", by=by, reading=True)

    def _of_case(self, reference: str, *, each: bool) -> tuple[Case, Any, Any]:
        case = Case.objects.filter(reference__iexact=reference.strip()).first()
        if case is None:
            raise CommandError("There is no case of that reference.")
        # A case that was joined to this one keeps its own chain.
        joined = Case.objects.filter(joined_into=case).values("chain")
        events = Event.objects.filter(Q(trail=case.chain_id) | Q(trail__in=joined))
        return case, events, (_every if each else _by_person)

    def _of_person(self, email: str) -> tuple[Any, Any]:
        person = User.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            raise CommandError("There is nobody of that email address.")
        return Event.objects.filter(actor=person), _every


def _between(first: date | None, last: date | None) -> Q:
    narrowed = Q()
    if first:
        narrowed &= Q(at__gte=datetime.combine(first, time(), LONDON))
    if last:
        narrowed &= Q(at__lt=datetime.combine(last + timedelta(days=1), time(), LONDON))
    return narrowed


def _by_person(events: Any) -> Iterator[str]:
    """One line a person: how often they read and changed, first and last, and in how many ways they read."""
    rows = (
        events.order_by()
        .values("actor__name", "actor__email")
        .annotate(
            readings=Count("pk", filter=Q(reading=True)),
            changes=Count("pk", filter=Q(reading=False)),
            first=Min("at"),
            last=Max("at"),
        )
        .order_by("first", "actor__email")
    )
    yield "person\temail\tread\tchanged\tfirst (London)\tlast (London)"
    for row in rows:
        yield "\t".join(
            (
                row["actor__name"],
                row["actor__email"],
                str(row["readings"]),
                str(row["changes"]),
                _london(row["first"]),
                _london(row["last"]),
            )
        )


def _every(events: Any) -> Iterator[str]:
    references: dict[int, str] = {}
    yield "when (London)\twho\tin what capacity\twhat\twhich\tcase"
    for event in events.select_related("actor").order_by("at", "pk").iterator(chunk_size=2000):
        if event.trail_id not in references:
            case = Case.objects.filter(chain=event.trail_id).only("reference").first()
            references[event.trail_id] = case.reference if case else ""
        row = in_words(event, with_reasons=False)
        yield "\t".join((_london(event.at), row.who, row.capacity, row.what, event.subject, references[event.trail_id]))


def _london(at: datetime) -> str:
    return at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S")
