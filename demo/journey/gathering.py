"""Stage 2: agencies answer, the panel meets, the partners sign."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from accounts.models import Membership
from accounts.roles import Role
from agency_returns import actions as returns
from agency_returns.models import AgencyReturn
from agency_returns.models.sections import SECTIONS
from cases.actions import assign
from cases.parts import Part
from deadlines.models import BankHoliday
from decisions.criteria import REVIEW_CRITERIA
from demo.prose import REPORT_SECTIONS, RETURN_SUMMARY
from notifications.incident.models import Notification
from rapid_reviews import actions as rapid_reviews

from .notifying import Notifying


class Gathering(Notifying):
    ASKED = ("school", "hospital", "community", "police", "refuge")

    def asked_agencies(self) -> Self:
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

    def agencies_answered(self, *, all_of_them: bool = True) -> Self:
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

    def met(self) -> Self:
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
                said = REPORT_SECTIONS.get(section.key, "{concern}")
                rapid_reviews.save_section(
                    self.review,
                    section,
                    f"<p>{said.format(concern=self.story.concern, good=self.story.good)}</p>",
                    by=self.by("coordinator"),
                    seen_version=section.version,
                )
        return self

    def put_for_signing(self, outcome: str = "initiate_lcspr", signed: int = 1) -> Self:
        self.review.refresh_from_db()
        decision = rapid_reviews.open_sign_off(self.review, by=self.by("coordinator"), recommendation=outcome)
        self._positions(decision, outcome, signed)
        return self

    def signed(self, outcome: str = "initiate_lcspr") -> Self:
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

    def sent_to_panel(self, late_reason: str = "") -> Self:
        by = self.by("coordinator")
        rapid_reviews.record_sent_to_panel(
            self.review, by=by, sent_at=by.at - timedelta(minutes=1), late_reason=late_reason
        )
        self.review.refresh_from_db()
        return self

    def answered(self, *answers: str) -> Self:
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
