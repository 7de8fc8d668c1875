"""The register of time limits as the product reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q

from deadlines.statutory import (
    Alternative,
    Confidence,
    Convention,
    Direction,
    Kind,
    TimeLimit,
    Unit,
    limit_in_force,
)

FACTS = (
    "code",
    "edition",
    "title",
    "authority",
    "confidence",
    "amount",
    "unit",
    "kind",
    "direction",
    "trigger",
    "stop",
    "owed_by",
    "owed_by_role",
    "owed_by_agency_kind",
    "statutory",
    "note",
    "edition_note",
    "in_force_from",
    "in_force_to",
    "variant_of",
)


class LimitInUse(Exception):
    """A clock has been counted by this row, so it is never changed again. Make another."""


def choices(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(str(name), str(name).replace("_", " ").capitalize()) for name in names]


def row_of(limit: TimeLimit) -> dict[str, Any]:
    """The columns of a row that says what the time limit says."""
    facts = {name: getattr(limit, name) for name in FACTS}
    return facts | {"recipients": list(limit.recipients), "counting": [asdict(way) for way in limit.counting]}


class LimitQuerySet(models.QuerySet["Limit"]):
    def in_force(self, code: str, on: date) -> Limit:
        """The row of that code in force on that day. UnknownLimit otherwise."""
        # The latest entered first: of two that begin on one day, as two changes of the working plan may, it counts.
        rows = {row.as_time_limit(): row for row in self.filter(code__iexact=code).order_by("-pk")}
        return rows[limit_in_force(code, on, rows)]

    def working_plan(self) -> list[Limit]:
        """The steps of the working plan as it stands now, by their working day. Two queries."""
        newest = self.filter(code__startswith="L").order_by("-pk").values_list("edition", flat=True).first()
        return list(self.filter(code__startswith="L", edition=newest).order_by("amount", "code"))

    def update(self, **changes: Any) -> NoReturn:
        raise LimitInUse("Limits are changed one row at a time, and only while no clock has used them.")

    def delete(self) -> NoReturn:
        raise LimitInUse("Limits are not removed.")


class Limit(models.Model):
    """One limit of the register in one edition. Never edited once a clock has been counted by it."""

    code = models.CharField(max_length=10)
    edition = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    authority = models.CharField(max_length=400)
    confidence = models.CharField(max_length=80, choices=choices(Confidence))
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=choices(Unit))
    kind = models.CharField(max_length=20, choices=choices(Kind))
    direction = models.CharField(max_length=10, choices=choices(Direction))
    trigger = models.CharField(max_length=300)
    stop = models.CharField(max_length=300)
    owed_by = models.CharField(max_length=200)
    owed_by_role = models.CharField(max_length=30)
    owed_by_agency_kind = models.CharField(max_length=30, blank=True)
    recipients = models.JSONField(default=list, blank=True)
    # The ways of counting it, the default first.
    counting = models.JSONField(default=list, blank=True)
    statutory = models.BooleanField(default=True)
    note = models.CharField(max_length=300, blank=True)
    edition_note = models.CharField(max_length=300, blank=True)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True)
    variant_of = models.CharField("local variant of", max_length=40, blank=True)
    entered_by = models.CharField(max_length=200, blank=True)

    objects = LimitQuerySet.as_manager()

    class Meta:
        ordering = ["code", "in_force_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="one_limit_of_a_code_in_an_edition"),
            models.CheckConstraint(
                condition=Q(in_force_to=None) | Q(in_force_to__gte=F("in_force_from")),
                name="limit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.edition}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and self.is_used:
            raise LimitInUse(f"Clocks have been counted by {self}.")
        super().save(*args, **kwargs)

    def as_time_limit(self) -> TimeLimit:
        """What this row says, for counting."""
        facts = {name: getattr(self, name) for name in FACTS}
        facts |= {
            "confidence": Confidence(self.confidence),
            "unit": Unit(self.unit),
            "kind": Kind(self.kind),
            "direction": Direction(self.direction),
            "recipients": tuple(self.recipients),
            "counting": tuple(
                Alternative(
                    **{**way, "convention": Convention(way["convention"]), "unit": way["unit"] and Unit(way["unit"])}
                )
                for way in self.counting
            ),
        }
        return TimeLimit(**facts)

    @property
    def is_used(self) -> bool:
        from .clocks import Deadline

        return Deadline.objects.filter(limit=self.pk).exists()
