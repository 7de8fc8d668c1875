"""Takes a fictional case along the real path, by the same verbs the pages use, at instants in the past."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from accounts.models import Agency, Membership, User
from accounts.roles import Role
from accounts.standing import LONDON, Standing
from agency_returns import actions as returns
from agency_returns.models import AgencyReturn
from agency_returns.models.sections import SECTIONS
from cases.actions import assign
from cases.models import Case
from cases.parts import Part
from deadlines.models import BankHoliday
from decisions import actions as decisions
from decisions.criteria import REVIEW_CRITERIA
from decisions.models import Decision
from improvements import actions as improvements
from lcspr import actions as lcspr
from lcspr.headings import SUITABILITY
from lcspr.models import Review
from notifications.incident import actions as incident
from notifications.incident.models import Notification
from rapid_reviews import actions as rapid_reviews
from rapid_reviews.models import RapidReview
from referrals import actions as referrals
from referrals.models import EventKind, Referral

from .people import AGENCIES, PEOPLE
from .prose import REPORT, RETURN_SUMMARY, Story


@dataclass
class World:
    """The people and agencies of the demonstration, and the day it is told from."""

    today: date
    chance: Random
    agencies: dict[str, Agency] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    @classmethod
    def found(cls, *, today: date, seed: int) -> World:
        """The world that was loaded into the database."""
        by_name = {agency.name: agency for agency in Agency.objects.all()}
        by_email = {user.email: user for user in User.objects.all()}
        return cls(
            today=today,
            chance=Random(seed),
            agencies={agency.key: by_name[agency.name] for agency in AGENCIES},
            people={person.key: by_email[person.email] for person in PEOPLE},
        )

    def working_days_ago(self, number: int) -> date:
        calendar = BankHoliday.objects.calendar()
        return calendar.subtract_working_days(self.today, number) if number else self.today


class Journey:
    """One case, moved forward day by day. `now` is the instant (UTC) at which the next thing is done.

    What it is about is there once the step that makes it has been taken.
    """

    referral: Referral
    case: Case
    notification: Notification
    review: RapidReview
    local: Review

    def __init__(
        self, world: World, story: Story, *, began: date, la: str = "westmoor", referred_by: str = "hospital"
    ) -> None:
        self.world, self.story, self.la, self.referring = world, story, la, referred_by
        self.now = datetime.combine(began, time(9, 10), tzinfo=LONDON).astimezone(UTC)

    # --- who and when -------------------------------------------------------------------------------------------
    def by(self, person: str) -> Standing:
        self.now += timedelta(minutes=3)
        return Standing.of(self.world.people[person], self.now)

    def later(self, *, working_days: int = 0, days: int = 0) -> Journey:
        """Go on so much later, at a quarter past nine."""
        day = self.now.astimezone(LONDON).date() + timedelta(days=days)
        if working_days:
            day = BankHoliday.objects.calendar().add_working_days(day, working_days)
        self.now = max(self.now, datetime.combine(day, time(9, 15), tzinfo=LONDON).astimezone(UTC))
        return self

    def until(self, day: date) -> Journey:
        self.now = max(self.now, datetime.combine(day, time(9, 15), tzinfo=LONDON).astimezone(UTC))
        return self

    @property
    def day(self) -> date:
        return self.now.astimezone(LONDON).date()

    @property
    def authority(self) -> Agency:
        return self.world.agencies[self.la]

    @property
    def notifier(self) -> str:
        return "la_notifier" if self.la == "westmoor" else "isles_notifier"

    @property
    def partners(self) -> tuple[str, ...]:
        return ("partner_la" if self.la == "westmoor" else "partner_isles", "partner_icb", "partner_police")

    # --- stage 1 ------------------------------------------------------------------------------------------------
    def drafted(self, kind: str = EventKind.SERIOUS_INCIDENT) -> Journey:
        author = {"hospital": "hospital_referrer", "school": "referrer"}[self.referring]
        referral = referrals.start_draft(by=self.by(author), agency=self.world.agencies[self.referring], kind=kind)
        for page, answers in self._pages().items():
            referrals.save_page(referral, page, answers, by=self.by(author))
        self.referral = referral
        return self

    def _pages(self) -> dict[str, dict[str, Any]]:
        story = self.story
        incident_on = self.day - timedelta(days=1)
        pages: dict[str, dict[str, Any]] = {
            "awareness": {"agency_aware_on": self.day.isoformat(), "agency_aware_at": "08:20"},
            "told": {"told": ["social_care", "police"]},
            "when": {"incident_on": incident_on.isoformat()},
            "where": {"location": story.location, "place": story.place, "outside_england": "no"},
            "authorities": {"incident_la": str(self.authority.pk), "home_la": str(self.authority.pk)},
            "harm": {"harm": story.harm, "harm_types": [story.harm_type]},
            "description": {"description": story.description},
            "abuse": {"abuse": "suspected"},
            "abuse-details": {"abuse_types": list(story.abuse), "abuse_why": story.why},
            "child-1-about": {"sex": story.sex, "ethnicity": story.ethnicity, "disability": "not_known"},
            "child-1-address": {"address_known": "not_known"},
            "child-1-care": {"looked_after": story.looked_after},
            "child-1-plans": {"child_protection": story.protection_plan, "known_to_agency": "yes"},
            "child-1-safety": {"harm": story.harm},
            "person-1-who": {"relationship": "mother"},
            "person-1-part": {"in_household": "yes"},
            "criteria": {"criteria": ["REG11_A", "REG11_C"], "why_REG11_C": story.concern},
            "concerns": {"concerns": story.concern, "good_practice": story.good},
            "media": {"media": "no"},
        }
        if story.unborn:
            expected = (self.day + timedelta(days=40)).isoformat()
            pages["child-1-identity"] = {"subject": "subject", "born": "unborn", "expected_on": expected}
        else:
            pages["child-1-identity"] = {
                "subject": "subject",
                "born": "born",
                "born_on": story.child_born,
                "full_name": story.child_name,
            }
        if story.sibling:
            name, born = story.sibling
            pages["child-2-identity"] = {"subject": "sibling", "born": "born", "born_on": born, "full_name": name}
            pages["child-2-safety"] = {"harm": "none", "safety": "With a grandparent, by agreement."}
        return pages

    def sent_to_lead(self, kind: str = EventKind.SERIOUS_INCIDENT) -> Journey:
        if not hasattr(self, "referral"):
            self.drafted(kind)
        author = {"hospital": "hospital_referrer", "school": "referrer"}[self.referring]
        referrals.send_for_approval(self.referral, by=self.by(author))
        return self

    def referred(self, kind: str = EventKind.SERIOUS_INCIDENT) -> Journey:
        self.sent_to_lead(kind)
        lead = {"hospital": "hospital_lead", "school": "lead"}[self.referring]
        self.referral.refresh_from_db()
        self.referral = referrals.approve(self.referral, by=self.by(lead))
        self.case = self.referral.case  # type: ignore[assignment]
        Case.objects.filter(pk=self.case.pk).update(title=self.story.title)
        self.case.refresh_from_db()
        self.notification = Notification.objects.filter(case=self.case).first()  # type: ignore[assignment]
        return self

    def asked_for_more(self) -> Journey:
        referrals.ask(
            self.referral, "When was the child last seen by your agency, and by whom?", by=self.by("coordinator")
        )
        return self

    def put_to_partners(self, answers: int = 0) -> Journey:
        referrals.begin_triage(self.referral, by=self.by("coordinator"))
        self.referral = referrals.open_decision(self.referral, by=self.by("coordinator"))
        self._positions(self.referral.decision, "notify_and_rapid_review", answers)  # type: ignore[arg-type]
        return self

    def _positions(self, decision: Decision, view: str, answers: int) -> None:
        reasons = (
            "The harm is serious and abuse is suspected.",
            "Health records point the same way.",
            "A criminal investigation is open. We agree.",
        )
        for seat, person, reason in list(zip(decision.seats.order_by("pk"), self.partners, reasons, strict=True))[
            :answers
        ]:
            decisions.record_position(seat, by=self.by(person), view=view, reasons=reason)

    def decided(self, outcome: str = "notify_and_rapid_review", told: str = "") -> Journey:
        self.put_to_partners()
        self._positions(self.referral.decision, outcome, 3)  # type: ignore[arg-type]
        self.referral = referrals.conclude(
            self.referral,
            by=self.by("coordinator"),
            outcome=outcome,
            rationale="All three partners took the same view for the reasons they gave.",
            told=told or "The partners decided that this is to be notified and reviewed. Thank you for referring it.",
        )
        return self

    # --- the notification -----------------------------------------------------------------------------------------
    def awareness_known(self, aware: date | None = None) -> Journey:
        moment = datetime.combine(aware or self.day, time(8, 30), tzinfo=LONDON).astimezone(UTC)
        incident.record_awareness(
            self.notification,
            by=self.by(self.notifier),
            la_first_aware_at=min(moment, self.now),
            abuse_first_suspected_at=min(moment, self.now),
            note="Call from the hospital to the duty team.",
        )
        self.notification.refresh_from_db()
        return self

    def notified(self, late_reason: str = "") -> Journey:
        by = self.by(self.notifier)
        number = self.world.chance.randrange(10_000, 99_999)
        self.review = rapid_reviews.record_notification_sent(  # type: ignore[assignment]
            self.notification,
            by=by,
            sent_at=by.at - timedelta(minutes=2),
            reference=f"SIN-{number}",
            late_reason=late_reason,
        )
        self.notification.refresh_from_db()
        incident.tell_partners(
            self.notification,
            by=self.by(self.notifier),
            told_at=self.now - timedelta(minutes=2),
            recipients=[("safeguarding_partners", str(self.world.agencies[key])) for key in ("icb", "police")],
            channel="secure_email",
        )
        incident.copy_received(self.notification, by=self.by("coordinator"), at=self.now - timedelta(minutes=1))
        return self

    def withdrawn(self) -> Journey:
        incident.withdraw(
            self.notification,
            by=self.by(self.notifier),
            reason="The post-mortem found a natural cause, and nothing suggests abuse or neglect.",
        )
        return self

    # --- stage 2 ------------------------------------------------------------------------------------------------
    ASKED = ("school", "hospital", "community", "police", "refuge")

    def asked_agencies(self) -> Journey:
        due = BankHoliday.objects.calendar().add_working_days(self.day, 7)
        for key in self.ASKED:
            returns.send_request(
                self.case,
                self.world.agencies[key],
                by=self.by("coordinator"),
                occasion=self.notification,
                due_on=due,
                questions="What did your agency know, what did it do, and why?",
                scope_from=self.day - timedelta(days=730),
                scope_until=self.day,
            )
        for person in ("panel_chair", "group_member", "scrutineer", "legal_adviser"):
            membership = Membership.objects.get(user=self.world.people[person])
            assign(self.case, Part.REVIEW_PAPERS, membership, by=self.by("coordinator"))
        return self

    def agencies_answered(self, *, all_of_them: bool = True) -> Journey:
        self._full_return("hospital", "hospital_referrer", "hospital_lead", accepted=True)
        self._nil("refuge", "refuge_lead")
        if all_of_them:
            self._full_return("school", "referrer", "lead", accepted=True)
            self._nil("police", "police_lead")
            self._nil("community", "community_lead")
        else:
            self._full_return("school", "referrer", "lead", submitted=False)
        return self

    def _return_of(self, agency: str) -> AgencyReturn:
        return AgencyReturn.objects.get(
            request__case=self.case,
            request__agency=self.world.agencies[agency],
            request__occasion=f"{Notification._meta.label}:{self.notification.pk}",
        )

    def _nil(self, agency: str, lead: str) -> None:
        returns.nil_return(
            self._return_of(agency),
            by=self.by(lead),
            records_checked="Electronic record, searched by name and address.",
        )

    def _full_return(
        self, agency: str, author: str, lead: str, *, submitted: bool = True, accepted: bool = False
    ) -> None:
        one = self._return_of(agency)
        writer = Membership.objects.get(user=self.world.people[author], role=Role.REFERRER)
        returns.ask_to_write(one, writer, by=self.by(lead))
        words = self.world.chance.choice(RETURN_SUMMARY)
        for section, fields in (
            (SECTIONS[0], {"records_checked": "Electronic record and paper file.", "involvement_summary": words}),
            (SECTIONS[1], {"lived_experience": "The child was quiet with strangers and talked at length about a cat."}),
        ):
            one.refresh_from_db()
            returns.save_section(one, section, by=self.by(author), seen_version=one.version, **fields)
        for days, what in (
            (190, "Routine appointment. The child was seen."),
            (40, "Missed appointment; a letter was sent."),
        ):
            one.refresh_from_db()
            returns.add_entry(
                one,
                by=self.by(author),
                on=(self.day - timedelta(days=days)).isoformat(),
                event=what,
                source="Electronic record",
                practitioner_role="Nurse",
            )
        if not submitted:
            return
        one.refresh_from_db()
        returns.submit(one, by=self.by(lead))
        if accepted:
            one.refresh_from_db()
            returns.accept(one, by=self.by("coordinator"), releasing=True)

    def met(self) -> Journey:
        self.review.refresh_from_db()
        rapid_reviews.record_meeting(
            self.review,
            by=self.by("coordinator"),
            held_on=self.day,
            chair=str(self.world.people["panel_chair"]),
            conflicts="None declared.",
            documents_seen="The notification and the accepted returns.",
            discussion="The panel spoke first of the child. It then went through the key moments one by one.",
            partners_views="All three thought that more can be learned about how the agencies worked together.",
        )
        for criterion in REVIEW_CRITERIA:
            rapid_reviews.answer_criterion(
                self.review,
                criterion.code,
                by=self.by("coordinator"),
                answer="met" if criterion.code in {"REG11_A", "REG11_C"} else "not_met",
                narrative=self.story.concern if criterion.code == "REG11_C" else "Considered by the panel.",
            )
        rapid_reviews.add_learning_point(self.review, by=self.by("coordinator"), text=self.story.concern)
        rapid_reviews.add_action(
            self.review,
            by=self.by("coordinator"),
            text="Remind staff to check for earlier records of bruising before a child is discharged.",
            owner=self.world.agencies["hospital"],
            due_on=self.day + timedelta(days=14),
        )
        for section in self.review.draft.sections.all():
            if not section.html:
                rapid_reviews.save_section(
                    self.review,
                    section,
                    f"<p>{self.story.good}</p><p>{self.story.concern}</p>",
                    by=self.by("coordinator"),
                    seen_version=section.version,
                )
        return self

    def put_for_signing(self, outcome: str = "initiate_lcspr", signed: int = 1) -> Journey:
        self.review.refresh_from_db()
        decision = rapid_reviews.open_sign_off(self.review, by=self.by("coordinator"), recommendation=outcome)
        self._positions(decision, outcome, signed)
        return self

    def signed(self, outcome: str = "initiate_lcspr") -> Journey:
        self.put_for_signing(outcome, signed=3)
        self.review.refresh_from_db()
        rapid_reviews.conclude(
            self.review,
            by=self.by("coordinator"),
            outcome=outcome,
            rationale="The partners agree for the reasons they gave.",
        )
        self.review.refresh_from_db()
        return self

    def sent_to_panel(self, late_reason: str = "") -> Journey:
        by = self.by("coordinator")
        rapid_reviews.record_sent_to_panel(
            self.review, by=by, sent_at=by.at - timedelta(minutes=1), late_reason=late_reason
        )
        self.review.refresh_from_db()
        return self

    def answered(self, *answers: str) -> Journey:
        rapid_reviews.record_panel_response(
            self.review,
            by=self.by("coordinator"),
            answers=answers or ("AGREE_LCSPR",),
            letter_on=self.day - timedelta(days=1),
            received_on=self.day,
            summary="The Panel thanks the partnership for a clear rapid review.",
        )
        self.review.refresh_from_db()
        return self

    # --- stage 3 ------------------------------------------------------------------------------------------------
    def commissioned(self) -> Journey:
        self.local = lcspr.open_review(self.review, by=self.by("coordinator"))
        for recipient in ("panel", "ofsted", "dfe"):
            by = self.by("coordinator")
            lcspr.record_decision_notice(self.local, recipient, by=by, sent_at=by.at - timedelta(minutes=1))
        membership = Membership.objects.get(user=self.world.people["reviewer"])
        reviewer = lcspr.appoint_reviewer(
            self.local,
            membership,
            by=self.by("coordinator"),
            suitability={key: "Considered: references and earlier reports were read." for key, _ in SUITABILITY},
            conflict="None: has not worked for any agency of this partnership.",
        )
        for recipient in ("panel", "ofsted", "dfe"):
            by = self.by("coordinator")
            lcspr.record_reviewer_notice(reviewer, recipient, by=by, sent_at=by.at - timedelta(minutes=1))
        return self

    def begun(self) -> Journey:
        self.local.refresh_from_db()
        terms = self.local.terms
        lcspr.set_terms(
            terms,
            by=self.by("coordinator"),
            seen_version=terms.version,
            purpose="To learn how agencies worked together, and what would have made it easier to keep the child safe.",
            scope_from=self.day - timedelta(days=900),
            scope_until=self.day - timedelta(days=60),
            lines_of_enquiry="How was information shared?\nHow was the child heard?\nWhat got in the way?",
            method="A systems approach, with two practitioner events.",
        )
        lcspr.agree_terms(self.local, by=self.by("coordinator"))
        self.local.refresh_from_db()
        return self

    def written(self) -> Journey:
        for section in self.local.draft.sections.all():
            lcspr.write(self.local, section, REPORT[section.key], by=self.by("reviewer"), seen_version=section.version)
        improvements.recommend(
            self.case,
            by=self.by("reviewer"),
            source="lcspr",
            review=self.local,
            text="The partnership should agree one chronology and one lead for every child known to three services or "
            "more, by the end of the year.",
            intended_outcome="Nobody who makes a decision about a child lacks what another service knows.",
            theme="timely information sharing",
        )
        return self

    def handed_in(self) -> Journey:
        lcspr.hand_in(self.local, by=self.by("reviewer"))
        self.local.refresh_from_db()
        return self

    def put_for_approval(self, signed: int = 1) -> Journey:
        decision = lcspr.open_sign_off(self.local, by=self.by("coordinator"))
        self._positions(decision, "agree", signed)
        self.local.refresh_from_db()
        return self

    def approved(self) -> Journey:
        self.put_for_approval(signed=3)
        lcspr.conclude_sign_off(
            self.local, by=self.by("coordinator"), outcome="agree", rationale="The report meets its terms of reference."
        )
        self.local.refresh_from_db()
        return self

    def noticed(self, *, publication: date, title: str) -> Journey:
        lcspr.plan_publication(self.local, publication, by=self.by("coordinator"), public_title=title)
        for recipient in ("panel", "secretary_of_state", "ofsted"):
            by = self.by("coordinator")
            lcspr.record_copy_sent(self.local, recipient, by=by, sent_at=by.at - timedelta(minutes=1))
        self.local.refresh_from_db()
        return self

    def published(self, summary: str) -> Journey:
        lcspr.publish(self.local, by=self.by("coordinator"), summary=summary)
        self.local.refresh_from_db()
        return self

    def delayed(self, new_target: date) -> Journey:
        by = self.by("coordinator")
        lcspr.give_delay_notice(
            self.local,
            by=by,
            sent_at=by.at - timedelta(minutes=1),
            reasons=["criminal"],
            explanation="The trial is listed for spring. The police ask that witnesses are not spoken to before.",
            new_target=new_target,
        )
        return self

    # --- afterwards -----------------------------------------------------------------------------------------------
    def acted_on(self, *, overdue: bool = False) -> Journey:
        hospital = self.world.agencies["hospital"]
        target = self.world.today + timedelta(days=-9 if overdue else 45)
        action = improvements.plan(
            self.case,
            by=self.by("coordinator"),
            text="Show earlier attendances on the first screen of the emergency department record.",
            lead_agency=hospital,
            target_on=max(target, self.day),
            success_measure="A dip sample finds that earlier attendances were looked at in nine of ten records.",
        )
        improvements.report(action, "in_progress", by=self.by("action_owner"), progress="The change is being tested.")
        other = improvements.plan(
            self.case,
            by=self.by("coordinator"),
            text="Brief all named professionals on bruising in babies who do not move by themselves.",
            lead_agency=hospital,
            target_on=self.day + timedelta(days=20),
        )
        improvements.report(
            other, "completed_awaiting_evidence", by=self.by("action_owner"), progress="Six briefings were held."
        )
        other.refresh_from_db()
        improvements.give_evidence(other, by=self.by("action_owner"), text="Attendance lists, 84 people.")
        improvements.accept_evidence(other, by=self.by("coordinator"))
        return self
