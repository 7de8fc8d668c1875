"""Stage 1: an agency refers, the partners decide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from accounts.models import Body
from cases.models import Case
from decisions import actions as decisions
from decisions.models import Decision, Escalation
from improvements.actions import LearningPlan
from notifications.incident.models import Notification
from referrals import actions as referrals
from referrals.models import EventKind

from .going import Going


class Referring(Going):
    def drafted(self, kind: str = EventKind.SERIOUS_INCIDENT) -> Self:
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
            "told": {"told": ["social_care", "police"], "social_care_told_on": incident_on.isoformat()},
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
            pages["child-2-identity"] = {
                "subject": "sibling",
                "siblings": ["1"],
                "born": "born",
                "born_on": born,
                "full_name": name,
            }
            pages["child-2-safety"] = {"harm": "none", "safety": "With a grandparent, by agreement."}
        return pages

    def sent_to_lead(self, kind: str = EventKind.SERIOUS_INCIDENT) -> Self:
        if not hasattr(self, "referral"):
            self.drafted(kind)
        author = {"hospital": "hospital_referrer", "school": "referrer"}[self.referring]
        referrals.send_for_approval(self.referral, by=self.by(author))
        return self

    def referred(self, kind: str = EventKind.SERIOUS_INCIDENT) -> Self:
        self.sent_to_lead(kind)
        lead = {"hospital": "hospital_lead", "school": "lead"}[self.referring]
        self.referral.refresh_from_db()
        self.referral = referrals.approve(self.referral, by=self.by(lead))
        self.case = self.referral.case  # type: ignore[assignment]
        Case.objects.filter(pk=self.case.pk).update(title=self.story.title)
        self.case.refresh_from_db()
        self.notification = Notification.objects.filter(case=self.case).first()  # type: ignore[assignment]
        return self

    def asked_for_more(self) -> Self:
        referrals.ask(
            self.referral, "When was the child last seen by your agency, and by whom?", by=self.by("coordinator")
        )
        return self

    def put_to_partners(self, answers: int = 0) -> Self:
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
            said = {criterion.code: ("met", reason) for criterion in decision.asked_of_each}
            if view != decision.met and said:
                said["S16C_HARM"] = ("not_met", "The child has recovered, and no lasting harm is expected.")
            decisions.record_position(seat, by=self.by(person), view=view, reasons=reason, answers=said)

    def decided(self, outcome: str = "notify_and_rapid_review", told: str = "") -> Self:
        self.put_to_partners()
        self._positions(self.referral.decision, outcome, 3)  # type: ignore[arg-type]
        self.referral = referrals.conclude(
            self.referral,
            by=self.by("coordinator"),
            outcome=outcome,
            rationale="All three partners took the same view for the reasons they gave.",
            told=told or "The partners decided that this is to be notified and reviewed. Thank you for referring it.",
            learning=LearningPlan(
                learning="practice_briefing",
                text="Hold a practice briefing on what this case shows, with the agencies involved in it.",
                lead_agency=self.world.agencies[self.referring],
                target_on=self.day + timedelta(days=60),
            )
            if outcome == "alternative_learning"
            else None,
        )
        return self

    def disputed(self) -> Self:
        """Health and the police hold that the criteria are met; the authority does not notify, and says why."""
        notify, not_met = "notify_and_rapid_review", "no_further_action"
        case_for = "The injuries do not fit what was said, and nobody else could have caused them."
        case_against = (
            "The consultant calls the injuries consistent with the fall that both parents describe. Nobody in the "
            "authority suspects abuse or neglect, and the child has recovered."
        )
        self.put_to_partners()
        decision = self.referral.decision
        assert decision is not None
        for seat, person in zip(decision.seats.order_by("pk"), self.partners, strict=True):
            against = seat.body == Body.LA
            reason = case_against if against else case_for
            said = {criterion.code: ("met", "Nobody disputes this.") for criterion in decision.asked_of_each}
            said["S16C_ABUSE"] = ("not_met" if against else "met", "The account of the fall decides it.")
            view = not_met if against else notify
            decisions.record_position(seat, by=self.by(person), view=view, reasons=reason, answers=said)
        self.referral = referrals.conclude(
            self.referral,
            by=self.by("coordinator"),
            outcome=not_met,
            rationale="The local authority has the final say on what it notifies. Two partners disagree.",
            told="The partners have not agreed whether this is to be notified. You will hear how it ends.",
        )
        return self

    def disagreement_passed_on(self, reason: str) -> Self:
        escalation = Escalation.objects.get(decision=self.referral.decision)
        decisions.pass_on(escalation, by=self.by("coordinator"), reason=reason)
        return self
