"""The people and agencies of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from accounts.models import Agency, User
from deadlines.models import BankHoliday
from demo.people import AGENCIES, PEOPLE


@dataclass
class World:
    """The people and agencies of the demonstration, and the day it is told from."""

    today: date
    chance: Random
    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @classmethod
    def found(cls, *, today: date, seed: int) -> World:
        """The world that was loaded into the database."""
        by_name = {agency.name: agency for agency in Agency.objects.all()}
        by_email = {user.email: user for user in User.objects.all()}
        return cls(
            today=today,
            chance=Random(seed),
            agencies={agency.key: by_name[agency.name] for agency in AGENCIES},
            people={person.key: by_email[person.email] for person in PEOPLE},
        )

    def working_days_ago(self, number: int) -> date:
        calendar = BankHoliday.objects.calendar()
        return calendar.subtract_working_days(self.today, number) if number else self.today
