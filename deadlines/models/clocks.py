"""Clocks: what is owed on a case, from when it is counted, and when it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.models import Agency, Cover, Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail
from cases.models import Case, Conflict, TeamMember, part_held
from cases.parts import Part
from deadlines.bands import Facts, State, soon_until, state_of
from deadlines.statutory import Kind, TimeLimit, Unit, due_on
from deadlines.working_days import BeyondKnownHolidays, Calendar

from .bank_holidays import BankHoliday
from .limits import Limit

OPEN = Q(met_on=None, voided_on=None, not_applicable=False)
# Who sees the clocks of no case, such as that of the yearly report.
OF_THE_PARTNERSHIP = (Role.COORDINATOR, Role.PARTNER, Role.SENIOR_PARTNER, Role.SCRUTINEER, Role.AUDITOR)


@dataclass(frozen=True, slots=True)
class Secondary:
    """A date shown beside the due date, by another way of counting, from another day: never the one that counts."""

    counted_from: date
    convention: str


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def visible_to(self, by: Standing | None) -> DeadlineQuerySet:
        """The clocks of the cases whose whole is open to this person, and of none for the partnership's own people."""
        seen = Q(part_held("case", by, Part.WHOLE_CASE))
        if by is not None and by.holds(*OF_THE_PARTNERSHIP):
            seen |= Q(case=None)
        return self.filter(seen)

    def of_case(self, case: Case) -> DeadlineQuerySet:
        """The clocks of a case in the order of the register, ready to be shown."""
        return self.filter(case=case).select_related("limit", "owed_by_agency").order_by("counted_from", "code", "pk")

    def for_occasion(self, key: str) -> DeadlineQuerySet:
        """The clocks that one row started, by its text key."""
        return self.filter(occasion=key)

    def open(self) -> DeadlineQuerySet:
        """Neither met, void nor found not to apply."""
        return self.filter(OPEN)

    def overdue(self, *, on: date) -> DeadlineQuerySet:
        """Open duties whose due date has passed on a London date. Advisory dates are never overdue."""
        return self.open().filter(limit__kind=Kind.DUE, due_on__lt=on)

    def unexplained(self, *, on: date) -> DeadlineQuerySet:
        """Overdue without a notice of delay on file by that day: the band "overdue"."""
        return self.overdue(on=on).filter(Q(delay_explained_on=None) | Q(delay_explained_on__gt=on))

    def past_advice(self, *, on: date) -> DeadlineQuerySet:
        """Open clocks whose advisory date has passed: time to chase, no breach."""
        return self.open().filter(limit__kind=Kind.ADVISORY, due_on__lt=on)

    def counted_otherwise(self, calendar: Calendar) -> dict[int, dict[str, date | None]]:
        """Clock id -> its dates as this calendar has them, of those that it counts differently. Two queries.

        Facts, not rows: of a hundred thousand clocks a bank holiday moves some hundreds.
        """
        limits = {limit.pk: limit.as_time_limit() for limit in Limit.objects.all()}
        found = {}
        for facts in self.order_by().values("pk", "limit_id", "secondary_due_on", *_COUNTED).iterator():
            dates = _dates(facts, limits[facts["limit_id"]], calendar)
            if any(facts[name] != counted for name, counted in dates.items()):
                found[facts["pk"]] = dates
        return found

    def due_soon(self, *, on: date, calendar: Calendar | None = None) -> DeadlineQuerySet:
        """Open clocks due that day or soon after it (the bands "due today" and "due soon")."""
        calendar = calendar or BankHoliday.objects.calendar()
        in_working_days = Q(limit__unit=Unit.WORKING_DAYS, due_on__lte=soon_until(Unit.WORKING_DAYS, on, calendar))
        in_months = ~Q(limit__unit=Unit.WORKING_DAYS) & Q(due_on__lte=soon_until(Unit.MONTHS, on, calendar))
        waiting = self.open().filter(due_on__gte=on).exclude(limit__kind=Kind.NOT_BEFORE)
        return waiting.filter(in_working_days | in_months)

    def not_worked_out(self) -> DeadlineQuerySet:
        """Open clocks whose bank holidays had not been entered when they were started."""
        return self.open().filter(due_on=None)


class Deadline(HasVersion):
    """One clock. Facts only: whether it is overdue is asked with `on=`.

    `code` names the limit whatever its edition; `limit` pins the edition in force on day zero.
    `occasion` is the text key of the row that started it, `recipient` is blank unless the duty is
    owed to several. `due_on` is None only where the bank holidays it needs have not been entered.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    limit = models.ForeignKey(Limit, on_delete=models.PROTECT, related_name="+", verbose_name="edition of the limit")
    code = models.CharField(max_length=10)
    occasion = models.CharField(max_length=100)
    recipient = models.CharField(max_length=60, blank=True)
    convention = models.CharField("way of counting", max_length=40)

    counted_from = models.DateField("day zero")
    # What came after 5pm is the next working day's by one way of counting, which alone asks.
    after_cut_off = models.BooleanField("after 5pm", default=False)
    counted_from_recorded_by = models.CharField(max_length=200, blank=True)
    # The day zero is not known yet and another stands in for it.
    provisional = models.BooleanField("date not confirmed", default=False)
    due_on = models.DateField("due date", null=True, blank=True)
    # Local steps only: the date was agreed, not counted, so no bank holiday moves it.
    agreed_date = models.BooleanField(default=False)
    secondary_counted_from = models.DateField(null=True, blank=True)
    secondary_convention = models.CharField(max_length=40, blank=True)
    secondary_due_on = models.DateField("date shown beside the due date", null=True, blank=True)

    owed_by_role = models.CharField(max_length=30, blank=True)
    owed_by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    met_on = models.DateField("day it was done", null=True, blank=True)
    met_late_reason = models.TextField("why it was late", blank=True)
    delay_explained_on = models.DateField(null=True, blank=True)
    delay_reason = models.TextField("reason for the delay", blank=True)
    agreed_target = models.DateField(null=True, blank=True)
    voided_on = models.DateField("void since", null=True, blank=True)
    void_reason = models.TextField(blank=True)
    not_applicable = models.BooleanField(default=False)
    not_applicable_reason = models.TextField(blank=True)
    not_applicable_said_by = models.CharField("who said that it does not apply", max_length=200, blank=True)

    history = kept()
    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = "clock"
        ordering = ["due_on", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["code", "occasion", "recipient"], name="one_clock_of_a_code_an_occasion"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(occasion=""), name="clock_has_a_code_and_an_occasion"),
            models.CheckConstraint(
                condition=Q(delay_explained_on=None, delay_reason="", agreed_target=None)
                | (Q(delay_explained_on__isnull=False) & ~Q(delay_reason="")),
                name="explained_delay_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(voided_on=None, void_reason="") | (Q(voided_on__isnull=False) & ~Q(void_reason="")),
                name="void_clock_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False, not_applicable_reason="")
                | (Q(not_applicable=True) & ~Q(not_applicable_reason="")),
                name="clock_that_does_not_apply_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(met_on=None, met_late_reason="")
                | Q(met_on__isnull=False, voided_on=None, not_applicable=False),
                name="met_clock_is_neither_void_nor_not_applicable",
            ),
            models.CheckConstraint(
                condition=Q(secondary_counted_from=None, secondary_convention="", secondary_due_on=None)
                | (Q(secondary_counted_from__isnull=False) & ~Q(secondary_convention="")),
                name="secondary_date_says_how_it_is_counted",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=OPEN, name="open_clocks_by_due_date"),
            models.Index(fields=["occasion"]),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.occasion}"

    def get_absolute_url(self) -> str:
        """The page that says how this date was worked out."""
        return reverse("deadlines:explanation", args=[self.pk])

    @property
    def trail(self) -> Trail:
        return self.case.chain if self.case else Trail.of_the_house()

    @cached_property
    def time_limit(self) -> TimeLimit:
        return self.limit.as_time_limit()

    @property
    def is_open(self) -> bool:
        return self.met_on is None and self.voided_on is None and not self.not_applicable

    @property
    def is_advisory(self) -> bool:
        return self.time_limit.is_advisory

    @property
    def secondary(self) -> Secondary | None:
        if self.secondary_counted_from is None:
            return None
        return Secondary(self.secondary_counted_from, self.secondary_convention)

    @property
    def secondary_label(self) -> str:
        """How the date shown beside the due date is counted, in words."""
        return str(self.time_limit.way(self.secondary_convention)) if self.secondary_convention else ""

    def way_by(self, limit: TimeLimit) -> str:
        """The way this clock is counted by another edition: that edition's own, unless another was chosen for it."""
        was_chosen = self.convention != self.time_limit.convention
        offered = {way.name for way in limit.counting}
        return self.convention if was_chosen and self.convention in offered else limit.convention

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Whom messages about this clock go to on a London date. "owners": who owes it, and their deputies.

        They hold the owing role (in the owing agency, where one is named), are on the case's team for it, and have
        no conflict of interest in it. A clock of no case is owed by everyone who holds the role.
        """
        if name != "owners":
            raise ValueError(f"A clock has no {name}.")
        held = Membership.objects.on(day).filter(role=self.owed_by_role)
        if self.owed_by_agency_id:
            held = held.filter(agency=self.owed_by_agency_id)
        if self.case_id:
            team = TeamMember.objects.in_force(day).filter(case=self.case_id)
            held = held.filter(
                Exists(team.filter(membership=OuterRef("pk")))
                | Exists(team.filter(membership=None, role=OuterRef("role"), agency=OuterRef("agency")))
            )
        covered = Cover.objects.filter(membership__in=held, starts_on__lte=day, ends_on__gte=day)
        found = User.objects.filter(Q(pk__in=held.values("user")) | Q(pk__in=covered.values("deputy")))
        barred = Conflict.objects.in_force(day).filter(case=self.case_id) if self.case_id else Conflict.objects.none()
        return found.filter(is_active=True).exclude(pk__in=barred.values("user"))

    def state(self, *, on: date, calendar: Calendar | None = None) -> State:
        """How this clock stands on a London date. Pass the calendar when asking of many."""
        facts = Facts(
            kind=self.time_limit.kind,
            unit=self.time_limit.unit,
            counted_from=self.counted_from,
            due_on=self.due_on,
            met_on=self.met_on,
            explained_on=self.delay_explained_on,
            not_applicable=self.not_applicable,
            void=self.voided_on is not None,
        )
        return state_of(facts, on=on, calendar=calendar or BankHoliday.objects.calendar())

    def dates(self, calendar: Calendar) -> dict[str, Any]:
        """The due date and the one shown beside it, as this calendar has them; None where it cannot say."""
        return _dates({name: getattr(self, name) for name in _COUNTED}, self.time_limit, calendar)


# What the dates of a clock are worked out from.
_COUNTED = (
    "counted_from",
    "after_cut_off",
    "convention",
    "agreed_date",
    "due_on",
    "secondary_counted_from",
    "secondary_convention",
)


def _dates(facts: dict[str, Any], limit: TimeLimit, calendar: Calendar) -> dict[str, date | None]:
    counted = facts["due_on"]
    if not facts["agreed_date"]:
        late = facts["after_cut_off"]
        counted = _or_none(limit, facts["counted_from"], calendar, facts["convention"], after_cut_off=late)
    shown = None
    if facts["secondary_counted_from"]:
        shown = _or_none(limit, facts["secondary_counted_from"], calendar, facts["secondary_convention"])
    return {"due_on": counted, "secondary_due_on": shown}


def _or_none(
    limit: TimeLimit, counted_from: date, calendar: Calendar, convention: str, *, after_cut_off: bool = False
) -> date | None:
    try:
        return due_on(limit, counted_from, calendar, convention, after_cut_off=after_cut_off)
    except BeyondKnownHolidays:
        return None
