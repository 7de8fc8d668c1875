"""Stage 3: the local review, from commissioning to publication, and the actions after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from accounts.models import Membership
from demo.prose import REPORT
from improvements import actions as improvements
from lcspr import actions as lcspr
from lcspr.headings import SUITABILITY

from .gathering import Gathering


class Reviewing(Gathering):
    def commissioned(self) -> Self:
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

    def begun(self) -> Self:
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

    def written(self) -> Self:
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

    def handed_in(self) -> Self:
        lcspr.hand_in(self.local, by=self.by("reviewer"))
        self.local.refresh_from_db()
        return self

    def put_for_approval(self, signed: int = 1) -> Self:
        decision = lcspr.open_sign_off(self.local, by=self.by("coordinator"))
        self._positions(decision, "agree", signed)
        self.local.refresh_from_db()
        return self

    def approved(self) -> Self:
        self.put_for_approval(signed=3)
        lcspr.conclude_sign_off(
            self.local, by=self.by("coordinator"), outcome="agree", rationale="The report meets its terms of reference."
        )
        self.local.refresh_from_db()
        return self

    def noticed(self, *, publication: date, title: str) -> Self:
        lcspr.plan_publication(self.local, publication, by=self.by("coordinator"), public_title=title)
        for recipient in ("panel", "secretary_of_state", "ofsted"):
            by = self.by("coordinator")
            lcspr.record_copy_sent(self.local, recipient, by=by, sent_at=by.at - timedelta(minutes=1))
        self.local.refresh_from_db()
        return self

    def published(self, summary: str) -> Self:
        lcspr.publish(self.local, by=self.by("coordinator"), summary=summary)
        self.local.refresh_from_db()
        return self

    def delayed(self, new_target: date) -> Self:
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

    def acted_on(self, *, overdue: bool = False) -> Self:
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
