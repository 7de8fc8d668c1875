"""Who acts: a person, an instant, and what they hold at that instant. Read once, at the edge."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Q

from .models import Body, Membership, User
from .roles import Role

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Held:
    """One role in one agency, in force. `covering` names the person stood in for, if it is cover."""

    membership_id: int
    role: str
    agency_id: int
    agency: str
    body: str
    covering: str = ""

    def __str__(self) -> str:
        words = f"{Role(self.role).label}, {self.agency}"
        return f"{words} (covering for {self.covering})" if self.covering else words


@dataclass(frozen=True)
class Standing:
    """A person acting at an instant (UTC), with the memberships and cover in force then.

    `visible_to(by)` and `Right.require(by, ...)` read nothing else about the person and no clock.
    """

    user: User
    at: datetime
    held: tuple[Held, ...] = field(default=())

    @classmethod
    def of(cls, user: User, at: datetime) -> Standing:
        """What this person holds at this instant, in one query."""
        day = at.astimezone(LONDON).date()
        covering = Q(covers__deputy=user, covers__starts_on__lte=day, covers__ends_on__gte=day)
        rows = (
            Membership.objects.on(day)
            .filter(Q(user=user) | covering)
            .filter(agency__valid_from__lte=day)
            .filter(Q(agency__valid_until=None) | Q(agency__valid_until__gte=day))
            .select_related("agency", "user")
            .distinct()
        )
        return cls(
            user=user,
            at=at,
            held=tuple(
                Held(
                    membership_id=row.pk,
                    role=row.role,
                    agency_id=row.agency_id,
                    agency=row.agency.name,
                    body=row.agency.body,
                    covering="" if row.user_id == user.pk else str(row.user),
                )
                for row in rows
            )
            if user.is_active
            else (),
        )

    @classmethod
    def scheduler(cls, at: datetime) -> Standing:
        """The scheduler: records events, holds nothing, sees nothing."""
        return cls(user=User.objects.the_scheduler(), at=at)

    @classmethod
    def anonymous(cls, at: datetime) -> Standing:
        return cls(user=User.objects.anonymous(), at=at)

    @cached_property
    def today(self) -> date:
        """The London date of the instant."""
        return self.at.astimezone(LONDON).date()

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(held.role for held in self.held)

    @cached_property
    def membership_ids(self) -> tuple[int, ...]:
        return tuple(held.membership_id for held in self.held)

    @cached_property
    def capacity(self) -> str:
        """The capacity in which the person acts, as text for the event."""
        return "; ".join(str(held) for held in self.held)

    def holds(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))

    def agencies(self, *roles: str) -> frozenset[int]:
        """The ids of the agencies in which the person holds one of the roles (any role if none is named)."""
        return frozenset(held.agency_id for held in self.held if not roles or held.role in roles)

    def holds_in(self, agency_id: int | None, *roles: str) -> bool:
        """Whether one of the roles is held in that very agency."""
        return agency_id is not None and agency_id in self.agencies(*roles)

    def bodies(self, *roles: str) -> frozenset[str]:
        """The statutory bodies (la, icb, police) for which one of the roles is held."""
        return frozenset(held.body for held in self.held if held.body and (not roles or held.role in roles))

    @property
    def holds_cases(self) -> bool:
        """Whether anything but referring or owning an action is held: a shorter idle limit then applies."""
        return bool(self.roles - {Role.REFERRER, Role.ACTION_OWNER})

    @property
    def is_correspondent(self) -> bool:
        return self.user.correspondent


__all__ = ["LONDON", "Body", "Held", "Standing"]
