"""What must change: recommendations, the actions that carry them out, evidence and impact."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.models import Agency, Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.access import within
from audit.history import kept
from audit.lifecycle import HasLifecycle, HasVersion
from audit.models import Trail
from cases.models import Case, TeamMember, held_now, part_held
from cases.parts import Part
from documents.models import Upload

from .lifecycle import COLOURS, MOVES, REPORTABLE, WORKING, ActionStatus

PAPERS = (Part.WHOLE_CASE, Part.REVIEW_PAPERS)


class ActionPlanQuerySet(models.QuerySet["ActionPlan"]):
    def visible_to(self, by: Standing | None) -> ActionPlanQuerySet:
        return self.filter(part_held("pk", by, *PAPERS))


class ActionPlan(Case):
    """A case as those see it who read its review papers: by its reference, with what is to be done."""

    objects: ClassVar[Any] = ActionPlanQuerySet.as_manager()  # type: ignore[assignment]  # narrower than its base

    class Meta:
        proxy = True
        verbose_name = "action plan"

    def get_absolute_url(self) -> str:
        return reverse("improvements:case", args=[self.pk])


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, by: Standing | None) -> RecommendationQuerySet:
        return self.filter(part_held("case", by, *PAPERS))

    def standing(self) -> RecommendationQuerySet:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_on=None)

    def made_by(self, key: str) -> RecommendationQuerySet:
        """Those of one review, by its text key, in their order."""
        return self.filter(made_by_review=key).order_by("number", "pk")


class Recommendation(HasVersion):
    """What a review recommends: clear on what is required, of whom, and by when. Numbered within its review."""

    class Source(models.TextChoices):
        RAPID_REVIEW = "rapid_review", "Rapid review"
        LCSPR = "lcspr", "Local child safeguarding practice review"
        NATIONAL = "national", "National review"
        AUDIT = "audit", "Audit"
        OTHER = "other", "Other"

    class Scope(models.TextChoices):
        LOCAL = "local", "Local"
        REGIONAL = "regional", "Regional"
        NATIONAL = "national", "National"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=20, choices=Source.choices)
    # The text key of the review that makes it: named, not pointed at, because reviews stand above this room.
    made_by_review = models.CharField(max_length=100, blank=True)
    text = models.TextField("what is recommended")
    intended_outcome = models.TextField("the difference it should make to children", blank=True)
    scope = models.CharField(max_length=10, choices=Scope.choices, default=Scope.LOCAL)
    theme = models.CharField(max_length=100, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    history = kept()
    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["case_id", "made_by_review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "made_by_review", "number"], name="recommendation_numbered_once")
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("improvements:case", args=[self.case_id])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_on is not None

    @property
    def was_recorded_here(self) -> bool:
        """Recorded by hand, not made by a review that keeps its own: it is changed on a page of this room."""
        return not self.made_by_review

    @property
    def trail(self) -> Trail:
        return self.case.chain


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, by: Standing | None) -> ActionQuerySet:
        """Whoever sees the case or its review papers sees every action; an owner sees the one given to them."""
        if by is None or not by.held:
            return self.none()
        own = TeamMember.objects.filter(
            held_now(by),
            part=Part.OWN_ACTION,
            case=OuterRef("case"),
            row=Concat(Value(f"{Action._meta.label}:"), Cast(OuterRef("pk"), models.CharField())),
        )
        return self.filter(part_held("case", by, *PAPERS) | Q(Exists(own), part_held("case", by, Part.OWN_ACTION)))

    def unfinished(self) -> ActionQuerySet:
        return self.filter(status__in=WORKING)

    def most_pressing_first(self) -> ActionQuerySet:
        """What is still to be done, the soonest due first; then what is over."""
        over = models.Case(models.When(status__in=WORKING, then=0), default=1)
        return self.order_by(over, "target_on", "pk")

    def overdue(self, *, on: date) -> ActionQuerySet:
        """Unfinished ones whose target date has passed, on a local date."""
        return self.unfinished().filter(target_on__lt=on)


class Learning(models.TextChoices):
    """How partners learn from a case that does not meet the criteria."""

    SINGLE_AGENCY_REVIEW = "single_agency_review", "Review by a single agency"
    AUDIT = "audit", "Audit"
    PRACTICE_BRIEFING = "practice_briefing", "Practice briefing"


class Action(HasLifecycle):
    """Something an agency does by a date, with its evidence. "Overdue" is asked of a day, never stored."""

    MOVES = MOVES

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="actions", null=True, blank=True
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField("what will be done")
    immediate = models.BooleanField("to be done during the review", default=False)
    # Where a decision that the criteria are not met created it.
    learning = models.CharField("way of learning", max_length=30, choices=Learning.choices, blank=True)
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    lead_person = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    target_on = models.DateField("target date")
    first_target_on = models.DateField("target date first agreed")
    success_measure = models.TextField("how we will know it made a difference", blank=True)
    status = models.CharField(max_length=40, choices=ActionStatus.choices, default=ActionStatus.NOT_STARTED)
    progress = models.TextField("where it stands", blank=True)
    completed_on = models.DateField(null=True, blank=True)
    impact_check_on = models.DateField("check of impact due on", null=True, blank=True)

    history = kept()
    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["target_on", "pk"]
        indexes = [models.Index(fields=["status", "target_on"])]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="action_numbered_once"),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=False) | ~Q(status__in=["completed", "embedded"]),
                name="completed_action_has_its_date",
            ),
            models.CheckConstraint(condition=Q(target_on__isnull=False), name="action_has_a_target"),
        ]

    def __str__(self) -> str:
        return f"Action {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("improvements:action", args=[self.pk])

    @property
    def trail(self) -> Trail:
        return self.case.chain

    @property
    def may_be_completed(self) -> bool:
        return ActionStatus.COMPLETED in self.MOVES[ActionStatus(self.status)]

    @property
    def may_be_embedded(self) -> bool:
        return ActionStatus.EMBEDDED in self.MOVES[ActionStatus(self.status)]

    @property
    def may_be_reopened(self) -> bool:
        return not self.is_unfinished and ActionStatus.IN_PROGRESS in self.MOVES[ActionStatus(self.status)]

    @property
    def reportable(self) -> tuple[str, ...]:
        """What may be said of it now: where it stands, or where it may move."""
        return tuple(to for to in REPORTABLE if to == self.status or to in self.MOVES[ActionStatus(self.status)])

    @property
    def colour(self) -> str:
        return COLOURS[ActionStatus(self.status)]

    @property
    def is_unfinished(self) -> bool:
        return self.status in WORKING

    def is_overdue(self, *, on: date) -> bool:
        return self.is_unfinished and self.target_on < on

    @property
    def was_postponed(self) -> bool:
        return self.target_on != self.first_target_on

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told of an action: its owner, or the action owners and leads of the agency."""
        memberships = Membership.objects.on(day)
        if self.lead_person_id:
            memberships = memberships.filter(pk=self.lead_person_id)
        else:
            memberships = memberships.filter(agency=self.lead_agency, role__in=[Role.ACTION_OWNER, Role.AGENCY_LEAD])
        return User.objects.filter(
            Q(memberships__in=memberships)
            | Q(covering__membership__in=memberships, covering__starts_on__lte=day, covering__ends_on__gte=day)
        ).distinct()


class OfActionQuerySet(models.QuerySet[Any]):
    """Rows seen by whoever sees the action they belong to."""

    def visible_to(self, by: Standing | None) -> OfActionQuerySet:
        return self.filter(within("action", Action.objects.visible_to(by)))


class Evidence(models.Model):
    """What shows that an action was done, in words and with any files."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="evidence")
    text = models.TextField("what shows it was done")
    uploads = models.ManyToManyField(Upload, related_name="+", blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = OfActionQuerySet.as_manager()

    class Meta:
        ordering = ["given_at", "pk"]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"evidence of action {self.action_id}"


class ImpactCheck(models.Model):
    """Whether an action made the difference it was meant to, looked at afterwards."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="checks")
    on = models.DateField("checked on")
    found = models.TextField("what was found")
    impact_shown = models.BooleanField("the difference to children is shown")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = OfActionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"check of action {self.action_id}"


__all__ = ["Action", "ActionPlan", "ActionStatus", "Evidence", "ImpactCheck", "Learning", "Recommendation"]
