"""What a person is in an agency, between which dates, and who stands in for them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..roles import Role
from .agencies import Agency


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


class Cover(models.Model):
    """A deputy acts in a membership that is not theirs, between dates."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="covers")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covering")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="cover_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.deputy} for {self.membership}"
