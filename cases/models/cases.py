"""One case per incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Agency
from accounts.standing import Standing
from audit.history import kept
from audit.lifecycle import HasLifecycle
from audit.models import Trail
from cases.parts import Part

from .holding import part_held

if TYPE_CHECKING:
    from .team import TeamMember


class CaseStatus(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    JOINED = "joined", "Joined to another case"


class CaseQuerySet(models.QuerySet["Case"]):
    def with_part(self, by: Standing | None, *parts: str) -> CaseQuerySet:
        """The cases of which this person holds one of the parts, unless a conflict of interest bars them."""
        if by is None or not by.held:
            return self.none()
        return self.filter(part_held("pk", by, *parts))

    def visible_to(self, by: Standing | None) -> CaseQuerySet:
        """The cases whose whole is open to this person. Holding a part never opens the case page."""
        return self.with_part(by, Part.WHOLE_CASE)


class Case(HasLifecycle):
    """What happened, once. Names and dates of birth are elsewhere, in `Identity`."""

    MOVES = {
        CaseStatus.OPEN: (CaseStatus.CLOSED, CaseStatus.JOINED),
        CaseStatus.CLOSED: (CaseStatus.OPEN,),
        CaseStatus.JOINED: (CaseStatus.OPEN,),
    }

    class Harm(models.TextChoices):
        DEATH = "death", "A child has died"
        SERIOUS_HARM = "serious_harm", "A child has been seriously harmed"
        OTHER = "other", "Another incident"
        NOT_KNOWN = "not_known", "Not known"

    reference = models.CharField(max_length=40, unique=True)
    status = models.CharField(max_length=10, choices=CaseStatus.choices, default=CaseStatus.OPEN)
    chain = models.OneToOneField(Trail, on_delete=models.PROTECT, related_name="+")
    incident_la = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", verbose_name="local authority of the incident"
    )
    home_la = models.ForeignKey(
        Agency,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="local authority where the child normally lives",
    )
    harm = models.CharField("what happened", max_length=20, choices=Harm.choices, default=Harm.NOT_KNOWN)
    incident_on = models.DateField("date of the incident", null=True, blank=True)
    incident_date_text = models.CharField("date of the incident, as known", max_length=60, blank=True)
    outside_england = models.BooleanField(default=False)
    location_type = models.CharField(max_length=30, blank=True)
    received_on = models.DateField("received on (local date)")
    title = models.CharField("short description without names", max_length=120, blank=True)
    joined_into = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    reopened_from = models.CharField(max_length=100, blank=True)
    legal_hold = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)

    history = kept()
    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        indexes = [models.Index(fields=["-received_on", "-id"]), models.Index(fields=["status"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.JOINED) | Q(joined_into__isnull=False),
                name="joined_case_names_the_case_it_joined",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.CLOSED) | Q(closed_on__isnull=False),
                name="closed_case_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def trail(self) -> Trail:
        return self.chain

    @property
    def is_open(self) -> bool:
        return self.status == CaseStatus.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == CaseStatus.CLOSED

    @property
    def team(self) -> models.QuerySet[TeamMember]:
        from .team import TeamMember

        return TeamMember.objects.filter(case=self)


class CasePeopleQuerySet(CaseQuerySet):
    def visible_to(self, by: Standing | None) -> CaseQuerySet:
        return self.with_part(by, Part.WHOLE_CASE, Part.REVIEW_PAPERS)


class CasePeople(Case):
    """The children and people of a case, as those with its review papers see them: by pseudonym."""

    objects: ClassVar[Any] = CasePeopleQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = "children and people of the case"


class CaseInPartQuerySet(CaseQuerySet):
    def visible_to(self, by: Standing | None) -> CaseQuerySet:
        return self.with_part(by, *Part)


class CaseInPart(Case):
    """A case as whoever holds any part of it may name it: by its reference, and nothing else."""

    objects: ClassVar[Any] = CaseInPartQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = "case"


class ReferenceSeries(models.Model):
    """The last number given out in a year. Its row is locked while a number is taken."""

    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"
