"""Who did what, when: the rows that every agency's return adds to one merged chronology."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.roles import Role
from accounts.standing import Standing
from agency_returns.lifecycle import ReturnStatus
from audit.access import within
from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail
from cases.models import Case, part_held
from cases.parts import Part
from govuk.approximate_date import ApproximateDate

from .returns import READERS, AgencyReturn


class ChildSeen(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"
    NOT_APPLICABLE = "not_applicable", "Does not apply"


class ChronologyQuerySet(models.QuerySet["ChronologyEntry"]):
    def visible_to(self, by: Standing | None) -> ChronologyQuerySet:
        return self.filter(within("agency_return", AgencyReturn.objects.visible_to(by)))

    def current(self) -> ChronologyQuerySet:
        """Those that have not been removed."""
        return self.filter(removed_at=None)

    def merged(self, case: Case, by: Standing | None) -> ChronologyQuerySet:
        """Every agency's entries that this person may see, in the order in which things happened.

        A date known only to the month or year stands at its first day; without a time, at the start of the day.
        """
        return (
            self.visible_to(by)
            .current()
            .filter(agency_return__request__case=case)
            .exclude(agency_return__status=ReturnStatus.WITHDRAWN)
            .select_related("agency_return__request__agency")
            .order_by("sorts_as", "pk")
        )

    def key_events(self) -> ChronologyQuerySet:
        return self.filter(key_event=True)

    def after(self, sorts_as: str, pk: int) -> ChronologyQuerySet:
        """What follows the entry with this key: the next page of `merged`."""
        return self.filter(Q(sorts_as__gt=sorts_as) | Q(sorts_as=sorts_as, pk__gt=pk))

    def before(self, sorts_as: str, pk: int) -> ChronologyQuerySet:
        return self.filter(Q(sorts_as__lt=sorts_as) | Q(sorts_as=sorts_as, pk__lt=pk))


class ChronologyEntry(HasVersion):
    """One event as one agency recorded it. `on` is a date as far as it is known (ApproximateDate)."""

    agency_return = models.ForeignKey(AgencyReturn, on_delete=models.PROTECT, related_name="entries")
    on = models.CharField("date", max_length=10)
    time = models.TimeField(null=True, blank=True)
    sorts_as = models.CharField(max_length=16, editable=False)
    source = models.CharField("source of the information", max_length=200, blank=True)
    event = models.TextField("what happened")
    child_seen = models.CharField(
        "was the child seen?", max_length=20, choices=ChildSeen.choices, default=ChildSeen.NOT_KNOWN
    )
    child_voice = models.TextField("what the child said or showed", blank=True)
    decision = models.TextField("action or decision", blank=True)
    practitioner_role = models.CharField("role of the practitioner", max_length=200, blank=True)
    comment = models.TextField("comment or analysis", blank=True)
    significance = models.TextField("why it matters", blank=True)
    key_event = models.BooleanField("key event", default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    history = kept()
    objects = ChronologyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "chronology entries"
        ordering = ["sorts_as", "pk"]
        indexes = [models.Index(fields=["agency_return", "sorts_as", "id"])]

    def __str__(self) -> str:
        return f"entry of {self.when}"

    def save(self, *args: object, **kwargs: object) -> None:
        first = ApproximateDate(self.on).earliest or date.max
        self.sorts_as = f"{first.isoformat()} {self.time:%H:%M}" if self.time else f"{first.isoformat()} 00:00"
        named = kwargs.get("update_fields")
        if named is not None:
            kwargs["update_fields"] = {*named, "sorts_as"}  # type: ignore[misc]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        return self.agency_return.get_absolute_url()

    @property
    def trail(self) -> Trail:
        return self.agency_return.trail

    @property
    def when(self) -> str:
        """The date as far as it is known, in words."""
        return ApproximateDate(self.on).text


class CaseChronologyQuerySet(models.QuerySet["CaseChronology"]):
    def visible_to(self, by: Standing | None) -> CaseChronologyQuerySet:
        """The cases whose returns this person may read: coordinators, and readers of the review's papers."""
        if by is None:
            return self.none()
        seen = Q(pk__in=[])
        if by.holds(Role.COORDINATOR):
            seen |= Q(part_held("pk", by, Part.WHOLE_CASE))
        if by.holds(*READERS):
            seen |= Q(part_held("pk", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS))
        return self.filter(seen)


class CaseChronology(Case):
    """The merged chronology of a case: the case itself, as those who read the returns see it."""

    objects: ClassVar[Any] = CaseChronologyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        proxy = True
        verbose_name_plural = "case chronologies"

    def get_absolute_url(self) -> str:
        return reverse("agency_returns:chronology", args=[self.pk])
