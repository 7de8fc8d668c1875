"""Lists of cases that people keep: what they are narrowed by, and which columns they show."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.standing import Standing
from audit.models import Trail


class SavedListQuerySet(models.QuerySet["SavedList"]):
    def visible_to(self, by: Standing | None) -> SavedListQuerySet:
        """One's own, and what a colleague shares. A list shows each person only the cases open to them."""
        if by is None or not by.held or by.is_correspondent:
            return self.none()
        return self.filter(Q(owner=by.user) | Q(shared=True))


class SavedList(models.Model):
    """A list of cases under a name. The query is that of an address, made of codes and dates."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    columns = models.JSONField(default=list, blank=True)
    shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    objects = SavedListQuerySet.as_manager()

    class Meta:
        verbose_name = "saved list"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="one_list_of_a_name_a_person")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('caseload:cases')}?list={self.pk}"

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()


class KeptColumnsQuerySet(models.QuerySet["KeptColumns"]):
    def visible_to(self, by: Standing | None) -> KeptColumnsQuerySet:
        """One's own."""
        return self.filter(user=by.user) if by is not None else self.none()


class KeptColumns(models.Model):
    """The columns one person wants to see in the list of cases."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)

    objects = KeptColumnsQuerySet.as_manager()

    def __str__(self) -> str:
        return f"columns of {self.user_id}"
