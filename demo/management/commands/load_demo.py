from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Agency, EmailDomain, Membership, Partnership, User
from accounts.standing import LONDON, Standing
from audit.models import Untold
from demo.journey import World
from demo.people import AGENCIES, PARTNERSHIP, PASSWORD, PEOPLE
from demo.telling import tell
from demo.variant import chase_the_panel_sooner

SINCE = date(2020, 1, 1)
RECENT = timedelta(days=4)


class Command(BaseCommand):
    help = "Fill an empty database with a fictional partnership, its people and its cases. Only in demo mode."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=1, help="the same seed on the same day gives the same data")
        parser.add_argument("--people-only", action="store_true", help="no cases")

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Demonstration data are loaded only in demo mode (--demo).")
        if Partnership.objects.exists() or User.objects.exclude(email__endswith="@system").exists():
            raise CommandError("This database is in use. Demonstration data are loaded only into an empty one.")
        now = timezone.now()
        with transaction.atomic():
            self.load_people(now)
            if not options["people_only"]:
                world = World.found(today=now.astimezone(LONDON).date(), seed=options["seed"])
                told = tell(world)
                chase_the_panel_sooner(Standing.of(world.people["coordinator"], now))
                # What happened before the demonstration began was told at the time.
                Untold.objects.filter(event__at__lt=now - RECENT).delete()
                self.stdout.write(f"{len(PEOPLE)} people and {len(told)} cases and drafts.")

    def load_people(self, now):
        Partnership.objects.create(**PARTNERSHIP)
        agencies = {}
        for agency in AGENCIES:
            agencies[agency.key] = Agency.objects.create(
                name=agency.name, kind=agency.kind, body=agency.body, ons_code=agency.ons_code
            )
            EmailDomain.objects.create(agency=agencies[agency.key], domain=agency.domain)
        # Hashing is slow by design, and they all have the same password.
        hashed = make_password(PASSWORD)
        for person in PEOPLE:
            user = User.objects.create(
                email=person.email, password=hashed, name=person.name, job_title=person.job, phone="01632 960199"
            )
            Membership.objects.create(
                user=user, agency=agencies[person.agency], role=person.role, starts_on=SINCE, approved_at=now
            )
