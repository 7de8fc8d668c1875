import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.people import AGENCIES, PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Print the people of the demonstration: e-mail address, password, role and agency."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="one JSON list, for other programs")

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("There are no demonstration people outside demo mode.")
        names = {agency.key: agency.name for agency in AGENCIES}
        rows = [
            {"email": person.email, "password": PASSWORD, "role": str(person.role), "agency": names[person.agency]}
            for person in PEOPLE
        ]
        if options["json"]:
            self.stdout.write(json.dumps(rows, indent=1))
            return
        for row in rows:
            self.stdout.write(f"{row['role']:22} {row['email']:45} {row['agency']}")
        self.stdout.write(f"The password of all of them: {PASSWORD}")
