"""What a partnership decides about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import RegexValidator
from django.db import models

from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail

if TYPE_CHECKING:
    from accounts.standing import Standing

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Brand colour must be six hexadecimal digits after #")


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, by: Standing) -> PartnershipQuerySet:
        return self.all()


class Partnership(HasVersion):
    """One row: the partnership's name, look, addresses and rules, edited by an authorised person."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    service_name = models.CharField(max_length=100, default="Safeguarding reviews")
    brand_colour = models.CharField(max_length=7, default="#1d4f67", validators=[COLOUR])
    reference_prefix = models.CharField(max_length=12, default="CIOS")
    national_body = models.CharField(max_length=200, default="Child Safeguarding Practice Review Panel")
    national_body_short = models.CharField(max_length=60, default="the Panel")
    front_door = models.TextField("how to report a child at risk now", blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    exit_url = models.URLField("where 'Exit this page' goes", default="https://www.bbc.co.uk/weather")
    panel_email = models.EmailField("address of the national body", blank=True)
    secretary_of_state_email = models.EmailField("address of the Secretary of State's department", blank=True)
    ofsted_email = models.EmailField("address of Ofsted", blank=True)
    # Kind of decision -> rule; a kind that is not named is decided unanimously.
    decision_rules = models.JSONField(default=dict, blank=True)
    look_back_years = models.PositiveSmallIntegerField("years of timeline in a rapid review", default=2)

    history = kept()
    objects = PartnershipQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    @classmethod
    def this(cls) -> Partnership:
        """The partnership this installation serves; plain words until one has been named."""
        return cls.objects.first() or cls(name="Safeguarding Children Partnership", short_name="Partnership")
