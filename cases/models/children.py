"""The children and the people around them: coded facts here, who they are in `Identity`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import Agency
from accounts.standing import Standing
from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail
from cases import codes
from cases.parts import Part

from .cases import Case
from .holding import part_held


class OfCaseQuerySet(models.QuerySet[Any]):
    """Rows seen by whoever sees the whole case or its review papers."""

    def visible_to(self, by: Standing | None) -> OfCaseQuerySet:
        return self.filter(part_held("case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS))


class OfCase(HasVersion):
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="%(class)s_set")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def trail(self) -> Trail:
        return self.case.chain


class Child(OfCase):
    """A child of the case under a pseudonym, with the facts that returns are made of. May be unborn."""

    number = models.PositiveSmallIntegerField()
    pseudonym = models.CharField(max_length=60)
    primary_subject = models.BooleanField(default=False)
    unborn = models.BooleanField(default=False)
    age_years = models.PositiveSmallIntegerField("age in years at the incident", null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    harm = models.CharField(max_length=20, choices=Case.Harm.choices, default=Case.Harm.NOT_KNOWN)
    sex = models.CharField(max_length=20, choices=codes.SEX, default="not_known")
    ethnicity = models.CharField(max_length=20, choices=codes.ETHNICITY, default="UNKNOWN")
    disability = models.CharField("disabled", max_length=10, choices=codes.KNOWN, default="not_known")
    disabilities = models.JSONField("kinds of disability", default=list, blank=True)
    looked_after = models.CharField(max_length=10, choices=codes.KNOWN, default="not_known")
    responsible_la = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    care_leaver = models.CharField(max_length=10, choices=codes.KNOWN, default="not_known")
    legal_status = models.CharField(max_length=20, choices=codes.LEGAL_STATUS, blank=True)
    placement = models.CharField(max_length=30, choices=codes.PLACEMENT, blank=True)
    child_in_need = models.CharField(max_length=12, choices=codes.PLAN, default="not_known")
    child_protection = models.CharField(max_length=12, choices=codes.PLAN, default="not_known")
    child_protection_category = models.CharField(max_length=5, choices=codes.CP_CATEGORY, blank=True)
    known_to_agency = models.CharField(max_length=10, choices=codes.KNOWN, default="not_known")
    education = models.CharField(max_length=20, choices=codes.EDUCATION, default="not_known")
    current_safety = models.TextField("how the child is being kept safe now", blank=True)
    # Of the same case, and said of both: `cases.actions.link_siblings` writes it.
    siblings = models.ManyToManyField("self", verbose_name="brothers and sisters", blank=True)

    history = kept("siblings", apart=("version",))

    class Meta:
        ordering = ["case_id", "number"]
        verbose_name = "child"
        verbose_name_plural = "children"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="child_numbered_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(primary_subject=True), name="one_primary_subject_of_a_case"
            ),
        ]

    def __str__(self) -> str:
        return self.pseudonym

    @property
    def age_band(self) -> str:
        return codes.age_band(self.age_years, unborn=self.unborn)


class Person(OfCase):
    """An adult or other person of the household or around it."""

    label = models.CharField("pseudonym", max_length=60)
    relationship = models.CharField(max_length=100, blank=True)
    in_household = models.BooleanField(default=False)
    parental_responsibility = models.CharField(max_length=10, choices=codes.KNOWN, default="not_known")
    suspected_of_harm = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    history = kept()

    class Meta:
        ordering = ["case_id", "pk"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.label


class IdentityQuerySet(models.QuerySet["Identity"]):
    def visible_to(self, by: Standing | None) -> IdentityQuerySet:
        """Of those whose pseudonym this person may see. Seeing who it is takes the right to reveal besides."""
        parts = (Part.WHOLE_CASE, Part.REVIEW_PAPERS)
        return self.filter(part_held("child__case", by, *parts) | part_held("person__case", by, *parts))


class Identity(HasVersion):
    """Who a child or person is. Fetching one is a reveal, and is recorded (`cases.actions.reveal`).

    No history is kept of it: a name that was corrected is gone.
    """

    child = models.OneToOneField(Child, on_delete=models.PROTECT, related_name="identity", null=True, blank=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="identity", null=True, blank=True)
    full_name = models.CharField(max_length=200, blank=True)
    other_names = models.CharField(max_length=200, blank=True)
    born_on = models.DateField("date of birth", null=True, blank=True)
    born_text = models.CharField("date of birth, as known", max_length=60, blank=True)
    expected_on = models.DateField("expected date of delivery", null=True, blank=True)
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    nhs_number = models.CharField("NHS number", max_length=10, blank=True)
    upn = models.CharField("unique pupil number", max_length=13, blank=True)
    school = models.CharField(max_length=200, blank=True)
    gp = models.CharField("GP practice", max_length=200, blank=True)
    local_id = models.CharField("local authority's own number", max_length=40, blank=True)

    objects = IdentityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "identities"
        constraints = [
            models.CheckConstraint(
                condition=Q(child__isnull=True, person__isnull=False) | Q(child__isnull=False, person__isnull=True),
                name="identity_of_exactly_one",
            )
        ]

    def __str__(self) -> str:
        # Never the name: this text may reach a log.
        return f"identity {self.pk}"

    @property
    def owner(self) -> Child | Person:
        """The child or person it is the identity of."""
        owner = self.child or self.person
        assert owner is not None  # the database has made sure of it
        return owner

    @property
    def case(self) -> Case:
        return self.owner.case

    @property
    def trail(self) -> Trail:
        return self.case.chain

    def age_on(self, day: date) -> int | None:
        """Age in completed years on a local date; a 29 February birthday is attained on 1 March."""
        if not self.born_on:
            return None
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))
