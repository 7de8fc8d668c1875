"""The rapid review of one notified incident."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.events import key_of
from audit.history import kept
from audit.lifecycle import HasLifecycle
from audit.models import Trail
from cases.models import Case, part_held
from cases.parts import Part
from decisions.models import Decision
from documents.models import Draft, IssuedDocument
from notifications.incident.models import Notification
from rapid_reviews.lifecycle import BEING_WRITTEN, COLOURS, DECIDED, DELIVERED, MOVES, Outcome, ReviewStatus

# Who reads a rapid review while it is made (specification 6.1); the others who may see it read the finished report.
READERS = (
    Role.COORDINATOR,
    Role.PANEL_CHAIR,
    Role.GROUP_MEMBER,
    Role.PARTNER,
    Role.LA_NOTIFIER,
    Role.LA_APPROVER,
    Role.SCRUTINEER,
    Role.REVIEWER,
    Role.LEGAL_ADVISER,
    Role.AUDITOR,
)
FINAL_READERS = (Role.SENIOR_PARTNER,)


class RapidReviewQuerySet(models.QuerySet["RapidReview"]):
    def read_by(self, by: Standing | None) -> RapidReviewQuerySet:
        """Those this person may read while they are made."""
        if by is None or not by.holds(*READERS):
            return self.none()
        return self.filter(part_held("case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS))

    def visible_to(self, by: Standing | None) -> RapidReviewQuerySet:
        """Those who work on the case or hold its review papers; once released, also the agencies that answered."""
        if by is None or not by.held:
            return self.none()
        seen = Q(pk__in=[])
        if by.holds(*READERS):
            seen |= Q(part_held("case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS))
        if by.holds(*FINAL_READERS):
            seen |= Q(part_held("case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS), status__in=DELIVERED)
        if by.holds(Role.AGENCY_LEAD):
            seen |= Q(
                part_held("case", by, Part.OWN_RETURN, Part.REVIEW_PAPERS),
                released_at__isnull=False,
                status__in=DELIVERED,
            )
        return self.filter(seen)

    def standing(self) -> RapidReviewQuerySet:
        """Those whose notification has not been withdrawn."""
        return self.exclude(status=ReviewStatus.VOID)


class RapidReview(HasLifecycle):
    """Gathers the facts of a notified incident and decides the next step.

    There is none without a notification. `started_on`, `decided_on` and `initiated_on` are local dates; the six
    months of a local review (T09) count from `initiated_on`, the day the partners decided.
    """

    MOVES = MOVES

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    notification = models.OneToOneField(Notification, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=ReviewStatus.choices, default=ReviewStatus.AGENCY_RETURNS)
    started_on = models.DateField()
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="+")
    recommendation = models.CharField("recommendation of the panel", max_length=30, choices=Outcome.choices, blank=True)
    for_signing = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sign_off = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    # The partners asked again after the national body's letter (specification 9.2, example 15).
    redecision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    outcome = models.CharField(max_length=30, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    initiated_on = models.DateField("date a local review was initiated", null=True, blank=True)
    report = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sent_at = models.DateTimeField("sent to the national body", null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sent_reference = models.CharField(max_length=100, blank=True)
    late_reason = models.TextField("why it was sent late", blank=True)
    # Everything the national body's letters said, as codes.
    panel_response = models.JSONField(default=list, blank=True)
    released_at = models.DateTimeField("released to the agencies", null=True, blank=True)

    history = kept()
    objects = RapidReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-pk"]
        indexes = [models.Index(fields=["case"]), models.Index(fields=["status"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=[status.value for status in DECIDED])
                | (~Q(outcome="") & Q(decided_on__isnull=False, sign_off__isnull=False, report__isnull=False)),
                name="signed_rapid_review_says_what_was_decided",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[status.value for status in DELIVERED])
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="sent_rapid_review_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(outcome="initiate_lcspr", initiated_on__isnull=False)
                | (~Q(outcome="initiate_lcspr") & Q(initiated_on__isnull=True)),
                name="initiated_review_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"rapid review of {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("rapid_reviews:review", args=[self.pk])

    @property
    def trail(self) -> Trail:
        return self.case.chain

    @property
    def initiation_occasion(self) -> str:
        """The occasion of the clocks that the decision to initiate a local review started (T09, the first T07)."""
        return key_of(self)

    @property
    def requests_occasion(self) -> str:
        """The occasion of the requests made to agencies for this review: its notification."""
        return f"{Notification._meta.label}:{self.notification_id}"

    @property
    def colour(self) -> str:
        return COLOURS[self.status]

    @property
    def may_be_written(self) -> bool:
        return self.status in BEING_WRITTEN

    @property
    def is_with_panel(self) -> bool:
        return self.status == ReviewStatus.PANEL

    @property
    def is_being_signed(self) -> bool:
        return self.status == ReviewStatus.SIGNING

    @property
    def is_signed(self) -> bool:
        """Signed, and not sent yet."""
        return self.status == ReviewStatus.SIGNED

    @property
    def is_decided(self) -> bool:
        return self.status in DECIDED

    @property
    def is_sent(self) -> bool:
        return self.status in DELIVERED

    @property
    def is_answered(self) -> bool:
        return self.status == ReviewStatus.ANSWERED

    @property
    def is_void(self) -> bool:
        return self.status == ReviewStatus.VOID

    @property
    def deciding(self) -> Decision | None:
        """The decision that is before the partners, or was last."""
        return self.redecision or self.sign_off

    @property
    def is_being_redecided(self) -> bool:
        return self.redecision is not None and self.redecision.is_open

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told, on a local date: "agencies" are the safeguarding leads of the agencies that were asked."""
        holding = Membership.objects.on(day)
        if name == "agencies":
            from agency_returns.models import InformationRequest

            asked = InformationRequest.objects.filter(occasion=self.requests_occasion)
            holding = holding.filter(role=Role.AGENCY_LEAD, agency__in=asked.values("agency"))
        else:
            holding = holding.none()
        return User.objects.filter(
            Q(memberships__in=holding)
            | Q(covering__membership__in=holding, covering__starts_on__lte=day, covering__ends_on__gte=day)
        ).distinct()


class OfReviewQuerySet(models.QuerySet):
    """Rows that belong to a rapid review, seen by those who read it while it is made."""

    def visible_to(self, by: Standing | None):
        return self.filter(review__in=RapidReview.objects.read_by(by))

    def current(self):
        """Those that have not been removed."""
        return self.filter(removed_at=None)
