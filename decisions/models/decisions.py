"""What the partners decide: the decision, who has a seat, and what each of them thinks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import Agency, Body, Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.access import within
from audit.lifecycle import HasLifecycle
from audit.models import AppendOnly, Trail
from cases.models import Case, Conflict, part_held
from cases.parts import Part
from decisions import criteria
from decisions.criteria import Criterion
from decisions.lifecycle import COLOURS, MOVES, Status
from documents.models import IssuedDocument

from .kinds import Answer, Held, Kind, Rule

# Of those who hold the review papers, the ones a partnership's decisions are for: a reviewer or a communications
# officer reads the outcome in the papers themselves (specification 6.1).
READ_DECISIONS = (
    Role.COORDINATOR,
    Role.PARTNER,
    Role.SENIOR_PARTNER,
    Role.LA_NOTIFIER,
    Role.LA_APPROVER,
    Role.PANEL_CHAIR,
    Role.GROUP_MEMBER,
    Role.SCRUTINEER,
    Role.LEGAL_ADVISER,
    Role.AUDITOR,
)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, by: Standing | None) -> DecisionQuerySet:
        """Who decides or works on the case, and the senior partners of a seat once something has come to them.

        A disagreement that has reached them stays open to them; a position that is owed, until it is recorded.
        """
        if by is None or not by.holds(*READ_DECISIONS):
            return self.none()
        on_the_case = part_held("case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS)
        senior = by.agencies(Role.SENIOR_PARTNER)
        if not senior:
            return self.filter(on_the_case)
        from .escalations import Escalation

        seats = Seat.objects.filter(decision=OuterRef("pk"), agency_id__in=senior)
        owed = seats.filter(~Exists(Position.objects.filter(seat=OuterRef("pk"))), chased=Seat.Chased.SENIOR_PARTNER)
        reached = Escalation.objects.filter(decision=OuterRef("pk"), seniors_at__isnull=False)
        barred = Conflict.objects.in_force(by.today).filter(case=OuterRef("case"), user=by.user)
        return self.filter(
            on_the_case
            | (
                ~Exists(barred)
                & (Q(Exists(owed), status__in=[Status.OPEN, Status.REVEALED]) | Q(Exists(reached), Exists(seats)))
            )
        )

    def waiting_for(self, by: Standing) -> DecisionQuerySet:
        """The open decisions in which a seat of this person's has no position yet."""
        mine = Seat.objects.filter(decision=OuterRef("pk"), agency_id__in=by.agencies(Role.PARTNER)).filter(
            ~Exists(Position.objects.filter(seat=OuterRef("pk")))
        )
        return self.visible_to(by).filter(Exists(mine), status__in=[Status.OPEN, Status.REVEALED])


@dataclass(frozen=True)
class SeatAsSeen:
    """A seat as one person may see it: `position` is None before the reveal, unless it is their own."""

    seat: Seat
    mine: bool
    signed: bool
    position: Position | None = None
    earlier: tuple[Position, ...] = ()


class Decision(HasLifecycle):
    """One thing the partners decide. It never concludes itself: the stage's verb does."""

    MOVES = MOVES

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    rule = models.CharField(max_length=20, choices=Rule.choices)
    # [[code, words], ...]: what a partner may say, and what may be the outcome.
    options = models.JSONField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    opened_at = models.DateTimeField()
    revealed_at = models.DateTimeField(null=True, blank=True)
    shown_early_because = models.TextField("why the positions were shown before all were in", blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    outcome = models.CharField(max_length=40, blank=True)
    rationale = models.TextField(blank=True)
    dissent = models.TextField("disagreement, in the partners' own words", blank=True)
    held = models.CharField("how it was discussed", max_length=10, choices=Held.choices, default=Held.VIRTUAL)
    discussed_on = models.DateField(null=True, blank=True)
    attendees = models.TextField("who was there", blank=True)
    minutes = models.TextField("notes of the discussion", blank=True)
    reopened_from = models.OneToOneField("self", on_delete=models.PROTECT, related_name="next", null=True, blank=True)
    asked_again_because = models.TextField("why the partners were asked again", blank=True)
    record = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "pk"]
        indexes = [models.Index(fields=["case", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["concluded", "reopened"])
                | (
                    Q(concluded_at__isnull=False, concluded_by__isnull=False, revealed_at__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(rationale="")
                ),
                name="concluded_decision_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:decision", args=[self.pk])

    @property
    def trail(self) -> Trail:
        return self.case.chain

    @property
    def colour(self) -> str:
        """Of the tag of its status."""
        return COLOURS[self.status]

    @property
    def is_open(self) -> bool:
        """Whether positions may still be recorded."""
        return self.status in (Status.OPEN, Status.REVEALED)

    @property
    def is_revealed(self) -> bool:
        return self.revealed_at is not None

    @property
    def is_concluded(self) -> bool:
        return self.status == Status.CONCLUDED

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(code, words) for code, words in self.options]

    def words_for(self, view: str) -> str:
        return dict(self.choices).get(view, view)

    @property
    def outcome_words(self) -> str:
        return self.words_for(self.outcome)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria to be considered for this kind of decision, in their order."""
        if self.kind == Kind.CRITERIA:
            return criteria.NOTIFICATION_CRITERIA
        if self.kind in (Kind.RAPID_REVIEW_SIGN_OFF, Kind.INITIATE_LCSPR):
            return criteria.REVIEW_CRITERIA
        return ()

    @property
    def asked_of_each(self) -> tuple[Criterion, ...]:
        """The criteria each partner answers unseen by the others. Elsewhere the paper to be signed answers them."""
        return self.criteria if self.kind == Kind.CRITERIA else ()

    @property
    def met(self) -> str:
        """The option that says the criteria are met: the first, where the question is whether they are."""
        return self.choices[0][0] if self.kind == Kind.CRITERIA and self.options else ""

    @property
    def was_in_a_meeting(self) -> bool:
        return self.held == Held.MEETING

    def standing_positions(self) -> list[Position]:
        """The latest position of each seat, in the order of the seats. For verbs and papers, never for a page."""
        latest: dict[int, Position] = {}
        for position in Position.objects.filter(seat__decision=self).select_related(
            "seat__agency", "seat__decision", "signed_by"
        ):
            latest[position.seat_id] = position
        return sorted(latest.values(), key=lambda position: position.seat_id)

    def as_seen(self, by: Standing) -> list[SeatAsSeen]:
        """Each seat with its position where this person may see it."""
        held = by.agencies(Role.PARTNER)
        signed = Exists(Position.objects.filter(seat=OuterRef("pk")))
        shown: dict[int, list[Position]] = {}
        for position in Position.objects.visible_to(by).filter(seat__decision=self).select_related("seat", "signed_by"):
            position.seat.decision = self
            shown.setdefault(position.seat_id, []).append(position)
        return [
            SeatAsSeen(
                seat=seat,
                mine=seat.agency_id in held,
                signed=seat.is_signed,
                position=shown[seat.pk][-1] if seat.pk in shown else None,
                earlier=tuple(shown.get(seat.pk, [])[:-1]),
            )
            for seat in self.seats.select_related("agency").annotate(is_signed=signed)
        ]

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told: "seat_holders", everyone in a seat that day; "waiting", those in a seat without a position;
        "senior_partners", who stands above those in the seats."""
        seats = self.seats.all()
        if name == "waiting":
            seats = seats.filter(~Exists(Position.objects.filter(seat=OuterRef("pk"))))
        role = Role.SENIOR_PARTNER if name == "senior_partners" else Role.PARTNER
        return holders_of(seats, role, self.case_id, day)


def holders_of(seats: models.QuerySet[Seat], role: str, case_id: int, day: date) -> models.QuerySet[User]:
    """Who holds that role for the bodies in these seats that day, and named deputies; nobody with a conflict."""
    holding = Membership.objects.on(day).filter(role=role, agency__in=seats.values("agency"))
    barred = Conflict.objects.in_force(day).filter(case=case_id)
    return (
        User.objects.filter(
            Q(memberships__in=holding)
            | Q(covering__membership__in=holding, covering__starts_on__lte=day, covering__ends_on__gte=day)
        )
        .exclude(pk__in=barred.values("user"))
        .distinct()
    )


class OfDecisionQuerySet(models.QuerySet[Any]):
    def visible_to(self, by: Standing | None) -> OfDecisionQuerySet:
        return self.filter(within("decision", Decision.objects.visible_to(by)))


@dataclass(frozen=True)
class Signature:
    """That a position was signed: its number in its seat, by whom and when."""

    number: int
    by: User
    at: datetime


class Seat(models.Model):
    """The place of one deciding body, fixed when the decision was opened, with the day its position is due."""

    class Chased(models.IntegerChoices):
        """How far reminding has gone."""

        NOT_YET = 0, "Not reminded yet"
        REMINDED = 1, "Reminded"
        DEPUTY = 2, "Overdue: the partner and the named deputy told"
        SENIOR_PARTNER = 3, "Overdue: the senior partner told"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="seats")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=10, choices=Body.choices, blank=True)
    # None where the bank holidays it would be counted by have not been entered.
    due_on = models.DateField("position due on", null=True, blank=True)
    chased = models.PositiveSmallIntegerField(choices=Chased.choices, default=Chased.NOT_YET)

    objects = OfDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["decision_id", "pk"]
        indexes = [models.Index(fields=["due_on", "chased"])]
        constraints = [models.UniqueConstraint(fields=["decision", "agency"], name="one_seat_per_body")]

    def __str__(self) -> str:
        return str(self.agency)

    def get_absolute_url(self) -> str:
        return self.decision.get_absolute_url()

    @property
    def trail(self) -> Trail:
        return self.decision.trail

    def signature(self) -> Signature | None:
        """Who signed last for this seat, and when: never what, so that it may be said before the reveal."""
        last = Position.objects.filter(seat=self).order_by("-number").select_related("signed_by").first()
        return Signature(last.number, last.signed_by, last.signed_at) if last else None

    def is_overdue(self, *, on: date) -> bool:
        """Whether its day has passed, on a local date. Asked only of a seat without a position."""
        return self.due_on is not None and self.due_on < on

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told of this seat alone: its "holders" and named deputies, or the body's "senior_partner"."""
        role = Role.SENIOR_PARTNER if name == "senior_partner" else Role.PARTNER
        return holders_of(Seat.objects.filter(pk=self.pk), role, self.decision.case_id, day)


class PositionQuerySet(models.QuerySet["Position"]):
    def visible_to(self, by: Standing | None) -> PositionQuerySet:
        """Everyone's once revealed; until then only one's own."""
        if by is None:
            return self.none()
        return self.filter(within("seat__decision", Decision.objects.visible_to(by))).filter(
            Q(seat__decision__revealed_at__isnull=False) | Q(signed_by=by.user)
        )

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Positions are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Positions are never removed.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Positions are never changed.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Positions are signed one by one.")


class Position(models.Model):
    """What one seat's holder thinks, and why, signed. A later one of the same seat stands; the earlier is kept."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="positions")
    number = models.PositiveSmallIntegerField(default=1)
    view = models.CharField(max_length=40)
    reasons = models.TextField()
    # [[code, answer, why], ...]: criterion by criterion, in their order, where each partner is asked.
    answers = models.JSONField(default=list, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    capacity = models.CharField(max_length=300)
    after_reveal = models.BooleanField(default=False)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["seat_id", "number"]
        constraints = [models.UniqueConstraint(fields=["seat", "number"], name="position_numbered_once_in_its_seat")]

    def __str__(self) -> str:
        # Never the view: this text may reach a log before the reveal.
        return f"position {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnly("Positions are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Positions are never removed.")

    @property
    def trail(self) -> Trail:
        return self.seat.trail

    @property
    def answered(self) -> dict[str, tuple[Answer, str]]:
        """Code of the criterion -> answer and why."""
        return {code: (Answer(answer), why) for code, answer, why in self.answers}

    @property
    def view_words(self) -> str:
        return self.seat.decision.words_for(self.view)


def deciding_bodies(case: Case, day: date) -> list[Agency]:
    """The incident's local authority, then the area's integrated care boards and police, as they are that day."""
    bodies = Agency.objects.on(day).filter(
        Q(pk=case.incident_la_id) | Q(body__in=[Body.ICB, Body.POLICE], out_of_area=False)
    )
    order = [Body.LA.value, Body.ICB.value, Body.POLICE.value]
    return sorted(bodies, key=lambda agency: (order.index(agency.body), agency.name))
