"""The referral: an agency asks the partnership to consider a case."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.models import Agency, Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.lifecycle import HasLifecycle
from audit.models import Trail
from cases.models import Case, part_held
from cases.parts import Part
from decisions.models import Decision
from documents.models import IssuedDocument
from referrals import lifecycle
from referrals.answers.given import Answers
from referrals.lifecycle import Status

if TYPE_CHECKING:
    from .parts import PageAnswers

REFERRING = (Role.REFERRER, Role.AGENCY_LEAD)


class EventKind(models.TextChoices):
    """What is referred: the first three are notified to the national body, each in its own way (specification 0.1)."""

    SERIOUS_INCIDENT = (
        "serious_incident",
        "A child has died or been seriously harmed, and abuse or neglect is known or suspected",
    )
    LOOKED_AFTER_DEATH = "looked_after_death", "A looked-after child has died"
    CARE_LEAVER_DEATH = "care_leaver_death", "A care leaver aged 24 or under has died"
    LEARNING = "learning", "There is something to learn, and it is none of these"

    @property
    def short(self) -> str:
        """The same in a list or a title."""
        return _SHORT[self.value]


_SHORT = {
    "serious_incident": "Serious incident",
    "looked_after_death": "Death of a looked-after child",
    "care_leaver_death": "Death of a care leaver",
    "learning": "Learning",
}


def leads(day: date) -> models.QuerySet[Membership]:
    """The safeguarding leads in force on a local date."""
    return Membership.objects.on(day).filter(role=Role.AGENCY_LEAD)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, by: Standing | None) -> ReferralQuerySet:
        """A draft: its author and their agency's leads. Once sent: the same, and whoever sees the whole case.

        A coordinator sees a draft too when it waits for approval and the agency has no lead but the author.
        """
        if by is None or not by.held:
            return self.none()
        writing_here = Q(author=by.user, agency_id__in=by.agencies(*REFERRING))
        of_own_agency = writing_here | Q(agency_id__in=by.agencies(Role.AGENCY_LEAD))
        seen: Any = Q(submitted_at=None) & of_own_agency
        # The case that the referral opened keeps the author's and the leads' part, whatever it is joined to.
        seen |= Q(part_held("opened", by, Part.OWN_REFERRAL)) & of_own_agency
        seen |= part_held("case", by, Part.WHOLE_CASE)
        if by.holds(Role.COORDINATOR):
            seen |= Q(status=Status.AWAITING_APPROVAL) & ~Exists(_other_leads(by.today))
        return self.filter(seen)


def _other_leads(day: date) -> models.QuerySet[Membership]:
    return leads(day).filter(agency=OuterRef("agency")).exclude(user=OuterRef("author"))


class Referral(HasLifecycle):
    """One referral, from the first page of its draft. What was sent is kept in `frozen` and never altered."""

    MOVES = lifecycle.MOVES

    status = models.CharField(max_length=30, choices=Status.choices, default=Status.DRAFT)
    kind = models.CharField("what is referred", max_length=30, choices=EventKind.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name="referring agency")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The draft's own chain, which the case takes over when it is sent.
    chain = models.OneToOneField(Trail, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    # While it is in the agency: when it was last worked on, and when its agency was last told that it lies there.
    touched_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    warned_at = models.DateTimeField("when its agency was warned of its removal", null=True, blank=True, editable=False)
    # Group -> the last number given out ("child": 3): a number is never used twice.
    last_numbers = models.JSONField(default=dict, editable=False)
    comments = models.TextField("what the author is asked to change", blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    in_the_leads_place = models.BooleanField(
        "approved by a coordinator, the agency having no other lead", default=False
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    frozen = models.JSONField("what was sent", null=True, blank=True, editable=False)
    frozen_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    still_needed = models.PositiveSmallIntegerField("important facts missing when it was sent", default=0)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    opened = models.OneToOneField(
        Case, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="the case it opened"
    )
    paper = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    told = models.TextField("what the referrer is told", blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "submitted_at"]),
            models.Index(fields=["agency", "status"]),
            models.Index(fields=["author"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=lifecycle.UNSENT)
                | Q(
                    case__isnull=False,
                    opened__isnull=False,
                    paper__isnull=False,
                    submitted_at__isnull=False,
                    approved_by__isnull=False,
                    frozen__isnull=False,
                    frozen_sha256__gt="",
                ),
                name="sent_referral_has_case_paper_and_approval",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")), name="referral_author_is_not_approver"
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.JOINED) | ~Q(case=F("opened")), name="joined_referral_is_in_another_case"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=lifecycle.CONCLUDED) | Q(decision__isnull=False, concluded_at__isnull=False),
                name="concluded_referral_has_its_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The reference of the case it opened; before that a number of its own. Never a name."""
        return self.opened.reference if self.opened else f"Draft {self.pk}"

    @property
    def trail(self) -> Trail:
        """Its own chain until it is sent, then its case's."""
        return self.case.chain if self.case else self.chain

    @property
    def kind_in_short(self) -> str:
        return EventKind(self.kind).short

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.pk])

    @property
    def colour(self) -> str:
        return lifecycle.COLOURS[Status(self.status)]

    @property
    def can_be_written(self) -> bool:
        return self.status in lifecycle.WRITING

    @property
    def is_in_the_agency(self) -> bool:
        return self.status in lifecycle.IN_THE_AGENCY

    @property
    def awaits_approval(self) -> bool:
        return self.status == Status.AWAITING_APPROVAL

    @property
    def was_returned(self) -> bool:
        return self.status == Status.RETURNED

    @property
    def is_withdrawn(self) -> bool:
        return self.status == Status.WITHDRAWN

    @property
    def was_removed(self) -> bool:
        return self.status == Status.REMOVED

    @property
    def last_touched(self) -> datetime:
        """When somebody last worked on the draft (UTC)."""
        return self.touched_at or self.started_at

    @property
    def warning_stands(self) -> bool:
        """Whether its agency was warned of its removal, and nobody has worked on it since."""
        return self.warned_at is not None and self.warned_at >= self.last_touched

    @property
    def is_sent(self) -> bool:
        return self.submitted_at is not None

    @property
    def is_new(self) -> bool:
        return self.status == Status.SUBMITTED

    @property
    def is_being_triaged(self) -> bool:
        return self.status in lifecycle.BEING_TRIAGED

    @property
    def is_with_the_partners(self) -> bool:
        return self.status == Status.PARTNERS_DECIDING

    @property
    def is_concluded(self) -> bool:
        return self.status in lifecycle.CONCLUDED

    @property
    def is_not_progressed(self) -> bool:
        return self.status == lifecycle.Status.NOT_PROGRESSED

    @property
    def may_be_joined(self) -> bool:
        return Status.JOINED in self.MOVES.get(self.status, ())

    @property
    def takes_more(self) -> bool:
        """Whether its agency may still tell the partnership something more."""
        return self.status in (*lifecycle.OPEN, Status.JOINED)

    @property
    def is_joined(self) -> bool:
        return self.status == Status.JOINED

    def decided_in(self) -> Referral | None:
        """The referral whose decision answers this one: itself, or the one it is considered with.

        None where the case it was joined to was opened without a referral.
        """
        found: Referral | None = self
        while found is not None and found.is_joined:
            found = Referral.objects.select_related("opened", "decision").filter(opened=found.case_id).first()
        return found

    def considered_with_it(self) -> list[Referral]:
        """The referrals joined to the case this one opened, and to those."""
        found: list[Referral] = []
        here: list[int | None] = [self.opened_id]
        while here:
            joined = Referral.objects.select_related("chain").filter(status=Status.JOINED, case__in=here)
            found += joined
            here = [referral.opened_id for referral in joined]
        return found

    def pages(self) -> dict[str, PageAnswers]:
        """The pages of the draft by key. Empty once it is sent."""
        from .parts import PageAnswers

        return {row.page: row for row in PageAnswers.objects.filter(referral=self).select_related("saved_by")}

    def answers(self) -> Answers:
        """What has been answered: as frozen once it is sent, until then as it stands."""
        agencies = {str(pk): name for pk, name in Agency.objects.values_list("pk", "name")}
        if self.frozen is not None:
            pages = self.frozen["pages"]
            return Answers(
                {key: page["answers"] for key, page in pages.items()},
                {key: page["typed"] for key, page in pages.items() if page["typed"]},
                agencies,
            )
        pages = self.pages()
        return Answers(
            {key: row.answers for key, row in pages.items()},
            {key: row.typed for key, row in pages.items() if row.typed},
            agencies,
        )

    def other_leads(self, day: date) -> models.QuerySet[Membership]:
        """The leads of the agency who may approve: anyone but the author."""
        return leads(day).filter(agency=self.agency_id).exclude(user=self.author_id)

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told: "author", "author_and_leads", "approvers", or "keepers" of a draft.

        Coordinators approve where the agency has no lead but the author, and are told of a draft that is left alone
        where its author and all leads have gone.
        """
        memberships = Membership.objects.on(day)
        author = memberships.filter(user=self.author_id, agency=self.agency_id, role__in=REFERRING)
        if name == "author":
            return _people(author, day)
        if name == "author_and_leads":
            return _people(author | memberships.filter(agency=self.agency_id, role=Role.AGENCY_LEAD), day)
        if name == "keepers":
            keeping = author | memberships.filter(agency=self.agency_id, role=Role.AGENCY_LEAD)
            return _people(keeping if keeping.exists() else memberships.filter(role=Role.COORDINATOR), day)
        if name == "approvers":
            approving = self.other_leads(day)
            if not approving.exists():
                approving = memberships.filter(role=Role.COORDINATOR)
            return _people(approving, day).exclude(pk=self.author_id)
        raise ValueError(f"A referral has no recipients called {name!r}.")


def _people(memberships: models.QuerySet[Membership], day: date) -> models.QuerySet[User]:
    """Whoever holds or covers these memberships on the day."""
    holding = memberships.values("pk")
    return User.objects.filter(
        Q(memberships__in=holding)
        | Q(covering__membership__in=holding, covering__starts_on__lte=day, covering__ends_on__gte=day)
    ).distinct()
