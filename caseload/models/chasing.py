"""Who was reminded by hand of what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.standing import Standing
from agency_returns.models import AgencyReturn
from audit.access import within
from audit.models import Trail
from cases.models import Case, part_held
from cases.parts import Part
from deadlines.models import Deadline
from improvements.models import Action
from notifications.reminders.recipients import owners_of
from referrals.lifecycle import Status
from referrals.models import Referral


class ChaseQuerySet(models.QuerySet["Chase"]):
    def visible_to(self, by: Standing | None) -> ChaseQuerySet:
        """Of the cases whose whole is open to this person; and those of what they owe themselves."""
        if by is None:
            return self.none()
        mine = Q(part_held("case", by, Part.WHOLE_CASE)) | Q(within("action", Action.objects.visible_to(by)))
        mine |= Q(within("referral", Referral.objects.visible_to(by)))
        for held in by.held:
            agency = Q(deadline__owed_by_agency=None) | Q(deadline__owed_by_agency_id=held.agency_id)
            mine |= Q(deadline__owed_by_role=held.role) & agency
        return self.filter(mine)

    def of_day(self, day: date) -> set[str]:
        """The text keys of what was chased on a London date."""
        return set(self.filter(day=day).values_list("thing", flat=True))


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, by: Standing | None) -> RoundQuerySet:
        """Those in which one was reminded oneself."""
        return self.filter(reminded=by.user) if by is not None else self.none()


class Round(models.Model):
    """Several things were chased at once: whoever owes any of them is written to once."""

    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reminded = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "round of reminders"
        verbose_name_plural = "rounds of reminders"

    def __str__(self) -> str:
        return f"round of reminders {self.pk}"

    def get_absolute_url(self) -> str:
        """Where everybody sees what they owe."""
        return reverse("caseload:desk")

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Of those who were reminded, whoever still owes something on a local date."""
        owing: set[int] = set()
        for chase in self.chases.all():
            owing |= set(chase.recipients(name, day).values_list("pk", flat=True))
        return User.objects.filter(pk__in=owing & set(self.reminded.values_list("pk", flat=True)))


class Chase(models.Model):
    """One thing was chased on one London date: once, whoever presses twice."""

    thing = models.CharField("text key of what is owed", max_length=100)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    day = models.DateField()
    chased_at = models.DateTimeField()
    chased_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="chases", null=True, blank=True)

    objects = ChaseQuerySet.as_manager()

    class Meta:
        verbose_name = "reminder by hand"
        verbose_name_plural = "reminders by hand"
        constraints = [models.UniqueConstraint(fields=["thing", "day"], name="chased_once_a_day")]
        indexes = [models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{self.thing} on {self.day}"

    def get_absolute_url(self) -> str:
        """The page where the thing is done, which asks again who may see it."""
        if self.deadline_id:
            return reverse("reminders:duty", args=[self.deadline_id])
        row = self.row
        return str(row.get_absolute_url()) if row is not None else reverse("caseload:desk")

    @property
    def row(self) -> Any:
        """What is owed, or None if it is there no more."""
        label, _, pk = self.thing.partition(":")
        return apps.get_model(label)._base_manager.filter(pk=pk).first()

    @property
    def trail(self) -> Trail:
        return self.case.chain if self.case else Trail.of_the_house()

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who owes it on a local date, deputies included: nobody once it has been done."""
        row = self.deadline if self.deadline_id else self.row
        return owing(row, day) if row is not None else User.objects.none()


def owing(thing: Any, day: date) -> models.QuerySet[User]:
    """Who owes a clock, a return, an answer, a position or an action on a local date, deputies included."""
    if isinstance(thing, Deadline):
        owners = owners_of(Deadline.objects.open().filter(pk=thing.pk), day)
        return User.objects.filter(pk__in=owners.get(thing.pk, set()))
    name = "waiting"
    if isinstance(thing, Action):
        name = "owner"
    elif isinstance(thing, AgencyReturn):
        if not thing.may_be_written:
            return User.objects.none()
        name = "agency"
    elif isinstance(thing, Referral):
        if thing.status != Status.MORE_INFORMATION:
            return User.objects.none()
        name = "author_and_leads"
    found: models.QuerySet[User] = thing.recipients(name, day)
    return found
