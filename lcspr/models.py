"""Stage 3: the local child safeguarding practice review."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.access import within
from audit.events import key_of
from audit.history import kept
from audit.lifecycle import HasLifecycle, HasVersion
from audit.models import Trail
from cases.codes import DELAY_REASON
from cases.models import Case, part_held
from cases.parts import Part
from deadlines.models import Deadline
from deadlines.models.clocks import DeadlineQuerySet
from decisions.models import Decision
from documents.models import Draft, IssuedDocument
from publications.models import Publication
from rapid_reviews.models import RapidReview
from rapid_reviews.models.reviews import FINAL_READERS, READERS

from .lifecycle import COLOURS, FINAL, MOVES, OVER, PLANNED, WRITABLE, ReviewStatus

# Who reads the publication pack, and nothing else of a review.
PACK_READERS = (Role.COMMS_OFFICER, Role.SENIOR_PARTNER, Role.LEGAL_ADVISER)


class OfReviewQuerySet(models.QuerySet):
    """Rows seen by whoever sees the review they belong to."""

    def visible_to(self, by: Standing | None):
        return self.filter(within("review", Review.objects.visible_to(by)))


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, by: Standing | None) -> ReviewQuerySet:
        """Those who read rapid reviews while they are made; those who read finished ones, once it is approved."""
        if by is None:
            return self.none()
        of_the_papers = self.filter(part_held("case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS))
        if by.holds(*READERS):
            return of_the_papers
        return of_the_papers.filter(status__in=FINAL) if by.holds(*FINAL_READERS) else self.none()

    def under_way(self) -> ReviewQuerySet:
        return self.exclude(status__in=OVER)


class Review(HasLifecycle):
    """One local review (Children Act 2004 s16F; SI 2018/789 Part 3).

    Its six months count from `initiated_on`, the date of the partners' decision, never from the day this record
    was opened: the clock belongs to the rapid review (or its re-decision) that initiated it.
    """

    MOVES = MOVES

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    rapid_review = models.ForeignKey(RapidReview, on_delete=models.PROTECT, related_name="+")
    # The key under which the clocks of the decision to initiate run.
    occasion = models.CharField(max_length=100, unique=True)
    initiated_on = models.DateField("date of the decision to initiate")
    status = models.CharField(max_length=20, choices=ReviewStatus.choices, default=ReviewStatus.COMMISSIONING)
    public_title = models.CharField("title for the public, without a name", max_length=200, blank=True)
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="+")
    # What was put before the partners: they sign these words, not a draft that somebody may still change.
    for_signing = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sign_off = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    report = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    planned_publication_on = models.DateField("planned date of publication", null=True, blank=True)
    communications = models.TextField("what the communications officer needs to know", blank=True)
    # How many times publication was planned: each plan is an occasion of its own for the notice period.
    plans = models.PositiveSmallIntegerField(default=0)
    published_on = models.DateField(null=True, blank=True)
    early_reason = models.TextField("why it was published before the notice period was over", blank=True)
    not_published_reason = models.TextField("why it is not published", blank=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    history = kept()
    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "local review"
        ordering = ["-initiated_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_on__isnull=False, report__isnull=False),
                name="published_review_has_its_date_and_report",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[status.value for status in FINAL])
                | Q(sign_off__isnull=False, report__isnull=False),
                name="approved_review_was_signed_off",
            ),
            models.CheckConstraint(
                condition=~Q(status="not_published") | ~Q(not_published_reason=""),
                name="unpublished_review_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"Local review, {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("lcspr:review", args=[self.pk])

    @property
    def trail(self) -> Trail:
        return self.case.chain

    @property
    def colour(self) -> str:
        return COLOURS[self.status]

    @property
    def may_be_written(self) -> bool:
        return self.status in WRITABLE

    @property
    def is_being_written(self) -> bool:
        return self.status == ReviewStatus.IN_PROGRESS

    @property
    def is_being_signed(self) -> bool:
        return self.status == ReviewStatus.SIGNING

    @property
    def is_approved(self) -> bool:
        return self.status in FINAL

    @property
    def has_a_plan(self) -> bool:
        """Whether its publication is planned or has happened."""
        return self.status in PLANNED

    @property
    def is_published(self) -> bool:
        return self.status == ReviewStatus.PUBLISHED

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def publication_occasion(self) -> str:
        """The key of the plan of publication in force: each new plan starts a notice period of its own."""
        return f"{key_of(self)}:plan {self.plans}"

    def monitoring_clocks(self) -> DeadlineQuerySet:
        """The monthly clocks of this review (T15): the first counts from its opening, each next from a look at it."""
        keys = [key_of(self), *(key_of(looked) for looked in self.monitorings.all())]
        return Deadline.objects.filter(code="T15", occasion__in=keys)

    def delay_clocks(self) -> DeadlineQuerySet:
        """The clocks of the next notice of delay (T12), each counted from the notice before."""
        return Deadline.objects.filter(code="T12", occasion__in=[key_of(notice) for notice in self.delay_notices.all()])

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told: "reviewers", those appointed and not removed."""
        appointed = self.reviewers.filter(removed_on=None).values("membership")
        return _people_in(Membership.objects.on(day).filter(pk__in=appointed), day)


def _people_in(memberships: models.QuerySet[Membership], day: date) -> models.QuerySet[User]:
    """Whoever holds these memberships on the day, and who covers for them."""
    return User.objects.filter(
        Q(memberships__in=memberships)
        | Q(covering__membership__in=memberships, covering__starts_on__lte=day, covering__ends_on__gte=day)
    ).distinct()


class PublicationPackQuerySet(models.QuerySet["PublicationPack"]):
    def visible_to(self, by: Standing | None) -> PublicationPackQuerySet:
        """The holders of the part, once publication is planned; and whoever reads the review."""
        if by is None or not by.held:
            return self.none()
        seen = Q(within("pk", Review.objects.visible_to(by)))
        if by.holds(*PACK_READERS):
            seen |= Q(part_held("case", by, Part.PUBLICATION_PACK))
        return self.filter(seen, status__in=PLANNED)


class PublicationPack(Review):
    """A review as its publication needs it: the report as it was signed, its title and its day. Never a draft."""

    objects: ClassVar[Any] = PublicationPackQuerySet.as_manager()  # type: ignore[assignment]  # narrower than its base

    class Meta:
        proxy = True
        verbose_name = "publication pack"

    def __str__(self) -> str:
        return f"Publication pack, {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("lcspr:pack", args=[self.pk])


class TermsOfReference(HasVersion):
    """What the review is to look at, and how (specification 4.5)."""

    # Without these nobody can begin.
    NEEDED = ("purpose", "lines_of_enquiry", "method")

    review = models.OneToOneField(Review, on_delete=models.PROTECT, related_name="terms")
    purpose = models.TextField(blank=True)
    scope_from = models.DateField("period looked at: from", null=True, blank=True)
    scope_until = models.DateField("period looked at: until", null=True, blank=True)
    scope_reason = models.TextField("why this period", blank=True)
    lines_of_enquiry = models.TextField("key lines of enquiry", blank=True)
    method = models.TextField("method", blank=True)
    agencies = models.TextField("agencies taking part", blank=True)
    practitioners = models.TextField("how practitioners take part", blank=True)
    family = models.TextField("how the family takes part", blank=True)
    timetable = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)

    history = kept()
    objects = OfReviewQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "terms of reference"

    def __str__(self) -> str:
        return f"Terms of reference, {self.review.case}"

    def get_absolute_url(self) -> str:
        return reverse("lcspr:terms", args=[self.review_id])

    @property
    def trail(self) -> Trail:
        return self.review.trail


class Reviewer(models.Model):
    """A reviewer commissioned by the partners (SI 2018/789 regs 12 and 13)."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reviewers")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    appointed_on = models.DateField()
    # The points of specification 1.5 that were considered, each with what was found.
    suitability = models.JSONField(default=dict)
    conflict = models.TextField("real or perceived conflict of interest", blank=True)
    removed_on = models.DateField(null=True, blank=True)
    removed_reason = models.TextField(blank=True)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["appointed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "membership"], condition=Q(removed_on=None), name="reviewer_appointed_once"
            ),
            models.CheckConstraint(
                condition=Q(removed_on=None) | ~Q(removed_reason=""), name="removed_reviewer_has_the_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership.user)

    def get_absolute_url(self) -> str:
        return self.review.get_absolute_url()

    @property
    def case(self) -> Case:
        return self.review.case

    @property
    def trail(self) -> Trail:
        return self.review.trail

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told: the reviewer."""
        return _people_in(Membership.objects.on(day).filter(pk=self.membership_id), day)


class Monitoring(models.Model):
    """One look at the time being taken and the quality (SI 2018/789 reg 14); a request is made in writing."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="monitorings")
    on = models.DateField()
    found = models.TextField("progress and quality")
    requested = models.TextField("information or draft asked for in writing", blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"monitoring of {self.review.case}"

    def get_absolute_url(self) -> str:
        """Where the next look is recorded: the clock it starts leads here."""
        return reverse("lcspr:monitor", args=[self.review_id])

    @property
    def trail(self) -> Trail:
        return self.review.trail


class DelayNotice(models.Model):
    """Telling the Panel and the Secretary of State why six months will not be met. Explains; moves nothing."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="delay_notices")
    told_on = models.DateField()
    reasons = models.JSONField(default=list)
    explanation = models.TextField()
    new_target = models.DateField("new date aimed at", null=True, blank=True)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-told_on", "-pk"]

    def __str__(self) -> str:
        return f"delay notice, {self.review.case}"

    def get_absolute_url(self) -> str:
        """The review, where whoever may records the next notice: the clock it starts leads here."""
        return reverse("lcspr:review", args=[self.review_id])

    @property
    def trail(self) -> Trail:
        return self.review.trail

    @property
    def reasons_in_words(self) -> list[str]:
        words = dict(DELAY_REASON)
        return [words.get(code, code) for code in self.reasons]


class FamilyContact(models.Model):
    """The family's part in the review: who was asked, how, and what they said. Pseudonyms only."""

    class Answer(models.TextChoices):
        INVITED = "invited", "Invited"
        DECLINED = "declined", "Declined"
        TOOK_PART = "took_part", "Took part"
        NOT_INVITED = "not_invited", "Not invited, for a reason"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="family_contacts")
    who = models.CharField("who, by pseudonym or relationship", max_length=100)
    on = models.DateField()
    answer = models.CharField(max_length=20, choices=Answer.choices)
    note = models.TextField("what was said, agreed or offered", blank=True)

    objects = OfReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"contact with {self.who}"
