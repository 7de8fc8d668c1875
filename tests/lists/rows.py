"""Rows for the lists, made directly: what a list costs does not depend on how its rows came about."""

from __future__ import annotations

import uuid
from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import Agency, Membership, User
from accounts.roles import Role
from agency_returns.models import AgencyReturn, ChronologyEntry, InformationRequest
from audit.events import key_of, record
from audit.models import Trail
from caseload.models import SavedList
from cases.models import Case, Child, Identity, Person, TeamMember
from cases.parts import Part
from deadlines.models import Deadline, Limit
from decisions.models import Decision, Seat
from documents.models import Draft, IssuedDocument
from improvements.models import Action
from lcspr.models import Review
from notifications.incident.models import Notification
from notifications.incident.routes import Route
from notifications.reminders.models import Message
from publications.models import Feedback, Page, Publication
from rapid_reviews.models import RapidReview
from referrals.models import Referral

_number = count(1)


class Rows:
    """Makes so many more rows of a kind. Each is one that the list in question shows."""

    def __init__(self, cast, standing):
        self.cast, self.now = cast, timezone.now()
        self.by = standing(cast.coordinator)

    @property
    def agencies(self):
        return self.cast.agencies

    def cases(self, number):
        """Open to the coordinators and the deciding partners, each with a child, a notification and two clocks."""
        made = []
        for _ in range(number):
            case = Case.objects.create(
                reference=f"CIOS-2026-{next(_number):04d}",
                chain=Trail.mint(),
                incident_la=self.agencies.westmoor,
                received_on=self.by.today - timedelta(days=next(_number) % 50),
                title="A description without names",
            )
            holders = [(Role.COORDINATOR, self.agencies.business_unit), (Role.LA_NOTIFIER, self.agencies.westmoor)]
            partners = (self.agencies.westmoor, self.agencies.icb, self.agencies.police)
            holders += [(Role.PARTNER, agency) for agency in partners]
            for role, agency in holders:
                self._part(case, Part.WHOLE_CASE, role, agency)
            for code in ("T01", "T05"):
                self._clock(case, code)
            self._notification(case)
            made.append(case)
        return made

    def _part(self, case, part, role, agency, row=""):
        TeamMember.objects.create(case=case, part=part, role=role, agency=agency, row=row, starts_on="2020-01-01")

    def _clock(self, case, code):
        limit = Limit.objects.filter(code=code).latest("in_force_from")
        Deadline.objects.create(
            case=case,
            limit=limit,
            code=code,
            occasion=key_of(case),
            convention=limit.as_time_limit().convention,
            counted_from=self.by.today - timedelta(days=5),
            due_on=self.by.today + timedelta(days=3),
            owed_by_role=Role.COORDINATOR,
        )

    def clocks_of_others(self, number):
        """Owed by the authority's notifiers."""
        for case in self.cases(number):
            owed = {"owed_by_role": Role.LA_NOTIFIER, "owed_by_agency": self.agencies.westmoor}
            Deadline.objects.filter(case=case).update(**owed)

    def missed_clocks(self, number):
        """Done late, each with its reason."""
        for case in self.cases(number):
            day = self.by.today - timedelta(days=1)
            late = {"due_on": day, "met_on": self.by.today, "met_late_reason": "They were ill"}
            Deadline.objects.filter(case=case).update(**late)

    def saved_lists(self, number):
        # Whoever has no case has no lists of them.
        self.cases(1)
        for _ in range(number):
            made = next(_number)
            SavedList.objects.create(
                owner=self.cast.la_notifier, name=f"List {made}", query="", shared=True, saved_at=self.now
            )

    def _notification(self, case):
        return Notification.objects.create(
            case=case,
            occasion=1,
            kind=Route.S16C_DEATH,
            notifying_la=self.agencies.westmoor,
            opened_at=self.now,
            opened_by=self.cast.la_notifier,
            received_on=self.by.today,
        )

    def referrals(self, number):
        """Received, waiting to be looked at; and as many that wait for their agency's lead."""
        for case in self.cases(number):
            facts = {
                "kind": "serious_incident",
                "agency": self.agencies.school,
                "author": self.cast.referrer,
                "started_at": self.now,
            }
            Referral.objects.create(
                **facts,
                status="submitted",
                chain=case.chain,
                case=case,
                opened=case,
                submitted_at=self.now,
                approved_by=self.cast.lead,
                approved_at=self.now,
                frozen={"pages": {}},
                frozen_sha256="0" * 64,
                paper=self._paper(),
            )
            self._part(case, Part.OWN_REFERRAL, Role.AGENCY_LEAD, self.agencies.school, row="referrals.Referral:0")
            Referral.objects.create(**facts, status="awaiting_approval", chain=Trail.mint())

    def _paper(self):
        return IssuedDocument.objects.create(
            kind="test",
            title="A paper",
            reference="CIOS",
            template="documents/paper.html",
            content={},
            content_sha256="0" * 64,
            issued_at=self.now,
            issued_by=self.cast.lead,
        )

    def decisions(self, number):
        """Open, with a seat of each partner and no position yet."""
        for case in self.cases(number):
            decision = Decision.objects.create(
                case=case, kind="criteria", rule="unanimous", options=[["yes", "Yes"]], opened_at=self.now
            )
            for agency in (self.agencies.westmoor, self.agencies.icb, self.agencies.police):
                Seat.objects.create(decision=decision, agency=agency, body=agency.body)

    def returns(self, number):
        """Asked of the school, not answered."""
        for case in self.cases(number):
            self._return(case)

    def _return(self, case):
        request = InformationRequest.objects.create(
            case=case,
            agency=self.agencies.school,
            occasion=key_of(case),
            due_on=self.by.today + timedelta(days=5),
            sent_at=self.now,
            sent_by=self.cast.coordinator,
        )
        row = AgencyReturn.objects.create(request=request)
        self._part(case, Part.OWN_RETURN, Role.AGENCY_LEAD, self.agencies.school, row=key_of(row))
        return row

    def rapid_reviews(self, number):
        made = []
        for case in self.cases(number):
            notification = Notification.objects.get(case=case)
            draft = Draft.objects.create(title="A report")
            review = RapidReview.objects.create(
                case=case, notification=notification, started_on=self.by.today, draft=draft
            )
            made.append(review)
        return made

    def local_reviews(self, number):
        for rapid_review in self.rapid_reviews(number):
            Review.objects.create(
                case=rapid_review.case,
                rapid_review=rapid_review,
                occasion=key_of(rapid_review),
                initiated_on=self.by.today,
                draft=Draft.objects.create(title="A report"),
            )

    def actions(self, number):
        """The hospital's."""
        for case in self.cases(number):
            action = Action.objects.create(
                case=case,
                number=1,
                text="Do something",
                lead_agency=self.agencies.hospital,
                target_on=self.by.today,
                first_target_on=self.by.today,
            )
            self._part(case, Part.OWN_ACTION, Role.ACTION_OWNER, self.agencies.hospital, row=key_of(action))

    def undelivered(self, number):
        for _ in range(number):
            Message.objects.create(
                message_id=f"<{uuid.uuid4()}@example.org>",
                recipient=self.cast.lead,
                address="gone@example.org",
                subject="CIOS-2026-0001",
                made_at=self.now,
                next_try_at=self.now,
                state=Message.State.FAILED,
            )

    def people(self, number):
        for _ in range(number):
            user = User.objects.create(email=f"person{next(_number)}@example.org", name=f"Aaron {next(_number)}")
            for agency in (self.agencies.school, self.agencies.hospital):
                Membership.objects.create(
                    user=user, agency=agency, role=Role.REFERRER, starts_on="2020-01-01", approved_at=self.now
                )

    def agencies_of_the_area(self, number):
        for _ in range(number):
            agency = Agency.objects.create(name=f"Aardvark School {next(_number)}", kind="school")
            agency.domains.create(domain=f"school{next(_number)}.example.org")

    def publications(self, number):
        for _ in range(number):
            made = next(_number)
            Publication.objects.create(
                slug=f"report-{made}",
                kind="briefing",
                title=f"Report {made}",
                summary="What was learned.",
                published_on=self.by.today,
                paper=self._paper(),
            )

    def feedback(self, number):
        self.publications(number)
        page = Page.objects.first() or Page.objects.create(slug="a", title="A", section="about", html="")
        for publication in Publication.objects.order_by("-pk")[:number]:
            Feedback.objects.create(publication=publication, text="Thank you", given_at=self.now)
            Feedback.objects.create(page=page, text="Thank you", given_at=self.now, read_at=self.now,
                                    read_by=self.cast.coordinator)  # fmt: skip

    # --- lists inside one case ------------------------------------------------------------------------------------
    def in_case(self, case, number):
        """Events, children, people, clocks, returns, entries of a chronology and actions of one case."""
        for _ in range(number):
            made = next(_number)
            record(case.trail, "case changed", by=self.by, subject=case, reason=f"Reason {made}")
            child = Child.objects.create(case=case, number=100 + made, pseudonym=f"Child {made}")
            Identity.objects.create(child=child, full_name="Nobody")
            person = Person.objects.create(case=case, label=f"Adult {made}")
            Identity.objects.create(person=person, full_name="Nobody")
            limit = Limit.objects.filter(code="T05").latest("in_force_from")
            Deadline.objects.create(
                case=case,
                limit=limit,
                code="T05",
                occasion=f"test:{made}",
                convention=limit.as_time_limit().convention,
                counted_from=self.by.today,
                due_on=self.by.today + timedelta(days=9),
                owed_by_role=Role.COORDINATOR,
            )
            row = self._return(case)
            AgencyReturn.objects.filter(pk=row.pk).update(status="nil_return", submitted_at=self.now)
            ChronologyEntry.objects.create(agency_return=row, on="2026-03-01", event="Something", source="A record")
            Action.objects.create(
                case=case,
                number=made,
                text="Do something",
                lead_agency=self.agencies.hospital,
                target_on=self.by.today,
                first_target_on=self.by.today,
            )
