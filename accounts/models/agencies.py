"""The organisations that work together, with the dates they exist between."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail

if TYPE_CHECKING:
    from accounts.standing import Standing


class Body(models.TextChoices):
    """The three statutory safeguarding partners (Children Act 2004 s16E(3)); others are relevant agencies."""

    NONE = "", "Not a safeguarding partner"
    LA = "la", "Local authority"
    ICB = "icb", "Integrated care board"
    POLICE = "police", "Police"


class AgencyType(models.TextChoices):
    """Specification 7.6."""

    LA_CSC = "la_csc", "Children's social care"
    LA_EARLY_HELP = "la_early_help", "Early help or family hub"
    LA_EDUCATION = "la_education", "Education, inclusion or virtual school"
    LA_ADULT = "la_adult", "Adult social care"
    LA_HOUSING = "la_housing", "Local authority housing"
    LA_PUBLIC_HEALTH = "la_public_health", "Public health"
    ICB = "icb", "Integrated care board"
    ACUTE = "acute", "Acute hospital trust"
    COMMUNITY = "community", "Community health or 0 to 19 service"
    MENTAL_HEALTH = "mental_health", "Mental health trust or CAMHS"
    GP = "gp", "Primary care or GP"
    AMBULANCE = "ambulance", "Ambulance service"
    MIDWIFERY = "midwifery", "Midwifery"
    POLICE = "police", "Territorial police"
    BTP = "btp", "British Transport Police"
    PROBATION = "probation", "Probation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    CAFCASS = "cafcass", "Cafcass"
    COURT = "court", "Court"
    SCHOOL = "school", "School, academy or trust"
    EARLY_YEARS = "early_years", "Early years provider"
    COLLEGE = "college", "College or further education"
    PRU = "pru", "Pupil referral unit or alternative provision"
    INDEPENDENT_SCHOOL = "independent_school", "Independent school"
    CHILDRENS_HOME = "childrens_home", "Children's home"
    FOSTERING = "fostering", "Fostering agency"
    SUPPORTED = "supported", "Supported accommodation provider"
    PRISON = "prison", "Prison, young offender institution or secure training centre"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse service"
    SUBSTANCE = "substance", "Substance misuse service"
    VCSE = "vcse", "Voluntary or community organisation"
    FAITH = "faith", "Faith organisation"
    SPORT = "sport", "Sport or leisure"
    HOUSING_ASSOCIATION = "housing_association", "Housing association"
    FIRE = "fire", "Fire and rescue"
    UKVI = "ukvi", "UK Visas and Immigration or Border Force"
    CORONER = "coroner", "Coroner"
    OTHER_AREA = "other_area", "Other local authority or partnership"
    DEVOLVED = "devolved", "Welsh, Scottish or Northern Irish body"
    BUSINESS_UNIT = "business_unit", "Partnership business unit"
    OTHER = "other", "Other"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def on(self, day: date) -> AgencyQuerySet:
        """The agencies that exist on a local date."""
        return self.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))

    def visible_to(self, by: Standing) -> AgencyQuerySet:
        """That an organisation works with the partnership is no secret among its people."""
        return self if by.held else self.none()

    def with_domain(self, domain: str) -> AgencyQuerySet:
        """The agencies that have approved this e-mail domain."""
        return self.filter(domains__domain=domain.lower()).distinct()

    def local_authorities(self) -> AgencyQuerySet:
        """The local authorities of this partnership's own area: one of them notifies."""
        return self.filter(body=Body.LA, out_of_area=False)

    def deciding(self) -> AgencyQuerySet:
        return self.exclude(body="")


class Agency(HasVersion):
    """An organisation, dated: mergers and reorganisations close one row and open another."""

    name = models.CharField(max_length=200)
    kind = models.CharField("type of agency", max_length=30, choices=AgencyType.choices)
    body = models.CharField("safeguarding partner", max_length=10, choices=Body.choices, blank=True, default="")
    ons_code = models.CharField("ONS code", max_length=12, blank=True)
    out_of_area = models.BooleanField(default=False)
    front_door = models.CharField("how to report a child at risk now", max_length=300, blank=True)
    valid_from = models.DateField(default=date(2018, 6, 29))
    valid_until = models.DateField(null=True, blank=True)

    history = kept()
    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="one_agency_of_a_name_at_a_time"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="agency_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("accounts:agency", args=[self.pk])

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    def approves(self, address: str) -> bool:
        """Whether the address is in one of the agency's approved e-mail domains."""
        return self.domains.filter(domain=address.rpartition("@")[2].lower()).exists()


class EmailDomain(models.Model):
    """An e-mail domain whose holders may register themselves with an agency (a coordinator still approves)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="domains")
    domain = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "domain"], name="domain_listed_once_per_agency")]

    def __str__(self) -> str:
        return self.domain
