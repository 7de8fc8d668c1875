"""Ten thousand cases with a hundred thousand clocks, written in bulk: what a partnership might hold after decades."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any, TypeVar

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import Agency, Partnership, User
from accounts.roles import Role
from accounts.standing import LONDON, Standing
from agency_returns.models import AgencyReturn, InformationRequest
from audit.events import key_of
from audit.models import Event, Trail
from cases.models import Case, TeamMember
from cases.parts import Part
from deadlines.models import BankHoliday, Deadline, Limit
from decisions.models import Decision, Seat
from demo.journey import Journey, World
from demo.management.commands.load_demo import Command as Demonstration
from demo.prose import SUICIDE
from documents.models import IssuedDocument
from notifications.incident.models import FrozenContent, Notification
from notifications.incident.routes import Route

CLOCKS = ("T01", "T02", "T05", "T07", "T08", "T09", "T10", "T12", "T14", "T15")
# Of the clocks of each case, how many are still open.
STILL_OPEN = 6.2
# Open clocks are spread over so many working days, a few of them before today: about 190 on each.
OVERDUE_DAYS, AHEAD_DAYS = 10, 320
EVENTS_EACH = 10
SINCE = date(2018, 6, 29)
AT_A_TIME = 2000

M = TypeVar("M", bound=models.Model)


def _kept(model: type[M], rows: Iterable[M]) -> int:
    """Write the rows in batches; returns how many."""
    rows, written = iter(rows), 0
    while batch := list(islice(rows, AT_A_TIME)):
        model._base_manager.bulk_create(batch)
        written += len(batch)
    return written


@dataclass
class Built:
    """The fictional partnership and its cases, and the day on which all is measured."""

    at: datetime
    people: dict[str, User]
    agencies: dict[str, Agency]
    world: World
    chance: Random = field(default_factory=lambda: Random(20))
    cases: int = 0

    @property
    def today(self) -> date:
        return self.at.astimezone(LONDON).date()

    def by(self, person: str) -> Standing:
        return Standing.of(self.people[person], self.at)

    @classmethod
    def people_only(cls) -> Built:
        """The people, and no case yet."""
        at = timezone.now().replace(microsecond=0)
        with transaction.atomic():
            Demonstration().load_people(at)
        world = World.found(today=at.astimezone(LONDON).date(), seed=1)
        return cls(at=at, people=world.people, agencies=world.agencies, world=world)

    @transaction.atomic
    def add_cases(self, number: int) -> None:
        """So many more cases, each with its team, clocks, notification, returns, decision and events."""
        first = self.cases
        self.cases += number
        trails = [Trail(key=str(uuid.UUID(int=first + n + 1)), length=EVENTS_EACH) for n in range(number)]
        _kept(Trail, trails)
        cases = list(self._cases(first, trails))
        _kept(Case, cases)
        _kept(TeamMember, self._team(cases))
        _kept(Decision, self._decisions(cases))
        open_ones = Decision.objects.filter(concluded_at=None, case__in=[case.pk for case in cases])
        _kept(Seat, (Seat(decision=row, agency=self.agencies["icb"], body="icb") for row in open_ones))
        notifications = list(self._notifications(cases))
        _kept(Notification, notifications)
        _kept(FrozenContent, self._frozen(notifications))
        _kept(Deadline, self._clocks(cases, notifications))
        requests = list(self._requests(cases, notifications))
        _kept(InformationRequest, requests)
        _kept(AgencyReturn, self._returns(requests))
        _kept(Event, self._events(trails))

    def _cases(self, first: int, trails: list[Trail]) -> Iterator[Case]:
        """Spread evenly since 2018, in no order; every second one closed."""
        days = (self.today - SINCE).days
        las = (self.agencies["westmoor"], self.agencies["fell_isles"])
        for n, trail in enumerate(trails, start=first):
            received = self.today - timedelta(days=self.chance.randrange(days))
            closed = n % 2 == 1
            yield Case(
                reference=f"WFI-{received.year}-{10_000 + n}",
                chain=trail,
                incident_la=las[n % 5 == 0],
                harm=Case.Harm.values[n % 3],
                received_on=received,
                incident_on=received - timedelta(days=2),
                title=f"A short description of what happened, number {n}",
                status="closed" if closed else "open",
                closed_on=self.today if closed else None,
            )

    def _team(self, cases: list[Case]) -> Iterator[TeamMember]:
        for case in cases:
            holders = (
                (Role.COORDINATOR, self.agencies["business_unit"]),
                (Role.PARTNER, case.incident_la),
                (Role.PARTNER, self.agencies["icb"]),
                (Role.PARTNER, self.agencies["police"]),
                (Role.LA_NOTIFIER, case.incident_la),
                (Role.LA_APPROVER, case.incident_la),
            )
            for role, agency in holders:
                yield TeamMember(case=case, part=Part.WHOLE_CASE, role=role, agency=agency, starts_on=date(2020, 1, 1))

    def _decisions(self, cases: list[Case]) -> Iterator[Decision]:
        """One of each case; one in a hundred is open."""
        for n, case in enumerate(cases):
            concluded: dict[str, Any] = {
                "status": "concluded",
                "revealed_at": self.at,
                "concluded_at": self.at,
                "concluded_by": self.people["coordinator"],
                "outcome": "notify_and_rapid_review",
                "rationale": "All three took the same view.",
            }
            yield Decision(
                case=case,
                kind="criteria",
                rule="unanimous",
                options=[["notify_and_rapid_review", "Notify"], ["no_action", "No further action"]],
                opened_at=self.at,
                **(concluded if n % 100 else {}),
            )

    def _notifications(self, cases: list[Case]) -> Iterator[Notification]:
        for case in cases:
            instant = datetime.combine(case.received_on, time(10), tzinfo=UTC)
            yield Notification(
                case=case,
                occasion=1,
                status="sent",
                kind=Route.values[0],
                notifying_la=case.incident_la,
                opened_at=instant,
                opened_by=self.people["la_notifier"],
                received_on=case.received_on,
                la_first_aware_at=instant,
                abuse_first_suspected_at=instant,
                sent_at=instant,
                sent_reference=f"SIN-{case.pk}",
                sent_by=self.people["la_notifier"],
            )

    def _frozen(self, notifications: list[Notification]) -> Iterator[FrozenContent]:
        paper = IssuedDocument.objects.create(
            kind="notification",
            title="Serious incident notification",
            reference="WFI",
            template="incident/paper.html",
            content={},
            content_sha256="0" * 64,
            issued_at=self.at,
            issued_by=self.people["la_notifier"],
            rendering=IssuedDocument.Rendering.FAILED,
        )
        for row in notifications:
            yield FrozenContent(
                notification=row,
                number=1,
                content=_content(row),
                sha256="0" * 64,
                frozen_at=self.at,
                frozen_by=self.people["la_notifier"],
                paper=paper,
            )

    def _clocks(self, cases: list[Case], notifications: list[Notification]) -> Iterator[Deadline]:
        limits = {limit.code: limit for limit in Limit.objects.order_by("in_force_from")}
        calendar = BankHoliday.objects.calendar()
        first = calendar.subtract_working_days(self.today, OVERDUE_DAYS)
        open_days = [calendar.add_working_days(first, n) for n in range(1, OVERDUE_DAYS + AHEAD_DAYS)]
        still_open = STILL_OPEN / len(CLOCKS)
        for case, notification in zip(cases, notifications, strict=True):
            for code in CLOCKS:
                is_open = self.chance.random() < still_open
                due = self.chance.choice(open_days) if is_open else case.received_on + timedelta(days=20)
                yield Deadline(
                    case=case,
                    limit=limits[code],
                    code=code,
                    occasion=key_of(notification),
                    convention=limits[code].as_time_limit().convention,
                    counted_from=min(case.received_on, due - timedelta(days=30)),
                    due_on=due,
                    owed_by_role=Role.LA_NOTIFIER if code in ("T01", "T02") else Role.COORDINATOR,
                    owed_by_agency=case.incident_la if code in ("T01", "T02") else None,
                    met_on=None if is_open else due,
                )

    def _requests(self, cases: list[Case], notifications: list[Notification]) -> Iterator[InformationRequest]:
        for case, notification in zip(cases, notifications, strict=True):
            yield InformationRequest(
                case=case,
                agency=self.agencies["hospital"],
                occasion=key_of(notification),
                due_on=case.received_on + timedelta(days=10),
                sent_at=self.at,
                sent_by=self.people["coordinator"],
            )

    def _returns(self, requests: list[InformationRequest]) -> Iterator[AgencyReturn]:
        """One in a hundred is still waited for."""
        for n, request in enumerate(requests):
            answered: dict[str, Any] = {
                "status": "nil_return",
                "submitted_at": self.at,
                "records_checked": "Electronic record.",
            }
            yield AgencyReturn(request=request, **(answered if n % 100 else {}))

    def _events(self, trails: list[Trail]) -> Iterator[Event]:
        for trail in trails:
            yield from events_of(trail, EVENTS_EACH, actor=self.people["coordinator"], at=self.at)

    def add_told_case(self) -> Journey:
        """One case told along the real path, by the verbs the pages use, up to a local review being written."""
        case = Journey(self.world, SUICIDE, began=self.world.working_days_ago(62))
        case.referred().decided().awareness_known().notified()
        case.asked_agencies().later(working_days=7).agencies_answered().later(working_days=3).met()
        case.later(working_days=2).signed().later(working_days=1).sent_to_panel().later(working_days=9).answered()
        case.commissioned().later(working_days=5).begun()
        return case

    def settle(self) -> None:
        """Let the database know what it holds, as it would after a night."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        assert Partnership.objects.exists()


def events_of(trail: Trail, number: int, *, actor: User, at: datetime, first: int = 1) -> Iterator[Event]:
    """Events that look like the real ones, without their hashes."""
    for n in range(first, first + number):
        yield Event(
            trail=trail,
            number=n,
            at=at - timedelta(minutes=number + first - n),
            actor=actor,
            capacity="Coordinator, Partnership Business Unit",
            verb="opened" if n % 2 else "case changed",
            subject=f"cases.Case:{trail.pk}",
            reading=bool(n % 2),
            key_id="bench",
            digest="0" * 64,
        )


def _content(row: Notification) -> dict[str, Any]:
    """What a notification froze, of the size of a real one."""
    return {
        "sent_reference": row.sent_reference,
        "sent_at": row.sent_at.isoformat() if row.sent_at else "",
        "kind": row.kind,
        "sections": {
            "incident": {
                "incident_on": row.received_on.isoformat(),
                "harm_types": ["NAI_HEAD", "NEGLECT"],
                "context": ["intrafamilial"],
                "abuse": ["neglect", "physical"],
                "perpetrators": ["parent"],
                "location_type": "HOME",
                "outside_england": "no",
                "description": "What is known of what happened, in a few sentences. " * 6,
            },
            "family": {"domestic_abuse": "yes", "parental_mental_health": "not_known", "parental_substance": "no"},
        },
        "children": [
            {
                "primary_subject": True,
                "unborn": False,
                "answers": {
                    "age_years": row.pk % 17,
                    "sex": "female",
                    "ethnicity": "WBRI",
                    "disability": "no",
                    "looked_after": "never",
                    "child_protection": "previous",
                    "known_to_agency": "yes",
                    "education": "school",
                },
            }
        ],
    }
