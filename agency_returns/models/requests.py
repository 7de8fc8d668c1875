"""What one agency is asked, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from accounts.models import Agency
from accounts.standing import Standing
from agency_returns.lifecycle import ReturnStatus
from audit.access import within
from audit.history import kept
from audit.lifecycle import HasVersion
from audit.models import Trail
from cases.models import Case, Child, Person

if TYPE_CHECKING:
    from .returns import AgencyReturn

STATUTORY_BASIS = "Children Act 2004, section 16H"


class InformationRequestQuerySet(models.QuerySet["InformationRequest"]):
    def visible_to(self, by: Standing | None) -> InformationRequestQuerySet:
        """Whoever may see the return may see what was asked."""
        from .returns import AgencyReturn

        return self.filter(within("agency_return", AgencyReturn.objects.visible_to(by)))

    def answerable_from(self, email: str) -> InformationRequestQuerySet:
        """The requests that stand and were sent to this address."""
        return self.filter(contact_email__iexact=email).exclude(agency_return__status=ReturnStatus.WITHDRAWN)


class InformationRequest(HasVersion):
    """A request to one agency for what it knows, under section 16H of the Children Act 2004.

    `occasion` is the text key of the row whose clock made the request necessary (the notification of a rapid
    review). Where the request stands is asked of its return. `due_on` is a local date.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=100)
    scope_from = models.DateField("start of the period", null=True, blank=True)
    scope_until = models.DateField("end of the period", null=True, blank=True)
    children = models.ManyToManyField(Child, related_name="+", blank=True)
    people = models.ManyToManyField(Person, related_name="+", blank=True)
    questions = models.TextField("what the agency is asked", blank=True)
    due_on = models.DateField("due date")
    contact_email = models.EmailField("contact at the agency", blank=True)
    statutory_basis = models.CharField(max_length=200, default=STATUTORY_BASIS)
    criminal_enquiry = models.BooleanField("a criminal enquiry is under way", default=False)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    agency_return: AgencyReturn

    history = kept()
    objects = InformationRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["case", "occasion"]), models.Index(fields=["agency", "due_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(scope_from=None)
                | models.Q(scope_until=None)
                | models.Q(scope_until__gte=models.F("scope_from")),
                name="scope_of_a_request_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.agency}"

    def get_absolute_url(self) -> str:
        return self.agency_return.get_absolute_url()

    @property
    def trail(self) -> Trail:
        return self.case.chain
