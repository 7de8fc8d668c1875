"""What a person is in an agency, between which dates, and who stands in for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import MANAGING, Role
from audit.models import Trail

from .agencies import Agency
from .users import User

if TYPE_CHECKING:
    from accounts.standing import Standing


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        """The approved memberships in force on a local date."""
        return (
            self.exclude(approved_at=None)
            .filter(starts_on__lte=day, user__is_active=True)
            .filter(Q(ends_on=None) | Q(ends_on__gte=day))
        )

    def waiting(self) -> MembershipQuerySet:
        return self.filter(approved_at=None, refused_at=None)

    def visible_to(self, by: Standing) -> MembershipQuerySet:
        """Those who manage people see every membership; each other person only their own."""
        return self.all() if by.holds(*MANAGING) else self.filter(user=by.user)


class Membership(models.Model):
    """One role of one person in one agency, dated. Pending until somebody else approves it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=30, choices=Role.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role", "starts_on"], name="one_membership_per_start"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("user")),
                name="nobody_approves_their_own_access",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.user_id])

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    @property
    def is_waiting(self) -> bool:
        return self.approved_at is None and self.refused_at is None

    def in_force(self, *, on: date) -> bool:
        """Whether it gives its role on a local date, leaving aside whether person and agency are still there."""
        return self.approved_at is not None and self.starts_on <= on and (self.ends_on is None or self.ends_on >= on)

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told of what happens to it: `person`, or `approvers` (the coordinators of that day)."""
        if name == "person":
            return User.objects.filter(pk=self.user_id)
        coordinators = Membership.objects.on(day).filter(role=Role.COORDINATOR)
        return User.objects.filter(pk__in=coordinators.values("user_id")).exclude(pk=self.user_id)


class CoverQuerySet(models.QuerySet["Cover"]):
    def visible_to(self, by: Standing) -> CoverQuerySet:
        mine = Q(membership__user=by.user) | Q(deputy=by.user)
        return self.all() if by.holds(*MANAGING) else self.filter(mine)


class Cover(models.Model):
    """A deputy acts in a membership that is not theirs, between dates."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="covers")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covering")
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="cover_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.membership}"

    def get_absolute_url(self) -> str:
        return reverse("accounts:person", args=[self.membership.user_id])

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told: `deputy`, or `person` stood in for."""
        return User.objects.filter(pk=self.deputy_id if name == "deputy" else self.membership.user_id)
