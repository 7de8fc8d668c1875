"""What one agency knows: its return, from the request to its acceptance."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from accounts.models import Agency, Membership, User
from accounts.roles import Role
from accounts.standing import Standing
from agency_returns.lifecycle import ANSWERED, COLOURS, HAVING_CONTENT, MOVES, WAITING, ReturnStatus
from audit.history import kept
from audit.lifecycle import HasLifecycle
from audit.models import Trail
from cases.models import Case, Conflict, TeamMember, held_now, part_held
from cases.parts import Part

from .requests import InformationRequest
from .sections import SECTIONS

# Who reads the returns of all agencies once they are released (specification 6.1).
READERS = (
    Role.PARTNER,
    Role.PANEL_CHAIR,
    Role.GROUP_MEMBER,
    Role.SCRUTINEER,
    Role.REVIEWER,
    Role.LEGAL_ADVISER,
    Role.AUDITOR,
)
SYSTEM_FACTORS = [
    ("workload", "Workload"),
    ("capacity", "Capacity and staffing"),
    ("policy", "Policy or procedure"),
    ("training", "Training and knowledge"),
    ("tools", "Tools, records and systems"),
    ("culture", "Culture and leadership"),
    ("other_agencies", "How agencies work together"),
    ("none", "None seen"),
]


def _own(by: Standing) -> Q:
    answering = by.agencies(Role.AGENCY_LEAD, Role.REFERRER)
    if not answering:
        return Q(pk__in=[])
    named = TeamMember.objects.filter(
        held_now(by),
        case=OuterRef("request__case"),
        part=Part.OWN_RETURN,
        row=Concat(Value(f"{AgencyReturn._meta.label}:"), Cast(OuterRef("pk"), models.CharField())),
    )
    return Q(Exists(named), part_held("request__case", by, Part.OWN_RETURN), request__agency__in=answering)


class AgencyReturnQuerySet(models.QuerySet["AgencyReturn"]):
    def own(self, by: Standing | None) -> AgencyReturnQuerySet:
        """The returns of the person's own agency of which they hold the very part that names them."""
        if by is None or not by.held:
            return self.none()
        return self.filter(_own(by))

    def visible_to(self, by: Standing | None) -> AgencyReturnQuerySet:
        """Own agency and coordinators until released; then also those who read the review's papers.

        An agency never sees another's.
        """
        if by is None or not by.held:
            return self.none()
        seen = _own(by)
        if by.holds(Role.COORDINATOR):
            seen |= Q(part_held("request__case", by, Part.WHOLE_CASE))
        if by.holds(*READERS):
            seen |= Q(
                part_held("request__case", by, Part.WHOLE_CASE, Part.REVIEW_PAPERS),
                released_at__isnull=False,
                status__in=ANSWERED,
            )
        return self.filter(seen)

    def waiting(self) -> AgencyReturnQuerySet:
        """Those an agency has still to send. They are few among many: found by their status before all else is asked,
        which takes SQLite a tenth of the time."""
        return self.filter(pk__in=AgencyReturn.objects.filter(status__in=WAITING).order_by().values("pk"))

    def overdue(self, *, on: date) -> AgencyReturnQuerySet:
        """Those an agency has still to send although their due date has passed."""
        return self.waiting().filter(request__due_on__lt=on)


class AgencyReturn(HasLifecycle):
    """One agency's answer to one request. Whether it is overdue is asked, not stored.

    Whoever wrote any of it does not approve it. Once submitted its words change only after it has been returned
    for clarification, and every earlier wording is kept.
    """

    MOVES = MOVES

    request = models.OneToOneField(InformationRequest, on_delete=models.PROTECT, related_name="agency_return")
    status = models.CharField(max_length=30, choices=ReturnStatus.choices, default=ReturnStatus.REQUESTED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    ready_at = models.DateTimeField("ready for approval since", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # The senior lead of an agency that answers by e-mailed code and so has nobody here to approve.
    approver_name = models.CharField("name of the senior lead who approved it", max_length=200, blank=True)
    approver_role = models.CharField("job title of the senior lead who approved it", max_length=200, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    records_checked = models.TextField(
        "records and systems checked", blank=True, help_text="List each system, and the date it was searched."
    )
    period_from = models.CharField("start of your agency's involvement", max_length=10, blank=True)
    period_until = models.CharField("end of your agency's involvement", max_length=10, blank=True)
    persons_known = models.TextField("who is known to your agency", blank=True)
    services_and_roles = models.TextField(
        "services and key practitioners", blank=True, help_text="Give role titles, not names."
    )
    involvement_summary = models.TextField("summary of involvement", blank=True)
    lived_experience = models.TextField("the child's lived experience and voice", blank=True)
    family_and_risk = models.TextField("family functioning, risk and protective factors", blank=True)
    identity_and_inequality = models.TextField("identity, culture, racism, disability and other inequality", blank=True)
    multi_agency_working = models.TextField("multi-agency working and sharing of information", blank=True)
    thresholds_and_plans = models.TextField("thresholds, assessments and plans", blank=True)
    oversight = models.TextField("management oversight and supervision", blank=True)
    good_practice = models.TextField("good practice", blank=True)
    what_could_be_different = models.TextField("what could have been different", blank=True)
    system_factors = models.JSONField("reasons in the system", default=list, blank=True)
    why = models.TextField("why it happened as it did", blank=True)
    actions_taken = models.TextField("immediate actions taken", blank=True)
    actions_needed = models.TextField(
        "immediate actions still needed", blank=True, help_text="Say who will do each, and by when."
    )
    single_agency_learning = models.TextField("learning for your own agency", blank=True)
    criteria_views = models.JSONField("view on each criterion", default=dict, blank=True)
    view_on_review = models.TextField("view on a local child safeguarding practice review", blank=True)
    other_agencies = models.TextField("other agencies to approach", blank=True)
    staff_support = models.TextField("support for staff", blank=True)
    other_processes = models.TextField("disciplinary, regulatory, complaint or patient safety processes", blank=True)
    media_interest = models.TextField("media interest", blank=True)
    data_protection_confirmed = models.BooleanField(
        "we have checked that what we share is necessary, proportionate and accurate", default=False
    )

    history = kept()
    objects = AgencyReturnQuerySet.as_manager()

    class Meta:
        ordering = ["request__due_on", "pk"]
        indexes = [models.Index(fields=["status"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(author=None) | ~Q(approved_by=models.F("author")),
                name="author_of_a_return_does_not_approve_it",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[status.value for status in HAVING_CONTENT])
                | Q(submitted_at__isnull=False) & (Q(approved_by__isnull=False) | ~Q(approver_name="")),
                name="submitted_return_was_approved",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None) | Q(submitted_at__isnull=False),
                name="released_return_was_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request.agency}'s return"

    def get_absolute_url(self) -> str:
        return reverse("agency_returns:return", args=[self.pk])

    @property
    def case(self) -> Case:
        return self.request.case

    @property
    def agency(self) -> Agency:
        return self.request.agency

    @property
    def trail(self) -> Trail:
        return self.request.case.chain

    @property
    def may_be_written(self) -> bool:
        return self.status in WAITING

    @property
    def is_nil(self) -> bool:
        return self.status == ReturnStatus.NIL_RETURN

    @property
    def is_sent_back(self) -> bool:
        return self.status == ReturnStatus.RETURNED

    @property
    def is_answered(self) -> bool:
        """Accepted, or a nil return."""
        return self.status in ANSWERED

    @property
    def says_something(self) -> bool:
        """Whether it says that anybody is known: then it is submitted, and is no nil return."""
        return bool(self.involvement_summary.strip()) or self.entries.filter(removed_at=None).exists()

    def may_move_to(self, status: str) -> bool:
        return status in self.MOVES.get(self.status, ())

    @property
    def colour(self) -> str:
        return COLOURS[self.status]

    @property
    def sections_begun(self) -> int:
        return sum(any(getattr(self, name) for name in section.fields) for section in SECTIONS)

    def is_overdue(self, *, on: date) -> bool:
        return self.status in WAITING and self.request.due_on < on

    def was_written_by(self, user: User) -> bool:
        """Whether this person wrote any of it: a section, or an entry of its chronology."""
        return self.author_id == user.pk or self.writers.filter(pk=user.pk).exists()

    def recipients(self, name: str, day: date) -> models.QuerySet[User]:
        """Who is told of an event of this return, on a local date, deputies included.

        "agency" is whoever holds it, "leads" those of them who lead safeguarding, "writers" the others.
        """
        held = TeamMember.objects.filter(
            case=self.case, part=Part.OWN_RETURN, row=f"{self._meta.label}:{self.pk}", starts_on__lte=day
        ).filter(Q(ends_on=None) | Q(ends_on__gte=day))
        theirs = Q(pk__in=held.exclude(membership=None).values("membership"))
        for role, agency_id in held.filter(membership=None).values_list("role", "agency_id"):
            theirs |= Q(role=role, agency_id=agency_id)
        holding = Membership.objects.on(day).filter(theirs)
        if name == "leads":
            holding = holding.filter(role=Role.AGENCY_LEAD)
        elif name == "writers":
            holding = holding.exclude(role=Role.AGENCY_LEAD)
        barred = Conflict.objects.in_force(day).filter(case=self.case).values("user")
        return (
            User.objects.filter(
                Q(memberships__in=holding)
                | Q(covering__membership__in=holding, covering__starts_on__lte=day, covering__ends_on__gte=day)
            )
            .exclude(pk__in=barred)
            .distinct()
        )
