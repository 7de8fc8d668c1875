"""Who holds which part of a case, and who is barred from it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Agency, Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.models import Trail
from cases.parts import ONE_ROW, Part

from .cases import Case
from .holding import part_held


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def in_force(self, day: date) -> TeamMemberQuerySet:
        """The parts held on a local date."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def visible_to(self, by: Standing | None) -> TeamMemberQuerySet:
        """Who holds what is known to whoever sees the whole case."""
        return self.filter(part_held("case", by, Part.WHOLE_CASE))


class TeamMember(models.Model):
    """A part of a case, held by one membership or by everyone who holds a role in an agency on the day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="team_set")
    part = models.CharField(max_length=20, choices=Part.choices)
    row = models.CharField("the one row it names", max_length=100, blank=True)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    role = models.CharField(max_length=30, choices=Role.choices, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "part", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False, role="", agency__isnull=True)
                | (Q(membership__isnull=True, agency__isnull=False) & ~Q(role="")),
                name="part_held_by_a_membership_or_a_role_in_an_agency",
            ),
            models.CheckConstraint(
                condition=~Q(part__in=[part.value for part in ONE_ROW]) | ~Q(row=""), name="one_row_part_names_its_row"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "part"]),
            models.Index(fields=["membership"]),
            models.Index(fields=["role", "agency"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_part_display()} of {self.case}"

    @property
    def trail(self) -> Trail:
        return self.case.chain

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told that they were given it: the person of the membership. A role is told by nobody."""
        return User.objects.filter(memberships=self.membership_id) if self.membership_id else User.objects.none()


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def in_force(self, day: date) -> ConflictQuerySet:
        """The conflicts that bar somebody on a local date. Lifted today, it bars no more today."""
        return self.filter(declared_on__lte=day).filter(Q(lifted_on=None) | Q(lifted_on__gt=day))

    def visible_to(self, by: Standing | None) -> ConflictQuerySet:
        """Known to whoever sees the whole case."""
        return self.filter(part_held("case", by, Part.WHOLE_CASE))


class Conflict(models.Model):
    """A conflict of interest: bars the person from the case whatever they hold."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflict_set")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_on = models.DateField()
    lifted_on = models.DateField(null=True, blank=True)
    what = models.TextField("the conflict of interest", blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = "conflict of interest"
        verbose_name_plural = "conflicts of interest"
        ordering = ["case_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(lifted_on=None), name="one_conflict_in_force_of_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"conflict in {self.case}"

    @property
    def trail(self) -> Trail:
        return self.case.chain
