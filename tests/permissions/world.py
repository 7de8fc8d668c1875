"""Two sides that must not see each other, with every kind of thing on each, made by the verbs that people use.

Side one is Westmoor's: the school refers, and the people of `ROLES` hold what their role is given there. Side two is
the Fell Isles': the hospital refers, and of the people of `ROLES` only the coordinators have a part in it. Each side
has a referral being written, one that waits for its lead, and cases at four points of the path, so that every page has
something to show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions import approve_domain, arrange_cover
from accounts.codes import correspondent_for
from accounts.models import Agency, AgencyType, Body, EmailDomain, Membership, User
from accounts.roles import MANAGING, Role
from accounts.standing import LONDON, Standing
from agency_returns import actions as returns
from agency_returns.models.sections import SECTIONS
from audit.events import key_of
from audit.models import Event
from caseload.actions import save_list
from cases.actions import add_person, add_process, assign, declare_conflict
from cases.models import Child, Identity, Person, TeamMember
from cases.parts import Part
from deadlines.models import BankHoliday, Deadline
from decisions.models import Escalation
from demo.journey import Journey, World
from demo.management.commands.load_demo import Command as LoadDemo
from demo.prose import NEGLECT, SUICIDE, Story
from documents.models import IssuedDocument
from documents.uploads import accept
from improvements import actions as improvements
from lcspr import actions as lcspr
from notifications.incident import actions as incident
from notifications.incident.routes import Route
from notifications.register.actions import expect
from notifications.register.models import Submission
from notifications.reminders.models import LimitSchedule, Message, Trouble, Wording
from publications import actions as publications
from publications.models import Page
from rapid_reviews import actions as rapid_reviews
from rapid_reviews.models import PanelResponse
from referrals import actions as referrals

# Names that stand nowhere else, so that a page that holds one can be told.
ONE = replace(
    NEGLECT,
    title="Three children not seen for a year",
    child_name="Zephyrine Quillfeather",
    child_born="2019-03-02",
    sibling=("Barnabas Quillfeather", "2021-07-08"),
)
TWO = replace(
    SUICIDE,
    title="A young person found by a gamekeeper",
    child_name="Ptolemy Underwillow",
    child_born="2010-05-06",
    sibling=("Octavia Underwillow", "2013-09-10"),
)
FILE = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

# Each role of the closed list, and who of the demonstration's people has it here.
ROLES: dict[str, str] = {
    "referrer": "referrer",
    "agency_lead": "lead",
    "la_notifier": "la_notifier",
    "la_approver": "la_approver",
    "coordinator": "coordinator",
    "group_member": "group_member",
    "panel_chair": "panel_chair",
    "partner": "partner_la",
    "senior_partner": "senior_partner",
    "scrutineer": "scrutineer",
    "reviewer": "reviewer",
    "legal_adviser": "legal_adviser",
    "comms_officer": "comms_officer",
    "action_owner": "action_owner",
    "auditor": "auditor",
    "child_death_liaison": "child_death_liaison",
    "system_administrator": "system_administrator",
}
# Besides: somebody let in by an e-mailed code, a coordinator with a conflict of interest in side one, a coordinator
# whose account was closed, somebody who holds nothing yet, and nobody. `people["elsewhere"]` holds every role but
# a manager's at once, in an authority that has no part in anything here.
OTHERS = ("correspondent", "conflicted", "closed", "newcomer", "anonymous")
EVERYONE = (*ROLES, *OTHERS)


class SideOne(Journey):
    """What the school refers; the panel is that of the demonstration."""

    asked = ("school", "hospital", "refuge")
    writer = ("school", "referrer", "lead")

    def asked_agencies(self) -> SideOne:
        due = BankHoliday.objects.calendar().add_working_days(self.day, 7)
        for key in self.asked:
            returns.send_request(
                self.case,
                self.world.agencies[key],
                by=self.by("coordinator"),
                occasion=self.notification,
                due_on=due,
                scope_from=self.day - timedelta(days=730),
                scope_until=self.day,
            )
        self.give_papers()
        return self

    def give_papers(self) -> None:
        for person in ("group_member", "scrutineer", "reviewer", "senior_partner"):
            self.assigned(person, Part.REVIEW_PAPERS)
        for person in ("panel_chair", "legal_adviser", "auditor"):
            self.assigned(person, Part.WHOLE_CASE)
        self.assigned("comms_officer", Part.PUBLICATION_PACK)

    def assigned(self, person: str, part: str) -> None:
        membership = Membership.objects.get(user=self.world.people[person])
        assign(self.case, part, membership, by=self.by("coordinator"))

    def agencies_answered(self, *, all_of_them: bool = True) -> SideOne:
        agency, writer, lead = self.writer
        self._full_return(agency, writer, lead, accepted=all_of_them, submitted=all_of_them)
        self._nil("refuge", "refuge_lead")
        return self


class SideTwo(SideOne):
    """What the hospital refers in the Fell Isles. Nobody of `ROLES` but the coordinators holds anything of it."""

    asked = ("hospital", "refuge")
    writer = ("hospital", "hospital_referrer", "hospital_lead")

    def by(self, person: str) -> Standing:
        return super().by("other_reviewer" if person == "reviewer" else person)

    def give_papers(self) -> None:
        pass

    def commissioned(self) -> SideTwo:
        """As on the other side, with a reviewer who works there alone."""
        reviewer = self.world.people["reviewer"]
        self.world.people["reviewer"] = self.world.people["other_reviewer"]
        super().commissioned()
        self.world.people["reviewer"] = reviewer
        return self


@dataclass
class Everything:
    """The people, their clients, and the two sides: `one` and `two` hold a row of every kind, by its name."""

    world: World
    now: datetime
    people: dict[str, User] = field(default_factory=dict)
    one: SimpleNamespace = field(default_factory=SimpleNamespace)
    two: SimpleNamespace = field(default_factory=SimpleNamespace)
    # What belongs to no case, and what somebody has of their own where others have the side's.
    house: SimpleNamespace = field(default_factory=SimpleNamespace)
    own: dict[str, SimpleNamespace] = field(default_factory=dict)
    # The pages that say that there is nothing, kept while the world lasts.
    refusals: dict[tuple[str, str], bytes] = field(default_factory=dict)
    _sessions: dict[str, str] = field(default_factory=dict)
    # The one that holds the transaction. A browser's driver runs a loop, in which Django would open another.
    _connection: Any = field(default_factory=lambda: connections["default"])

    def reach(self) -> None:
        """Whoever asks the database from here on finds this world in it."""
        connections["default"] = self._connection

    def client(self, person: str) -> Client:
        """A browser of the person's, signed in with a second factor; nobody's for "anonymous".

        Somebody whose account was closed is still signed in from before.
        """
        client = Client()
        if person != "anonymous":
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[person]
        return client

    def sign_everybody_in(self) -> None:
        for person, user in self.people.items():
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            session = client.session
            session["second_factor"] = True
            session.save()
            self._sessions[person] = session.session_key

    def standing(self, person: str, at: datetime | None = None) -> Standing:
        at = at or timezone.now()
        return Standing.anonymous(at) if person == "anonymous" else Standing.of(self.people[person], at)

    def side_of(self, person: str) -> SimpleNamespace:
        """Side one as this person meets it: with what is their own in place of the school's."""
        return SimpleNamespace(**{**vars(self.one), **vars(self.own.get(person, SimpleNamespace()))})


@contextmanager
def inhabited() -> Iterator[Everything]:
    """The world in a transaction that never commits. Each test takes a savepoint of its own in it."""
    with transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> Everything:
    LoadDemo().load_people(datetime(2020, 1, 1, tzinfo=UTC))
    now = timezone.now()
    world = World.found(today=now.astimezone(LONDON).date(), seed=1)
    everything = Everything(world=world, now=now)
    _people(everything, now)
    everything.one = _side(everything, SideOne, ONE, la="westmoor", referred_by="school")
    everything.two = _side(everything, SideTwo, TWO, la="fell_isles", referred_by="hospital")
    _correspondent(everything, now)
    _house(everything, now)
    _prepare_papers()
    everything.sign_everybody_in()
    return everything


def _people(everything: Everything, now: datetime) -> None:
    world = everything.world
    people = everything.people
    people.update({role: world.people[key] for role, key in ROLES.items()})
    people["conflicted"] = world.people["second_coordinator"]
    for key, name, role, agency in (
        ("closed", "Nell Gone", Role.COORDINATOR, "business_unit"),
        ("other_reviewer", "Rory Elsewhere", Role.REVIEWER, "independent"),
        ("other_lead", "Lou Second", Role.AGENCY_LEAD, "school"),
    ):
        user = User.objects.create_user(f"{key}@example.org", None, name=name)
        Membership.objects.create(
            user=user, agency=world.agencies[agency], role=role, starts_on=date(2020, 1, 1), approved_at=now
        )
        world.people[key] = user
    people["closed"] = world.people["closed"]
    people["closed"].is_active = False
    people["closed"].save()
    people["elsewhere"] = User.objects.create_user("elsewhere@otherland.example.org", None, name="Elia Elsewhere")
    otherland = Agency.objects.create(
        name="Otherland Council", kind=AgencyType.LA_CSC, body=Body.LA, out_of_area=True, valid_from=date(2020, 1, 1)
    )
    # The partnership's coordinators are known by their role, in whatever agency.
    for role in set(Role) - set(MANAGING):
        Membership.objects.create(
            user=people["elsewhere"], agency=otherland, role=role, starts_on=date(2020, 1, 1), approved_at=now
        )
    people["newcomer"] = User.objects.create_user("newcomer@harbourlane.example.org", "a pass phrase", name="Nora New")
    Membership.objects.create(
        user=people["newcomer"], agency=world.agencies["school"], role=Role.REFERRER, starts_on=date(2020, 1, 1)
    )


def _side(everything: Everything, kind: type[SideOne], story: Story, *, la: str, referred_by: str) -> SimpleNamespace:
    world = everything.world
    ago = world.working_days_ago
    side = SimpleNamespace(la=world.agencies[la])

    def began(days: int) -> SideOne:
        return kind(world, story, began=ago(days), la=la, referred_by=referred_by)

    # In the agency: one being written, one with its lead.
    being_written = began(2).drafted()
    author = {"hospital": "hospital_referrer", "school": "referrer"}[referred_by]
    side.draft = being_written.referral
    by = being_written.by(author)
    side.draft_file = referrals.attach(side.draft, accept(_file(), by=by), by=by)
    side.waiting = began(2).sent_to_lead().referral
    # With the partners; the notification is being prepared.
    early = began(8).referred().asked_for_more()
    early.give_papers()
    _early(side, early)
    # Before the panel, while agencies answer.
    middle = began(20).referred().decided().awareness_known().notified().asked_agencies().later(working_days=3)
    _middle(side, middle)
    # A local review is being written.
    late = began(80).referred().decided().awareness_known().notified().asked_agencies().later(working_days=6)
    _late(side, late)
    # The report of another is approved, and those it is owed to before publication have it.
    ended = began(130).referred().decided().awareness_known().notified().asked_agencies().later(working_days=6)
    _ended(side, ended)
    # A death that is notified without a rapid review, opened by the authority itself.
    by = ended.until(world.today).by(ended.notifier)
    side.death = incident.open_case_and_notification(
        by=by, notifying_la=side.la, kind=Route.LAC_DEATH_NO_ABUSE, received_on=by.today
    )
    ended.case = side.death.case
    _bar(ended)
    return side


def _file(name: str = "a paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name.replace(".pdf", ".txt"), b"What was said at the meeting.", "text/plain")


def _early(side: SimpleNamespace, early: SideOne) -> None:
    side.referral = early.referral
    side.question = side.referral.question_set.get()
    early.awareness_known()
    side.case = case = early.case
    side.child = Child.objects.filter(case=case).order_by("number").first()
    side.identity = Identity.objects.get(child=side.child)
    by = early.by("coordinator")
    side.person = Person.objects.filter(case=case).first() or add_person(case, by=by, relationship="mother")
    side.process = add_process(case, by=by, kind="criminal", applies="yes")
    side.member = TeamMember.objects.filter(case=case).order_by("pk").first()
    if isinstance(early, SideTwo):
        side.conflict = declare_conflict(case, early.world.people["council_lead"], by=by, what="A neighbour.")
    else:
        side.conflict = declare_conflict(case, early.world.people["second_coordinator"], by=by, what="A cousin.")
    early.put_to_partners(answers=1)
    side.decision = early.referral.decision
    side.seat = side.decision.seats.order_by("pk").first()
    side.escalation = Escalation.objects.create(
        decision=side.decision, authority_reasons="It is not known yet how the child was hurt.", raised_at=by.at
    )
    side.notification = early.notification
    incident.issue_draft(side.notification, by=early.by(early.notifier))
    notifier = early.by(early.notifier)
    side.notification_file = incident.attach(side.notification, accept(_file(), by=notifier), by=notifier)
    side.deadline = Deadline.objects.filter(case=case, code="T01").get()
    side.event = Event.objects.filter(trail=case.trail, subject=key_of(side.notification)).first()


def _middle(side: SimpleNamespace, middle: SideOne) -> None:
    agency, writer, _ = middle.writer
    side.middle = middle.case
    side.sent_notification = middle.notification
    middle.agencies_answered(all_of_them=False)
    side.agency_return = middle._return_of(agency)
    side.entry = side.agency_return.entries.first()
    by = middle.by(writer)
    side.return_file = returns.attach(side.agency_return, _file(), by=by)
    side.review = review = middle.review
    middle.later(working_days=2)
    middle.met()
    review.refresh_from_db()
    side.meeting = review.meetings.first()
    side.attendance = rapid_reviews.add_attendance(
        side.meeting, by=middle.by("coordinator"), name="Chidi Lowe", agency=middle.world.agencies["icb"]
    )
    side.section = review.draft.sections.first()
    side.remark = rapid_reviews.comment(review, side.section, "Say who was told.", by=middle.by("coordinator"))
    side.point = review.learning_points.first()
    side.step = review.immediate_actions.first()
    _bar(middle)


def _late(side: SimpleNamespace, late: SideOne) -> None:
    side.late = late.case
    late.agencies_answered()
    late.later(working_days=3).met().later(working_days=2).signed().later(working_days=1).sent_to_panel()
    late.later(working_days=14)
    coordinator = late.by("coordinator")
    rapid_reviews.record_panel_response(
        late.review,
        by=coordinator,
        answers=("AGREE_LCSPR",),
        letter_on=late.day,
        received_on=late.day,
        summary="A clear rapid review.",
        file=_file("letter.pdf"),
    )
    side.signed = late.review
    side.signed.refresh_from_db()
    side.signed_decision = side.signed.sign_off
    side.letter = PanelResponse.objects.get(review=side.signed)
    late.commissioned().begun()
    side.local = local = late.local
    side.reviewer = local.reviewers.get()
    side.report_section = local.draft.sections.first()
    lcspr.write(local, side.report_section, "<p>What happened.</p>", by=late.by("reviewer"), seen_version=0)
    side.report_recommendation = lcspr.recommend(local, by=late.by("reviewer"), text="Name one lead for every child.")
    side.report_remark = lcspr.comment_on(local, side.report_section, "Say more.", by=late.by("coordinator"))
    owner = late.world.agencies["community" if isinstance(late, SideTwo) else "hospital"]
    side.action = improvements.plan(
        late.case, by=coordinator, text="Show earlier attendances.", lead_agency=owner, target_on=late.world.today
    )
    by = late.by("coordinator")
    improvements.report(side.action, "in_progress", by=by, progress="Being tested.")
    side.evidence = improvements.give_evidence(side.action, by=by, text="A list.", uploads=[accept(_file(), by=by)])
    side.evidence_upload = side.evidence.uploads.get()
    side.recommendation = improvements.recommend(
        late.case, by=late.by("coordinator"), text="Agree one chronology.", source="other"
    )
    side.unsent = expect(late.case, "notification_withdrawn", "panel", occasion="a paper", by=late.by("coordinator"))
    side.submission = Submission.objects.filter(case=late.case, paper__isnull=False).first()
    _bar(late)


def _ended(side: SimpleNamespace, ended: SideOne) -> None:
    side.ended = ended.case
    ended.agencies_answered()
    side.released_return = ended._return_of(ended.writer[0])
    ended.later(working_days=3).met().later(working_days=2).signed().later(working_days=1).sent_to_panel()
    ended.later(working_days=10).answered().commissioned().begun().later(working_days=20).written().handed_in()
    ended.approved().noticed(publication=ended.world.today + timedelta(days=30), title="Three children")
    rapid_reviews.release(ended.review, by=ended.by("coordinator"))
    side.released_review = ended.review
    side.approved = ended.local
    _bar(ended)


def _bar(journey: SideOne) -> None:
    """The conflict of interest is in every case of side one."""
    if not isinstance(journey, SideTwo):
        declare_conflict(
            journey.case, journey.world.people["second_coordinator"], by=journey.by("coordinator"), what="A cousin."
        )


def _correspondent(everything: Everything, now: datetime) -> None:
    """Somebody of an agency without an account: a referral of their own, and a request sent to their address."""
    world, one = everything.world, everything.one
    agency = world.agencies["probation"]
    user = everything.people["correspondent"] = correspondent_for("caseworker@probation.example.org", agency, at=now)
    coordinator = everything.standing("coordinator")
    request = returns.send_request(
        one.middle,
        agency,
        by=coordinator,
        occasion=one.sent_notification,
        due_on=world.today + timedelta(days=5),
        contact_email=user.email,
    )
    returns.let_in(user.email, at=now)
    by = Standing.of(user, now + timedelta(minutes=1))
    own = SimpleNamespace(agency_return=request.agency_return)
    returns.save_section(own.agency_return, SECTIONS[0], by=by, seen_version=1, records_checked="The case record.")
    own.entry = returns.add_entry(own.agency_return, by=by, on="2024-02-01", event="A visit.", source="Record")
    own.return_file = returns.attach(own.agency_return, _file(), by=by)
    own.draft = referrals.start_draft(by=by, agency=agency)
    own.draft_file = referrals.attach(own.draft, accept(_file(), by=by), by=by)
    referrals.save_page(own.draft, "child-1-identity", {"subject": "subject", "born": "born"}, by=by)
    everything.own["correspondent"] = own


def _house(everything: Everything, now: datetime) -> None:
    world, house = everything.world, everything.house
    by = everything.standing("coordinator")
    school = world.agencies["school"]
    house.person = world.people["referrer"]
    house.membership = Membership.objects.get(user=house.person)
    house.waiting_membership = Membership.objects.get(user=everything.people["newcomer"])
    house.agency = school
    house.domain = EmailDomain.objects.filter(agency=school).first() or approve_domain(
        school, "harbourlane.example.org", by=by
    )
    house.cover = arrange_cover(
        house.membership,
        deputy=world.people["lead"],
        starts_on=world.today + timedelta(days=30),
        ends_on=world.today + timedelta(days=40),
        by=by,
    )
    house.page = Page.objects.order_by("pk").first()
    house.saved_list = save_list("Ours", by=by, query="", shared=True)
    house.page_file = publications.add_file(house.page, _file(), "A guide", by=by)
    house.publication = publications.publish_text("briefing", "Seven minutes", "A briefing.", "<p>Read.</p>", by=by)
    publications.set_feedback(house.publication, True, by=by)
    house.feedback = publications.give_feedback(
        house.publication, "Thank you.", "", by=Standing.anonymous(now), token="one-of-the-world"
    )
    house.message = Message.objects.create(
        recipient=world.people["lead"],
        message_id="<one@example.org>",
        state=Message.State.FAILED,
        made_at=now,
        next_try_at=now,
    )
    house.limit_schedule = LimitSchedule.objects.create(code="T05", days=[5, 0, -1], deputy_after=2)
    house.wording = Wording.objects.create(
        name="clock/today", subject="Today: {reference}", owed="Due {due_on}.", why="You act as {role}."
    )
    house.trouble = Trouble.objects.create(subject="audit.Event:1", what="ValueError", first_at=now)
    house.bank_holiday = BankHoliday.objects.order_by("-date").first()
    house.year = house.bank_holiday.date.year


def _prepare_papers() -> None:
    """What the worker does, without the typesetting: every paper is ready and has its bytes."""
    for issued in IssuedDocument.objects.filter(rendering=IssuedDocument.Rendering.WAITING):
        issued.pdf.save("pdf", ContentFile(FILE), save=False)
        issued.pdf_sha256, issued.pdf_size = hashlib.sha256(FILE).hexdigest(), len(FILE)
        issued.rendering, issued.rendered_at = IssuedDocument.Rendering.READY, issued.issued_at
        issued.save()
