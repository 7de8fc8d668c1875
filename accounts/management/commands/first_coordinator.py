from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.forms import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.actions.first import SomebodyIsThere, begin
from accounts.invitations import DAYS, token_for
from accounts.letters import address_of_site


class Command(BaseCommand):
    help = "Make the first coordinator of a new installation and print the link by which they choose a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--agency", default="Partnership business unit", help="the agency they work in")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            user = begin(options["email"], name=options["name"], agency_name=options["agency"], at=timezone.now())
        except ValidationError:
            raise CommandError("Enter an email address in the correct format, like name@example.com") from None
        except SomebodyIsThere as refused:
            raise CommandError(str(refused)) from None
        except IntegrityError:
            raise CommandError("Somebody has an account with this address already.") from None
        link = address_of_site(reverse("accounts:invitation", args=[token_for(user)]))
        self.stdout.write(f"Give this link to {user.name}. It works once, for {DAYS} days:\n{link}")
