"""What the public may read. Knows nothing of cases: a page the public can open cannot name one."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from audit.history import kept
from audit.lifecycle import HasLifecycle, HasVersion
from audit.models import Trail
from deadlines.working_days import add_years
from documents.models import IssuedDocument, Upload

EDITORS = (Role.COORDINATOR,)


class OfThePublicQuerySet(models.QuerySet):
    """Rows that the coordinators work on; the public reads what is shown or public of them."""

    def visible_to(self, by: Standing | None):
        return self if by is not None and by.holds(*EDITORS) else self.none()


class OfThePublic(HasVersion):
    objects = OfThePublicQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()


class Page(OfThePublic):
    """A page of the public site, edited in the browser by coordinators. `body` is clean rich text."""

    class Section(models.TextChoices):
        ABOUT = "about", "About safeguarding reviews"
        GUIDANCE = "guidance", "Guidance and the law"
        REFERRING = "referring", "Referring a case"
        LOCAL = "local", "Our procedures and guidance"

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    section = models.CharField(max_length=20, choices=Section.choices, default=Section.ABOUT)
    position = models.PositiveSmallIntegerField(default=100)
    summary = models.CharField("one sentence that says what it is", max_length=300, blank=True)
    body = models.TextField(blank=True)
    shown = models.BooleanField("shown to the public", default=True)
    takes_feedback = models.BooleanField("people may have their say on this page", default=False)
    changed_at = models.DateTimeField(null=True, blank=True)

    history = kept()

    class Meta:
        ordering = ["section", "position", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publications:page", args=[self.slug])


class PageFile(models.Model):
    """A document that a page offers."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="files")
    title = models.CharField(max_length=200)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    removed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class PublicationStatus(models.TextChoices):
    PUBLIC = "public", "Public"
    WITHDRAWN = "withdrawn", "No longer public"


class PublicationQuerySet(OfThePublicQuerySet):
    def public(self) -> PublicationQuerySet:
        return self.filter(status=PublicationStatus.PUBLIC)


class Publication(HasLifecycle):
    """A published report, or the information about improvements published in its stead.

    Kept public for at least one year (SI 2018/789 reg 17): it may be taken down only from the day after the
    anniversary, `removable_from`.
    """

    MOVES = {PublicationStatus.PUBLIC: (PublicationStatus.WITHDRAWN,), PublicationStatus.WITHDRAWN: ()}

    class Kind(models.TextChoices):
        LCSPR = "lcspr", "Local child safeguarding practice review"
        IMPROVEMENTS = "improvements", "Improvements from a local review"
        BRIEFING = "briefing", "Learning briefing"
        YEARLY_REPORT = "yearly_report", "Yearly report"
        OTHER = "other", "Other publication"

    slug = models.SlugField(max_length=120, unique=True)
    status = models.CharField(max_length=10, choices=PublicationStatus.choices, default=PublicationStatus.PUBLIC)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    # [[heading, clean rich text], ...] and [text, ...]
    sections = models.JSONField(default=list)
    recommendations = models.JSONField(default=list)
    reviewers = models.JSONField(default=list)
    # What the library is searched in: the words alone, as they are read.
    words = models.TextField(default="", editable=False)
    published_on = models.DateField()
    takes_feedback = models.BooleanField("people may have their say on this page", default=False)
    paper = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        indexes = [models.Index(fields=["status", "-published_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publications:publication", args=[self.slug])

    @property
    def trail(self) -> Trail:
        return Trail.of_the_house()

    @property
    def has_contents(self) -> bool:
        """Whether it is long enough for a list of contents."""
        return len(self.sections) > 2

    @property
    def is_public(self) -> bool:
        return self.status == PublicationStatus.PUBLIC

    @property
    def describes_harm(self) -> bool:
        """Whether a reader is warned of what it tells."""
        return self.kind in (self.Kind.LCSPR, self.Kind.IMPROVEMENTS)

    @property
    def removable_from(self) -> date:
        """The first local date on which it may be taken down: the day after the anniversary."""
        return date.fromordinal(add_years(self.published_on, 1).toordinal() + 1)


class Feedback(OfThePublic):
    """What somebody had to say about a page or report. Names nobody unless they chose to."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    text = models.TextField()
    reply_to = models.CharField("how to reply, if wished", max_length=254, blank=True)
    given_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name_plural = "feedback"
        ordering = ["-given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page__isnull=True, publication__isnull=False)
                | Q(page__isnull=False, publication__isnull=True),
                name="feedback_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("publications:feedback")

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """The coordinators are told."""
        coordinating = Membership.objects.on(day).filter(role=Role.COORDINATOR)
        return User.objects.filter(memberships__in=coordinating).distinct()
